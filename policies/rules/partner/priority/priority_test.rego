package rules.partner.priority_test

import data.rules.partner.priority as rule

_types := {"cloud": {"platform": true}, "upstream": {"platform": false}}

test_another_priority if {
	message := `the priority of a platform partner (cloud) is critical, not "standard"`
	rule.violation == {{"path": ["priority"], "message": message, "expected": "critical"}} with input.record as {
		"type": "cloud",
		"priority": "standard",
	}
		with data.handbook as {"partner_types": _types}
}

test_no_priority if {
	message := "a platform partner (cloud) needs the priority critical"
	rule.violation == {{"path": [], "message": message}} with input.record as {"type": "cloud"}
		with data.handbook as {"partner_types": _types}
}

test_critical if {
	rule.violation == set() with input.record as {"type": "cloud", "priority": "critical"}
		with data.handbook as {"partner_types": _types}
}

test_other_partners if {
	every partner in [{}, {"type": "upstream"}, {"type": "clowd"}, {"type": 5}, {"type": null}, {"type": ["cloud"]}] {
		rule.violation == set() with input.record as partner with data.handbook as {"partner_types": _types}
		rule.violation == set() with input.record as object.union(partner, {"priority": "standard"})
			with data.handbook as {"partner_types": _types}
	}
}

test_other_types if {
	every priority in [5, null, false, []] {
		rule.violation == set() with input.record as {"type": "cloud", "priority": priority}
			with data.handbook as {"partner_types": _types}
	}
}
