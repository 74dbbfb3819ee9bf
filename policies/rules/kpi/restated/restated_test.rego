package rules.kpi.restated_test

import data.rules.kpi.restated as rule

_tables := ["active_installations", "active_smau", "downloads"]

_month(table, counts) := {"kind": "kpi", table: counts}

_published := {"other": 3, "total": 3}

test_changed if {
	every table in _tables {
		message := sprintf("`%s.other` was published as 3 and becomes 4, but `restated` gives no new reason", [table])
		rule.violation == {{"path": [table, "other"], "message": message}} with input as {
			"before": _month(table, _published),
			"record": _month(table, {"other": 4, "total": 3}),
		}
	}
}

test_total_changed if {
	message := "`downloads.total` was published as 3 and becomes 4, but `restated` gives no new reason"
	rule.violation == {{"path": ["downloads", "total"], "message": message}} with input as {
		"before": _month("downloads", _published),
		"record": _month("downloads", {"other": 3, "total": 4}),
	}
}

test_added if {
	message := "`downloads.source` was not published and is added, but `restated` gives no new reason"
	rule.violation == {{"path": ["downloads", "source"], "message": message}} with input as {
		"before": _month("downloads", _published),
		"record": _month("downloads", {"other": 3, "source": 0, "total": 3}),
	}
}

test_gone if {
	message := "`downloads.other` was published and is gone, but `restated` gives no new reason"
	rule.violation == {{"path": ["downloads"], "message": message}} with input as {
		"before": _month("downloads", _published),
		"record": _month("downloads", {"total": 3}),
	}
}

test_one_violation_for_each_count if {
	found := rule.violation with input as {
		"before": object.union(_month("downloads", _published), _month("active_smau", _published)),
		"record": object.union(_month("downloads", {"other": 4, "total": 4}), _month("active_smau", {"a": 3, "total": 3})),
	}
	{violation.path | some violation in found} == {
		["active_smau"], ["active_smau", "a"],
		["downloads", "other"], ["downloads", "total"],
	}
	count(found) == 4
}

test_all_counts_gone if {
	every table in _tables {
		message := sprintf("`%s` was published and is gone, but `restated` gives no new reason", [table])
		rule.violation == {{"path": [], "message": message}}
			with input as {"before": _month(table, _published), "record": {"kind": "kpi"}}
	}
}

test_all_counts_added if {
	found := rule.violation with input as {"before": {"kind": "kpi"}, "record": _month("downloads", _published)}
	{violation.path | some violation in found} == {["downloads", "other"], ["downloads", "total"]}
}

test_unreadable_counts if {
	message := "`downloads` is not what was published, but `restated` gives no new reason"
	every value in [null, false, []] {
		rule.violation == {{"path": ["downloads"], "message": message}}
			with input as {"before": _month("downloads", _published), "record": _month("downloads", value)}
		rule.violation == {{"path": ["downloads"], "message": message}}
			with input as {"before": _month("downloads", value), "record": _month("downloads", _published)}
		rule.violation == set()
			with input as {"before": _month("downloads", value), "record": _month("downloads", value)}
	}
}

test_other_types if {
	every value in ["3", 2.5, null, true, [], {}] {
		found := rule.violation with input as {
			"before": _month("downloads", {"other": value, "total": 3}),
			"record": _month("downloads", {"other": 3, "total": value}),
		}
		{violation.path | some violation in found} == {["downloads", "other"], ["downloads", "total"]}
	}
	every value in ["3", 2.5, null, true, []] {
		rule.violation == set() with input as {"before": value, "record": _month("downloads", _published)}
		rule.violation == set() with input as {"before": _month("downloads", _published), "record": value}
	}
}

_restated(was, is) := {
	"before": object.union(_month("downloads", _published), was),
	"record": object.union(_month("downloads", {"other": 4, "total": 4}), is),
}

test_restated if {
	rule.violation == set() with input as _restated({}, {"restated": "Counted twice"})
	rule.violation == set() with input as _restated({"restated": "Counted twice"}, {"restated": "Left one out"})
	rule.violation == set() with input as _restated({"restated": 5}, {"restated": "Counted twice"})
}

test_no_new_reason if {
	every reason in ["", " \n", "\u00a0", "\u200b", "TBD", null, 5, false, ["Counted twice"], {}] {
		count(rule.violation) == 2 with input as _restated({}, {"restated": reason})
		count(rule.violation) == 2 with input as _restated({"restated": "Counted twice"}, {"restated": reason})
	}
	every reason in ["Counted twice", " Counted twice\n", "Counted\u00a0 twice", "Counted\u200b twice"] {
		count(rule.violation) == 2 with input as _restated({"restated": "Counted twice"}, {"restated": reason})
	}
}

test_other_fields if {
	before := _month("downloads", _published)
	rule.violation == set() with input as {"before": before, "record": object.union(before, {"month": "2026-02"})}
	rule.violation == set() with input as {"before": before, "record": object.union(before, {"restated": "For nothing"})}
}

test_another_notation if {
	rule.violation == set() with input as {
		"before": _month("downloads", _published),
		"record": _month("downloads", json.unmarshal(`{"total": 3.0, "other": 3}`)),
	}
}

test_new if rule.violation == set() with input as {"record": _month("downloads", _published)}

test_deleted if rule.violation == set() with input as {"before": _month("downloads", _published)}
