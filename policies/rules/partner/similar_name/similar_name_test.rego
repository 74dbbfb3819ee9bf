# METADATA
# custom:
#   equivalent:
#     without data.alike.websites[input.record.website]:
#       Most websites are like no other, which is only found faster.
package rules.partner.similar_name_test

import data.rules.partner.similar_name as rule

_alike := {
	"names": {
		"ExampIe CI": {"looks": {"example": "Example CI"}, "bare": {"other": "Examp-Ie CI"}},
		"Example, Inc.": {"bare": {"example-ci": "Example, Inc.", "example": "EXAMPLE"}},
		"Same": {"same": {"example": "same"}},
	},
	"websites": {"https://ci.example": {"host": {"example": "https://www.ci.example/about"}}},
}

_input(record) := {"path": "partners/example-ci/partner.yaml", "record": record}

test_names_that_are_alike if {
	likeness := "is, but for blanks, punctuation and legal form, the same as"
	bare := sprintf(`"Example, Inc." %s "EXAMPLE", a name of the partner example`, [likeness])
	rule.violation == {
		{"path": ["name"], "message": `"ExampIe CI" looks like "Example CI", a name of the partner example`},
		{"path": ["aliases", 0], "message": bare},
	} with input as _input({"name": "ExampIe CI", "aliases": ["Example, Inc."]}) with data.alike as _alike
}

test_website if {
	message := `the partner example has its website, "https://www.ci.example/about", on the same host`
	rule.violation == {{"path": ["website"], "message": message}}
		with input as _input({"website": "https://ci.example"}) with data.alike as _alike
}

test_others if {
	every value in ["Same", "Another", "https://other.example", "", 5, null, false, ["Example, Inc."]] {
		rule.violation == set() with input as _input({"name": value, "website": value}) with data.alike as _alike
	}
	rule.violation == set() with input as _input({}) with data.alike as _alike
}

test_nothing_is_known if rule.violation == set() with input as _input({"name": "Example, Inc."})
