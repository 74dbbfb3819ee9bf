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
#         topic: Webinar on running GitLab in the example cloud
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
#         topic: Webinar on running GitLab in the example cloud
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
	some i, step in _steps
	date := _dates[step]
	earlier := [other |
		some other in array.slice(_steps, 0, i)
		not _is_told_elsewhere(other, step)
		date < _dates[other]
	][0]
	message := sprintf("%s on %s, before %s on %s", [_says[step], date, _says[earlier], _dates[earlier]])
}

violation contains {"path": [step, "date"], "message": message} if {
	declined := input.record.declined.date
	dates.is_date(declined)
	some step, date in _dates
	date > declined
	message := sprintf("%s on %s, after the campaign was declined on %s", [_says[step], date, declined])
}

# The rule on the approval of the spend finds it.
_is_told_elsewhere("spend_approval", "credit_acknowledgement")

_steps := ["spend_approval", "credit_acknowledgement", "claim", "credits_received"]

_dates[step] := date if {
	some step in _steps
	date := input.record[step].date
	dates.is_date(date)
}

_says := {
	"spend_approval": "the spend was approved",
	"credit_acknowledgement": "the credits were acknowledged",
	"claim": "the spend was claimed",
	"credits_received": "the credits arrived",
}
