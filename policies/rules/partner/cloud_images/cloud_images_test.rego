package rules.partner.cloud_images_test

import data.rules.partner.cloud_images as rule

_images := [{"name": "GitLab", "url": "https://marketplace.example/gitlab"}]

test_another_type if {
	message := `cloud images are hosted by cloud partners, and this partner's type is "upstream"`
	rule.violation == {{"path": ["cloud_images"], "message": message}} with input.record as {
		"type": "upstream",
		"cloud_images": _images,
	}
}

test_cloud_partner if rule.violation == set() with input.record as {"type": "cloud", "cloud_images": _images}

test_no_images if {
	rule.violation == set() with input.record as {"type": "upstream"}
	rule.violation == set() with input.record as {"type": "upstream", "cloud_images": []}
}

test_no_type if rule.violation == set() with input.record as {"cloud_images": _images}

test_other_types if {
	every value in [5, null, false, {"a": 1}] {
		rule.violation == set() with input.record as {"type": value, "cloud_images": _images}
		rule.violation == set() with input.record as {"type": "upstream", "cloud_images": value}
	}
}
