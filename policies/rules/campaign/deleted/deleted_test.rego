package rules.campaign.deleted_test

import data.rules.campaign.deleted as rule

test_deleted if {
	message := "the change deletes a campaign; its record stays, even when the campaign is over or called off"
	rule.violation == {{"path": [], "message": message}} with input as {"before": {"kind": "campaign"}}
}

test_kept if {
	every record in [{"kind": "campaign"}, {}] {
		rule.violation == set() with input as {"before": {"kind": "campaign"}, "record": record}
	}
}

test_new if rule.violation == set() with input as {"record": {"kind": "campaign"}}

test_never_there if rule.violation == set() with input as {"path": "a"}
