package rules.kpi.platform_test

import data.rules.kpi.platform as rule

_partners := {
	"example-ci": {"type": "integrated"},
	"example-cloud": {"type": "cloud"},
	"new-type": {"type": "clowd"},
	"no-type": {"type": 5},
	"unreadable": {},
}

_handbook := {
	"kpi": {"special_platforms": {"else": "", "none": ""}},
	"partner_types": {"cloud": {"platform": true}, "integrated": {"platform": false}},
}

test_no_platform if {
	stranger := `"AWS" is not the folder name of a partner; others are counted as: else, none`
	another := `"example-ci" is no platform partner: its type is "integrated"; others are counted as: else, none`
	every field in ["active_installations", "active_smau"] {
		rule.violation == {
			{"path": [field, "AWS"], "at": "key", "message": stranger},
			{"path": [field, "example-ci"], "at": "key", "message": another},
		} with input.record as {field: {"AWS": 1, "example-ci": 2, "example-cloud": 3, "total": 6}}
			with data.partners as _partners
			with data.handbook as _handbook
	}
}

test_unknown_type if {
	count(rule.violation) == 1 with input.record.active_smau as {"new-type": 1} with data.partners as _partners
}

test_platforms if {
	rule.violation == set() with input.record as {
		"active_installations": {"example-cloud": 3, "none": 1, "no-type": 2, "unreadable": 1, "total": 7},
		"active_smau": {"else": "many", "total": null},
		"downloads": {"omnibus": 1, "total": 1},
	}
		with data.partners as _partners
		with data.handbook as _handbook
}

test_missing if rule.violation == set() with input.record as {}

test_other_types if {
	every value in [5, "AWS", null, false, ["AWS"]] {
		rule.violation == set() with input.record as {"active_installations": value, "active_smau": value}
	}
}

test_types_of_the_month if {
	changed := {"2027-01-01": {"partner_types": {"cloud": {"platform": false}}}}
	every month, found in {"2026-12": 0, "2027-01": 1} {
		count(rule.violation) == found
			with input.record as {"month": month, "active_smau": {"example-cloud": 1}}
			with data.partners as _partners
			with data.handbook as object.union(_handbook, changed)
	}
}
