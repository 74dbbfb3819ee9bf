# METADATA
# custom:
#   equivalent:
#     without grants.seats_ever > cap:
#       It only saves looking at who had how many when.
#     grants.seats_ever >= cap:
#       It only saves looking at who had how many when.
package rules.license.partner_seat_total_test

import data.rules.license.partner_seat_total as rule

_folder(first, second) := {
	"first": {"starts_at": "2026-01-12", "expires_at": "2026-07-12", "seats": first},
	"second": {"starts_at": "2026-03-02", "expires_at": "2026-09-02", "seats": second},
}

test_above_the_cap if {
	folder := _folder(2, 3)
	message := "the partner's grants that run on 2026-03-02 come to 5 seats, above the cap of 4"
	other := {"record": "first", "path": ["seats"], "message": "2 seats that run on that day too"}
	rule.violation == {{"path": ["seats"], "message": message, "related": [other]}} with input as {
		"path": "second",
		"record": folder.second,
		"folder": {"license": folder},
	}
		with data.handbook as {"license": {"seat_cap": 4}}
}

test_before_the_other_starts if {
	folder := _folder(2, 3)
	rule.violation == set() with input as {"path": "first", "record": folder.first, "folder": {"license": folder}}
		with data.handbook as {"license": {"seat_cap": 4}}
}

test_on_one_day_both if {
	folder := {path: object.union(grant, {"starts_at": "2026-01-12"}) | some path, grant in _folder(2, 3)}
	every path, grant in folder {
		count(rule.violation) == 1 with input as {"path": path, "record": grant, "folder": {"license": folder}}
			with data.handbook as {"license": {"seat_cap": 4}}
	}
}

test_within_the_cap if {
	folder := _folder(1, 3)
	rule.violation == set() with input as {"path": "second", "record": folder.second, "folder": {"license": folder}}
		with data.handbook as {"license": {"seat_cap": 4}}
}

test_within_the_cap_on_that_day if {
	ended := {"starts_at": "2025-01-12", "expires_at": "2025-07-12", "seats": 9}
	every seats in [2, 4] {
		folder := object.union(_folder(1, seats), {"ended": ended})
		rule.violation == set() with input as {"path": "second", "record": folder.second, "folder": {"license": folder}}
			with data.handbook as {"license": {"seat_cap": 5}}
	}
}

test_alone if {
	folder := {"second": _folder(2, 99).second}
	rule.violation == set() with input as {"path": "second", "record": folder.second, "folder": {"license": folder}}
		with data.handbook as {"license": {"seat_cap": 4}}
}

test_unreadable if {
	folder := _folder(99, "99")
	rule.violation == set() with input as {"path": "second", "record": folder.second, "folder": {"license": folder}}
}

test_cap_of_the_day if {
	folder := _folder(2, 3)
	violations := rule.violation
		with input as {"path": "second", "record": folder.second, "folder": {"license": folder}}
		with data.handbook as {"license": {"seat_cap": 9}, "2026-03-01": {"license": {"seat_cap": 4}}}
	{violation.message | some violation in violations} == {concat("", [
		"the partner's grants that run on 2026-03-02 come to 5 seats, ",
		"above the cap of 4 in force since 2026-03-01",
	])}
}
