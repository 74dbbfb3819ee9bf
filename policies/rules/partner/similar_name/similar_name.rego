# METADATA
# title: Partners can be told apart
# description: |
#   A company that stands in two folders gets two seat caps. The rule looks for another partner whose name or alias
#   looks the same, is the same without blanks, punctuation and legal form, or whose website has the same host. These
#   may be two companies all the same, so that it only warns.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: warning
#   handbook: Partner definitions
#   help: >-
#     If the two are one company, keep its records in one folder; merged_into says which partner a former one became
#     part of. If they are not, write the names so that people can tell them apart.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci-inc/partner.yaml: |
#         kind: partner
#         name: Example-CI, Inc.
#         type: integrated
#         status: prospective
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#         aliases: ["Example-CI, Inc."]
package rules.partner.similar_name

import data.lib.partners
import data.lib.text

violation contains {"path": path, "message": message} if {
	some path, found in partners.alike_names
	[other, likeness] := _other(found.alike)
	message := sprintf(
		"%s %s %s, a name of the partner %s",
		[text.quote(found.name), likeness, text.quote(other.text), other.slug],
	)
}

violation contains {"path": ["website"], "message": message} if {
	data.alike.websites[input.record.website]
	other := partners.other(data.alike.websites[input.record.website].host, partners.slug(input.path))
	message := sprintf("the partner %s has its website, %s, on the same host", [other.slug, text.quote(other.text)])
}

_other(alike) := [other, "looks like"] if {
	other := partners.other(alike.looks, partners.slug(input.path))
} else := [other, "is, but for blanks, punctuation and legal form, the same as"] if {
	other := partners.other(alike.bare, partners.slug(input.path))
}
