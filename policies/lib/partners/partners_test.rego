package lib.partners_test

import data.lib.partners

_index := {
	"a": {"name": "Example CI", "aliases": ["ECI"], "type": "cloud", "status": "active"},
	"b": {"name": "eci", "aliases": ["EXAMPLE CI", 5, null]},
	"c": {"name": 5, "aliases": "Example CI"},
	"d": {"aliases": {"x": "eci"}},
	"e": {},
}

test_slug if partners.slug("partners/example-ci/licenses/2026-03.yaml") == "example-ci"

test_platform_types if {
	types := {"cloud": {"platform": true}, "training": {"platform": false}}
	partners.is_platform_type("cloud") with data.handbook.partner_types as types
	every type in ["training", "other", 5, null, ["cloud"]] {
		not partners.is_platform_type(type) with data.handbook.partner_types as types
	}
}

test_slugs_by_name if {
	partners.slugs_by_name == {"example ci": ["a", "b"], "eci": ["a", "b"]} with data.partners as _index
}

test_no_partners if partners.slugs_by_name == {} with data.partners as {}

test_other_with_name if {
	partners.other_with_name("Example ci", "a") == "b" with data.partners as _index
	partners.other_with_name("Eci", "b") == "a" with data.partners as _index
	partners.other_with_name("Eci", "z") == "a" with data.partners as _index
}

test_no_other_with_name if {
	not partners.other_with_name("another", "a") with data.partners as _index
	not partners.other_with_name("another", "a") with data.partners as {"a": {"name": "Another"}}
}
