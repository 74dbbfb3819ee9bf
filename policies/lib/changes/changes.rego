# METADATA
# title: Changes
# description: What a change does to a record, as the record before it and the one after it tell.
package lib.changes

import data.lib.dates
import data.lib.records
import data.lib.text

# METADATA
# title: Fields that differ
# description: |
#   The fields that have another value after the change, or that only one of the two has. Undefined where nothing
#   differs, and where one of the two has no fields.
differing(before, after) := fields if {
	# Most records stay as they are, and that is found fastest.
	before != after
	is_object(before)
	is_object(after)
	fields := {field |
		some field in object.keys(object.union(before, after))
		not before[field] == after[field]
	}
}

# METADATA
# title: A field that has to stay
# scope: document
# description: |
#   The violation of a field that differs and has to stay: what it was is expected, unless one of the two has no such
#   field.
violation(before, after, field, message) := {"path": [field], "message": message, "expected": expected} if {
	expected := before[field]
	not records.lacks(after, field)
} else := {"path": records.place(after, field), "message": message}

# METADATA
# title: What to say about a field that has to stay
# description: |
#   What became of a field that differs, and had to stay as it was at an event, such as "when the licence was granted".
refusal(before, after, field, event) := sprintf("`%s` %s", [name, _fate(was, is, key, event)]) if {
	[was, is, key, name] := _narrowed(before, after, field)
}

# Where a single part of a field differs, that part says more than the whole.
_narrowed(before, after, field) := [before[field], after[field], part, sprintf("%s.%s", [field, part])] if {
	[part] := [part | some part in differing(before[field], after[field])]
} else := [before, after, field, field]

_fate(was, is, field, event) := sprintf("was not there %s and cannot be added", [event]) if {
	records.lacks(was, field)
} else := sprintf("was %s %s and cannot be taken away", [_shown_or_there(was[field]), event]) if {
	records.lacks(is, field)
} else := sprintf("was %s %s and cannot become %s", [old, event, new]) if {
	[old, new] := shown_apart(was[field], is[field])
} else := sprintf("is not what it was %s", [event])

_shown_or_there(value) := shown(value)

_shown_or_there(value) := "there" if not shown(value)

# METADATA
# title: Two values as a message shows them
# description: Undefined where they would look the same, and where one of them has parts.
shown_apart(was, is) := [old, new] if {
	old := shown(was)
	new := shown(is)
	old != new
}

# METADATA
# title: A value as a message shows it
# scope: document
# description: Undefined for what has parts, which take more than a line to show.
shown(value) := text.quote(value) if {
	is_string(value)
	not dates.is_date(value)
}

shown(value) := value if dates.is_date(value)

shown(value) := json.marshal(value) if {
	not is_string(value)
	not is_object(value)
	not is_array(value)
}
