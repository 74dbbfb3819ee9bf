# METADATA
# title: A delivery model is an active one
# description: |
#   Not every delivery model of the handbook's table is on offer: some are being given up, others are yet to come. The
#   rule looks at the state of every delivery model of a partner; work on one that is not active may be deliberate, so
#   this only warns.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: warning
#   handbook: Delivery models
#   help: Check that the partner really works with this delivery model today, and take it out if not.
#   examples:
#     wrong:
#       partners/example-hosting/partner.yaml: |
#         kind: partner
#         name: Example Hosting
#         type: managed_service_provider
#         status: prospective
#         delivery_models: [gitlab_hosted]
#     right:
#       partners/example-hosting/partner.yaml: |
#         kind: partner
#         name: Example Hosting
#         type: managed_service_provider
#         status: prospective
#         delivery_models: [gitlab.com]
package rules.partner.delivery_model_state

import data.lib.handbook

violation contains {"path": ["delivery_models", i], "message": message} if {
	is_array(input.record.delivery_models)
	some i, name in input.record.delivery_models
	state := handbook.newest.delivery_models[name].state
	state != "active"
	message := sprintf("the state of the delivery model %s is %s, not active", [name, state])
}
