package rules.partner.former_name_test

import data.rules.partner.former_name as rule

_found(before, record) := found if {
	found := rule.violation with input as {
		"path": "partners/new/partner.yaml",
		"before_path": "partners/old/partner.yaml",
		"before": before,
		"record": record,
	}
}

_violation(expected) := {
	"path": ["aliases"],
	"message": `the partner was named "Old" before its folder was renamed, and does not go by that name any more`,
	"expected": expected,
}

test_forgotten if {
	_found({"name": "Old"}, {"name": "New"}) == {_violation(["Old"])}
	_found({"name": "Old"}, {"name": "New", "aliases": []}) == {_violation(["Old"])}
	_found({"name": "Old"}, {"name": "New", "aliases": ["N", 5]}) == {_violation(["N", 5, "Old"])}
}

test_kept if {
	_found({"name": "Old"}, {"name": "New", "aliases": ["N", "Old"]}) == set()
	_found({"name": "Old"}, {"name": "New", "aliases": [" OLD"]}) == set()
	_found({"name": "Old"}, {"name": "Old"}) == set()
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
		_found({"name": value}, {"name": "New"}) == set()
		_found({"name": "Old"}, {"name": "New", "aliases": value}) == set()
		_found({"name": "Old"}, {"name": value}) == {_violation(["Old"])}
	}
	_found({}, {"name": "New"}) == set()
}
