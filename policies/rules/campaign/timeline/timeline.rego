# METADATA
# title: A campaign ends after it starts
# description: |
#   The timeline is one of the four things that a campaign is announced with, and everybody plans by it. The rule
#   checks whether its last day comes before its first.
# schemas:
#   - input.record: schema.campaign
# custom:
#   severity: error
#   handbook: MDF cloud credit reimbursement process
#   help: Correct the dates of the timeline. A campaign of one day starts and ends on the same date.
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
#           ends_on: 2025-06-26
#         budget:
#           amount: 12000
#           currency: EUR
#         marketing_targets:
#           - metric: registrations
#             target: 400
#         issue: https://tracker.example/marketing/issues/27
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
package rules.campaign.timeline

import data.lib.dates

violation contains {"path": ["timeline", "ends_on"], "message": message} if {
	timeline := input.record.timeline
	timeline.ends_on < timeline.starts_on
	dates.is_date(timeline.starts_on)
	dates.is_date(timeline.ends_on)
	message := sprintf("the campaign ends on %s, before it starts on %s", [timeline.ends_on, timeline.starts_on])
}
