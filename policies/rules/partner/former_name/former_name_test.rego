package rules.partner.former_name_test

import data.rules.partner.former_name as rule

_renamed(before, record) := {
	"path": "partners/new/partner.yaml",
	"before_path": "partners/old/partner.yaml",
	"before": before,
	"record": record,
}

_violation(expected) := {
	"path": ["aliases"],
	"message": `the partner was named "Old" before its folder was renamed, and does not go by that name any more`,
	"expected": expected,
}

test_forgotten if {
	rule.violation == {_violation(["Old"])} with input as _renamed({"name": "Old"}, {"name": "New"})
	rule.violation == {_violation(["Old"])} with input as _renamed({"name": "Old"}, {"name": "New", "aliases": []})
	odd := {"name": "New", "aliases": ["N", 5]}
	rule.violation == {_violation(["N", 5, "Old"])} with input as _renamed({"name": "Old"}, odd)
}

test_kept if {
	rule.violation == set() with input as _renamed({"name": "Old"}, {"name": "New", "aliases": ["N", "Old"]})
	rule.violation == set() with input as _renamed({"name": "Old"}, {"name": "New", "aliases": [" OLD"]})
	rule.violation == set() with input as _renamed({"name": "Old"}, {"name": "Old"})
}

test_the_folder_stays if {
	rule.violation == set() with input as {
		"path": "partners/old/partner.yaml",
		"before": {"name": "Old"},
		"record": {"name": "New"},
	}
	rule.violation == set() with input as {
		"path": "partners/old/partner.yaml",
		"before_path": "partners/old/partners.yaml",
		"before": {"name": "Old"},
		"record": {"name": "New"},
	}
}

test_other_types if {
	every value in [5, null, false, {}] {
		rule.violation == set() with input as _renamed({"name": value}, {"name": "New"})
		rule.violation == set() with input as _renamed({"name": "Old"}, {"name": "New", "aliases": value})
		rule.violation == {_violation(["Old"])} with input as _renamed({"name": "Old"}, {"name": value})
	}
	rule.violation == set() with input as _renamed({}, {"name": "New"})
}
