# METADATA
# title: A grant stays within the seat cap
# description: |
#   A free licence is for the few developers who build an integration, so the handbook caps its seats. The rule looks
#   at the number of seats that one grant gives.
# schemas:
#   - input.record: schema.license
# custom:
#   severity: error
#   waivable: true
#   handbook: License requests
#   help: Grant no more seats than the cap.
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
#         seats_requested: 99
#         seats: 99
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
package rules.license.seat_cap

import data.lib.amounts
import data.lib.handbook

violation contains {"path": ["seats"], "message": message, "expected": cap} if {
	cap := handbook.in_force.license.seat_cap
	seats := input.record.seats
	seats > cap
	amounts.is_whole(seats)
	message := sprintf(
		"%v seats are above the cap of %v%s",
		[seats, cap, handbook.in_force_since(["license", "seat_cap"])],
	)
}
