package rules.request.lead_test

import data.rules.request.lead as rule

test_no_lead if {
	every status in ["done", "declined"] {
		message := sprintf("the status is %s, but nobody has declared the lead", [status])
		rule.violation == {{"path": ["status"], "message": message}} with input.record.status as status
	}
}

test_no_next_step if {
	message := "the request is in progress, but no next step is named"
	every record in [{}, {"next_steps": []}, {"next_steps": [" ", "TBD"]}] {
		request := object.union(record, {"status": "in_progress", "lead": "@alliance-manager"})
		rule.violation == {{"path": ["status"], "message": message}} with input.record as request
	}
}

test_neither if count(rule.violation) == 2 with input.record.status as "in_progress"

test_declared if {
	every status in ["in_progress", "done", "declined"] {
		rule.violation == set() with input.record as {
			"status": status,
			"lead": "@alliance-manager",
			"next_steps": ["Call"],
		}
	}
	rule.violation == set() with input.record as {"status": "done", "lead": "@alliance-manager"}
}

test_refused_by_schema if {
	every steps in [[""], [5, "TBD"]] {
		rule.violation == set() with input.record as {
			"status": "in_progress",
			"lead": "@alliance-manager",
			"next_steps": steps,
		}
	}
}

test_new if {
	every status in ["new", "unheard of", 5, null, ["done"]] {
		rule.violation == set() with input.record.status as status
	}
	rule.violation == set() with input.record as {}
}

test_other_types if {
	every value in [5, "", null, false, {}] {
		rule.violation == set() with input.record as {"status": "in_progress", "lead": value, "next_steps": value}
	}
}
