package lib.changes_test

import data.lib.changes

test_differing if {
	before := {"same": 1, "changed": 1, "gone": 1, "false": true, "gone_false": false, "parts": {"a": [1, 2]}}
	after := {"same": 1, "changed": 2, "added": null, "false": false, "added_false": false, "parts": {"a": [2, 1]}}
	changes.differing(before, after) == {
		"changed", "gone", "added",
		"false", "gone_false", "added_false", "parts",
	}
}

test_another_notation_is_no_difference if {
	before := json.unmarshal(`{"a": 5, "b": {"c": 100, "d": [1, {"e": 2}]}, "f": false, "g": null}`)
	after := json.unmarshal(`{"g": null, "f": false, "b": {"d": [1.0, {"e": 2.00}], "c": 1e2}, "a": 5.0}`)
	not changes.differing(before, after)
}

test_no_digit_is_lost if {
	before := json.unmarshal(`{"a": 123456789012345678901234567890, "b": 1}`)
	after := json.unmarshal(`{"a": 123456789012345678901234567891, "b": 1}`)
	changes.differing(before, after) == {"a"}
}

test_without_fields if {
	every value in ["a", 5, null, false, [1]] {
		not changes.differing(value, {"a": 1})
		not changes.differing({"a": 1}, value)
	}
}

test_violation if {
	before := {"changed": 1, "false": false, "gone": 1}
	after := {"changed": 2, "false": true, "added": 1}
	changes.violation(before, after, "changed", "m") == {"path": ["changed"], "message": "m", "expected": 1}
	changes.violation(before, after, "false", "m") == {"path": ["false"], "message": "m", "expected": false}
	changes.violation(before, after, "gone", "m") == {"path": [], "message": "m"}
	changes.violation(before, after, "added", "m") == {"path": ["added"], "message": "m"}
}

_refusal(was, is) := changes.refusal({"a": was}, {"a": is}, "a", "then")

test_refusal_of_a_value if {
	_refusal(2, 3) == "`a` was 2 then and cannot become 3"
	_refusal("2", 2) == "`a` was \"2\" then and cannot become 2"
	_refusal("2026-03-02", null) == "`a` was 2026-03-02 then and cannot become null"
	_refusal(false, {}) == "`a` is not what it was then"
	_refusal("spaces", "spaces ") == "`a` is not what it was then"
}

test_refusal_of_a_part if {
	_refusal({"b": 1, "c": 2}, {"b": 1, "c": 3}) == "`a.c` was 2 then and cannot become 3"
	_refusal({"b": 1}, {"b": 1, "c": 3}) == "`a.c` was not there then and cannot be added"
	_refusal({"b": 1, "c": 2}, {"b": 1}) == "`a.c` was 2 then and cannot be taken away"
	_refusal({"b": 1, "c": {"d": 1}}, {"b": 1, "c": {"d": 2}}) == "`a.c` is not what it was then"
}

test_refusal_of_many_parts if {
	_refusal({"b": 1, "c": 2}, {"b": 2, "c": 3}) == "`a` is not what it was then"
	_refusal([1], [2]) == "`a` is not what it was then"
}

test_refusal_of_a_field if {
	changes.refusal({}, {"a": 1}, "a", "then") == "`a` was not there then and cannot be added"
	changes.refusal({"a": 1}, {}, "a", "then") == "`a` was 1 then and cannot be taken away"
	changes.refusal({"a": [1]}, {}, "a", "then") == "`a` was there then and cannot be taken away"
}

test_shown if {
	changes.shown("2026-03-02") == "2026-03-02"
	changes.shown("two\n lines") == `"two lines"`
	changes.shown(5) == "5"
	changes.shown(false) == "false"
	changes.shown(null) == "null"
	not changes.shown([1])
	not changes.shown({})
}

test_shown_apart if {
	changes.shown_apart(1, "1") == ["1", `"1"`]
	not changes.shown_apart("a", "a ")
	not changes.shown_apart(1, [1])
}
