# METADATA
# title: A grant stays as it was given
# description: |
#   A licence is recorded as it was granted, and later readers rely on that; what changes is another licence, with a
#   record of its own. The rule compares each field with what it was before. A licence can be revoked, once, and its
#   purpose, contact, issue and the reason for its plan can be corrected.
# schemas:
#   - input.record: schema.license
#   - input.before: schema.license
# custom:
#   severity: error
#   handbook: License requests
#   help: >-
#     Set the field back. To grant something else, add another record; to end the licence early, add `revoked` with the
#     day and the reason.
#   examples:
#     before:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 3
#         seats: 2
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 3
#         seats: 3
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 3
#         seats: 2
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
#         revoked:
#           date: 2026-03-16
#           reason: The integration was given up
package rules.license.immutable

import data.lib.changes
import data.lib.records

violation contains changes.violation(input.before, input.record, field, message) if {
	some field in changes.differing(input.before, input.record)
	not field in _correctable
	message := _message(field)
}

_correctable := {"purpose", "contact", "issue", "plan_reason"}

_message(field) := changes.refusal(input.before, input.record, field, "when the licence was granted") if {
	field != "revoked"
}

# A licence that has not been revoked can be: of that there is nothing to say.
_message("revoked") := changes.refusal(input.before, input.record, "revoked", "when the revocation was recorded") if {
	not records.lacks(input.before, "revoked")
	not records.lacks(input.record, "revoked")
}

_message("revoked") := "the licence was revoked, and `revoked` cannot be taken away again" if {
	records.lacks(input.record, "revoked")
}
