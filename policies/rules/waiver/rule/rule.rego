# METADATA
# title: A waiver names a rule that can be waived
# description: |
#   An exception is made from a rule of the handbook that leaves room for one. What makes a file a record, and what a
#   change may not do to it, holds without exception. The rule checks whether there is such a rule, and whether it says
#   of itself that it can be waived.
# schemas:
#   - input.record: schema.waiver
# custom:
#   severity: error
#   handbook: Partner definitions
#   help: >-
#     Name a rule that can be waived; `alliances rules RULE` says whether it can. From another one there is no
#     exception: put the record right.
#   examples:
#     wrong:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: critical
#       partners/example-cloud/waivers/2026-03-priority.yaml: |
#         kind: waiver
#         rule: partner/name
#         record: partner.yaml
#         reason: Customers in two regions are all there are yet
#         approved_by: "@vp-alliances"
#         approved_on: 2026-03-02
#     right:
#       partners/example-cloud/partner.yaml: |
#         kind: partner
#         name: Example Cloud
#         type: cloud
#         status: prospective
#         priority: standard
#       partners/example-cloud/waivers/2026-03-priority.yaml: |
#         kind: waiver
#         rule: partner/priority
#         record: partner.yaml
#         reason: Customers in two regions are all there are yet
#         approved_by: "@vp-alliances"
#         approved_on: 2026-03-02
package rules.waiver.rule

import data.lib.text

violation contains {"path": ["rule"], "message": message} if {
	catalogue := data.catalogue
	id := input.record.rule
	is_string(id)
	not catalogue[id].waivable
	message := concat("; ", array.concat([_refusal(id)], _choice(id)))
}

_refusal(id) := sprintf("%s cannot be waived", [id]) if data.catalogue[id]

_refusal(id) := "what makes a file a record cannot be waived" if _is_built_in(id)

_refusal(id) := sprintf("there is no rule %s", [text.quote(id)]) if {
	not data.catalogue[id]
	not _is_built_in(id)
}

_is_built_in(id) if split(id, "/")[0] in {"yaml", "schema", "repo"}

# What can be waived of the kind that the rule is on, which is what was meant most likely.
_choice(id) := [sprintf("what can be is %s", [concat(", ", ids)]) | count(ids) > 0] if {
	kind := split(id, "/")[0]
	ids := [other | some other, rule in data.catalogue; rule.waivable; split(other, "/")[0] == kind]
}
