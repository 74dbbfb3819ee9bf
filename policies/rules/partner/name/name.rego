# METADATA
# title: Names have blanks between words alone
# description: |
#   A blank that nobody sees makes two names of one. The rule looks for blanks at the beginning and the end of a
#   partner's name and aliases, and for two in a row.
# schemas:
#   - input.record: schema.partner
# custom:
#   severity: error
#   handbook: Partner definitions
#   help: Write the name with one blank between two words, and none before and after it.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: "Example  CI "
#         type: integrated
#         status: prospective
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
package rules.partner.name

import data.lib.text

violation contains _fault(["name"], input.record.name)

violation contains _fault(["aliases", i], name) if some i, name in input.record.aliases

_fault(path, name) := {"path": path, "message": message, "expected": tidy} if {
	is_string(name)

	# Most names are words of plain letters with single blanks between them, which is found fastest.
	not regex.match(`^[!-~]+(?: [!-~]+)*$`, name)
	tidy := text.tidy(name)
	tidy != name
	tidy != ""
	message := sprintf("the name %s has blanks at an end, or more than one between two words", [json.marshal(name)])
}
