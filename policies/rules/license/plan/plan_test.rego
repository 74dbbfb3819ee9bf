package rules.license.plan_test

import data.rules.license.plan as rule

test_no_reason if {
	message := `the plan is "starter" instead of usual, and no plan_reason says why`
	rule.violation == {{"path": ["plan"], "message": message, "expected": "usual"}} with input.record.plan as "starter"
		with data.handbook as {"license": {"plan": "usual"}}
}

test_reason if {
	every reason in ["sold on Starter", "", null, false] {
		rule.violation == set() with input.record as {"plan": "starter", "plan_reason": reason}
			with data.handbook as {"license": {"plan": "usual"}}
	}
}

test_reason_that_says_nothing if {
	every reason in [" ", "\u00a0", "\u200b", "\u2060 ", "TBD", "n/a", "-"] {
		{violation.path | some violation in rule.violation} == {["plan"]}
			with input.record as {"plan": "starter", "plan_reason": reason}
			with data.handbook as {"license": {"plan": "usual"}}
	}
}

test_usual_plan if {
	rule.violation == set() with input.record.plan as "usual" with data.handbook as {"license": {"plan": "usual"}}
}

test_missing if rule.violation == set() with input.record as {}

test_other_types if {
	every plan in [5, null, true, ["usual"], {}] {
		rule.violation == set() with input.record.plan as plan
	}
}

test_plan_of_the_day if {
	message := `the plan is "usual" instead of other in force since 2027-01-01, and no plan_reason says why`
	rule.violation == {{"path": ["plan"], "message": message, "expected": "other"}}
		with input.record as {"plan": "usual", "starts_at": "2027-01-01"}
		with data.handbook as {"license": {"plan": "usual"}, "2027-01-01": {"license": {"plan": "other"}}}
}
