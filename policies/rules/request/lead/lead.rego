# METADATA
# title: A request that is past new has a lead and next steps
# description: |
#   Once a request is posted, the alliances team declares who takes it and what happens next. The rule checks whether
#   a request that is being worked on or settled has a lead, and whether one in progress has a next step.
# schemas:
#   - input.record: schema.request
# custom:
#   severity: error
#   handbook: Inbound alliance requests
#   help: Add the handle of the lead and the next steps, or set the status back to new.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/requests/2026-03-runners.yaml: |
#         kind: request
#         type: integration
#         received_on: 2026-03-02
#         description: Wants to offer its runners to our users
#         announcement: https://chat.example/alliances/1042
#         status: done
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/requests/2026-03-runners.yaml: |
#         kind: request
#         type: integration
#         received_on: 2026-03-02
#         description: Wants to offer its runners to our users
#         announcement: https://chat.example/alliances/1042
#         status: done
#         lead: "@alliance-manager"
package rules.request.lead

import data.lib.records
import data.lib.text

violation contains {"path": ["status"], "message": message} if {
	status := input.record.status
	status in {"in_progress", "done", "declined"}
	records.lacks(input.record, "lead")
	message := sprintf("the status is %s, but nobody has declared the lead", [status])
}

violation contains {"path": ["status"], "message": message} if {
	input.record.status == "in_progress"
	_lacks_next_step
	message := "the request is in progress, but no next step is named"
}

_lacks_next_step if records.lacks(input.record, "next_steps")

# Of a step that has no characters at all, the schema says so.
_lacks_next_step if {
	is_array(input.record.next_steps)
	every step in input.record.next_steps {
		is_string(step)
		step != ""
		not text.says_something(step)
	}
}
