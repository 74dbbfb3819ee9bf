# METADATA
# title: A renamed partner keeps its former name as an alias
# description: |
#   People search for a partner, and documents name it, by the name that it had. Where the folder of a partner gets
#   another name, the rule checks whether the name that the partner had is its name still, or one of its aliases. Letter
#   case and the number of blanks make no difference.
# schemas:
#   - input.record: schema.partner
#   - input.before: schema.partner
# custom:
#   severity: error
#   handbook: Documents
#   help: Add the former name to `aliases`.
#   examples:
#     before:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         website: https://ci.example
#     wrong:
#       partners/example-pipelines/partner.yaml: |
#         kind: partner
#         name: Example Pipelines
#         type: integrated
#         status: prospective
#         website: https://ci.example
#     right:
#       partners/example-pipelines/partner.yaml: |
#         kind: partner
#         name: Example Pipelines
#         aliases: [Example CI]
#         type: integrated
#         status: prospective
#         website: https://ci.example
package rules.partner.former_name

import data.lib.partners
import data.lib.text

violation contains {"path": ["aliases"], "message": message, "expected": expected} if {
	partners.slug(input.before_path) != partners.slug(input.path)
	former := input.before.name
	is_string(former)
	not _essence(former) in {_essence(name) | some name in partners.names(input.record)}
	aliases := object.get(input.record, "aliases", [])
	is_array(aliases)
	expected := array.concat(aliases, [former])
	message := sprintf("the partner was named %s before its folder was renamed, and does not go by that name any more", [
		text.quote(former),
	])
}

_essence(name) := lower(text.essence(name))
