# METADATA
# title: The handbook
# description: |
#   The handbook's numbers and tables that are in force on a day. In data.handbook they are as they were first, and
#   under each day is what is different from then on; rules ask here, so that a record is judged by the numbers of its
#   day.
package lib.handbook

import data.lib.dates

# METADATA
# title: The handbook in force on a day
# description: The newest for what is no day.
on(day) := versions[_start(day)]

# METADATA
# title: The newest handbook
# description: For what has no day, such as a partner.
newest := versions[max(_starts)]

# METADATA
# title: The handbook in force for the record
# description: |
#   On the day that the record is of. It is the newest for a kind that has no such day, and where the day is missing or
#   none.
in_force := versions[""] if {
	_never_changed
} else := on(_day)

# There is no need to look for the day then.
_never_changed if count(_starts) == 1

# METADATA
# title: Since when a value is in force
# scope: document
# description: |
#   What a message says behind the value at a path of the record's handbook, " in force since" and a day: nothing where
#   it has not changed since the first handbook.
default in_force_since(_) := ""

in_force_since(path) := sprintf(" in force since %s", [max(days)]) if {
	days := {day |
		some day, change in _changes
		object.get(change.before, path, null) != object.get(change.after, path, null)
	}
}

# What the handbook was before and after each day up to the record's.
_changes := {day: {"before": versions[_starts[i - 1]], "after": versions[day]} |
	some i, day in _starts
	day <= _start(_day)
}

# METADATA
# title: Every handbook
# description: From the day on which each begins, "" for the first, to its numbers and tables.
versions := {start: book |
	some start in _starts
	changes := [data.handbook[day] | some day in _starts; day <= start]
	book := object.union_n(array.concat([_first], changes))
}

_first := {section: data.handbook[section] | some section in object.keys(data.handbook); not section in _starts}

_starts := sort({""} | {day | some day in object.keys(data.handbook); dates.is_date(day)})

_start(day) := max([start | some start in _starts; start <= day]) if {
	dates.is_date(day)
} else := max(_starts)

# The day of each kind of record that has one; the schemas name it in x-day.
default _day := ""

_day := day if {
	day := input.record.starts_at
} else := day if {
	day := input.record.timeline.starts_on
} else := day if {
	day := input.record.received_on
} else := day if {
	is_string(input.record.month)
	day := concat("-", [input.record.month, "01"])
}
