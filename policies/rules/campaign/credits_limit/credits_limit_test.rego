package rules.campaign.credits_limit_test

import data.rules.campaign.credits_limit as rule

test_nothing_to_rest_on if {
	message := "credits have been received, but there is no acknowledgement of them"
	rule.violation == {{"path": ["credits_received"], "message": message}}
		with input.record.credits_received as {"amount": 5}
}

test_above if {
	message := "credits received of 6 are above the acknowledged credits of 5"
	rule.violation == {{"path": ["credits_received", "amount"], "message": message}}
		with input.record as {"credits_received": {"amount": 6}, "credit_acknowledgement": {"amount": 5}}
}

test_within if {
	every amount in [1, 5, 5.0] {
		rule.violation == set()
			with input.record as {"credits_received": {"amount": amount}, "credit_acknowledgement": {"amount": 5}}
	}
}

test_missing if {
	rule.violation == set() with input.record as {}
	rule.violation == set() with input.record as {"credit_acknowledgement": {"amount": 5}}
	rule.violation == set() with input.record as {"credits_received": {}, "credit_acknowledgement": {}}
}

test_other_types if {
	every value in ["6", 6.5, null, false, [], {}] {
		rule.violation == set()
			with input.record as {"credits_received": {"amount": value}, "credit_acknowledgement": {"amount": 5}}
		rule.violation == set()
			with input.record as {"credits_received": {"amount": 6}, "credit_acknowledgement": {"amount": value}}
		rule.violation == set()
			with input.record as {"credits_received": {"amount": 6}, "credit_acknowledgement": value}
	}
	every value in ["6", 6, null, false, []] {
		rule.violation == set() with input.record.credits_received as value
	}
}
