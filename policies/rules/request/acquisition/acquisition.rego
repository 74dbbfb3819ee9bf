# METADATA
# title: An acquisition is no alliance request
# description: |
#   Whoever asks whether we would acquire a company is sent to the acquisition handbook, where such talks are held
#   in confidence. The rule looks at the type of the request.
# schemas:
#   - input.record: schema.request
# custom:
#   severity: error
#   handbook: Acquisitions
#   help: Point the person to the acquisition handbook, and leave the request out here.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/requests/2026-03-runners.yaml: |
#         kind: request
#         type: acquisition
#         received_on: 2026-03-02
#         description: Wants to offer its runners to our users
#         announcement: https://chat.example/alliances/1042
#         status: new
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
#         status: new
package rules.request.acquisition

violation contains {"path": ["type"], "message": message} if {
	input.record.type == "acquisition"
	message := "inquiries about an acquisition belong to the acquisition handbook, not here"
}
