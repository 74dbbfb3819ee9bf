# METADATA
# title: An integrated partner has the agreement of all three departments
# description: |
#   Integrated partners often compete with a part of our product, so sales, product and engineering agree beforehand on
#   how such a partner is to be prioritized. The rule checks whether an active partner of this type has the agreement of
#   all three.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   waivable: true
#   handbook: Partner definitions
#   help: Get the agreement of the departments that the message names, and record who gave it and when.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: active
#         criteria: [adoption]
#         agreement:
#           sales:
#             by: "@sales-lead"
#             date: 2026-02-02
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: active
#         criteria: [adoption]
#         agreement:
#           sales:
#             by: "@sales-lead"
#             date: 2026-02-02
#           product:
#             by: "@product-lead"
#             date: 2026-02-02
#           engineering:
#             by: "@engineering-lead"
#             date: 2026-02-02
package rules.partner.agreement

import data.lib.records

violation contains {"path": path, "message": message} if {
	input.record.status == "active"
	input.record.type == "integrated"
	agreement := object.get(input.record, "agreement", {})
	is_object(agreement)
	lacking := [department | some department in _departments; records.lacks(agreement, department)]
	count(lacking) > 0
	path := records.place(input.record, "agreement")
	message := sprintf("an active integrated partner still needs the agreement of: %s", [concat(", ", lacking)])
}

_departments := ["sales", "product", "engineering"]
