package lib.text_test

import data.lib.text

test_amount if {
	text.amount(0, "seat") == "0 seats"
	text.amount(1, "seat") == "1 seat"
	text.amount(5, "seat") == "5 seats"
}

test_quote if {
	text.quote(" two\n  lines ") == `"two lines"`
	long := concat("", [letter | some _ in numbers.range(1, 60); letter := "é"])
	text.quote(long) == sprintf(`"%s"`, [long])
	text.quote(concat("", [long, "!"])) == sprintf(`"%s…"`, [long])
}
