# METADATA
# title: A waiver says why
# description: |
#   Whoever finds a record that does not follow the handbook has to see why that was allowed. The rule checks whether
#   the reason says anything, so not only a placeholder and not only a word or two, as it is with the purpose of a
#   licence.
# schemas:
#   - input.record: schema.waiver
# custom:
#   severity: error
#   handbook: Partner definitions
#   help: Write one sentence about why the exception is made.
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
#         reason: TBD
#         approved_by: "@vp-alliances"
#         approved_on: 2026-03-02
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
package rules.waiver.reason

import data.lib.text

violation contains {"path": ["reason"], "message": message} if {
	reason := input.record.reason
	is_string(reason)
	not text.explains(reason)
	message := sprintf("%s does not say why the exception is made", [text.quote(reason)])
}
