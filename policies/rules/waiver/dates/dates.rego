# METADATA
# title: A waiver ends after it was approved
# description: |
#   An exception that ends on the day on which it is decided, or before, allows nothing. The rule compares the two
#   days; a waiver without an end holds for good.
# schemas:
#   - input.record: schema.waiver
# custom:
#   severity: error
#   handbook: Partner definitions
#   help: Correct the date that is wrong, or leave out expires_at if the exception holds for good.
#   examples:
#     wrong:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/example-cloud/waivers/2026-03-priority.yaml: |
#         kind: waiver
#         rule: partner/priority
#         record: partner.yaml
#         reason: Customers in two regions are all there are yet
#         approved_by: "@vp-alliances"
#         approved_on: 2026-03-02
#         expires_at: 2026-03-02
#     right:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: standard
#       partners/example-cloud/waivers/2026-03-priority.yaml: |
#         kind: waiver
#         rule: partner/priority
#         record: partner.yaml
#         reason: Customers in two regions are all there are yet
#         approved_by: "@vp-alliances"
#         approved_on: 2026-03-02
#         expires_at: 2026-09-02
package rules.waiver.dates

import data.lib.dates

violation contains {"path": ["expires_at"], "message": message} if {
	expires_at := input.record.expires_at
	dates.is_date(expires_at)
	approved_on := input.record.approved_on
	dates.is_date(approved_on)
	expires_at <= approved_on
	message := sprintf("the waiver ends on %s, which is not after %s, when it was approved", [expires_at, approved_on])
}
