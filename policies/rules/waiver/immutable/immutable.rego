# METADATA
# title: A waiver stays as it was decided
# description: |
#   What was allowed, by whom and why is what readers rely on; another exception is another record. The rule compares
#   each field with what it was before. Only the end can be added or moved, and a waiver can follow a record that the
#   same change moves.
# schemas:
#   - input.record: schema.waiver
#   - input.before: schema.waiver
# custom:
#   severity: error
#   handbook: Partner definitions
#   help: Set the field back. To allow something else, add another waiver; to end this one, write expires_at.
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
#       partners/example-cloud/waivers/2026-03-priority.yaml: |
#         kind: waiver
#         rule: partner/priority
#         record: partner.yaml
#         reason: Customers in two regions are all there are yet
#         approved_by: "@alliance-manager"
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
#         expires_at: 2026-09-02
package rules.waiver.immutable

import data.lib.changes
import data.lib.waivers

violation contains changes.violation(input.before, input.record, field, message) if {
	some field in changes.differing(input.before, input.record)
	not _may_differ(field)
	message := changes.refusal(input.before, input.record, field, "when the waiver was approved")
}

_may_differ("expires_at")

_may_differ("record") if waivers.follows(input.before, input.record)
