# METADATA
# title: A partner with a history is kept
# description: |
#   The records in a partner's folder tell whom we worked with, and they need the partner whom they are about. The
#   rule finds a partner whose record the change takes away, although its folder holds other records, or held some
#   before. A partner that never had any can be deleted.
# schemas:
#   - input.record: schema.partner
#   - input.before: schema.partner
# custom:
#   severity: error
#   handbook: Partner definitions
#   help: Bring the record back, and set its `status` to `former` with the day in `former_since`.
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
#         status: declined
#         lead: "@alliance-manager"
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#     wrong:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: former
#         former_since: 2026-06-30
#       partners/example-ci/requests/2026-03-runners.yaml: |
#         kind: request
#         type: integration
#         received_on: 2026-03-02
#         description: Wants to offer its runners to our users
#         announcement: https://chat.example/alliances/1042
#         status: declined
#         lead: "@alliance-manager"
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
package rules.partner.deleted

violation contains {"path": [], "message": message} if {
	input.before
	not input.record
	_has_history
	message := "the change deletes a partner that has other records, or had some; its record stays"
}

_has_history if {
	some state in ["folder", "folder_before"]
	some records in input[state]
	some path, _ in records
	path != input.path
}
