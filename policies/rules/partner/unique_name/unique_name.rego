# METADATA
# title: No two partners share a name
# description: |
#   Documents and folders are found by the name of a partner, so a name or alias leads to one partner only. The rule
#   compares the name and the aliases with those of all other partners. Letter case, the number of blanks and the form
#   in which a character is stored make no difference.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   handbook: Documents
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

violation contains {"path": path, "message": message} if {
	some path, found in partners.alike_names
	other := partners.other(found.alike.same, partners.slug(input.path))
	message := sprintf("the partner %s goes by the name %s as well", [other.slug, text.quote(other.text)])
}
