package rules.waiver.dates_test

import data.rules.waiver.dates as rule

_waiver(approved_on, expires_at) := {"approved_on": approved_on, "expires_at": expires_at}

test_before if {
	message := "the waiver ends on 2026-03-01, which is not after 2026-03-02, when it was approved"
	rule.violation == {{"path": ["expires_at"], "message": message}}
		with input.record as _waiver("2026-03-02", "2026-03-01")
}

test_same_day if count(rule.violation) == 1 with input.record as _waiver("2026-03-02", "2026-03-02")

test_after if rule.violation == set() with input.record as _waiver("2026-03-02", "2026-03-03")

test_without_end if rule.violation == set() with input.record as {"approved_on": "2026-03-02"}

test_no_dates if {
	every value in ["2026-02-30", "", 5, null, [], {}] {
		rule.violation == set() with input.record as _waiver("2026-03-02", value)
		rule.violation == set() with input.record as _waiver(value, "2026-03-02")
	}
}
