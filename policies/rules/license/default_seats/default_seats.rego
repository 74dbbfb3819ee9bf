# METADATA
# title: An unknown number of seats gets the default
# description: |
#   Where a partner cannot say how many developers need a seat, the handbook sets one number for everybody, so that
#   nobody has to guess. The rule looks at grants whose requested number is unknown.
# schemas:
#   - input.record: schema.license
# custom:
#   severity: error
#   waivable: true
#   handbook: License requests
#   help: Set the seats to the default, or write down the number that the partner asked for.
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
#         plan: ultimate
#         seats_requested: unknown
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
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
package rules.license.default_seats

import data.lib.amounts
import data.lib.handbook

violation contains {"path": ["seats"], "message": message, "expected": default_seats} if {
	input.record.seats_requested == "unknown"
	default_seats := handbook.in_force.license.default_seats
	seats := input.record.seats
	seats != default_seats
	amounts.is_whole(seats)
	message := sprintf(
		"the number of seats needed is unknown, for which the default%s is %v, not %v",
		[handbook.in_force_since(["license", "default_seats"]), default_seats, seats],
	)
}
