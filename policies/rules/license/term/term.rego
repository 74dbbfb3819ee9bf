# METADATA
# title: A grant runs for the term
# description: |
#   Free licences are given for a fixed number of calendar months and asked for again if the work goes on. The rule
#   checks whether the grant ends that many months after it starts; where the last month has no such day, it ends on
#   the last day of that month.
# schemas:
#   - input.record: schema.license
# custom:
#   severity: error
#   waivable: true
#   handbook: License requests
#   help: Set expires_at to the date that the message names. To end a grant early, add revoked and keep its dates.
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
#         expires_at: 2029-03-02
#         purpose: Build and test the runner integration
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
package rules.license.term

import data.lib.dates
import data.lib.handbook
import data.lib.text

violation contains {"path": ["expires_at"], "message": message, "expected": expected} if {
	starts_at := input.record.starts_at
	months := handbook.in_force.license.term_months
	expected := dates.add_months(starts_at, months)
	expires_at := input.record.expires_at
	expires_at != expected

	# Most grants are right, so that whether these are dates at all is asked last.
	dates.is_date(starts_at)
	dates.is_date(expires_at)
	message := sprintf(
		"a term of %s from %s ends on %s, not on %s%s",
		[text.amount(months, "month"), starts_at, expected, expires_at, _by_the_term],
	)
}

# The calendar of four digits ends before the term does. No other grant is asked for more than its first digits.
violation contains {"path": ["expires_at"], "message": message} if {
	startswith(input.record.starts_at, "99")
	starts_at := input.record.starts_at
	dates.is_date(starts_at)
	dates.is_date(input.record.expires_at)
	months := handbook.in_force.license.term_months
	not dates.add_months(starts_at, months)
	message := sprintf("a term of %s from %s has no end that a date can name", [text.amount(months, "month"), starts_at])
}

# Which term that is, where there has been more than one.
default _by_the_term := ""

_by_the_term := sprintf(", by the term%s", [since]) if {
	since := handbook.in_force_since(["license", "term_months"])
	since != ""
}
