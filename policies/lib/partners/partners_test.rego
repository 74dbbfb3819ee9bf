# METADATA
# custom:
#   equivalent:
#     without data.alike.names[input.record.name]:
#       Most names are like no other, which is only found faster.
package lib.partners_test

import data.lib.partners

test_slug if partners.slug("partners/example-ci/licenses/2026-03.yaml") == "example-ci"

test_platform_types if {
	types := {"cloud": {"platform": true}, "training": {"platform": false}}
	partners.is_platform_type("cloud") with data.handbook as {"partner_types": types}
	every type in ["training", "other", 5, null, ["cloud"]] {
		not partners.is_platform_type(type) with data.handbook as {"partner_types": types}
	}
}

test_names if {
	partners.names({"name": "Example CI", "aliases": ["ECI", 5, "Runners"]}) == {
		["name"]: "Example CI",
		["aliases", 0]: "ECI",
		["aliases", 2]: "Runners",
	}
	every value in [5, null, false, {"a": "ECI"}, [5, null, ["ECI"]]] {
		partners.names({"name": value, "aliases": value}) == {}
	}
	partners.names({}) == {}
}

test_other if {
	partners.other({"a": "Example CI", "b": "EXAMPLE CI"}, "a") == {"slug": "b", "text": "EXAMPLE CI"}
	partners.other({"a": "Example CI", "b": "EXAMPLE CI"}, "c") == {"slug": "a", "text": "Example CI"}
	not partners.other({"a": "Example CI"}, "a")
	not partners.other({}, "a")
}

test_mergers if {
	partners.mergers == {"a": ["b"], "b": [], "c": []}
		with data.partners as {"a": {"merged_into": "b"}, "b": {"name": "B"}, "c": {}}
}
