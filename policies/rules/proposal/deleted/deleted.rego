# METADATA
# title: A proposal record is kept
# description: |
#   What was proposed to a partner is answered from these records, of proposals that came to nothing too. The rule
#   finds a proposal whose record the change takes away.
# schemas:
#   - input.record: schema.proposal
#   - input.before: schema.proposal
# custom:
#   severity: error
#   handbook: Open to collaboration
#   help: >-
#     Bring the record back. If the proposal has changed, change the record; if it came to nothing, leave it as it is.
#   examples:
#     before:
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
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
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
#         business_relationship: Each side sells and supports its own product
package rules.proposal.deleted

violation contains {"path": [], "message": message} if {
	input.before
	not input.record
	message := "the change deletes a proposal; its record stays, even when nothing came of it"
}
