package rules.proposal.document_sharing_test

import data.rules.proposal.document_sharing as rule

test_not_for_the_partner if {
	message := `a document for the audience partner is shared as link, not "few"`
	every audience in ["partner", "internal", null] {
		rule.violation == {{"path": ["document", "sharing"], "message": message, "expected": "link"}}
			with input.record.document as {
				"audience": audience,
				"sharing": "few",
			}
			with data.handbook as {"document": {"sharing": {"partner": "link", "internal": "few"}}}
	}
}

test_for_the_partner if {
	rule.violation == set() with input.record.document.sharing as "link"
		with data.handbook as {"document": {"sharing": {"partner": "link", "internal": "few"}}}
}

test_missing if {
	rule.violation == set() with input.record as {}
	rule.violation == set() with input.record.document as {"audience": "partner"}
}

test_other_types if {
	every value in [5, null, false, [], {}] {
		rule.violation == set() with input.record.document.sharing as value
		rule.violation == set() with input.record.document as value
	}
}
