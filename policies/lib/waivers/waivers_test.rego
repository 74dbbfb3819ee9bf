# METADATA
# custom:
#   equivalent:
#     'folder := concat("/", array.slice(split(input.path, "/"), -1, 2))':
#       A slice begins with the first, at the earliest.
package lib.waivers_test

import data.lib.waivers

_path := "partners/example-ci/waivers/2026-03.yaml"

_license := {"kind": "license", "seats": 12}

test_target if {
	waivers.target({"record": "partner.yaml"}) == "partners/example-ci/partner.yaml" with input.path as _path
	waivers.target({"record": "../other/partner.yaml"}) == "partners/example-ci/../other/partner.yaml"
		with input.path as _path
	waivers.target({"record": 5}) == "partners/example-ci/5" with input.path as _path
}

test_no_target if not waivers.target({}) with input.path as _path

test_kind_at if {
	records := {"partner": {"a/partner.yaml": {"kind": "partner"}}, "license": {"a/licenses/1.yaml": _license}}
	waivers.kind_at(records, "a/licenses/1.yaml") == "license"
	not waivers.kind_at(records, "a/licenses/2.yaml")
	not waivers.kind_at({}, "a/licenses/1.yaml")
}

test_appeared if {
	waivers.appeared == {"license": {"2"}, "partner": set()} with input as {
		"folder": {"license": {"1": _license, "2": _license}, "partner": {"3": {}}},
		"folder_before": {"license": {"1": _license}, "partner": {"3": {}}},
	}
	waivers.appeared == {"license": {"1"}} with input as {"folder": {"license": {"1": _license}}}
}

_change(before, after) := {
	"path": "partners/example-ci/waivers/2026-03.yaml",
	"folder": {"license": {path: {} | some path in after}},
	"folder_before": {"license": {path: {} | some path in before}},
}

test_follows if {
	old := "partners/example-ci/licenses/1.yaml"
	new := "partners/example-ci/licenses/2.yaml"
	waivers.follows({"record": "licenses/1.yaml"}, {"record": "licenses/2.yaml"}) with input as _change({old}, {new})
	every change in [_change({old}, {old, new}), _change({old, new}, {new}), _change({old}, set())] {
		not waivers.follows({"record": "licenses/1.yaml"}, {"record": "licenses/2.yaml"}) with input as change
	}
}
