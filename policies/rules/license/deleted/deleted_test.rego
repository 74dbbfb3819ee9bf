package rules.license.deleted_test

import data.rules.license.deleted as rule

test_deleted if {
	message := "the change deletes a licence that was granted; its record stays, even when the licence is over"
	rule.violation == {{"path": [], "message": message}} with input as {"before": {"kind": "license"}}
}

test_kept if {
	every record in [{"kind": "license"}, {}] {
		rule.violation == set() with input as {"before": {"kind": "license"}, "record": record}
	}
}

test_new if rule.violation == set() with input as {"record": {"kind": "license"}}

test_never_there if rule.violation == set() with input as {"path": "a"}
