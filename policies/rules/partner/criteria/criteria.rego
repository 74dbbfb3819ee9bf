# METADATA
# title: An active partnership serves a success criterion
# description: |
#   The handbook lists what makes a partnership worth the work. The rule checks whether the record of an active
#   partner names at least one of these criteria.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   waivable: true
#   handbook: Criteria for successful partnerships
#   help: Name the criteria that the partnership serves. If it serves none, it may not be an active one.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: upstream
#         status: active
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: upstream
#         status: active
#         criteria: [exposure]
package rules.partner.criteria

import data.lib.handbook
import data.lib.records

violation contains {"path": path, "message": message} if {
	input.record.status == "active"
	object.get(input.record, "criteria", []) == []
	path := records.place(input.record, "criteria")
	message := sprintf(
		"an active partner serves at least one success criterion: %s",
		[concat(", ", object.keys(handbook.newest.criteria))],
	)
}
