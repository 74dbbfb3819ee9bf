# METADATA
# title: A document is shared with those it is written for
# description: |
#   A document for a partner opens for everyone who has the link, or the partner cannot read it; an internal one opens
#   within the company only, or others can. The rule checks how every document that the partner record lists is shared.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   handbook: Documents
#   help: >-
#     Change how the document is shared, then write the new setting here. If it is meant for other readers, correct
#     its audience.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         documents:
#           - name: "{handbook.document.name}"
#             url: https://docs.example/1
#             audience: internal
#             sharing: anyone_with_link
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
#           - name: "{handbook.document.name}"
#             url: https://docs.example/2
#             audience: partner
#             sharing: anyone_with_link
package rules.partner.document_sharing

import data.lib.documents

violation contains {"path": ["documents", i, "sharing"], "message": message, "expected": expected} if {
	is_array(input.record.documents)
	some i, document in input.record.documents
	expected := documents.expected_sharing(document.audience)
	document.sharing != expected
	is_string(document.sharing)
	message := documents.sharing_message(document.audience, document.sharing, expected)
}
