package rules.license.partner_status_test

import data.rules.license.partner_status as rule

_former := {"status": "former", "former_since": "2026-05-01"}

_grant := {"starts_at": "2026-03-02", "expires_at": "2026-09-02"}

test_still_running if {
	message := "the partner is a former one since 2026-05-01, and this grant runs until 2026-09-02"
	rule.violation == {{"path": [], "message": message}} with input as {"partner": _former, "record": _grant}
}

test_starts_later if {
	count(rule.violation) == 1 with input as {
		"partner": _former,
		"record": {"starts_at": "2026-06-01", "expires_at": "2026-12-01"},
	}
}

test_last_day if {
	every case in [["2026-05-01", 0], ["2026-05-02", 1]] {
		[last, violations] := case
		count(rule.violation) == violations with input as {
			"partner": _former,
			"record": object.union(_grant, {"expires_at": last}),
		}
		count(rule.violation) == violations with input as {
			"partner": _former,
			"record": object.union(_grant, {"revoked": {"date": last}}),
		}
	}
}

test_never_runs if {
	rule.violation == set() with input as {
		"partner": _former,
		"record": {"starts_at": "2026-06-01", "expires_at": "2026-06-01"},
	}
}

test_other_partners if {
	every partner in [{"status": "active"}, {"status": "former"}, {}, {"status": "active", "former_since": "2026-05-01"}] {
		rule.violation == set() with input as {"partner": partner, "record": _grant}
	}
	rule.violation == set() with input.record as _grant
}

test_no_dates if {
	every value in ["2026-02-30", 5, null, false, {}] {
		rule.violation == set() with input as {"partner": {"status": "former", "former_since": value}, "record": _grant}
		every field in ["starts_at", "expires_at", "revoked"] {
			rule.violation == set() with input as {"partner": _former, "record": object.union(_grant, {field: value})}
		}
	}
}
