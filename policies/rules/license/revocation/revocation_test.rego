package rules.license.revocation_test

import data.rules.license.revocation as rule

_grant(on) := {"starts_at": "2026-03-02", "expires_at": "2026-09-02", "revoked": {"date": on}}

test_before_the_start if {
	message := "revoked on 2026-03-01, before the grant starts on 2026-03-02"
	rule.violation == {{"path": ["revoked", "date"], "message": message}} with input.record as _grant("2026-03-01")
}

test_after_the_end if {
	every on in ["2026-09-02", "2031-01-01"] {
		message := sprintf("revoked on %s, but the grant has run out on 2026-09-02 by then", [on])
		rule.violation == {{"path": ["revoked", "date"], "message": message}} with input.record as _grant(on)
	}
}

test_one_violation_for_both if {
	count(rule.violation) == 1 with input.record as {
		"starts_at": "2026-09-02",
		"expires_at": "2026-03-02",
		"revoked": {"date": "2026-05-01"},
	}
}

test_within if {
	every on in ["2026-03-02", "2026-09-01"] {
		rule.violation == set() with input.record as _grant(on)
	}
}

test_missing if {
	rule.violation == set() with input.record as {"starts_at": "2026-03-02", "expires_at": "2026-09-02"}
	rule.violation == set() with input.record as {"revoked": {"date": "2026-03-02"}}
}

test_no_dates if {
	every value in ["2026-02-30", "9", 5, null, false, {}] {
		rule.violation == set() with input.record as _grant(value)
		rule.violation == set()
			with input.record as {"starts_at": value, "expires_at": value, "revoked": {"date": "2026-03-02"}}
		rule.violation == set()
			with input.record as {"starts_at": "2026-03-02", "expires_at": "2026-09-02", "revoked": value}
	}
}
