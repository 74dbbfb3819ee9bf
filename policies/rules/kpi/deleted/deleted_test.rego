package rules.kpi.deleted_test

import data.rules.kpi.deleted as rule

test_deleted if {
	message := "the change deletes the figures of a month; what was published stays, corrected if it has to be"
	rule.violation == {{"path": [], "message": message}} with input as {"before": {"kind": "kpi"}}
}

test_kept if {
	every record in [{"kind": "kpi"}, {}] {
		rule.violation == set() with input as {"before": {"kind": "kpi"}, "record": record}
	}
}

test_new if rule.violation == set() with input as {"record": {"kind": "kpi"}}

test_never_there if rule.violation == set() with input as {"path": "a"}
