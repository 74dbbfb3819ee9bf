# METADATA
# title: Licence grants
# description: When a grant runs, and how many seats run with it.
package lib.grants

import data.lib.amounts
import data.lib.dates
import data.lib.records

# METADATA
# title: The end of a grant
# scope: document
# description: |
#   The first day on which a grant no longer runs: its expiry, or its revocation where that comes first. Undefined
#   where one of these is no date.
end(grant) := grant.expires_at if {
	dates.is_date(grant.expires_at)
	records.lacks(grant, "revoked")
}

end(grant) := min([grant.expires_at, grant.revoked.date]) if {
	dates.is_date(grant.expires_at)
	dates.is_date(grant.revoked.date)
}

# METADATA
# title: Seats ever granted
# description: The sum of the seats of all grants of the folder, whenever they run.
seats_ever := sum([seats |
	seats := input.folder.license[_].seats
	seats > 0
	is_number(seats)
])

# METADATA
# title: Seats on a grant's first day
# description: |
#   The path of each grant of the folder to the seats of all grants, its own included, that run on the day it starts.
#   Left out are grants that never run, and those whose days or seats cannot be read.
seats_on_first_day := {path: _seats_on[grant.start] | some path, grant in _running}

# METADATA
# title: Who else runs on a grant's first day
# scope: document
# description: |
#   The paths of the folder's other grants that run on the day a grant starts, in the order of their first days. They
#   are looked for among the last fifty that have started by then, which keeps this fast for folders of thousands.
others_on_first_day(path) := [other |
	day := _running[path].start
	last := _last_start[day]
	some [_, other] in array.slice(_starts, last - 49, last + 1)
	other != path
	_running[other].end > day
]

_starts := sort([[grant.start, path] | some path, grant in _running])

_last_start := {day: i |
	some i, [day, _] in _starts
	not _starts[i + 1][0] == day
}

_running := {path: {"start": record.starts_at, "end": last, "seats": record.seats} |
	some path, record in input.folder.license
	record.seats > 0
	amounts.is_whole(record.seats)
	dates.is_date(record.starts_at)
	last := end(record)
	record.starts_at < last
}

# One event where a grant ends and one where it starts, in the order of their days. A grant does not run on the day it
# ends, so on one day the ends (0) come before the starts (1).
_events := sort(array.concat(
	[[grant.end, 0, 0 - grant.seats] | some grant in _running],
	[[grant.start, 1, grant.seats] | some grant in _running],
))

_changes := [event[2] | some event in _events]

# The sum of all changes up to the last start of a day is what runs on that day.
_seats_on := {day: seats |
	some i, [day, 1, _] in _events
	not _events[i + 1][0] == day
	block := floor(i / _block_size)
	seats := _sums_before[block] + sum(array.slice(_changes, block * _block_size, i + 1))
}

# Built-in sums over blocks of changes keep this fast for folders of many thousands of grants.
_block_size := 64

_sums_before := [sum(array.slice(_block_sums, 0, block)) | some block, _ in _block_sums]

_block_sums := [sum(array.slice(_changes, block * _block_size, (block + 1) * _block_size)) |
	some block in numbers.range(0, floor(count(_changes) / _block_size))
]
