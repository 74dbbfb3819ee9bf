# METADATA
# title: A waiver is kept as long as its record
# description: |
#   Why a record did not follow the handbook is answered from these records, of exceptions that are over too. The rule
#   finds a waiver that the change takes away while the record that it is about is still there.
# schemas:
#   - input.record: schema.waiver
#   - input.before: schema.waiver
# custom:
#   severity: error
#   handbook: Partner definitions
#   help: Bring the waiver back. If the exception is over, write into expires_at when it ends.
#   examples:
#     before:
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
#     wrong:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
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
package rules.waiver.deleted

import data.lib.waivers

violation contains {"path": [], "message": message} if {
	not input.record
	waivers.kind_at(input.folder, waivers.target(input.before))
	message := sprintf(
		"the change deletes the waiver of %v in %s, which is still there",
		[input.before.rule, input.before.record],
	)
}
