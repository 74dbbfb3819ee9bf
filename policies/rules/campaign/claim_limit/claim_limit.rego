# METADATA
# title: A claim stays within the approved spend
# description: |
#   The provider pays for what it has approved, and no more. The rule checks whether there is an approval of the spend
#   for the claim, and whether the amount of the claim is above it.
# schemas:
#   - input.record: schema.campaign
# custom:
#   severity: error
#   handbook: MDF cloud credit reimbursement process
#   help: Correct the amount of the claim, or record the approval that it rests on.
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
#         claim:
#           date: 2026-07-06
#           amount: 9500
#           proof: https://tracker.example/marketing/issues/27
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
#         claim:
#           date: 2026-07-06
#           amount: 9000
#           proof: https://tracker.example/marketing/issues/27
package rules.campaign.claim_limit

import data.lib.amounts
import data.lib.records

violation contains {"path": ["claim"], "message": message} if {
	is_object(input.record.claim)
	records.lacks(input.record, "spend_approval")
	message := "the spend is claimed, but there is no approval of it"
}

violation contains {"path": ["claim", "amount"], "message": message} if {
	amount := input.record.claim.amount
	limit := input.record.spend_approval.amount
	amount > limit
	amounts.is_whole(amount)
	amounts.is_whole(limit)
	message := sprintf("a claim of %v is above the approved spend of %v", [amount, limit])
}
