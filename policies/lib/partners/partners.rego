# METADATA
# title: Partners
# description: Who the partners of the repository are, and what the handbook says about their types.
package lib.partners

import data.lib.handbook

# METADATA
# title: The folder of a record
# description: The slug of the partner in whose folder the path lies.
slug(path) := split(path, "/")[1]

# METADATA
# title: Platform types
# description: True for the types of partners whose platform customers run our product on, on the day of the record.
is_platform_type(type) if handbook.in_force.partner_types[type].platform

# METADATA
# title: The names of a record
# description: The path of each name that a partner goes by, its own and its aliases, to the name.
names(record) := object.union(
	{["name"]: record.name | is_string(record.name)},
	{["aliases", i]: alias | is_array(record.aliases); some i, alias in record.aliases; is_string(alias)},
)

# METADATA
# title: Names that are like others
# scope: document
# description: |
#   Of the record's names, those that are like a name of another partner: by their path, the name and what is known
#   of it in data.alike.
alike_names[["name"]] := {"name": name, "alike": data.alike.names[name]} if {
	data.alike.names[input.record.name]
	name := input.record.name
}

alike_names[["aliases", i]] := {"name": name, "alike": alike} if {
	some i, name in input.record.aliases
	alike := data.alike.names[name]
}

# METADATA
# title: Another partner with the like
# description: |
#   Of the partners that have the like, by slug, the first that is not the given one: its slug, and what it has, as it
#   is written there.
other(alike, slug) := others[0] if {
	others := [{"slug": other, "text": text} | some other, text in alike; other != slug]
}

# METADATA
# title: Mergers
# description: Each partner, by slug, to those that it became part of, which are none or one.
mergers := {slug: targets |
	some slug, partner in data.partners
	targets := [target | target := partner.merged_into]
}
