package rules.partner.region_test

import data.rules.partner.region as rule

_partner(status, regions) := {"type": "regional_si", "status": status, "regions": regions}

test_several_regions if {
	message := "a regional integrator keeps to one region, and this one names 2: asia, europe"
	rule.violation == {{"path": ["regions"], "message": message}}
		with input.record as _partner("prospective", ["europe", "asia", "asia"])
}

test_no_region if {
	message := "an active regional integrator names the region that it works in"
	rule.violation == {{"path": [], "message": message}}
		with input.record as {"type": "regional_si", "status": "active"}
	rule.violation == {{"path": ["regions"], "message": message}} with input.record as _partner("active", [])
}

test_one_region if {
	every regions in [["europe"], ["europe", "europe"]] {
		rule.violation == set() with input.record as _partner("active", regions)
	}
}

test_not_active if {
	every status in ["prospective", "former", 5, null] {
		rule.violation == set() with input.record as _partner(status, [])
		rule.violation == set() with input.record as {"type": "regional_si", "status": status}
	}
	rule.violation == set() with input.record as {"type": "regional_si"}
}

test_other_partners if {
	every type in ["global_si", 5, null] {
		rule.violation == set() with input.record as {"type": type, "status": "active", "regions": ["asia", "europe"]}
		rule.violation == set() with input.record as {"type": type, "status": "active"}
	}
	rule.violation == set() with input.record as {"status": "active", "regions": ["asia", "europe"]}
}

test_other_types if {
	every regions in [5, "europe", null, false, {}, {"a": "asia", "b": "europe"}, [5, null, "asia"]] {
		rule.violation == set() with input.record as _partner("active", regions)
	}
}
