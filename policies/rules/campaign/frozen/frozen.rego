# METADATA
# title: An approved campaign stays as it was approved
# description: |
#   The provider approves one plan, for one amount. The rule compares the plan and the approval of a campaign whose
#   spend was approved with what they were before.
# schemas:
#   - input.record: schema.campaign
#   - input.before: schema.campaign
# custom:
#   severity: error
#   handbook: MDF cloud credit reimbursement process
#   help: Set the field back. If the plan has to change, record it as another campaign, and get its spend approved.
#   examples:
#     before:
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
#           amount: 10000
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
package rules.campaign.frozen

import data.lib.changes
import data.lib.records

violation contains changes.violation(input.before, input.record, field, message) if {
	not records.lacks(input.before, "spend_approval")
	some field in changes.differing(input.before, input.record)
	field in {"topic", "timeline", "budget", "marketing_targets", "spend_approval"}
	message := changes.refusal(input.before, input.record, field, "when the spend was approved")
}
