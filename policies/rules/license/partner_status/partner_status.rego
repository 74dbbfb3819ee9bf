# METADATA
# title: A former partner holds no running grant
# description: |
#   Free licences are for existing and possible partners. The rule checks whether a grant still runs on the day from
#   which the partner is a former one, or starts after it.
# schemas:
#   - input.record: schema.license
#   - input.partner: schema.partner
# custom:
#   severity: error
#   waivable: true
#   handbook: License requests
#   help: Revoke the grant no later than the day on which the partnership ended, or correct the status of the partner.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: former
#         former_since: 2026-04-01
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
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
#         status: former
#         former_since: 2026-04-01
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
#         revoked:
#           date: 2026-04-01
#           reason: The partnership has ended
package rules.license.partner_status

import data.lib.dates
import data.lib.grants

violation contains {"path": [], "message": message} if {
	input.partner.status == "former"
	since := input.partner.former_since
	dates.is_date(since)
	last := grants.end(input.record)
	last > since
	last > input.record.starts_at
	dates.is_date(input.record.starts_at)
	message := sprintf("the partner is a former one since %s, and this grant runs until %s", [since, last])
}
