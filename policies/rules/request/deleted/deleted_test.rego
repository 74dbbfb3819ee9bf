package rules.request.deleted_test

import data.rules.request.deleted as rule

test_deleted if {
	message := "the change deletes a request; its record stays, even when the request is settled"
	rule.violation == {{"path": [], "message": message}} with input as {"before": {"kind": "request"}}
}

test_kept if {
	every record in [{"kind": "request"}, {}] {
		rule.violation == set() with input as {"before": {"kind": "request"}, "record": record}
	}
}

test_new if rule.violation == set() with input as {"record": {"kind": "request"}}

test_never_there if rule.violation == set() with input as {"path": "a"}
