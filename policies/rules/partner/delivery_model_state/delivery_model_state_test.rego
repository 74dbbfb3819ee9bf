package rules.partner.delivery_model_state_test

import data.rules.partner.delivery_model_state as rule

_models := {"boxed": {"state": "soon"}, "hosted": {"state": "active"}}

test_not_active if {
	message := "the state of the delivery model boxed is soon, not active"
	rule.violation == {{"path": ["delivery_models", 1], "message": message}}
		with input.record.delivery_models as ["hosted", "boxed"]
		with data.handbook as {"delivery_models": _models}
}

test_active if {
	rule.violation == set()
		with input.record.delivery_models as ["hosted"] with data.handbook as {"delivery_models": _models}
}

test_unknown_models if {
	rule.violation == set() with input.record.delivery_models as ["carved", 5, null, ["boxed"]]
		with data.handbook as {"delivery_models": _models}
}

test_missing if rule.violation == set() with input.record as {}

test_other_types if {
	every value in [5, "boxed", null, false, {"a": "boxed"}] {
		rule.violation == set() with input.record.delivery_models as value with data.handbook as {"delivery_models": _models}
	}
}
