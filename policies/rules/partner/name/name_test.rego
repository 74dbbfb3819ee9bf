# METADATA
# custom:
#   equivalent:
#     'without not regex.match(`^[!-~]+(?: [!-~]+)*$`, name)':
#       A name like that is tidy. It is only found faster.
package rules.partner.name_test

import data.rules.partner.name as rule

test_blanks if {
	message := `the name "Example  CI" has blanks at an end, or more than one between two words`
	rule.violation == {{"path": ["name"], "message": message, "expected": "Example CI"}}
		with input.record.name as "Example  CI"
	every name in [" Example CI", "Example CI ", "Example CI\u00a0", "\u2003Example CI", "Example\n CI"] {
		{violation.path | some violation in rule.violation} == {["aliases", 1]}
			with input.record as {"name": "Example", "aliases": ["ECI", name]}
	}
}

test_tidy_names if {
	every name in ["Example CI", "例", "A b c", "", " ", 5, null, false, [" a"]] {
		rule.violation == set() with input.record as {"name": name, "aliases": [name]}
	}
	rule.violation == set() with input.record as {}
}
