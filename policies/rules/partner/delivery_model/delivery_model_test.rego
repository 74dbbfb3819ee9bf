package rules.partner.delivery_model_test

import data.lib.handbook
import data.rules.partner.delivery_model as rule

_models := {
	"boxed": {"sold_through": ["training", "upstream"]},
	"hosted": {"sold_through": ["training"]},
	"open": {"sold_through": "any"},
}

test_other_types_sell_it if {
	message := `boxed is not sold through partners of type "cloud" but through: training, upstream`
	rule.violation == {{"path": ["delivery_models", 1], "message": message}} with input.record as {
		"type": "cloud",
		"delivery_models": ["open", "boxed"],
	}
		with data.handbook as {"delivery_models": _models}
}

test_each_entry if {
	violations := rule.violation
		with input.record as {"type": "upstream", "delivery_models": ["hosted", "boxed", "hosted"]}
		with data.handbook as {"delivery_models": _models}
	{violation.path | some violation in violations} == {["delivery_models", 0], ["delivery_models", 2]}
}

test_sold_through_this_type if {
	rule.violation == set() with input.record as {"type": "training", "delivery_models": ["boxed", "hosted", "open"]}
		with data.handbook as {"delivery_models": _models}
}

test_unknown_models if {
	rule.violation == set() with input.record as {"type": "cloud", "delivery_models": ["carved", 5, null, ["boxed"]]}
		with data.handbook as {"delivery_models": _models}
}

test_missing if {
	rule.violation == set() with input.record as {"type": "cloud"}
	rule.violation == set()
		with input.record as {"delivery_models": ["boxed"]} with data.handbook as {"delivery_models": _models}
}

test_other_types if {
	every value in [5, "boxed", null, false, {"a": "boxed"}] {
		rule.violation == set() with input.record as {"type": "cloud", "delivery_models": value}
			with data.handbook as {"delivery_models": _models}
	}
	rule.violation == set() with input.record as {"type": 5, "delivery_models": ["boxed"]}
		with data.handbook as {"delivery_models": _models}
}

test_the_handbook_names_partner_types if {
	every model in handbook.newest.delivery_models {
		object.subset(handbook.newest.partner_types, {type: {} | some type in model.sold_through})
	}
}
