# METADATA
# title: A delivery model is sold through partners of this type
# description: |
#   The handbook's table says through which partners each delivery model is sold. The rule compares every delivery
#   model of a partner with the partner's type.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   waivable: true
#   handbook: Delivery models
#   help: Take the delivery model out of the record, or correct the type of the partner.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         delivery_models: [self-managed]
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         delivery_models: [gitlab.com]
package rules.partner.delivery_model

import data.lib.handbook
import data.lib.text

violation contains {"path": ["delivery_models", i], "message": message} if {
	is_array(input.record.delivery_models)
	type := input.record.type
	is_string(type)
	some i, name in input.record.delivery_models
	model := handbook.newest.delivery_models[name]
	not _is_sold_through(model, type)
	message := sprintf(
		"%s is not sold through partners of type %s but through: %s",
		[name, text.quote(type), concat(", ", model.sold_through)],
	)
}

_is_sold_through(model, type) if type in model.sold_through

_is_sold_through(model, _) if model.sold_through == "any"
