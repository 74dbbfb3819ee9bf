# METADATA
# custom:
#   equivalent:
#     'without not regex.match(`^(?:[A-Za-z\p{Ll}\p{Han}]+ ){2}[A-Za-z\p{Ll}\p{Han}]`, input.record.purpose)':
#       What begins plainly explains something, or has two placeholders. It is only found faster.
#     without regex.match(text.two_placeholders, input.record.purpose):
#       What explains something is right, however it begins. It is only found faster.
package rules.license.purpose_test

import data.rules.license.purpose as rule

test_says_nothing if {
	every purpose in [
		"", " \n", "-", "...", "🙂 🙂 🙂", "TODO", "tbd.", "N/A", "n/a n/a n/a", "n.a.", "test", "Test, test, TESTING!",
		"todo - tbd: fixme", "to be announced", "To Be Done Later", "xxx xxx xxx", "Integration", "runner integration",
		"it's well-known", "統合", "CI統", "résumé résumé", "nİl nİl nİl", "teſt teſt",
	] {
		{violation.path | some violation in rule.violation} == {["purpose"]} with input.record.purpose as purpose
	}
}

test_message if {
	message := `"TODO, TODO" does not say what the partner will build`
	rule.violation == {{"path": ["purpose"], "message": message}} with input.record.purpose as "TODO,\n  TODO\n"
}

test_says_something if {
	every purpose in [
		"Build a runner", "test the integration", "To test it", "Develop and test\nthe editor plugin.", "CI/CD for VMs",
		"ランナーとの統合を作る", "统合试验", "ทดสอบการเชื่อมต่อ", "러너 연동을 개발하고 시험", "Écrire l’intégration d'abord",
		"एकीकरण का परीक्षण", "3 new runners", "TODO 統合を作る", "todo 統合 todo",
		"été près de la rivière",
	] {
		rule.violation == set() with input.record.purpose as purpose
	}
}

test_missing if rule.violation == set() with input.record as {}

test_other_types if {
	every purpose in [5, null, true, [], ["TODO"], {}] {
		rule.violation == set() with input.record.purpose as purpose
	}
}
