package rules.kpi.total_test

import data.rules.kpi.total as rule

test_another_total if {
	every field in ["active_installations", "active_smau", "downloads"] {
		violation := {"path": [field, "total"], "message": "the counts come to 5, not to 6", "expected": 5}
		rule.violation == {violation} with input.record as {field: {"a": 2, "b": 3, "total": 6}}
	}
}

test_no_counts if {
	violation := {"path": ["downloads", "total"], "message": "the counts come to 0, not to 6", "expected": 0}
	rule.violation == {violation} with input.record.downloads as {"total": 6}
	rule.violation == set() with input.record.downloads as {"total": 0}
}

test_the_sum if {
	rule.violation == set() with input.record as {
		"active_installations": {"a": 2, "b": 3.0, "c": 0, "total": 5},
		"active_smau": {"a": 1e2, "total": 100},
		"downloads": {"omnibus": 7, "total": 7},
		"anything_else": {"a": 7, "total": 8},
	}
}

test_no_digit_is_lost if {
	rule.violation == set() with input.record.downloads as {
		"a": 123456789012345678901234567890,
		"b": 3.0,
		"c": 1e28,
		"total": 133456789012345678901234567893,
	}
	count(rule.violation) == 1 with input.record.downloads as {
		"a": 123456789012345678901234567890,
		"b": 3,
		"total": 123456789012345678901234567892,
	}
}

test_missing if {
	rule.violation == set() with input.record as {}
	rule.violation == set() with input.record.downloads as {"a": 2}
	rule.violation == set() with input.record.downloads as {}
}

test_other_types if {
	every value in ["2", 2.5, null, true, [], {}] {
		rule.violation == set() with input.record.downloads as {"a": value, "total": 6}
		rule.violation == set() with input.record.downloads as {"a": 6, "b": 1, "total": value}
		rule.violation == set() with input.record.downloads as value
	}
}
