# METADATA
# title: A proposal's document carries the partner's name and ours
# description: |
#   Documents about a partner all follow one pattern of names, so that people find them by searching for the partner.
#   The rule looks at the name of the document that the proposal is written in.
# schemas:
#   - input.record: schema.proposal
#   - input.partner: schema.partner
# custom:
#   severity: error
#   handbook: Documents
#   help: Rename the document to the name in the message, here and where it is kept.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/proposals/2026-03-runners.yaml: |
#         kind: proposal
#         document:
#           name: Runner proposal
#           url: https://docs.example/example-ci
#           audience: partner
#           sharing: anyone_with_link
#         technical_integration: Pipelines start runners of the partner through its API
#         end_user_benefits: Builds on hardware that customers already have
#         business_relationship: The partner lists us in its catalogue
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/proposals/2026-03-runners.yaml: |
#         kind: proposal
#         document:
#           name: "{handbook.document.name}"
#           url: https://docs.example/example-ci
#           audience: partner
#           sharing: anyone_with_link
#         technical_integration: Pipelines start runners of the partner through its API
#         end_user_benefits: Builds on hardware that customers already have
#         business_relationship: The partner lists us in its catalogue
package rules.proposal.document_name

import data.lib.documents

violation contains {"path": ["document", "name"], "message": message, "expected": expected} if {
	name := input.record.document.name
	is_string(name)
	expected := documents.expected_name(input.partner.name)
	expected != name
	message := documents.name_message(name, expected)
}
