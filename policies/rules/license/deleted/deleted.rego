# METADATA
# title: A licence record is kept
# description: |
#   What was granted, to whom and when, is answered from these records, of licences that have ended too. The rule finds
#   a licence whose record the change takes away.
# schemas:
#   - input.record: schema.license
#   - input.before: schema.license
# custom:
#   severity: error
#   handbook: License requests
#   help: Bring the record back. If the licence ends early, add `revoked` with the day and the reason.
#   examples:
#     before:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 3
#         seats: 2
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
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
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 3
#         seats: 2
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
#         revoked:
#           date: 2026-03-16
#           reason: The integration was given up
package rules.license.deleted

violation contains {"path": [], "message": message} if {
	input.before
	not input.record
	message := "the change deletes a licence that was granted; its record stays, even when the licence is over"
}
