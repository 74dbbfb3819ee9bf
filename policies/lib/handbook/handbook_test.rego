# METADATA
# custom:
#   equivalent:
#     _never_changed if count(_starts) == 0:
#       Looking for the day finds the only handbook as well.
package lib.handbook_test

import data.lib.handbook

_handbook := {
	"cap": 10,
	"plans": {"usual": "ultimate", "term": 6},
	"names": ["a", "b"],
	"2027-01-01": {"cap": 8, "plans": {"term": 3}},
	"2028-07-01": {"cap": 10, "names": ["c"]},
}

_first := {"cap": 10, "plans": {"usual": "ultimate", "term": 6}, "names": ["a", "b"]}

_second := {"cap": 8, "plans": {"usual": "ultimate", "term": 3}, "names": ["a", "b"]}

_third := {"cap": 10, "plans": {"usual": "ultimate", "term": 3}, "names": ["c"]}

test_versions if {
	handbook.versions == {"": _first, "2027-01-01": _second, "2028-07-01": _third} with data.handbook as _handbook
}

test_on if {
	every case in [
		["1990-01-01", _first], ["2026-12-31", _first], ["2027-01-01", _second], ["2028-06-30", _second],
		["2028-07-01", _third], ["2100-01-01", _third],
	] {
		[day, version] := case
		handbook.on(day) == version with data.handbook as _handbook
	}
}

test_on_no_day if {
	every value in ["2026-02-30", "2026", "", "soon", 20260101, null, false, [], {}] {
		handbook.on(value) == _third with data.handbook as _handbook
	}
}

test_newest if handbook.newest == _third with data.handbook as _handbook

test_without_days if {
	handbook.newest == _first with data.handbook as _first
	handbook.on("2026-03-02") == _first with data.handbook as _first
}

test_in_force if {
	every record in [
		{"starts_at": "2027-03-02"},
		{"timeline": {"starts_on": "2027-03-02"}},
		{"received_on": "2027-03-02"},
		{"month": "2027-01"},
	] {
		handbook.in_force == _second with data.handbook as _handbook with input.record as record
	}
	handbook.in_force == _first with data.handbook as _handbook with input.record as {"month": "2026-12"}
}

test_in_force_without_a_day if {
	every record in [
		{}, {"name": "Example CI"}, {"starts_at": "2026-02-30"}, {"starts_at": null}, {"starts_at": false},
		{"timeline": 5}, {"month": 5}, {"month": "2026-13"},
	] {
		handbook.in_force == _third with data.handbook as _handbook with input.record as record
	}
	handbook.in_force == _third with data.handbook as _handbook with input as {}
}

test_in_force_since if {
	every case in [
		["2026-03-02", ["cap"], ""],
		["2027-03-02", ["cap"], " in force since 2027-01-01"],
		["2028-07-01", ["cap"], " in force since 2028-07-01"],
		["2028-07-01", ["plans", "term"], " in force since 2027-01-01"],
		["2028-07-01", ["plans", "usual"], ""],
		["2028-07-01", ["other"], ""],
		["2026-02-30", ["cap"], " in force since 2028-07-01"],
	] {
		[day, path, told] := case
		handbook.in_force_since(path) == told with data.handbook as _handbook with input.record.starts_at as day
	}
}
