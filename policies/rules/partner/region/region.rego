# METADATA
# title: A regional integrator keeps to one region
# description: |
#   What sets a regional systems integrator apart from a global one is that it works on a single continent. The rule
#   checks whether it names more than one region, or is active and names none.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   handbook: Partner definitions
#   help: Name the one region that the partner works in. If it works in several, it is of another type.
#   examples:
#     wrong:
#       partners/example-integrator/partner.yaml: |
#         kind: partner
#         name: Example Integrator
#         type: regional_si
#         status: prospective
#         regions: [asia, europe]
#     right:
#       partners/example-integrator/partner.yaml: |
#         kind: partner
#         name: Example Integrator
#         type: regional_si
#         status: prospective
#         regions: [europe]
package rules.partner.region

import data.lib.records

violation contains {"path": ["regions"], "message": message} if {
	input.record.type == "regional_si"
	is_array(input.record.regions)
	regions := {region | some region in input.record.regions; is_string(region)}
	count(regions) > 1
	message := sprintf(
		"a regional integrator keeps to one region, and this one names %v: %s",
		[count(regions), concat(", ", regions)],
	)
}

violation contains {"path": path, "message": message} if {
	input.record.type == "regional_si"
	input.record.status == "active"
	object.get(input.record, "regions", []) == []
	path := records.place(input.record, "regions")
	message := "an active regional integrator names the region that it works in"
}
