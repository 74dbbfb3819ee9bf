package rules.waiver.deleted_test

import data.rules.waiver.deleted as rule

_deletion(path) := {
	"path": "partners/example-ci/waivers/1.yaml",
	"before": {"kind": "waiver", "rule": "license/seat_cap", "record": "licenses/1.yaml"},
	"folder": {"license": {path: {"kind": "license"}}},
}

test_deleted if {
	message := "the change deletes the waiver of license/seat_cap in licenses/1.yaml, which is still there"
	rule.violation == {{"path": [], "message": message}} with input as _deletion("partners/example-ci/licenses/1.yaml")
}

test_record_gone if rule.violation == set() with input as _deletion("partners/example-ci/licenses/2.yaml")

test_kept if {
	change := _deletion("partners/example-ci/licenses/1.yaml")
	rule.violation == set() with input as object.union(change, {"record": change.before})
}

test_new if rule.violation == set() with input as {"record": {"kind": "waiver"}}
