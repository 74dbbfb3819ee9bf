# METADATA
# title: The alliance folder bears the partner's name
# description: |
#   Current work with a partner is kept in a shared folder, and people find it by the name of the partner. The rule
#   checks whether the folder is named exactly as the partner is.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   handbook: Documents
#   help: Rename the shared folder to the name of the partner, here and where it is kept.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         alliance_folder:
#           name: Runner project
#           url: https://docs.example/folder
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         alliance_folder:
#           name: Example CI
#           url: https://docs.example/folder
package rules.partner.folder_name

import data.lib.text

violation contains {"path": ["alliance_folder", "name"], "message": message, "expected": expected} if {
	name := input.record.alliance_folder.name
	expected := input.record.name
	expected != name
	is_string(name)
	is_string(expected)
	message := sprintf("the folder is named %s, not %s as the partner is", [text.quote(name), text.quote(expected)])
}
