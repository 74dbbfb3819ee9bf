package rules.request.acquisition_test

import data.rules.request.acquisition as rule

test_acquisition if {
	message := "inquiries about an acquisition belong to the acquisition handbook, not here"
	rule.violation == {{"path": ["type"], "message": message}} with input.record.type as "acquisition"
}

test_other_values if {
	every type in ["partnership", "other", 5, null, ["acquisition"]] {
		rule.violation == set() with input.record.type as type
	}
	rule.violation == set() with input.record as {}
}
