# METADATA
# custom:
#   equivalent:
#     'without startswith(input.record.starts_at, "99")':
#       No term is so long that one from before 9900 has no end. It is only found faster.
package rules.license.term_test

import data.rules.license.term as rule

test_another_end if {
	every expires_at in ["2026-05-30", "2026-06-01", "2029-05-31"] {
		message := sprintf("a term of 3 months from 2026-02-28 ends on 2026-05-28, not on %s", [expires_at])
		rule.violation == {{"path": ["expires_at"], "message": message, "expected": "2026-05-28"}}
			with input.record as {
				"starts_at": "2026-02-28",
				"expires_at": expires_at,
			}
			with data.handbook as {"license": {"term_months": 3}}
	}
}

test_one_month if {
	violations := rule.violation with input.record as {"starts_at": "2026-02-28", "expires_at": "2026-02-28"}
		with data.handbook as {"license": {"term_months": 1}}
	some violation in violations
	violation.message == "a term of 1 month from 2026-02-28 ends on 2026-03-28, not on 2026-02-28"
}

test_last_day_of_a_short_month if {
	rule.violation == set() with input.record as {"starts_at": "2026-11-30", "expires_at": "2027-02-28"}
		with data.handbook as {"license": {"term_months": 3}}
}

test_no_end_to_name if {
	message := "a term of 6 months from 9999-12-31 has no end that a date can name"
	every expires_at in ["9999-12-31", "2026-03-02"] {
		rule.violation == {{"path": ["expires_at"], "message": message}}
			with input.record as {"starts_at": "9999-12-31", "expires_at": expires_at}
			with data.handbook as {"license": {"term_months": 6}}
	}
}

test_end_in_the_last_century if {
	rule.violation == set() with input.record as {"starts_at": "9999-06-30", "expires_at": "9999-12-30"}
		with data.handbook as {"license": {"term_months": 6}}
}

test_missing if {
	rule.violation == set() with input.record as {"starts_at": "2026-02-28"}
	rule.violation == set() with input.record as {"expires_at": "2026-02-28"}
}

test_no_dates if {
	every value in ["2026-02-30", "9999-12-32", "soon", 20260228, null, true, [], {}] {
		rule.violation == set() with input.record as {"starts_at": value, "expires_at": "2026-02-28"}
		rule.violation == set() with input.record as {"starts_at": "2026-02-28", "expires_at": value}
		rule.violation == set() with input.record as {"starts_at": "9999-12-31", "expires_at": value}
	}
}

test_term_of_the_day if {
	message := concat("", [
		"a term of 1 month from 2027-01-02 ends on 2027-02-02, not on 2027-04-02, ",
		"by the term in force since 2027-01-01",
	])
	rule.violation == {{"path": ["expires_at"], "message": message, "expected": "2027-02-02"}}
		with input.record as {"starts_at": "2027-01-02", "expires_at": "2027-04-02"}
		with data.handbook as {"license": {"term_months": 3}, "2027-01-01": {"license": {"term_months": 1}}}
	rule.violation == set() with input.record as {"starts_at": "2026-12-31", "expires_at": "2027-03-31"}
		with data.handbook as {"license": {"term_months": 3}, "2027-01-01": {"license": {"term_months": 1}}}
}
