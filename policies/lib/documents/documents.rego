# METADATA
# title: Documents
# description: What documents about a partner are named, and whom they are shared with.
package lib.documents

import data.lib.handbook
import data.lib.text

# METADATA
# title: The name that a document has to have
# description: Undefined where the partner's name cannot be read.
expected_name(partner_name) := concat(partner_name, _around_name) if {
	is_string(partner_name)
	partner_name != ""
}

_around_name := split(handbook.newest.document.name, "{partner}")

# METADATA
# title: What to say about a name
name_message(name, expected) := sprintf(
	"the document is named %s, not %s",
	[text.quote(name), text.quote(expected)],
)

# METADATA
# title: The sharing that an audience asks for
# description: Undefined for an audience that the handbook does not know.
expected_sharing(audience) := handbook.newest.document.sharing[audience]

# METADATA
# title: What to say about sharing
sharing_message(audience, sharing, expected) := sprintf(
	"a document for the audience %s is shared as %s, not %s",
	[audience, expected, text.quote(sharing)],
)
