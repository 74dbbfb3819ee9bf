package rules.proposal.deleted_test

import data.rules.proposal.deleted as rule

test_deleted if {
	message := "the change deletes a proposal; its record stays, even when nothing came of it"
	rule.violation == {{"path": [], "message": message}} with input as {"before": {"kind": "proposal"}}
}

test_kept if {
	every record in [{"kind": "proposal"}, {}] {
		rule.violation == set() with input as {"before": {"kind": "proposal"}, "record": record}
	}
}

test_new if rule.violation == set() with input as {"record": {"kind": "proposal"}}

test_never_there if rule.violation == set() with input as {"path": "a"}
