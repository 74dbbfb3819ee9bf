# METADATA
# title: The spend is approved by the time a campaign starts
# description: |
#   A campaign that starts without an approval spends money that may not come back. The rule checks whether the
#   approval is dated after the first day of the campaign; what is done cannot be undone, so this only warns.
# schemas:
#   - input.record: schema.campaign
# custom:
#   severity: warning
#   handbook: MDF cloud credit reimbursement process
#   help: Ask the provider earlier next time. If a date is wrong, correct it.
#   examples:
#     wrong:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/example-cloud/campaigns/2026-05-webinar.yaml: |
#         kind: campaign
#         topic: Webinar on moving pipelines to the example cloud
#         timeline:
#           starts_on: 2026-05-04
#           ends_on: 2026-06-26
#         budget:
#           amount: 12000
#           currency: EUR
#         marketing_targets:
#           - metric: registrations
#             target: 400
#         issue: https://tracker.example/marketing/issues/27
#         spend_approval:
#           by: Example Cloud partner programme
#           date: 2026-05-11
#           amount: 12000
#           reference: MDF-0001
#     right:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/example-cloud/campaigns/2026-05-webinar.yaml: |
#         kind: campaign
#         topic: Webinar on moving pipelines to the example cloud
#         timeline:
#           starts_on: 2026-05-04
#           ends_on: 2026-06-26
#         budget:
#           amount: 12000
#           currency: EUR
#         marketing_targets:
#           - metric: registrations
#             target: 400
#         issue: https://tracker.example/marketing/issues/27
#         spend_approval:
#           by: Example Cloud partner programme
#           date: 2026-04-13
#           amount: 12000
#           reference: MDF-0001
package rules.campaign.approved_late

import data.lib.dates

violation contains {"path": ["spend_approval", "date"], "message": message} if {
	approved := input.record.spend_approval.date
	starts_on := input.record.timeline.starts_on
	approved > starts_on
	dates.is_date(approved)
	dates.is_date(starts_on)
	message := sprintf("the spend was approved on %s, after the campaign started on %s", [approved, starts_on])
}
