# METADATA
# custom:
#   equivalent:
#     seats >= 0:
#       No seats add nothing to a sum.
#     seats > -1:
#       No seats add nothing to a sum.
#     '[[grant.end, -1, 0 - grant.seats] | some grant in _running],':
#       It comes before a 1, as 0 does.
#     '[[grant.end, 1, 0 - grant.seats] | some grant in _running],':
#       Seats below zero have ends come before starts, too, and nobody asks for a day without a start.
#     _block_size := 63:
#       The size of a block decides on speed alone.
#     _block_size := 65:
#       The size of a block decides on speed alone.
#     '_sums_before := [sum(array.slice(_block_sums, -1, block)) | some block, _ in _block_sums]':
#       A slice begins with the first, at the earliest.
package lib.grants_test

import data.lib.grants

_grant(starts_at, expires_at, seats) := {"starts_at": starts_at, "expires_at": expires_at, "seats": seats}

_revoked(grant, on) := object.union(grant, {"revoked": {"date": on}})

_spring := _grant("2026-03-01", "2026-09-01", 3)

test_end if {
	grants.end(_spring) == "2026-09-01"
	grants.end(_revoked(_spring, "2026-05-01")) == "2026-05-01"
	grants.end(_revoked(_spring, "2027-05-01")) == "2026-09-01"
}

test_no_end if {
	not grants.end({})
	not grants.end(_grant("2026-03-01", "2026-09-31", 3))
	not grants.end(_revoked(_spring, "soon"))
	not grants.end(_revoked(_grant("2026-03-01", "2026-09-31", 3), "2026-05-01"))
	not grants.end(object.union(_spring, {"revoked": null}))
	not grants.end(object.union(_spring, {"revoked": false}))
}

test_seats_ever if {
	grants.seats_ever == 6 with input.folder.license as {
		"a": _grant("2026-03-01", "2026-09-01", 5),
		"b": _grant("2026-05-01", "2026-11-01", 1),
		"below zero": _grant("2026-05-01", "2026-11-01", -2),
		"text": _grant("2026-05-01", "2026-11-01", "3"),
		"no seats": {},
	}
}

test_no_folder if grants.seats_on_first_day == {}

test_seats_on_first_day if {
	grants.seats_on_first_day == {"a": 3, "b": 5, "c": 7, "d": 7, "e": 11} with input.folder.license as {
		"a": _spring,
		# starts while a runs
		"b": _grant("2026-05-01", "2026-11-01", 2),
		# start on the day on which a ends, so with b only
		"c": _grant("2026-09-01", "2027-03-01", 1),
		"d": _grant("2026-09-01", "2027-03-01", 4),
		# starts on the day on which all others have ended or were revoked, so with f only
		"e": _grant("2027-03-01", "2027-09-01", 11),
		# revoked on the day it starts: never runs
		"f": _revoked(_grant("2027-03-01", "2027-09-01", 99), "2027-03-01"),
	}
}

test_revoked_grants_run_until_then if {
	grants.seats_on_first_day == {"a": 3, "b": 5, "c": 2} with input.folder.license as {
		"a": _revoked(_spring, "2026-06-01"),
		"b": _grant("2026-05-31", "2026-06-01", 2),
		"c": _grant("2026-06-01", "2026-12-01", 2),
	}
}

test_unreadable_grants_are_left_out if {
	grants.seats_on_first_day == {"a": 3} with input.folder.license as {
		"a": _spring,
		"no seats": {"starts_at": "2026-03-01", "expires_at": "2026-09-01"},
		"text": _grant("2026-03-01", "2026-09-01", "5"),
		"part of a seat": _grant("2026-03-01", "2026-09-01", 5.5),
		"zero": _grant("2026-03-01", "2026-09-01", 0),
		"no date": _grant("2026-02-30", "2026-09-01", 5),
		"number": _grant(20260301, "2026-09-01", 5),
		"backwards": _grant("2026-03-01", "2026-01-01", 5),
		"revoked": _revoked(_spring, 5),
		"empty": {},
		"list": [],
	}
}

test_no_digit_is_lost if {
	grants.seats_on_first_day == {"a": 99999999999999999999, "b": 100000000000000000000, "c": 1}
		with input.folder.license as {
			"a": _grant("2026-03-01", "2026-09-01", 99999999999999999999),
			"b": _grant("2026-05-01", "2026-11-01", 1),
			"c": _grant("2026-12-01", "2027-06-01", 1),
		}
}

test_many_grants if {
	days := [sprintf("%d-01-%02d", [year, day]) | some year in numbers.range(2001, 2040); some day in numbers.range(1, 20)]
	folder := {day: _grant(day, days[i + 2], 1 + (i % 3)) | some i, day in days}
	seats := grants.seats_on_first_day with input.folder.license as folder
	count(seats) == 798
	every i, day in array.slice(days, 1, 798) {
		seats[day] == (1 + (i % 3)) + (1 + ((i + 1) % 3))
	}
}

test_others_on_first_day if {
	folder := {
		"ended": _grant("2026-01-01", "2026-03-01", 1),
		"running": _grant("2026-02-01", "2026-08-01", 2),
		"same_day": _spring,
		"spring": _spring,
		"later": _grant("2026-03-02", "2026-09-02", 4),
		"unreadable": _grant("2026-03-01", "soon", 5),
	}
	grants.others_on_first_day("spring") == ["running", "same_day"] with input.folder.license as folder
	grants.others_on_first_day("running") == ["ended"] with input.folder.license as folder
}

test_others_on_first_day_are_few if {
	folder := {sprintf("%03d", [i]): _spring | some i in numbers.range(1, 200)}
	count(grants.others_on_first_day("001")) == 50 with input.folder.license as folder
	count(grants.others_on_first_day("200")) == 49 with input.folder.license as folder
}
