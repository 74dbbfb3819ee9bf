# METADATA
# title: The figures of a month are kept
# description: |
#   Figures are followed over time, so that a month that was published stays published. The rule finds a month whose
#   record the change takes away.
# schemas:
#   - input.record: schema.kpi
#   - input.before: schema.kpi
# custom:
#   severity: error
#   handbook: Alliances KPI's
#   help: Bring the record back. If a figure was wrong, correct it, and write into `restated` why.
#   examples:
#     before:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/_program/kpis/2026-02.yaml: |
#         kind: kpi
#         month: 2026-02
#         active_installations:
#           other: 30
#           unknown: 50
#           total: 80
#         active_smau:
#           other: 600
#           unknown: 900
#           total: 1500
#         downloads:
#           omnibus: 700
#           total: 700
#     wrong:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#     right:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/_program/kpis/2026-02.yaml: |
#         kind: kpi
#         month: 2026-02
#         active_installations:
#           other: 30
#           unknown: 40
#           total: 70
#         active_smau:
#           other: 600
#           unknown: 900
#           total: 1500
#         downloads:
#           omnibus: 700
#           total: 700
#         restated: Installations behind a proxy had been counted twice.
package rules.kpi.deleted

violation contains {"path": [], "message": message} if {
	input.before
	not input.record
	message := "the change deletes the figures of a month; what was published stays, corrected if it has to be"
}
