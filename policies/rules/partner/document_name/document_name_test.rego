package rules.partner.document_name_test

import data.rules.partner.document_name as rule

_partner(documents) := {"name": "Example CI", "documents": documents}

test_other_names if {
	message := `the document is named "Notes", not "Example CI + us"`
	rule.violation == {{"path": ["documents", 1, "name"], "message": message, "expected": "Example CI + us"}}
		with input.record as _partner([
			{"name": "Example CI + us"},
			{"name": "Notes"},
		])
		with data.handbook as {"document": {"name": "{partner} + us"}}
}

test_letter_case_counts if {
	count(rule.violation) == 2 with input.record as _partner([{"name": "example ci + us"}, {"name": ""}])
		with data.handbook as {"document": {"name": "{partner} + us"}}
}

test_missing if {
	rule.violation == set() with input.record as {"name": "Example CI"}
	rule.violation == set() with input.record as {"documents": [{"name": "Notes"}]}
	rule.violation == set() with input.record as _partner([{}])
}

test_other_types if {
	every value in [5, null, false, ["Notes"], {"name": {"name": "Notes"}}] {
		rule.violation == set() with input.record as _partner(value)
		rule.violation == set() with input.record as _partner([value])
		rule.violation == set() with input.record as _partner([{"name": value}])
		rule.violation == set() with input.record as {"name": value, "documents": [{"name": "Notes"}]}
	}
}
