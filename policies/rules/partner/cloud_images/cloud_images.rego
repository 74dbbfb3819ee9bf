# METADATA
# title: Cloud images belong to cloud partners
# description: |
#   Cloud images are offered in the marketplace of the cloud provider that hosts them. The rule checks whether a
#   partner of another type lists any.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   handbook: Cloud images
#   help: Move the images to the record of the cloud provider that hosts them, or correct the type of the partner.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         cloud_images:
#           - name: Server on Ubuntu
#             url: https://marketplace.example/server
#     right:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#         cloud_images:
#           - name: Server on Ubuntu
#             url: https://marketplace.example/server
package rules.partner.cloud_images

import data.lib.text

violation contains {"path": ["cloud_images"], "message": message} if {
	is_array(input.record.cloud_images)
	count(input.record.cloud_images) > 0
	type := input.record.type
	type != "cloud"
	is_string(type)
	message := sprintf("cloud images are hosted by cloud partners, and this partner's type is %s", [text.quote(type)])
}
