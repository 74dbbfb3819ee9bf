package rules.campaign.order_test

import data.rules.campaign.order as rule

_campaign := {
	"spend_approval": {"date": "2026-04-13"},
	"credit_acknowledgement": {"date": "2026-04-20"},
	"claim": {"date": "2026-07-06"},
	"credits_received": {"date": "2026-07-20"},
}

_with(step, date) := object.union(_campaign, {step: {"date": date}})

test_claim_before_approval if {
	record := object.remove(_with("claim", "2026-04-12"), ["credit_acknowledgement"])
	message := "the spend was claimed on 2026-04-12, before the spend was approved on 2026-04-13"
	rule.violation == {{"path": ["claim", "date"], "message": message}} with input.record as record
}

test_backwards if {
	every case in [
		["claim", "2026-04-19"], ["claim", "2026-04-12"], ["credits_received", "2026-07-05"],
		["credits_received", "2026-01-01"],
	] {
		[step, date] := case
		found := rule.violation with input.record as _with(step, date)
		{violation.path | some violation in found} == {[step, "date"]}
		count(found) == 1
	}
}

test_acknowledgement_is_told_elsewhere if {
	rule.violation == set() with input.record as _with("credit_acknowledgement", "2026-04-12")
}

test_in_order if {
	rule.violation == set() with input.record as _campaign
	rule.violation == set() with input.record as {step: {"date": "2026-04-13"} | some step, _ in _campaign}
	every step in object.keys(_campaign) {
		rule.violation == set() with input.record as object.remove(_campaign, [step])
	}
	rule.violation == set() with input.record as {}
}

test_after_it_was_declined if {
	message := "the credits arrived on 2026-07-20, after the campaign was declined on 2026-07-06"
	rule.violation == {{"path": ["credits_received", "date"], "message": message}}
		with input.record as _with("declined", "2026-07-06")
	count(rule.violation) == 4 with input.record as _with("declined", "2026-01-01")
	rule.violation == set() with input.record as _with("declined", "2026-07-20")
}

test_no_dates if {
	every value in ["2026-02-30", "soon", 5, null, false, []] {
		every step in object.keys(_campaign) {
			rule.violation == set() with input.record as _with(step, value)
		}
		rule.violation == set() with input.record as _with("declined", value)
		rule.violation == set() with input.record as {"claim": {"date": value}, "declined": {"date": "2026-01-01"}}
		rule.violation == set() with input.record as object.union(_campaign, {"claim": value, "declined": value})
	}
}
