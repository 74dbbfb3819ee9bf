package rules.license.default_seats_test

import data.rules.license.default_seats as rule

test_not_the_default if {
	every seats in [2, 4] {
		message := sprintf("the number of seats needed is unknown, for which the default is 3, not %v", [seats])
		rule.violation == {{"path": ["seats"], "message": message, "expected": 3}} with input.record as {
			"seats_requested": "unknown",
			"seats": seats,
		}
			with data.handbook as {"license": {"default_seats": 3}}
	}
}

test_the_default if {
	every seats in [3, 3.0] {
		rule.violation == set() with input.record as {"seats_requested": "unknown", "seats": seats}
			with data.handbook as {"license": {"default_seats": 3}}
	}
}

test_known_number if {
	every requested in [99, "many", null] {
		rule.violation == set() with input.record as {"seats_requested": requested, "seats": 99}
	}
	rule.violation == set() with input.record as {"seats": 99}
}

test_missing if rule.violation == set() with input.record as {"seats_requested": "unknown"}

test_other_types if {
	every seats in ["99", 99.5, null, true, [99], {}] {
		rule.violation == set() with input.record as {"seats_requested": "unknown", "seats": seats}
	}
}

test_default_of_the_day if {
	message := "the number of seats needed is unknown, for which the default in force since 2027-01-01 is 2, not 3"
	rule.violation == {{"path": ["seats"], "message": message, "expected": 2}}
		with input.record as {"seats_requested": "unknown", "seats": 3, "starts_at": "2027-01-01"}
		with data.handbook as {"license": {"default_seats": 3}, "2027-01-01": {"license": {"default_seats": 2}}}
}
