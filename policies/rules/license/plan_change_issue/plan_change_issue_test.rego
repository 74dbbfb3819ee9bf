package rules.license.plan_change_issue_test

import data.rules.license.plan_change_issue as rule

_grant(issue) := {"product": "gitlab.com", "issue": issue}

test_another_issue if {
	every issue in [
		"", "/issues/1", "https://tracker.example/issues/1",
		"https://gitlab.example/team/project", "https://gitlab.example/team/project/issues",
		"https://gitlab.example/team/project/issues/new", "https://gitlab.example/team/project/-/issues/",
		"https://gitlab.example/team/project/issues/0", "https://gitlab.example/team/project/issues/12a",
		"https://gitlab.example/team/project/issues/1/designs", "https://gitlab.example/team/project-2/issues/1",
		"https://gitlab.example/team/project/-/-/issues/1", "https://gitlab.example/team/project/-/merge_requests/1",
		"https://gitlab.example/team/project/issues/1 and more", "http://gitlab.example/team/project/issues/1",
		"https://gitlab.example/other/project/issues/1", "https://gitlab.example/beam/project/issues/1",
		"see https://gitlab.example/team/project/issues/1",
	] {
		{violation.path | some violation in rule.violation} == {["issue"]} with input.record as _grant(issue)
			with data.handbook as {"license": {"plan_change": {"project": "https://gitlab.example/team/project"}}}
	}
}

test_message if {
	message := `"https://tracker.example/1" is no issue of https://gitlab.example/team/project`
	rule.violation == {{"path": ["issue"], "message": message}} with input.record as _grant("https://tracker.example/1")
		with data.handbook as {"license": {"plan_change": {"project": "https://gitlab.example/team/project"}}}
}

test_missing if {
	message := "a plan change needs its issue in https://gitlab.example/team/project"
	rule.violation == {{"path": [], "message": message}} with input.record as {"product": "gitlab.com"}
		with data.handbook as {"license": {"plan_change": {"project": "https://gitlab.example/team/project"}}}
}

test_issue_of_the_project if {
	every end in ["issues/1", "-/issues/120", "issues/7/", "-/issues/7#note_42", "issues/7?a=b", "-/issues/7/?a=b#c"] {
		issue := concat("/", ["https://gitlab.example/team/project", end])
		rule.violation == set() with input.record as _grant(issue)
			with data.handbook as {"license": {"plan_change": {"project": "https://gitlab.example/team/project"}}}
	}
}

test_other_products if {
	every other in ["self-managed", "gitlab", 5, null] {
		rule.violation == set() with input.record as {"product": other, "issue": "https://tracker.example/1"}
		rule.violation == set() with input.record as {"product": other}
	}
	rule.violation == set() with input.record as {}
}

test_other_types if {
	every issue in [5, null, false, [], {}] {
		rule.violation == set() with input.record as _grant(issue)
	}
}

test_project_of_the_day if {
	issue := "https://gitlab.example/team/project/issues/1"
	moved := {"license": {"plan_change": {"project": "https://gitlab.example/team/other"}}}
	every starts_at, found in {"2026-12-31": 0, "2027-01-01": 1} {
		count(rule.violation) == found with input.record as object.union(_grant(issue), {"starts_at": starts_at})
			with data.handbook as {
				"license": {"plan_change": {"project": "https://gitlab.example/team/project"}},
				"2027-01-01": moved,
			}
	}
}
