# METADATA
# title: A total is the sum of its counts
# description: |
#   The figures of a month are published as counts and their total, and readers rely on the two to agree. The rule
#   compares each total with the sum of the counts beside it.
# schemas:
#   - input.record: schema.kpi
# custom:
#   severity: error
#   handbook: Alliances KPI's
#   help: >-
#     Correct the count that is wrong, or set the total to the sum in the message. What cannot be assigned is counted
#     as well.
#   examples:
#     wrong:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/_program/kpis/2026-03.yaml: |
#         kind: kpi
#         month: 2026-03
#         active_installations:
#           example-cloud: 120
#           other: 30
#           unknown: 50
#           total: 200
#         active_smau:
#           example-cloud: 9000
#           unknown: 1000
#           total: 10000
#         downloads:
#           omnibus: 700
#           helm_chart: 300
#           total: 1200
#     right:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/_program/kpis/2026-03.yaml: |
#         kind: kpi
#         month: 2026-03
#         active_installations:
#           example-cloud: 120
#           other: 30
#           unknown: 50
#           total: 200
#         active_smau:
#           example-cloud: 9000
#           unknown: 1000
#           total: 10000
#         downloads:
#           omnibus: 700
#           helm_chart: 300
#           total: 1000
package rules.kpi.total

import data.lib.amounts

violation contains {"path": [field, "total"], "message": message, "expected": counted} if {
	some field in ["active_installations", "active_smau", "downloads"]
	figures := input.record[field]
	every figure in figures {
		amounts.is_whole(figure)
	}
	counted := sum([figure | some name, figure in figures; name != "total"])
	figures.total != counted
	message := sprintf("the counts come to %v, not to %v", [counted, figures.total])
}
