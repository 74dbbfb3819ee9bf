# METADATA
# title: A hosting platform is a platform partner
# description: |
#   Figures can only be followed over time if a platform bears the same name every month: the folder name of the cloud
#   or Kubernetes partner. The rule looks at every hosting platform of the installations and of the active users, a
#   few special ones aside.
# schemas:
#   - input.record: schema.kpi
# custom:
#   severity: error
#   handbook: Alliances KPI's
#   help: Use the folder name of a platform partner, or one of the special platforms that the message names.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/_program/kpis/2026-03.yaml: |
#         kind: kpi
#         month: 2026-03
#         active_installations:
#           example-ci: 20
#           example-cloud: 120
#           unknown: 60
#           total: 200
#         active_smau:
#           example-cloud: 9000
#           unknown: 1000
#           total: 10000
#         downloads:
#           omnibus: 700
#           helm_chart: 300
#           total: 1000
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/_program/kpis/2026-03.yaml: |
#         kind: kpi
#         month: 2026-03
#         active_installations:
#           example-cloud: 120
#           other: 30
#           unknown: 50
#           total: 200
#         active_smau:
#           example-cloud: 9000
#           unknown: 1000
#           total: 10000
#         downloads:
#           omnibus: 700
#           helm_chart: 300
#           total: 1000
package rules.kpi.platform

import data.lib.handbook
import data.lib.partners
import data.lib.text

violation contains {"path": [field, platform], "at": "key", "message": message} if {
	some field in ["active_installations", "active_smau"]
	is_object(input.record[field])
	some platform in object.keys(input.record[field])
	platform != "total"
	not handbook.in_force.kpi.special_platforms[platform]
	message := sprintf("%s; others are counted as: %s", [
		_fault(platform),
		concat(", ", object.keys(handbook.in_force.kpi.special_platforms)),
	])
}

_fault(platform) := sprintf("%s is not the folder name of a partner", [text.quote(platform)]) if {
	not data.partners[platform]
}

# The type of a partner whose record cannot be read is unknown, and it may well be a platform.
_fault(platform) := sprintf("%s is no platform partner: its type is %s", [text.quote(platform), text.quote(type)]) if {
	type := data.partners[platform].type
	is_string(type)
	not partners.is_platform_type(type)
}
