# METADATA
# title: A campaign is run with a cloud partner
# description: |
#   Campaigns are reimbursed in credits for a cloud account, which only a cloud provider can give. The rule looks at
#   the type of the partner in whose folder the campaign lies.
# schemas:
#   - input.record: schema.campaign
#   - input.partner: schema.partner
# custom:
#   severity: error
#   waivable: true
#   handbook: MDF cloud credit reimbursement process
#   help: >-
#     Record the campaign in the folder of the cloud provider that pays for it, or correct the type of the partner.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/campaigns/2026-05-webinar.yaml: |
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
package rules.campaign.cloud_partner

import data.lib.text

violation contains {"path": [], "message": message} if {
	# Of a campaign that the change deletes there is no record, but still the partner.
	input.record
	type := input.partner.type
	type != "cloud"
	is_string(type)
	message := sprintf("cloud credits come from cloud partners, and this partner's type is %s", [text.quote(type)])
}
