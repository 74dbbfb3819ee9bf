# METADATA
# title: No two partners share a name
# description: |
#   Documents and folders are found by the name of a partner, so a name or alias leads to one partner only. The rule
#   compares the name and the aliases with those of all other partners; capital and small letters make no difference.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   handbook: Google docs
#   help: >-
#     If both records are about one partner, keep one of them. Else take the shared alias out, or write the names so
#     that they differ.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         aliases: [ECI]
#       partners/example-ci-europe/partner.yaml: |
#         kind: partner
#         name: Example CI Europe
#         type: integrated
#         status: prospective
#         aliases: [eci]
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         aliases: [ECI]
#       partners/example-ci-europe/partner.yaml: |
#         kind: partner
#         name: Example CI Europe
#         type: integrated
#         status: prospective
#         aliases: [ECI Europe]
package rules.partner.unique_name

import data.lib.partners
import data.lib.text

violation contains {"path": ["name"], "message": message} if {
	is_string(input.record.name)
	partners.shared_names[lower(input.record.name)]
	message := _clash(input.record.name)
}

violation contains {"path": ["aliases", i], "message": message} if {
	is_array(input.record.aliases)
	some i, alias in input.record.aliases
	is_string(alias)
	partners.shared_names[lower(alias)]
	message := _clash(alias)
}

_clash(name) := sprintf("the partner %s goes by the name %s as well", [other, text.quote(name)]) if {
	other := partners.other_with_name(name, partners.slug(input.path))
}
