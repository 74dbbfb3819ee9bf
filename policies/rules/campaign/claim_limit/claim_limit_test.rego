package rules.campaign.claim_limit_test

import data.rules.campaign.claim_limit as rule

test_nothing_to_rest_on if {
	message := "the spend is claimed, but there is no approval of it"
	rule.violation == {{"path": ["claim"], "message": message}} with input.record.claim as {"amount": 5}
}

test_above if {
	message := "a claim of 6 is above the approved spend of 5"
	rule.violation == {{"path": ["claim", "amount"], "message": message}}
		with input.record as {"claim": {"amount": 6}, "spend_approval": {"amount": 5}}
}

test_within if {
	every amount in [1, 5, 5.0] {
		rule.violation == set()
			with input.record as {"claim": {"amount": amount}, "spend_approval": {"amount": 5}}
	}
}

test_missing if {
	rule.violation == set() with input.record as {}
	rule.violation == set() with input.record as {"spend_approval": {"amount": 5}}
	rule.violation == set() with input.record as {"claim": {}, "spend_approval": {}}
}

test_other_types if {
	every value in ["6", 6.5, null, false, [], {}] {
		rule.violation == set() with input.record as {"claim": {"amount": value}, "spend_approval": {"amount": 5}}
		rule.violation == set() with input.record as {"claim": {"amount": 6}, "spend_approval": {"amount": value}}
		rule.violation == set() with input.record as {"claim": {"amount": 6}, "spend_approval": value}
	}
	every value in ["6", 6, null, false, []] {
		rule.violation == set() with input.record.claim as value
	}
}
