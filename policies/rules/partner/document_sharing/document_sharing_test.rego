package rules.partner.document_sharing_test

import data.rules.partner.document_sharing as rule

test_other_sharing if {
	message := `a document for the audience press is shared as all, not "few"`
	rule.violation == {{"path": ["documents", 1, "sharing"], "message": message, "expected": "all"}}
		with input.record.documents as [
			{"audience": "press", "sharing": "all"},
			{"audience": "press", "sharing": "few"},
		]
		with data.handbook as {"document": {"sharing": {"press": "all", "board": "few"}}}
}

test_as_the_audience_asks if {
	rule.violation == set() with input.record.documents as [
		{"audience": "press", "sharing": "all"},
		{"audience": "board", "sharing": "few"},
		{"audience": "others", "sharing": "few"},
	]
		with data.handbook as {"document": {"sharing": {"press": "all", "board": "few"}}}
}

test_missing if {
	rule.violation == set() with input.record as {}
	rule.violation == set() with input.record.documents as [{}, {"audience": "partner"}, {"sharing": "gitlab"}]
}

test_other_types if {
	every value in [5, null, false, ["gitlab"], {"audience": {"audience": "partner", "sharing": "few"}}] {
		rule.violation == set() with input.record.documents as value
		rule.violation == set() with input.record.documents as [value]
		rule.violation == set() with input.record.documents as [{"audience": "partner", "sharing": value}]
		rule.violation == set() with input.record.documents as [{"audience": value, "sharing": "few"}]
	}
}
