# METADATA
# custom:
#   equivalent:
#     day < "28":
#       Every month has a 28th, which both ways lead to.
#     '_months_later(date, months) := [substring(date, 8, 3), _month_later(substring(date, 0, 7), months)] if {':
#       A date ends behind its day.
package lib.dates_test

import data.lib.dates

test_real_dates if {
	every date in ["2026-01-31", "2026-02-28", "2026-04-30", "2024-02-29", "2000-02-29", "0000-02-29", "9999-12-31"] {
		dates.is_date(date)
	}
}

test_no_real_dates if {
	every value in [
		"2026-02-29", "1900-02-29", "2026-02-30", "2026-04-31", "2026-06-31", "2026-09-31", "2026-11-31",
		"2026-01-32", "2026-01-00", "2026-13-01", "2026-00-01", "2026-1-01", "26-01-01", "12026-01-01",
		"2026-01-01T00:00:00Z", "2026-01-01\n", " 2026-01-01", "today", "", 20260101, null, true, ["2026-01-01"], {},
	] {
		not dates.is_date(value)
	}
}

test_months_later if {
	every case in [
		["2026-03-02", 6, "2026-09-02"],
		["2026-08-31", 6, "2027-02-28"],
		["2027-08-31", 6, "2028-02-29"],
		["2028-02-29", 12, "2029-02-28"],
		["1899-08-29", 6, "1900-02-28"],
		["1999-08-30", 6, "2000-02-29"],
		["2026-12-31", 6, "2027-06-30"],
		["2026-06-30", 6, "2026-12-30"],
		["2026-07-09", 6, "2027-01-09"],
		["2026-05-08", 0, "2026-05-08"],
		["2026-01-31", 25, "2028-02-29"],
		["0000-01-31", 1, "0000-02-29"],
		["9999-06-30", 6, "9999-12-30"],
	] {
		[from, months, expected] := case
		dates.add_months(from, months) == expected
	}
}

test_no_months_later if {
	every value in ["2026-03", "2026-3-02", "2026-03-02T00:00:00Z", "0x1f-03-02", 20260302, null, ["2026-03-02"]] {
		not dates.add_months(value, 6)
	}
}

test_days_in_month if {
	every year, february in {2023: 28, 2024: 29, 1900: 28, 2000: 29} {
		days := [dates.days_in_month(year, month) | some month in numbers.range(1, 12)]
		days == [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
	}
}

test_nothing_past_the_last_year if not dates.add_months("9999-07-01", 6)
