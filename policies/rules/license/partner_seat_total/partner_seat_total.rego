# METADATA
# title: All running grants of a partner stay within the seat cap together
# description: |
#   The cap holds for a partner, not for a single grant: two grants that run at the same time share it. The rule looks
#   at the day on which a grant starts, counting every grant of the partner that runs on that day, for either product;
#   a revoked grant runs until it was revoked.
# schemas:
#   - input.record: schema.license
# custom:
#   severity: error
#   waivable: true
#   handbook: License requests
#   help: >-
#     Lower the seats, start the grant when an earlier one has ended, or revoke the earlier one if it is no longer
#     used.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-01-plugin.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 8
#         seats: 8
#         starts_at: 2026-01-12
#         expires_at: 2026-07-12
#         purpose: Build and test the editor plugin
#       partners/example-ci/licenses/2026-02-reports.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 8
#         seats: 8
#         starts_at: 2026-02-02
#         expires_at: 2026-08-02
#         purpose: Build and test the report integration
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 8
#         seats: 8
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-01-plugin.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-01-12
#         expires_at: 2026-07-12
#         purpose: Build and test the editor plugin
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
package rules.license.partner_seat_total

import data.lib.grants
import data.lib.handbook

violation contains {"path": ["seats"], "message": message, "related": others} if {
	cap := handbook.in_force.license.seat_cap

	# Most partners have not been granted as many in all: there is no need to look who had how many when.
	grants.seats_ever > cap
	total := grants.seats_on_first_day[input.path]
	total > cap

	# Without another grant the total is this one's seats, which is for the seat cap alone to judge.
	total > input.record.seats
	message := sprintf(
		"the partner's grants that run on %s come to %v seats, above the cap of %v%s",
		[input.record.starts_at, total, cap, handbook.in_force_since(["license", "seat_cap"])],
	)
	others := [{"record": path, "path": ["seats"], "message": sprintf("%v seats that run on that day too", [seats])} |
		some path in grants.others_on_first_day(input.path)
		seats := input.folder.license[path].seats
	]
}
