package rules.partner.folder_name_test

import data.rules.partner.folder_name as rule

_partner(name, folder) := {"name": name, "alliance_folder": {"name": folder}}

test_another_name if {
	every name in ["Runners", "example ci", ""] {
		message := sprintf(`the folder is named "%s", not "Example CI" as the partner is`, [name])
		rule.violation == {{"path": ["alliance_folder", "name"], "message": message, "expected": "Example CI"}}
			with input.record as _partner("Example CI", name)
	}
}

test_the_name if rule.violation == set() with input.record as _partner("Example CI", "Example CI")

test_missing if {
	rule.violation == set() with input.record as {"name": "Example CI"}
	rule.violation == set() with input.record as {"alliance_folder": {"name": "Example CI"}}
	rule.violation == set() with input.record as {"name": "Example CI", "alliance_folder": {}}
}

test_other_types if {
	every value in [5, null, false, [], {}] {
		rule.violation == set() with input.record as _partner("Example CI", value)
		rule.violation == set() with input.record as _partner(value, "Example CI")
		rule.violation == set() with input.record as {"name": "Example CI", "alliance_folder": value}
	}
}
