# METADATA
# title: A waiver is about a record of its folder
# description: |
#   An exception is made for one record, and stands in the folder of the same partner, so that whoever reads the one
#   finds the other. The rule checks whether the folder holds a record at that path, and one of the kind that the
#   waived rule judges. Of a record that the change moves, it says where it is now.
# schemas:
#   - input.record: schema.waiver
#   - input.before: schema.waiver
# custom:
#   severity: error
#   handbook: Partner definitions
#   help: >-
#     Write the path of the record from its partner's folder, such as licenses/2026-03-runner.yaml or partner.yaml.
#   examples:
#     before:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/example-cloud/campaigns/2026-03.yaml: |
#         kind: campaign
#         topic: Webinar on deploying
#         timeline: { starts_on: 2026-03-02, ends_on: 2026-03-20 }
#         budget: { amount: 8000, currency: USD }
#         marketing_targets: [{ metric: registrations, target: 300 }]
#         issue: https://gitlab.example/alliances/campaigns/-/issues/1
#       partners/example-cloud/waivers/2026-03-webinar.yaml: |
#         kind: waiver
#         rule: campaign/cloud_partner
#         record: campaigns/2026-03.yaml
#         reason: The credits come from the cloud that it resells
#         approved_by: "@vp-alliances"
#         approved_on: 2026-03-02
#     wrong:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/example-cloud/campaigns/2026-03-webinar.yaml: |
#         kind: campaign
#         topic: Webinar on deploying
#         timeline: { starts_on: 2026-03-02, ends_on: 2026-03-20 }
#         budget: { amount: 8000, currency: USD }
#         marketing_targets: [{ metric: registrations, target: 300 }]
#         issue: https://gitlab.example/alliances/campaigns/-/issues/1
#       partners/example-cloud/waivers/2026-03-webinar.yaml: |
#         kind: waiver
#         rule: campaign/cloud_partner
#         record: campaigns/2026-03.yaml
#         reason: The credits come from the cloud that it resells
#         approved_by: "@vp-alliances"
#         approved_on: 2026-03-02
#     right:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: integrated
#         status: prospective
#       partners/example-cloud/campaigns/2026-03-webinar.yaml: |
#         kind: campaign
#         topic: Webinar on deploying
#         timeline: { starts_on: 2026-03-02, ends_on: 2026-03-20 }
#         budget: { amount: 8000, currency: USD }
#         marketing_targets: [{ metric: registrations, target: 300 }]
#         issue: https://gitlab.example/alliances/campaigns/-/issues/1
#       partners/example-cloud/waivers/2026-03-webinar.yaml: |
#         kind: waiver
#         rule: campaign/cloud_partner
#         record: campaigns/2026-03-webinar.yaml
#         reason: The credits come from the cloud that it resells
#         approved_by: "@vp-alliances"
#         approved_on: 2026-03-02
package rules.waiver.record

import data.lib.text
import data.lib.waivers

violation contains {"path": ["record"], "message": message, "expected": _meant} if {
	is_string(input.record.record)
	not waivers.kind_at(input.folder, waivers.target(input.record))
	message := sprintf(
		"%s holds no record %s; it is %s",
		[waivers.folder, text.quote(input.record.record), text.quote(_meant)],
	)
}

violation contains {"path": ["record"], "message": message} if {
	is_string(input.record.record)
	not _meant
	message := sprintf("%s holds no record %s", [waivers.folder, text.quote(input.record.record)])
}

violation contains {"path": ["record"], "message": message} if {
	id := input.record.rule
	data.catalogue[id]
	kind := waivers.kind_at(input.folder, waivers.target(input.record))
	not startswith(id, sprintf("%s/", [kind]))
	message := sprintf("%s is a %s, which %s does not judge", [input.record.record, kind, id])
}

# The record that is meant, where that is plain to see: it has moved, or it is there, perhaps by its whole path.
_meant := path if {
	path := _below(_moved_to)
} else := path if {
	path := _below(input.record.record)
	waivers.kind_at(input.folder, sprintf("%s/%s", [waivers.folder, path]))
}

_below(path) := trim_prefix(path, sprintf("%s/", [waivers.folder]))

# Where a record is that says what this one said before the change, unless there are several.
_moved_to := path if {
	former := waivers.target(input.record)
	kind := waivers.kind_at(input.folder_before, former)
	[path] := [path |
		some path in waivers.appeared[kind]
		input.folder[kind][path] == input.folder_before[kind][former]
	]
}
