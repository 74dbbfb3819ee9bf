package rules.campaign.cloud_partner_test

import data.rules.campaign.cloud_partner as rule

test_another_type if {
	message := `cloud credits come from cloud partners, and this partner's type is "upstream"`
	rule.violation == {{"path": [], "message": message}} with input as {"record": {}, "partner": {"type": "upstream"}}
}

test_cloud_partner if rule.violation == set() with input as {"record": {}, "partner": {"type": "cloud"}}

test_no_partner if rule.violation == set() with input as {"record": {}}

test_no_type if {
	every partner in [{}, {"type": 5}, {"type": null}, {"type": ["cloud"]}] {
		rule.violation == set() with input as {"record": {}, "partner": partner}
	}
}

test_deleted if rule.violation == set() with input as {"before": {}, "partner": {"type": "upstream"}}
