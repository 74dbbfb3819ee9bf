# METADATA
# title: A request record is kept
# description: |
#   Who asked for what, and what became of it, is answered from these records, of requests that are settled too. The
#   rule finds a request whose record the change takes away.
# schemas:
#   - input.record: schema.request
#   - input.before: schema.request
# custom:
#   severity: error
#   handbook: Inbound alliance requests
#   help: Bring the record back, and set its status to `done` or `declined`.
#   examples:
#     before:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/requests/2026-03-runners.yaml: |
#         kind: request
#         type: integration
#         received_on: 2026-03-02
#         description: Wants to offer its runners to our users
#         announcement: https://chat.example/alliances/1042
#         status: new
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
#       partners/example-ci/requests/2026-03-runners.yaml: |
#         kind: request
#         type: integration
#         received_on: 2026-03-02
#         description: Wants to offer its runners to our users
#         announcement: https://chat.example/alliances/1042
#         status: declined
#         lead: "@alliance-manager"
package rules.request.deleted

violation contains {"path": [], "message": message} if {
	input.before
	not input.record
	message := "the change deletes a request; its record stays, even when the request is settled"
}
