package rules.partner.unique_name_test

import data.rules.partner.unique_name as rule

_partners := {
	"example-ci": {"name": "Example CI", "aliases": ["ECI", "Runners"]},
	"example-ci-europe": {"name": "EXAMPLE ci", "aliases": ["eci"]},
	"example-cloud": {"name": "Example Cloud", "aliases": ["Example Cloud"]},
	"unreadable": {},
}

test_names_of_another if {
	rule.violation == {
		{"path": ["name"], "message": `the partner example-ci-europe goes by the name "Example CI" as well`},
		{"path": ["aliases", 0], "message": `the partner example-ci-europe goes by the name "ECI" as well`},
	} with input as {"path": "partners/example-ci/partner.yaml", "record": _partners["example-ci"]}
		with data.partners as _partners
}

test_own_names if {
	rule.violation == set() with input as {
		"path": "partners/example-cloud/partner.yaml",
		"record": _partners["example-cloud"],
	}
		with data.partners as _partners
}

test_missing if {
	rule.violation == set()
		with input as {"path": "partners/new/partner.yaml", "record": {}} with data.partners as _partners
}

test_other_types if {
	every value in [5, null, false, {"a": "ECI"}, [5, null, ["ECI"]]] {
		rule.violation == set() with input as {
			"path": "partners/new/partner.yaml",
			"record": {"name": value, "aliases": value},
		}
			with data.partners as _partners
	}
}
