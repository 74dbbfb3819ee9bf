package rules.waiver.immutable_test

import data.rules.waiver.immutable as rule

_waiver := {
	"kind": "waiver",
	"rule": "license/seat_cap",
	"record": "licenses/1.yaml",
	"reason": "The port needs twelve developers",
}

_with(field, value) := object.union(_waiver, {field: value})

_change(before, after) := {
	"path": "partners/example-ci/waivers/1.yaml",
	"before": before,
	"record": after,
	"folder": {"license": {"partners/example-ci/licenses/2.yaml": {}}},
}

test_changed if {
	message := sprintf("%sreason%s was %q when the waiver was approved and cannot become %q", [
		"`",
		"`",
		_waiver.reason,
		"Other",
	])
	rule.violation == {{"path": ["reason"], "message": message, "expected": _waiver.reason}}
		with input as _change(_waiver, _with("reason", "Other"))
}

test_taken_away if {
	found := rule.violation with input as _change(_waiver, object.remove(_waiver, ["rule"]))
	{violation.path | some violation in found} == {[]}
}

test_end if {
	ending := _with("expires_at", "2026-09-02")
	rule.violation == set() with input as _change(_waiver, ending)
	rule.violation == set() with input as _change(ending, _waiver)
	rule.violation == set() with input as _change(ending, _with("expires_at", "2026-12-02"))
}

test_record_follows if rule.violation == set() with input as _change(_waiver, _with("record", "licenses/2.yaml"))

test_another_record if {
	found := rule.violation with input as _change(_waiver, _with("record", "licenses/3.yaml"))
	{violation.path | some violation in found} == {["record"]}
}

test_new if rule.violation == set() with input as {"record": _waiver}

test_deleted if rule.violation == set() with input as {"before": _waiver}

test_other_types if {
	every value in ["2", 2.5, null, true, []] {
		rule.violation == set() with input as _change(value, _waiver)
		rule.violation == set() with input as _change(_waiver, value)
	}
}
