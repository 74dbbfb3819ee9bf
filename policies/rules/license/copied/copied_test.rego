# METADATA
# custom:
#   equivalent:
#     without data.alike.licenses[input.path]:
#       Most licences are like no other, which is only found faster.
package rules.license.copied_test

import data.rules.license.copied as rule

_alike := {
	"partners/a/licenses/1.yaml": {"issue": {"b": "partners/b/licenses/1.yaml"}},
	"partners/a/licenses/2.yaml": {"purpose": {"b": "partners/b/licenses/2.yaml"}},
}

test_same_issue if {
	message := "a grant of another partner has the same issue: partners/b/licenses/1.yaml"
	rule.violation == {{"path": ["issue"], "message": message}}
		with input.path as "partners/a/licenses/1.yaml" with data.alike.licenses as _alike
}

test_same_contact_and_purpose if {
	message := "a grant of another partner has the same contact and purpose: partners/b/licenses/2.yaml"
	rule.violation == {{"path": ["purpose"], "message": message}}
		with input.path as "partners/a/licenses/2.yaml" with data.alike.licenses as _alike
}

test_no_other if {
	rule.violation == set() with input.path as "partners/a/licenses/3.yaml" with data.alike.licenses as _alike
	rule.violation == set() with input.path as "partners/a/licenses/1.yaml"
}
