# METADATA
# title: The credits received stay within those acknowledged
# description: |
#   The production team lead acknowledges the credits that are to come. The rule checks whether there is such an
#   acknowledgement for the credits received, and whether their amount is above it.
# schemas:
#   - input.record: schema.campaign
# custom:
#   severity: error
#   handbook: MDF cloud credit reimbursement process
#   help: Correct the amount of the credits, or record the acknowledgement that they rest on.
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
#           amount: 9000
#           account: example-production
#         credits_received:
#           date: 2026-07-20
#           amount: 9500
#           reference: CREDIT-0001
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
#         credits_received:
#           date: 2026-07-20
#           amount: 9000
#           reference: CREDIT-0001
package rules.campaign.credits_limit

import data.lib.amounts
import data.lib.records

violation contains {"path": ["credits_received"], "message": message} if {
	is_object(input.record.credits_received)
	records.lacks(input.record, "credit_acknowledgement")
	message := "credits have been received, but there is no acknowledgement of them"
}

violation contains {"path": ["credits_received", "amount"], "message": message} if {
	amount := input.record.credits_received.amount
	limit := input.record.credit_acknowledgement.amount
	amount > limit
	amounts.is_whole(amount)
	amounts.is_whole(limit)
	message := sprintf("credits received of %v are above the acknowledged credits of %v", [amount, limit])
}
