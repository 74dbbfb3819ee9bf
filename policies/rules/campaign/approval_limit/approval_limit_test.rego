package rules.campaign.approval_limit_test

import data.rules.campaign.approval_limit as rule

_campaign(amount, limit) := {"spend_approval": {"amount": amount}, "budget": {"amount": limit}}

test_above if {
	message := "the approved amount of 101 is above the budget of 100"
	rule.violation == {{"path": ["spend_approval", "amount"], "message": message}}
		with input.record as _campaign(101, 100)
}

test_large_amounts if {
	count(rule.violation) == 1 with input.record as _campaign(100000000000000000001, 100000000000000000000)
	rule.violation == set() with input.record as _campaign(100000000000000000000, 100000000000000000001)
}

test_within if {
	every amount in [1, 99, 100, 100.0] {
		rule.violation == set() with input.record as _campaign(amount, 100)
	}
}

test_missing if {
	rule.violation == set() with input.record as {"spend_approval": {"amount": 101}}
	rule.violation == set() with input.record as {"budget": {"amount": 100}}
	rule.violation == set() with input.record as _campaign({}, {})
}

test_other_types if {
	every value in ["900", 0.5, null, true, []] {
		rule.violation == set() with input.record as _campaign(value, 0)
		rule.violation == set() with input.record as _campaign(101, value)
	}
}
