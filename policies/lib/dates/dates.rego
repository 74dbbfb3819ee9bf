# METADATA
# title: Dates
# description: |
#   Calendar dates as records write them, YYYY-MM-DD. Two such texts compare as text in the order of their days, once
#   both are known to be dates.
package lib.dates

# METADATA
# title: Real dates
# scope: document
# description: True for a text that names a day of the calendar, so not for 30 February.
is_date(value) if {
	is_string(value)

	# One match costs less than taking the date apart, and every rule on dates starts here.
	regex.match(
		`^[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)$`,
		value,
	)
}

is_date(value) if {
	is_string(value)
	regex.match(`^(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29$`, value)
}

# METADATA
# title: A date some months later
# scope: document
# description: |
#   The same day of a later month, or that month's last day where it has no such day. There is no result for what does
#   not look like a date, nor past the year 9999, which a date could not name.
add_months(date, months) := concat("-", [text, day]) if {
	[day, [_, _, text]] := _months_later(date, months)
	day <= "28"
} else := sprintf("%s-%02d", [text, last]) if {
	[day, [year, month, text]] := _months_later(date, months)
	last := min([to_number(day), days_in_month(year, month)])
}

_months_later(date, months) := [substring(date, 8, 2), _month_later(substring(date, 0, 7), months)] if {
	is_string(date)
	regex.match(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, date)
}

# A month has many days: what comes some months after it is computed once for all of them.
_month_later(date, months) := [year, month, sprintf("%04d-%02d", [year, month])] if {
	[from_year, from_month] := split(date, "-")
	total := (((to_number(from_year) * 12) + to_number(from_month)) - 1) + months
	month := (total % 12) + 1
	year := (total - (total % 12)) / 12
	year <= 9999
}

# METADATA
# title: Days in a month
# scope: document
days_in_month(year, month) := 29 if {
	month == 2
	_is_leap_year(year)
} else := [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]

_is_leap_year(year) if {
	year % 4 == 0
	year % 100 != 0
}

_is_leap_year(year) if year % 400 == 0
