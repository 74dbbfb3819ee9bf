package rules.partner.criteria_test

import data.rules.partner.criteria as rule

test_none if {
	message := "an active partner serves at least one success criterion: fame, fun"
	rule.violation == {{"path": [], "message": message}} with input.record as {"status": "active"}
		with data.handbook as {"criteria": {"fame": {}, "fun": {}}}
	rule.violation == {{"path": ["criteria"], "message": message}}
		with input.record as {"status": "active", "criteria": []}
		with data.handbook as {"criteria": {"fame": {}, "fun": {}}}
}

test_some if rule.violation == set() with input.record as {"status": "active", "criteria": ["fame"]}

test_not_active if {
	every status in ["prospective", "former", 5, null] {
		rule.violation == set() with input.record as {"status": status}
	}
	rule.violation == set() with input.record as {}
}

test_other_types if {
	every criteria in [5, "", null, false, {}] {
		rule.violation == set() with input.record as {"status": "active", "criteria": criteria}
	}
}
