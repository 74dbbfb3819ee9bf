package rules.partner.deleted_test

import data.rules.partner.deleted as rule

_alone := {"partner": {"a/partner.yaml": {}}}

_request := {"request": {"a/requests/1.yaml": {}}}

_deletion(folder_before, folder) := {
	"path": "a/partner.yaml",
	"before": {"kind": "partner"},
	"folder_before": folder_before,
	"folder": folder,
}

_found := {{
	"path": [],
	"message": "the change deletes a partner that has other records, or had some; its record stays",
}}

test_other_records_are_left if {
	rule.violation == _found with input as _deletion(object.union(_alone, _request), _request)
	rule.violation == _found with input as _deletion(_alone, _request)
}

test_other_records_are_deleted_too if {
	rule.violation == _found with input as _deletion(object.union(_alone, _request), {})
}

test_another_record_of_its_kind if {
	rule.violation == _found with input as _deletion({"partner": {"a/partner.yaml": {}, "a/other.yaml": {}}}, {})
}

test_never_any_other if {
	rule.violation == set() with input as _deletion(_alone, {})
	rule.violation == set() with input as _deletion(_alone, {"partner": {}})
	rule.violation == set() with input as {"path": "a/partner.yaml", "before": {"kind": "partner"}}
}

test_kept if {
	folder := object.union(_alone, _request)
	rule.violation == set() with input as object.union(_deletion(folder, folder), {"record": {"kind": "partner"}})
}

test_nothing_before if {
	rule.violation == set() with input as {"path": "a/partner.yaml", "folder": _request, "folder_before": _request}
}
