# METADATA
# title: A merger leads to a partner
# description: |
#   Who looks up a former partner is sent to the one that it became part of. The rule checks whether there is such a
#   partner, and whether following the mergers comes to an end.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   handbook: Partner definitions
#   help: Write the name of the folder of the partner that this one became part of.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: former
#         former_since: 2026-04-01
#         merged_into: example-clod
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: integrated
#         status: prospective
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: former
#         former_since: 2026-04-01
#         merged_into: example-cloud
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: integrated
#         status: prospective
package rules.partner.merged_into

import data.lib.partners
import data.lib.text

violation contains {"path": ["merged_into"], "message": message} if {
	target := input.record.merged_into
	is_string(target)
	message := _fault(target, partners.slug(input.path))
}

_fault(target, slug) := "a partner cannot become part of itself" if {
	target == slug
} else := sprintf("there is no partner %s", [text.quote(target)]) if {
	not data.partners[target]
} else := sprintf("%s became part of %s again, in one step or several", [target, slug]) if {
	slug in graph.reachable(partners.mergers, {target})
}
