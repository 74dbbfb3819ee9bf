# METADATA
# title: A correction of published figures says why
# description: |
#   Readers rely on published figures, and are told when one was wrong. The rule compares each count and each total
#   with what was published; where one differs, `restated` has to give a reason, and for a later correction another
#   one.
# schemas:
#   - input.record: schema.kpi
#   - input.before: schema.kpi
# custom:
#   severity: error
#   handbook: Alliances KPI's
#   help: Write into `restated` why the figures are corrected, a new reason each time, or set them back.
#   examples:
#     before:
#       partners/_program/kpis/2026-02.yaml: |
#         kind: kpi
#         month: 2026-02
#         active_installations:
#           other: 30
#           unknown: 50
#           total: 80
#         active_smau:
#           other: 600
#           unknown: 900
#           total: 1500
#         downloads:
#           omnibus: 700
#           total: 700
#     wrong:
#       partners/_program/kpis/2026-02.yaml: |
#         kind: kpi
#         month: 2026-02
#         active_installations:
#           other: 30
#           unknown: 40
#           total: 70
#         active_smau:
#           other: 600
#           unknown: 900
#           total: 1500
#         downloads:
#           omnibus: 700
#           total: 700
#     right:
#       partners/_program/kpis/2026-02.yaml: |
#         kind: kpi
#         month: 2026-02
#         active_installations:
#           other: 30
#           unknown: 40
#           total: 70
#         active_smau:
#           other: 600
#           unknown: 900
#           total: 1500
#         downloads:
#           omnibus: 700
#           total: 700
#         restated: Installations behind a proxy had been counted twice.
package rules.kpi.restated

import data.lib.changes
import data.lib.records
import data.lib.text

# A count that differs, appears or is gone.
violation contains {"path": path, "message": message} if {
	some table in _unexplained
	some name in changes.differing(_published(table), input.record[table])
	path := array.concat([table], records.place(input.record[table], name))
	message := _message(concat(".", [table, name]), _fate(_published(table), input.record[table], name))
}

# All counts at once: they are gone, or what was or is in their place cannot be read.
violation contains {"path": path, "message": message} if {
	some table in _unexplained
	not _has_counts(table)
	path := records.place(input.record, table)
	message := _message(table, _fate(input.before, input.record, table))
}

_unexplained := fields & {"active_installations", "active_smau", "downloads"} if {
	fields := changes.differing(input.before, input.record)
	not _has_new_reason
}

_has_new_reason if {
	reason := input.record.restated
	is_string(reason)
	text.says_something(reason)
	not text.essence(reason) == _reason_before
}

_reason_before := text.essence(input.before.restated) if is_string(input.before.restated)

_has_counts(table) if {
	is_object(_published(table))
	is_object(input.record[table])
}

_published(table) := object.get(input.before, table, {})

_message(name, fate) := sprintf("`%s` %s, but `restated` gives no new reason", [name, fate])

_fate(was, is, field) := "was not published and is added" if {
	records.lacks(was, field)
} else := "was published and is gone" if {
	records.lacks(is, field)
} else := sprintf("was published as %s and becomes %s", [old, new]) if {
	[old, new] := changes.shown_apart(was[field], is[field])
} else := "is not what was published"
