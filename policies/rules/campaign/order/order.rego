# METADATA
# title: The steps of a campaign follow each other
# description: |
#   The spend is approved, the credits are acknowledged, the spend is claimed, and the credits arrive. The rule checks
#   whether a step is dated before an earlier one, and whether a step is dated after the campaign was declined.
# schemas:
#   - input.record: schema.campaign
# custom:
#   severity: error
#   handbook: MDF cloud credit reimbursement process
#   help: Correct the dates, or take out the step that has not been.
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
#           date: 2026-04-06
#           amount: 9000
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
package rules.campaign.order

import data.lib.dates

violation contains {"path": [step, "date"], "message": message} if {
	some step, steps in _earlier
	date := input.record[step].date
	earlier := [other |
		some other in steps
		date < input.record[other].date
		dates.is_date(date)
		dates.is_date(input.record[other].date)
	][0]
	message := sprintf(
		"%s on %s, before %s on %s",
		[_says[step], date, _says[earlier], input.record[earlier].date],
	)
}

violation contains {"path": [step, "date"], "message": message} if {
	declined := input.record.declined.date
	dates.is_date(declined)
	some step, said in _says
	date := input.record[step].date
	dates.is_date(date)
	date > declined
	message := sprintf("%s on %s, after the campaign was declined on %s", [said, date, declined])
}

# What has to come before a step, in order. That the approval of the spend comes before the acknowledgement of the
# credits is what the rule on the approval judges.
_earlier := {
	"claim": ["spend_approval", "credit_acknowledgement"],
	"credits_received": ["spend_approval", "credit_acknowledgement", "claim"],
}

_says := {
	"spend_approval": "the spend was approved",
	"credit_acknowledgement": "the credits were acknowledged",
	"claim": "the spend was claimed",
	"credits_received": "the credits arrived",
}
