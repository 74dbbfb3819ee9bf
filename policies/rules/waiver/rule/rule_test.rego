package rules.waiver.rule_test

import data.rules.waiver.rule

_catalogue := {
	"license/plan": {"waivable": true},
	"license/purpose": {"waivable": false},
	"license/seat_cap": {"waivable": true},
	"waiver/rule": {"waivable": false},
}

test_waivable if {
	rule.violation == set() with input.record.rule as "license/seat_cap" with data.catalogue as _catalogue
}

test_not_waivable if {
	message := "license/purpose cannot be waived; what can be is license/plan, license/seat_cap"
	rule.violation == {{"path": ["rule"], "message": message}}
		with input.record.rule as "license/purpose"
		with data.catalogue as _catalogue
	{violation.message | some violation in rule.violation} == {"waiver/rule cannot be waived"}
		with input.record.rule as "waiver/rule"
		with data.catalogue as _catalogue
}

test_built_in if {
	every id in ["yaml/number", "schema/required", "repo/path"] {
		{violation.message | some violation in rule.violation} == {"what makes a file a record cannot be waived"}
			with input.record.rule as id
			with data.catalogue as _catalogue
	}
}

test_unknown if {
	message := `there is no rule "license/seats"; what can be is license/plan, license/seat_cap`
	{violation.message | some violation in rule.violation} == {message}
		with input.record.rule as "license/seats"
		with data.catalogue as _catalogue
	{violation.message | some violation in rule.violation} == {`there is no rule "kpi/sum"; what can be is kpi/total`}
		with input.record.rule as "kpi/sum"
		with data.catalogue as {"kpi/total": {"waivable": true}}
	every id in ["seat_cap", "license", "", "/"] {
		count(rule.violation) == 1 with input.record.rule as id with data.catalogue as _catalogue
	}
}

test_catalogue_not_known if rule.violation == set() with input.record.rule as "license/purpose"

test_missing if rule.violation == set() with input.record as {} with data.catalogue as _catalogue

test_other_types if {
	every value in [5, null, true, [], {}] {
		rule.violation == set() with input.record.rule as value with data.catalogue as _catalogue
	}
}
