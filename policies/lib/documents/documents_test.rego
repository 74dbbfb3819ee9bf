package lib.documents_test

import data.lib.documents

test_expected_name if {
	documents.expected_name("Example CI") == "Example CI + us"
		with data.handbook as {"document": {"name": "{partner} + us"}}
}

test_no_expected_name if {
	every name in ["", 5, null, ["Example CI"]] {
		not documents.expected_name(name)
	}
}

test_expected_sharing if {
	documents.expected_sharing("press") == "everybody"
		with data.handbook as {"document": {"sharing": {"press": "everybody"}}}
}

test_no_expected_sharing if {
	every audience in ["nobody", 5, null, ["partner"]] {
		not documents.expected_sharing(audience)
	}
}

test_messages if {
	documents.name_message("A", "B") == `the document is named "A", not "B"`
	documents.sharing_message("press", "link", "all") == `a document for the audience press is shared as all, not "link"`
}
