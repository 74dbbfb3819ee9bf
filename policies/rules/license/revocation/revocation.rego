# METADATA
# title: A revocation falls within the grant
# description: |
#   Revoking ends a grant before its time, so it can only happen while the grant runs. The rule checks whether the day
#   of the revocation lies between the first day of the grant and the day of its expiry.
# schemas:
#   - input.record: schema.license
# custom:
#   severity: error
#   handbook: License requests
#   help: Correct the date of the revocation, or take the revocation out if the grant simply expired.
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
#         revoked:
#           date: 2031-01-15
#           reason: The integration was given up
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
#         revoked:
#           date: 2026-03-16
#           reason: The integration was given up
package rules.license.revocation

import data.lib.dates

violation contains {"path": ["revoked", "date"], "message": message} if {
	on := input.record.revoked.date
	dates.is_date(on)
	message := _fault(on, input.record)
}

_fault(on, grant) := sprintf("revoked on %s, before the grant starts on %s", [on, grant.starts_at]) if {
	on < grant.starts_at
	dates.is_date(grant.starts_at)
} else := sprintf("revoked on %s, but the grant has run out on %s by then", [on, grant.expires_at]) if {
	on >= grant.expires_at
	dates.is_date(grant.expires_at)
}
