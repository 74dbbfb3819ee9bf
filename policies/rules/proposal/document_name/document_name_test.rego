package rules.proposal.document_name_test

import data.rules.proposal.document_name as rule

_proposal(name, partner_name) := {"record": {"document": {"name": name}}, "partner": {"name": partner_name}}

test_another_name if {
	message := `the document is named "Notes", not "Example CI + us"`
	rule.violation == {{"path": ["document", "name"], "message": message, "expected": "Example CI + us"}}
		with input as _proposal("Notes", "Example CI")
		with data.handbook as {"document": {"name": "{partner} + us"}}
}

test_the_name if {
	rule.violation == set() with input as _proposal("Example CI + us", "Example CI")
		with data.handbook as {"document": {"name": "{partner} + us"}}
}

test_no_partner if rule.violation == set() with input.record.document.name as "Notes"

test_missing if {
	rule.violation == set() with input as {"record": {}, "partner": {"name": "Example CI"}}
	rule.violation == set() with input as {"record": {"document": {"name": "Notes"}}, "partner": {}}
}

test_other_types if {
	every value in [5, null, false, [], {}] {
		rule.violation == set() with input as _proposal(value, "Example CI")
		rule.violation == set() with input as _proposal("Notes", value)
		rule.violation == set() with input as {"record": {"document": value}, "partner": {"name": "Example CI"}}
	}
}
