package rules.license.seats_requested_test

import data.rules.license.seats_requested as rule

test_more_than_requested if {
	violation := {"path": ["seats"], "message": "3 seats granted, but only 2 requested", "expected": 2}
	rule.violation == {violation} with input.record as {"seats": 3, "seats_requested": 2}
}

test_one_seat if {
	some violation in rule.violation with input.record as {"seats": 1, "seats_requested": 0}
	violation.message == "1 seat granted, but only 0 requested"
}

test_expected_is_a_grant if {
	every case in [[20, 3, 3], [20, 12, 4], [20, -3, 1]] {
		[seats, requested, expected] := case
		violations := rule.violation with input.record as {"seats": seats, "seats_requested": requested}
			with data.handbook as {"license": {"seat_cap": 4}}
		{violation.expected | some violation in violations} == {expected}
	}
}

test_as_requested_or_fewer if {
	every seats in [1, 2, 2.0] {
		rule.violation == set() with input.record as {"seats": seats, "seats_requested": 2}
	}
}

test_missing if {
	rule.violation == set() with input.record as {"seats": 3}
	rule.violation == set() with input.record as {"seats_requested": 3}
}

test_other_types if {
	every value in ["unknown", "9", 9.5, null, false, [], {}] {
		rule.violation == set() with input.record as {"seats": value, "seats_requested": 2}
		rule.violation == set() with input.record as {"seats": 99, "seats_requested": value}
	}
}

test_expected_by_the_cap_of_the_day if {
	violations := rule.violation with input.record as {"seats": 20, "seats_requested": 12, "starts_at": "2027-01-01"}
		with data.handbook as {"license": {"seat_cap": 9}, "2027-01-01": {"license": {"seat_cap": 3}}}
	{violation.expected | some violation in violations} == {3}
}
