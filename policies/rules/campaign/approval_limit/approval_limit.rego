# METADATA
# title: The approved spend stays within the budget
# description: |
#   The budget of a campaign is what everybody was told about it. The rule checks whether the provider has approved a
#   larger amount than that.
# schemas:
#   - input.record: schema.campaign
# custom:
#   severity: error
#   waivable: true
#   handbook: MDF cloud credit reimbursement process
#   help: Correct the amount, or raise the budget in the campaign if that is what was agreed.
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
#           date: 2026-04-13
#           amount: 15000
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
package rules.campaign.approval_limit

import data.lib.amounts

violation contains {"path": ["spend_approval", "amount"], "message": message} if {
	approved := input.record.spend_approval.amount
	budget := input.record.budget.amount
	approved > budget
	amounts.is_whole(approved)
	amounts.is_whole(budget)
	message := sprintf("the approved amount of %v is above the budget of %v", [approved, budget])
}
