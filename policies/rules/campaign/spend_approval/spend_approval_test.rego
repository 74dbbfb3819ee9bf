package rules.campaign.spend_approval_test

import data.rules.campaign.spend_approval as rule

test_no_approval if {
	message := "the credits are acknowledged, but there is no approval of the spend"
	rule.violation == {{"path": ["credit_acknowledgement"], "message": message}}
		with input.record as {"credit_acknowledgement": {"date": "2026-04-13"}}
}

test_acknowledged_first if {
	message := "the credits were acknowledged on 2026-04-12, before the spend was approved on 2026-04-13"
	rule.violation == {{"path": ["credit_acknowledgement"], "message": message}} with input.record as {
		"credit_acknowledgement": {"date": "2026-04-12"},
		"spend_approval": {"date": "2026-04-13"},
	}
}

test_approved_first if {
	every on in ["2026-04-13", "2026-04-20"] {
		rule.violation == set() with input.record as {
			"credit_acknowledgement": {"date": on},
			"spend_approval": {"date": "2026-04-13"},
		}
	}
}

test_no_acknowledgement if {
	rule.violation == set() with input.record as {}
	rule.violation == set() with input.record as {"spend_approval": {"date": "2026-04-13"}}
}

test_other_types if {
	every value in ["2026-02-30", 5, null, false, []] {
		rule.violation == set() with input.record as {"credit_acknowledgement": value}
		rule.violation == set() with input.record as {
			"credit_acknowledgement": {"date": value},
			"spend_approval": {"date": "2026-04-13"},
		}
		rule.violation == set() with input.record as {
			"credit_acknowledgement": {"date": "2026-01-01"},
			"spend_approval": {"date": value},
		}
		rule.violation == set() with input.record as {
			"credit_acknowledgement": {"date": "2026-01-01"},
			"spend_approval": value,
		}
	}
}
