package rules.waiver.reason_test

import data.rules.waiver.reason as rule

test_says_nothing if {
	every reason in ["", "-", "n/a", "test test test", "Port needs", "to be announced"] {
		{violation.path | some violation in rule.violation} == {["reason"]} with input.record.reason as reason
	}
}

test_message if {
	message := `"TODO, TODO" does not say why the exception is made`
	rule.violation == {{"path": ["reason"], "message": message}} with input.record.reason as "TODO,\n  TODO\n"
}

test_says_something if {
	every reason in ["The port needs twelve developers", "移行には十二人が必要"] {
		rule.violation == set() with input.record.reason as reason
	}
}

test_missing if rule.violation == set() with input.record as {}

test_other_types if {
	every reason in [5, null, true, [], ["TODO"], {}] {
		rule.violation == set() with input.record.reason as reason
	}
}
