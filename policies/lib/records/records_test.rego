package lib.records_test

import data.lib.records

test_lacks if {
	records.lacks({"a": 1}, "b")
	every value in [0, "", null, false, true, [], {}] {
		not records.lacks({"a": value}, "a")
	}
}

test_place if {
	records.place({"a": false}, "a") == ["a"]
	records.place({"a": 1}, "b") == []
}
