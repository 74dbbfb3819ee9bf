package rules.license.seat_cap_test

import data.rules.license.seat_cap as rule

test_above_the_cap if {
	rule.violation == {{"path": ["seats"], "message": "4 seats are above the cap of 3", "expected": 3}}
		with input.record.seats as 4
		with data.handbook as {"license": {"seat_cap": 3}}
}

test_far_above_the_cap if {
	every seats in [4.0, 1e3, 99999999999999999999] {
		count(rule.violation) == 1 with input.record.seats as seats with data.handbook as {"license": {"seat_cap": 3}}
	}
}

test_within_the_cap if {
	every seats in [-1, 0, 1, 3, 3.0] {
		rule.violation == set() with input.record.seats as seats with data.handbook as {"license": {"seat_cap": 3}}
	}
}

test_missing if rule.violation == set() with input.record as {}

test_other_types if {
	every seats in ["99", 99.5, null, true, [99], {"a": 99}] {
		rule.violation == set() with input.record.seats as seats
	}
}

test_cap_of_the_day if {
	message := "4 seats are above the cap of 3 in force since 2027-01-01"
	rule.violation == {{"path": ["seats"], "message": message, "expected": 3}}
		with input.record as {"seats": 4, "starts_at": "2027-01-01"}
		with data.handbook as {"license": {"seat_cap": 4}, "2027-01-01": {"license": {"seat_cap": 3}}}
	rule.violation == set()
		with input.record as {"seats": 4, "starts_at": "2026-12-31"}
		with data.handbook as {"license": {"seat_cap": 4}, "2027-01-01": {"license": {"seat_cap": 3}}}
}
