# METADATA
# title: Another plan than the usual one has a reason
# description: |
#   Partners build against everything that our product can do, so the handbook names the plan to grant unless another
#   was asked for. The rule checks whether a grant of another plan says why.
# schemas:
#   - input.record: schema.license
# custom:
#   severity: error
#   waivable: true
#   handbook: License requests
#   help: Grant the usual plan, or add plan_reason to say why the partner asked for another one.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: premium
#         seats_requested: 1
#         seats: 1
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
#         plan: premium
#         plan_reason: The integration is sold to customers on Premium and is tested there
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
package rules.license.plan

import data.lib.handbook
import data.lib.records
import data.lib.text

violation contains {"path": ["plan"], "message": message, "expected": usual} if {
	usual := handbook.in_force.license.plan
	plan := input.record.plan
	plan != usual
	is_string(plan)
	_lacks_reason
	message := sprintf(
		"the plan is %s instead of %s%s, and no plan_reason says why",
		[text.quote(plan), usual, handbook.in_force_since(["license", "plan"])],
	)
}

_lacks_reason if records.lacks(input.record, "plan_reason")

# Of one that has no characters at all, the schema says so.
_lacks_reason if {
	reason := input.record.plan_reason
	is_string(reason)
	reason != ""
	not text.says_something(reason)
}
