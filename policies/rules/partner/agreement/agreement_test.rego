package rules.partner.agreement_test

import data.rules.partner.agreement as rule

_partner(agreement) := {"type": "integrated", "status": "active", "agreement": agreement}

test_lacking if {
	message := "an active integrated partner still needs the agreement of: sales, engineering"
	rule.violation == {{"path": ["agreement"], "message": message}} with input.record as _partner({"product": {}})
}

test_lacking_one if {
	message := "an active integrated partner still needs the agreement of: product"
	rule.violation == {{"path": ["agreement"], "message": message}}
		with input.record as _partner({"sales": {}, "engineering": {}})
}

test_none if {
	message := "an active integrated partner still needs the agreement of: sales, product, engineering"
	rule.violation == {{"path": ["agreement"], "message": message}} with input.record as _partner({})
	rule.violation == {{"path": [], "message": message}} with input.record as {"type": "integrated", "status": "active"}
}

test_complete if {
	every part in [{"by": "@sales-lead", "date": "2026-02-02"}, {}, "yes", null, false] {
		agreement := {"sales": part, "product": part, "engineering": part}
		rule.violation == set() with input.record as _partner(agreement)
	}
}

test_other_partners if {
	every value in ["prospective", "former", "upstream", 5, null] {
		rule.violation == set() with input.record as {"type": "integrated", "status": value}
		rule.violation == set() with input.record as {"type": value, "status": "active"}
	}
	rule.violation == set() with input.record as {}
}

test_other_types if {
	every agreement in [5, "yes", null, false, []] {
		rule.violation == set() with input.record as _partner(agreement)
	}
}
