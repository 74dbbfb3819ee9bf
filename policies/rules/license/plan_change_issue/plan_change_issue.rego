# METADATA
# title: A plan change has its request
# description: |
#   Where we host the product, no key is generated: another team changes the plan of the partner's group, and is asked
#   for it in an issue. The rule checks whether such a grant links to an issue of that team's project.
# schemas:
#   - input.record: schema.license
# custom:
#   severity: error
#   handbook: License requests
#   help: >-
#     Open an issue in the project that the message names, with its template for plan changes, and put its URL under
#     issue.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: gitlab.com
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
#         namespace: example-ci
#         issue: https://tracker.example/alliances/issues/27
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: gitlab.com
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
#         namespace: example-ci
#         issue: {handbook.license.plan_change.project}/-/issues/1
package rules.license.plan_change_issue

import data.lib.handbook
import data.lib.records
import data.lib.text

violation contains {"path": ["issue"], "message": message} if {
	input.record.product == "gitlab.com"
	issue := input.record.issue
	is_string(issue)
	project := handbook.in_force.license.plan_change.project
	not _is_issue(issue, project)
	message := sprintf("%s is no issue of %s", [text.quote(issue), project])
}

violation contains {"path": [], "message": message} if {
	input.record.product == "gitlab.com"
	records.lacks(input.record, "issue")
	message := sprintf(
		"a plan change needs its issue in %s",
		[handbook.in_force.license.plan_change.project],
	)
}

_is_issue(url, project) if {
	startswith(url, project)
	regex.match(`^/(?:-/)?issues/[1-9][0-9]*/?(?:\?[^#\s]*)?(?:#\S*)?$`, trim_prefix(url, project))
}
