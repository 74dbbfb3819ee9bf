package rules.campaign.approved_late_test

import data.rules.campaign.approved_late as rule

test_after_the_start if {
	message := "the spend was approved on 2026-05-05, after the campaign started on 2026-05-04"
	rule.violation == {{"path": ["spend_approval", "date"], "message": message}} with input.record as {
		"spend_approval": {"date": "2026-05-05"},
		"timeline": {"starts_on": "2026-05-04"},
	}
}

test_in_time if {
	every on in ["2026-04-13", "2026-05-04"] {
		rule.violation == set() with input.record as {
			"spend_approval": {"date": on},
			"timeline": {"starts_on": "2026-05-04"},
		}
	}
}

test_missing if {
	rule.violation == set() with input.record as {"timeline": {"starts_on": "2026-05-04"}}
	rule.violation == set() with input.record as {"spend_approval": {"date": "2026-05-04"}}
}

test_no_dates if {
	every value in ["2026-02-30", "soon", 5, null, []] {
		rule.violation == set() with input.record as {
			"spend_approval": {"date": value},
			"timeline": {"starts_on": "2026-01-01"},
		}
		rule.violation == set() with input.record as {
			"spend_approval": {"date": "2026-05-05"},
			"timeline": {"starts_on": value},
		}
	}
}
