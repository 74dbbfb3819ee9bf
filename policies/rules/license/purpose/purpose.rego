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

violation contains {"path": ["purpose"], "message": message} if {
	purpose := input.record.purpose
	is_string(purpose)
	not _says_something(purpose)
	message := sprintf("%s does not say what the partner will build", [text.quote(purpose)])
}

# Most purposes begin with three words of which one says something, and that is found fastest.
_says_something(purpose) if {
	some phrase in regex.find_n(`^[A-Za-z]+ [A-Za-z]+ [A-Za-z]+`, purpose, 1)
	some word in split(phrase, " ")
	not lower(word) in _placeholders
}

_says_something(purpose) if {
	# The first words tell; to look for all of a long text costs much more.
	words := regex.find_n(_word, purpose, 12)
	count(words) >= 3
	some word in words
	not lower(word) in _placeholders
}

# A word is a run of letters and digits, or one character of a script that sets no spaces between its words.
_word := concat("", [
	"[", _unspaced, `]\p{M}*|`,
	`(?:\p{N}|[^\P{L}`, _unspaced, `])`,
	`(?:['’\x{200c}\x{200d}-]?(?:[\p{N}\p{M}]|[^\P{L}`, _unspaced, `]))*`,
])

_unspaced := `\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}`

# "n" and "a" are what is left of "n/a"; the last rows are the words of "to be announced" and the like.
_placeholders := {
	"todo", "to-do", "tbd", "tba", "tbc", "fixme", "xxx", "xx", "x", "wip",
	"na", "n", "a", "none", "nothing", "nil", "null", "unknown", "empty", "blank",
	"test", "tests", "testing", "dummy", "placeholder", "later",
	"to", "be", "do", "done", "announced", "confirmed", "decided", "defined", "determined",
}
