package rules.partner.merged_into_test

import data.rules.partner.merged_into as rule

_partners := {
	"a": {"name": "A", "merged_into": "b"},
	"b": {"name": "B", "merged_into": "c"},
	"c": {"name": "C", "merged_into": "b"},
	"d": {"name": "D", "merged_into": "d"},
	"e": {"name": "E"},
	"f": {"name": "F", "merged_into": "e"},
	"unreadable": {},
}

_input(slug, target) := {
	"path": sprintf("partners/%s/partner.yaml", [slug]),
	"record": {"merged_into": target},
}

test_faults if {
	every case in [
		["a", "nobody", `there is no partner "nobody"`],
		["d", "d", "a partner cannot become part of itself"],
		["b", "c", "c became part of b again, in one step or several"],
		["c", "b", "b became part of c again, in one step or several"],
	] {
		[slug, target, message] := case
		rule.violation == {{"path": ["merged_into"], "message": message}}
			with input as _input(slug, target) with data.partners as _partners
	}
}

test_another_partner if {
	every case in [["f", "e"], ["f", "unreadable"], ["a", "b"]] {
		[slug, target] := case
		rule.violation == set() with input as _input(slug, target) with data.partners as _partners
	}
}

test_other_types if {
	every value in [5, null, false, ["e"], {}] {
		rule.violation == set() with input as _input("f", value) with data.partners as _partners
	}
	rule.violation == set() with input as {"path": "partners/f/partner.yaml", "record": {}}
}
