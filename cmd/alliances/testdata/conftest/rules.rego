# Ten of the rules, as somebody would write them for conftest: in one package, on
# one record each, with the handbook's numbers where they are needed.
package main

deny contains message if {
	input.kind == "license"
	input.seats > 10
	message := sprintf("%v seats are above the cap of 10", [input.seats])
}

deny contains message if {
	input.kind == "license"
	input.seats > input.seats_requested
	message := sprintf("%v seats granted, but only %v requested", [input.seats, input.seats_requested])
}

deny contains message if {
	input.kind == "license"
	input.seats_requested == "unknown"
	input.seats != 5
	message := sprintf("the default number of seats is 5, not %v", [input.seats])
}

deny contains message if {
	input.kind == "license"
	input.plan != "ultimate"
	not input.plan_reason
	message := sprintf("the plan is %s, and no plan_reason says why", [input.plan])
}

deny contains message if {
	input.kind == "license"
	expected := time.add_date(day(input.starts_at), 0, 6, 0)
	day(input.expires_at) != expected
	message := sprintf("a term of 6 months from %s does not end on %s", [input.starts_at, input.expires_at])
}

deny contains message if {
	input.kind == "license"
	input.revoked.date < input.starts_at
	message := sprintf("revoked on %s, before the grant starts on %s", [input.revoked.date, input.starts_at])
}

deny contains message if {
	input.kind == "campaign"
	input.spend_approval.amount > input.budget.amount
	message := sprintf("the approved amount of %v is above the budget of %v", [input.spend_approval.amount, input.budget.amount])
}

deny contains message if {
	input.kind == "campaign"
	input.timeline.ends_on < input.timeline.starts_on
	message := sprintf("the campaign ends on %s, before it starts on %s", [input.timeline.ends_on, input.timeline.starts_on])
}

deny contains message if {
	input.kind == "campaign"
	input.spend_approval.date > input.timeline.starts_on
	message := sprintf("the spend was approved on %s, after the campaign started", [input.spend_approval.date])
}

deny contains message if {
	input.kind == "partner"
	input.status == "active"
	object.get(input, "criteria", []) == []
	message := "an active partner serves at least one success criterion"
}

day(date) := time.parse_rfc3339_ns(concat("", [date, "T00:00:00Z"]))
