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

test_says_something if {
	every value in ["why not", "統合", "3", "TODO it", "sold on Premium", "به\u200cروز"] {
		text.says_something(value)
	}
	every value in ["TODO", "n/a", "-", "…", "tbd, TBD", "🙂"] {
		not text.says_something(value)
	}
	every value in ["", " ", "\n\t", "\u00a0", "\u200b", "\u2060", "\ufeff", "\u3000", "\u3164", "\u2800", "\ufe0f"] {
		not text.says_something(value)
	}
}

test_explains if {
	every value in ["Build a runner", "test the integration", "CI/CD for VMs", "統合を作る", "TODO 統合を作る", "3 new runners"] {
		text.explains(value)
	}
	every value in ["", "TODO", "n/a n/a n/a", "xxx xxx xxx", "to be announced", "runner integration", "統合"] {
		not text.explains(value)
	}
}

test_words if {
	text.words("Build & test CI") == ["Build", "test", "CI"]
	count(text.words("a b c d e f g h i j k l m n")) == 12
}

test_tidy if {
	text.tidy("\u00a0 a\u2003 b\n\nc\u0085") == "a b c"
	text.tidy("a b") == "a b"
}

test_essence if text.essence("a\u200b \u2060 b ") == "a b"
