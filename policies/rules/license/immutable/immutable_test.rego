package rules.license.immutable_test

import data.rules.license.immutable as rule

_grant := {
	"kind": "license",
	"seats": 2,
	"starts_at": "2026-03-02",
	"purpose": "Build the runner integration",
}

_revoked := object.union(_grant, {"revoked": {"date": "2026-05-04", "reason": "Given up"}})

_with(field, value) := object.union(_grant, {field: value})

test_changed if {
	message := "`seats` was 2 when the licence was granted and cannot become 3"
	rule.violation == {{"path": ["seats"], "message": message, "expected": 2}}
		with input as {"before": _grant, "record": _with("seats", 3)}
}

test_added if {
	message := "`namespace` was not there when the licence was granted and cannot be added"
	rule.violation == {{"path": ["namespace"], "message": message}}
		with input as {"before": _grant, "record": _with("namespace", "example-ci")}
}

test_taken_away if {
	message := "`starts_at` was 2026-03-02 when the licence was granted and cannot be taken away"
	rule.violation == {{"path": [], "message": message}}
		with input as {"before": _grant, "record": object.remove(_grant, ["starts_at"])}
}

test_one_violation_for_each_field if {
	found := rule.violation with input as {"before": _grant, "record": {"plan": "premium", "seats": 3}}
	{violation.path | some violation in found} == {[], ["plan"], ["seats"]}
	count(found) == 4
}

test_correctable if {
	every field in ["purpose", "contact", "issue", "plan_reason"] {
		rule.violation == set() with input as {"before": _with(field, "one"), "record": _with(field, "two")}
		rule.violation == set() with input as {"before": _with(field, "one"), "record": object.remove(_grant, [field])}
		rule.violation == set() with input as {"before": object.remove(_grant, [field]), "record": _with(field, "one")}
	}
}

test_revoked_now if {
	rule.violation == set() with input as {"before": _grant, "record": _revoked}
	rule.violation == set() with input as {"before": _grant, "record": _with("revoked", null)}
}

test_still_revoked if {
	rule.violation == set() with input as {"before": _revoked, "record": object.union(_revoked, {"purpose": "Other"})}
}

test_revocation_changed if {
	message := "`revoked.date` was 2026-05-04 when the revocation was recorded and cannot become 2026-06-01"
	rule.violation == {{"path": ["revoked"], "message": message, "expected": _revoked.revoked}} with input as {
		"before": _revoked,
		"record": object.union(_revoked, {"revoked": {"date": "2026-06-01"}}),
	}
}

test_revocation_taken_away if {
	message := "the licence was revoked, and `revoked` cannot be taken away again"
	rule.violation == {{"path": [], "message": message}} with input as {"before": _revoked, "record": _grant}
}

test_another_notation if {
	rule.violation == set() with input as {
		"before": _revoked,
		"record": json.unmarshal(`{
			"revoked": {"reason": "Given up", "date": "2026-05-04"},
			"starts_at": "2026-03-02",
			"purpose": "Build the runner integration",
			"seats": 2.0,
			"kind": "license"
		}`),
	}
}

test_other_types if {
	every value in ["2", 2.5, null, true, [], {}] {
		every field in ["seats", "revoked"] {
			count(rule.violation) == 1 with input as {"before": _with(field, 2), "record": _with(field, value)}
			count(rule.violation) == 1 with input as {"before": _with(field, value), "record": _with(field, 2)}
		}
	}
	every value in ["2", 2.5, null, true, []] {
		rule.violation == set() with input as {"before": value, "record": _grant}
		rule.violation == set() with input as {"before": _grant, "record": value}
	}
}

test_new if rule.violation == set() with input as {"record": _revoked}

test_deleted if {
	rule.violation == set() with input as {"before": _grant}
	rule.violation == set() with input as {"before": _revoked}
}
