# METADATA
# title: The credits stay within the approved spend
# description: |
#   The provider gives credits for what it has approved, and no more. The rule checks whether the amount of the
#   credits acknowledged is above the amount of the spend approved.
# schemas:
#   - input.record: schema.campaign
# custom:
#   severity: error
#   handbook: MDF cloud credit reimbursement process
#   help: Correct the amount of the credits, or get the larger spend approved first.
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
#           amount: 9000
#           reference: MDF-0001
#         credit_acknowledgement:
#           by: "@production-lead"
#           date: 2026-04-20
#           amount: 12000
#           account: example-production
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
#           amount: 9000
#           reference: MDF-0001
#         credit_acknowledgement:
#           by: "@production-lead"
#           date: 2026-04-20
#           amount: 9000
#           account: example-production
package rules.campaign.credit_limit

import data.lib.amounts

violation contains {"path": ["credit_acknowledgement", "amount"], "message": message} if {
	credits := input.record.credit_acknowledgement.amount
	approved := input.record.spend_approval.amount
	credits > approved
	amounts.is_whole(credits)
	amounts.is_whole(approved)
	message := sprintf("credits of %v are above the approved spend of %v", [credits, approved])
}
