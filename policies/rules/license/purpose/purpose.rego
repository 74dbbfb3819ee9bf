# METADATA
# title: A grant says what it is for
# description: |
#   A free licence is given so that the partner can build something, and whoever looks at the grant later has to see
#   what. The rule checks whether the purpose says anything, so not only a placeholder and not only a word or two.
# schemas:
#   - input.record: schema.license
# custom:
#   severity: error
#   handbook: License requests
#   help: Write one sentence about what the partner will build or test with the licence.
#   examples:
#     wrong:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: TBD
#     right:
#       partners/example-ci/partner.yaml: |
#         kind: partner
#         name: Example CI
#         type: integrated
#         status: prospective
#       partners/example-ci/licenses/2026-03-runner.yaml: |
#         kind: license
#         product: self-managed
#         plan: ultimate
#         seats_requested: 1
#         seats: 1
#         starts_at: 2026-03-02
#         expires_at: 2026-09-02
#         purpose: Build and test the runner integration
package rules.license.purpose

import data.lib.text

# Most purposes begin with three words, the first two of which are not both placeholders, and that is found fastest.
violation contains _fault if {
	is_string(input.record.purpose)
	not regex.match(`^(?:[A-Za-z\p{Ll}\p{Han}]+ ){2}[A-Za-z\p{Ll}\p{Han}]`, input.record.purpose)
}

# In capitals outside ASCII there is one, İ, that lower() turns into a letter of a placeholder and (?i) does not: what
# has it is judged above.
violation contains _fault if {
	is_string(input.record.purpose)
	regex.match(text.two_placeholders, input.record.purpose)
}

_fault := {"path": ["purpose"], "message": message} if {
	not text.explains(input.record.purpose)
	message := sprintf("%s does not say what the partner will build", [text.quote(input.record.purpose)])
}
