package rules.waiver.record_test

import data.rules.waiver.record as rule

_path := "partners/example-ci/waivers/1.yaml"

_folder := {
	"partner": {"partners/example-ci/partner.yaml": {"kind": "partner"}},
	"license": {"partners/example-ci/licenses/1.yaml": {"kind": "license", "seats": 12}},
}

_waiver(id, record) := {"path": _path, "record": {"rule": id, "record": record}, "folder": _folder}

_catalogue := {"license/seat_cap": {"waivable": true}, "partner/priority": {"waivable": true}}

test_there if {
	rule.violation == set() with input as _waiver("license/seat_cap", "licenses/1.yaml") with data.catalogue as _catalogue
	rule.violation == set() with input as _waiver("partner/priority", "partner.yaml") with data.catalogue as _catalogue
}

test_not_there if {
	message := `partners/example-ci holds no record "licenses/2.yaml"`
	rule.violation == {{"path": ["record"], "message": message}}
		with input as _waiver("license/seat_cap", "licenses/2.yaml")
	every record in ["../example-cloud/partner.yaml", "./partner.yaml", "licenses", ""] {
		{violation.path | some violation in rule.violation} == {["record"]} with input as _waiver("license/seat_cap", record)
	}
}

test_whole_path if {
	there := rule.violation with input as _waiver("license/seat_cap", "partners/example-ci/licenses/1.yaml")
	there == {{
		"path": ["record"],
		"message": `partners/example-ci holds no record "partners/example-ci/licenses/1.yaml"; it is "licenses/1.yaml"`,
		"expected": "licenses/1.yaml",
	}}
	not_there := rule.violation with input as _waiver("license/seat_cap", "partners/example-ci/licenses/2.yaml")
	count(not_there) == 1
	{violation.expected | some violation in not_there} == set()
}

test_another_kind if {
	message := "partner.yaml is a partner, which license/seat_cap does not judge"
	rule.violation == {{"path": ["record"], "message": message}}
		with input as _waiver("license/seat_cap", "partner.yaml")
		with data.catalogue as _catalogue
}

test_unknown_rule if {
	rule.violation == set() with input as _waiver("license/seats", "partner.yaml") with data.catalogue as _catalogue
}

_moved(after) := {
	"path": _path,
	"record": {"rule": "license/seat_cap", "record": "licenses/1.yaml"},
	"folder": {"license": after},
	"folder_before": _folder,
}

test_moved if {
	found := rule.violation
		with input as _moved({"partners/example-ci/licenses/2.yaml": {"kind": "license", "seats": 12}})
	{violation.expected | some violation in found} == {"licenses/2.yaml"}
}

test_moved_in_doubt if {
	license := {"kind": "license", "seats": 12}
	every after in [
		{"partners/example-ci/licenses/2.yaml": license, "partners/example-ci/licenses/3.yaml": license},
		{"partners/example-ci/licenses/2.yaml": {"kind": "license", "seats": 13}},
	] {
		{violation.path | some violation in rule.violation} == {["record"]} with input as _moved(after)
		{violation.expected | some violation in rule.violation} == set() with input as _moved(after)
	}
}

test_copied if {
	after := object.union(_folder.license, {"partners/example-ci/licenses/2.yaml": {"kind": "license", "seats": 12}})
	rule.violation == set() with input as _moved(after)
}

test_missing if rule.violation == set() with input as {"path": _path, "record": {}, "folder": _folder}

test_other_types if {
	every value in [5, null, true, [], {}] {
		rule.violation == set() with input as _waiver("license/seat_cap", value) with data.catalogue as _catalogue
	}
}
