# METADATA
# title: A grant is not a copy of another partner's
# description: |
#   A grant that was copied to start from, and not changed, is about the other partner. The rule looks for a grant of
#   another partner with the same issue, or with the same contact and purpose. Where not all partners are judged, as
#   with a base to compare with, it finds nothing.
# schemas:
#   - input.record: schema.license
# custom:
#   severity: warning
#   handbook: License requests
#   help: Write the issue, contact and purpose of this grant. If one issue asks for both, create another for this one.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
#         contact: integrations@ci.example
#         issue: https://tracker.example/alliances/issues/7
#       partners/example-deploy/partner.yaml: |
#         kind: partner
#         name: Example Deploy
#         type: integrated
#         status: prospective
#       partners/example-deploy/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Show deployments in merge requests
#         contact: integrations@deploy.example
#         issue: https://tracker.example/alliances/issues/7
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
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
#         contact: integrations@ci.example
#         issue: https://tracker.example/alliances/issues/7
#       partners/example-deploy/partner.yaml: |
#         kind: partner
#         name: Example Deploy
#         type: integrated
#         status: prospective
#       partners/example-deploy/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Show deployments in merge requests
#         contact: integrations@deploy.example
#         issue: https://tracker.example/alliances/issues/8
package rules.license.copied

import data.lib.partners

violation contains {"path": [field], "message": message} if {
	data.alike.licenses[input.path]
	some field, has in {"issue": "has the same issue", "purpose": "has the same contact and purpose"}
	other := partners.other(data.alike.licenses[input.path][field], partners.slug(input.path))
	message := sprintf("a grant of another partner %s: %s", [has, other.text])
}
