package rules.partner.unique_name_test

import data.rules.partner.unique_name as rule

_alike := {
	"Example CI": {"same": {"example-ci": "Example CI", "example-ci-europe": "EXAMPLE ci"}},
	"ECI": {"same": {"example-ci": "ECI", "example-ci-europe": "eci"}},
	"Example Cloud": {"looks": {"example-ci": "ExampIe Cloud"}},
}

_input(record) := {"path": "partners/example-ci/partner.yaml", "record": record}

test_names_of_another if {
	rule.violation == {
		{"path": ["name"], "message": `the partner example-ci-europe goes by the name "EXAMPLE ci" as well`},
		{"path": ["aliases", 1], "message": `the partner example-ci-europe goes by the name "eci" as well`},
	} with input as _input({"name": "Example CI", "aliases": ["Runners", "ECI"]})
		with data.alike.names as _alike
}

test_other_names if {
	every name in ["Example Cloud", "Example", "", 5, null, false] {
		rule.violation == set() with input as _input({"name": name}) with data.alike.names as _alike
	}
	rule.violation == set() with input as _input({}) with data.alike.names as _alike
}

test_nothing_is_known if rule.violation == set() with input as _input({"name": "Example CI"})
