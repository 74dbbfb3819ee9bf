# METADATA
# title: Platform partners are critical
# description: |
#   Customers run our product on what the platform partners provide, so the handbook puts these partnerships first. The
#   rule checks whether a partner of a platform type has the priority critical.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   waivable: true
#   handbook: Partner definitions
#   help: Set the priority to critical, or correct the type of the partner.
#   examples:
#     wrong:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: standard
#     right:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
package rules.partner.priority

import data.lib.partners
import data.lib.records
import data.lib.text

violation contains {"path": ["priority"], "message": message, "expected": "critical"} if {
	priority := input.record.priority
	priority != "critical"
	is_string(priority)
	partners.is_platform_type(input.record.type)
	message := sprintf(
		"the priority of a platform partner (%s) is critical, not %s",
		[input.record.type, text.quote(priority)],
	)
}

violation contains {"path": [], "message": message} if {
	records.lacks(input.record, "priority")
	partners.is_platform_type(input.record.type)
	message := sprintf("a platform partner (%s) needs the priority critical", [input.record.type])
}
