package lib.amounts_test

import data.lib.amounts

test_whole_numbers if {
	every value in [0, 1, -3, 5.0, 1e3, 1e29, 99999999999999999999, 123456789012345678901234567890] {
		amounts.is_whole(value)
	}
}

test_other_values if {
	every value in [5.5, 0.1, 99999999999999999999.5, "5", null, true, [5], {}] {
		not amounts.is_whole(value)
	}
}
