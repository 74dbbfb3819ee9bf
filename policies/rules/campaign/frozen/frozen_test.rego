package rules.campaign.frozen_test

import data.rules.campaign.frozen as rule

_planned := {
	"kind": "campaign",
	"topic": "Webinar",
	"timeline": {"starts_on": "2026-05-04", "ends_on": "2026-06-26"},
	"budget": {"amount": 12, "currency": "EUR"},
	"marketing_targets": [{"metric": "registrations", "target": 4}],
	"issue": "https://tracker.example/27",
}

_approved := object.union(_planned, {"spend_approval": {"by": "Example Cloud", "amount": 9}})

_with(field, value) := object.union(object.remove(_approved, [field]), {field: value})

test_changed if {
	message := "`topic` was \"Webinar\" when the spend was approved and cannot become \"Workshop\""
	rule.violation == {{"path": ["topic"], "message": message, "expected": "Webinar"}}
		with input as {"before": _approved, "record": _with("topic", "Workshop")}
}

test_part_changed if {
	message := "`budget.amount` was 12 when the spend was approved and cannot become 13"
	rule.violation == {{"path": ["budget"], "message": message, "expected": _approved.budget}}
		with input as {"before": _approved, "record": _with("budget", {"amount": 13, "currency": "EUR"})}
}

test_entry_changed if {
	message := "`marketing_targets` is not what it was when the spend was approved"
	rule.violation == {{"path": ["marketing_targets"], "message": message, "expected": _approved.marketing_targets}}
		with input as {"before": _approved, "record": _with("marketing_targets", [])}
}

test_taken_away if {
	every field in ["timeline", "spend_approval"] {
		message := sprintf("`%s` was there when the spend was approved and cannot be taken away", [field])
		rule.violation == {{"path": [], "message": message}}
			with input as {"before": _approved, "record": object.remove(_approved, [field])}
	}
}

test_added if {
	message := "`topic` was not there when the spend was approved and cannot be added"
	rule.violation == {{"path": ["topic"], "message": message}}
		with input as {"before": object.remove(_approved, ["topic"]), "record": _approved}
}

test_one_violation_for_each_field if {
	fields := ["topic", "timeline", "budget", "marketing_targets", "spend_approval"]
	found := rule.violation with input as {
		"before": _approved,
		"record": object.union(_approved, {field: null | some field in fields}),
	}
	{violation.path | some violation in found} == {[field] | some field in fields}
	count(found) == 5
}

test_other_fields if {
	rule.violation == set() with input as {
		"before": _approved,
		"record": object.union(_with("issue", "https://tracker.example/28"), {"credit_acknowledgement": {"amount": 9}}),
	}
}

test_not_yet_approved if {
	every field in ["topic", "timeline", "budget", "marketing_targets"] {
		rule.violation == set() with input as {"before": _planned, "record": _with(field, null)}
	}
	rule.violation == set() with input as {"before": _planned, "record": _approved}
}

test_another_notation if {
	rule.violation == set() with input as {
		"before": _approved,
		"record": _with("budget", json.unmarshal(`{"currency": "EUR", "amount": 12.0}`)),
	}
}

test_other_types if {
	every value in ["a", 5, null, false, [], {}] {
		count(rule.violation) == 1 with input as {"before": _approved, "record": _with("budget", value)}
		count(rule.violation) == 1 with input as {"before": _with("budget", value), "record": _approved}
		count(rule.violation) == 1 with input as {"before": _with("spend_approval", value), "record": _approved}
	}
	every value in ["a", 5, null, false, []] {
		rule.violation == set() with input as {"before": value, "record": _approved}
		rule.violation == set() with input as {"before": _approved, "record": value}
	}
}

test_new if rule.violation == set() with input as {"record": _approved}

test_deleted if rule.violation == set() with input as {"before": _approved}
