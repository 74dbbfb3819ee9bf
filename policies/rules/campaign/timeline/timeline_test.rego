package rules.campaign.timeline_test

import data.rules.campaign.timeline as rule

test_ends_before_it_starts if {
	message := "the campaign ends on 2026-05-03, before it starts on 2026-05-04"
	rule.violation == {{"path": ["timeline", "ends_on"], "message": message}} with input.record.timeline as {
		"starts_on": "2026-05-04",
		"ends_on": "2026-05-03",
	}
}

test_one_day_or_more if {
	every ends_on in ["2026-05-04", "2026-06-26"] {
		rule.violation == set() with input.record.timeline as {"starts_on": "2026-05-04", "ends_on": ends_on}
	}
}

test_missing if {
	rule.violation == set() with input.record as {}
	rule.violation == set() with input.record.timeline as {"ends_on": "2026-05-04"}
}

test_no_dates if {
	every value in ["2026-02-30", "", 5, null, []] {
		rule.violation == set() with input.record.timeline as {"starts_on": value, "ends_on": "2026-01-01"}
		rule.violation == set() with input.record.timeline as {"starts_on": "2026-05-04", "ends_on": value}
		rule.violation == set() with input.record.timeline as value
	}
}
