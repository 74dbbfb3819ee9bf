# METADATA
# title: A proposal's document is shared with the partner
# description: |
#   A proposal is worked out together with the partner, in a document that both can open; so it is shared as documents
#   for partners are. The rule checks how the document of the proposal is shared.
# schemas:
#   - input.record: schema.proposal
# custom:
#   severity: error
#   handbook: Open to collaboration
#   help: Change how the document is shared, then write the new setting here.
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
#           name: "{handbook.document.name}"
#           url: https://docs.example/example-ci
#           audience: partner
#           sharing: gitlab
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
package rules.proposal.document_sharing

import data.lib.documents

violation contains {"path": ["document", "sharing"], "message": message, "expected": expected} if {
	sharing := input.record.document.sharing
	is_string(sharing)
	expected := documents.expected_sharing("partner")
	expected != sharing
	message := documents.sharing_message("partner", sharing, expected)
}
