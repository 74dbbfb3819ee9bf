# METADATA
# title: A grant gives no more seats than were requested
# description: |
#   The partner is asked how many developers need a seat, and that number is the reason for the grant. The rule checks
#   whether more seats were granted than asked for; fewer are fine.
# schemas:
#   - input.record: schema.license
# custom:
#   severity: error
#   waivable: true
#   handbook: License requests
#   help: Lower the seats to the number requested, or correct the number if the partner asked for more.
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
#         seats_requested: 1
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
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
package rules.license.seats_requested

import data.lib.amounts
import data.lib.handbook
import data.lib.text

violation contains {"path": ["seats"], "message": message, "expected": expected} if {
	seats := input.record.seats
	requested := input.record.seats_requested
	seats > requested
	amounts.is_whole(seats)
	amounts.is_whole(requested)

	# As many as were requested, as far as that many can be granted.
	expected := max([1, min([requested, handbook.in_force.license.seat_cap])])
	message := sprintf("%s granted, but only %v requested", [text.amount(seats, "seat"), requested])
}
