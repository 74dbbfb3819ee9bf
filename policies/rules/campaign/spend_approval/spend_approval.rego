# METADATA
# title: The spend is approved before the credits are acknowledged
# description: |
#   The provider first approves the spend, then the production team lead acknowledges the credits to come; credits
#   that nobody has approved may never arrive. The rule checks whether an acknowledgement has an approval that came
#   before it or on the same day.
# schemas:
#   - input.record: schema.campaign
# custom:
#   severity: error
#   handbook: MDF cloud credit reimbursement process
#   help: Add the provider's approval of the spend, or correct the two dates.
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
#           amount: 12000
#           reference: MDF-0001
#         credit_acknowledgement:
#           by: "@production-lead"
#           date: 2026-04-20
#           amount: 12000
#           account: example-production
package rules.campaign.spend_approval

import data.lib.dates
import data.lib.records

violation contains {"path": ["credit_acknowledgement"], "message": message} if {
	is_object(input.record.credit_acknowledgement)
	records.lacks(input.record, "spend_approval")
	message := "the credits are acknowledged, but there is no approval of the spend"
}

violation contains {"path": ["credit_acknowledgement"], "message": message} if {
	acknowledged := input.record.credit_acknowledgement.date
	approved := input.record.spend_approval.date
	acknowledged < approved
	dates.is_date(acknowledged)
	dates.is_date(approved)
	message := sprintf(
		"the credits were acknowledged on %s, before the spend was approved on %s",
		[acknowledged, approved],
	)
}
