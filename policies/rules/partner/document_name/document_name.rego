# METADATA
# title: A document carries the partner's name and ours
# description: |
#   Documents about a partner all follow one pattern of names, so that people find them by searching for the partner.
#   The rule looks at the name of every document that the partner record lists.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   waivable: true
#   handbook: Documents
#   help: Rename the document to the name in the message, here and where it is kept.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         documents:
#           - name: Notes on the runner
#             url: https://docs.example/1
#             audience: internal
#             sharing: gitlab
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         documents:
#           - name: "{handbook.document.name}"
#             url: https://docs.example/1
#             audience: internal
#             sharing: gitlab
package rules.partner.document_name

import data.lib.documents

violation contains {"path": ["documents", i, "name"], "message": message, "expected": expected} if {
	is_array(input.record.documents)
	expected := documents.expected_name(input.record.name)
	some i, document in input.record.documents
	document.name != expected
	is_string(document.name)
	message := documents.name_message(document.name, expected)
}
