# METADATA
# title: Partners
# description: Who the partners of the repository are, and what the handbook says about their types.
package lib.partners

# METADATA
# title: The folder of a record
# description: The slug of the partner in whose folder the path lies.
slug(path) := split(path, "/")[1]

# METADATA
# title: Platform types
# description: True for the types of partners whose platform customers run GitLab on.
is_platform_type(type) if data.handbook.partner_types[type].platform

# METADATA
# title: Partners by name
# description: Each name and alias, in small letters, to the sorted slugs of the partners that go by it.
slugs_by_name := {name: sort(object.keys(slugs)) | some name, slugs in object.union_n(array.concat(_named, _aliased))}

# One small object a name, for a built-in to unite: a rule that collects slugs by name costs the square of their number.
_named := [{lower(partner.name): {slug: true}} |
	some slug, partner in data.partners
	is_string(partner.name)
]

_aliased := [{lower(alias): {slug: true}} |
	some slug, partner in data.partners
	is_array(partner.aliases)
	some alias in partner.aliases
	is_string(alias)
]

# METADATA
# title: Shared names
# scope: document
# description: Of the partners by name, those names that several go by.
shared_names := {} if {
	# Nearly always no name stands twice, which is seen without asking whose it is.
	names := split(lower(concat("\n", array.concat(_partner_names, _aliases))), "\n")
	count(names) == count({name | some name in names})
} else := {name: slugs | some name, slugs in slugs_by_name; count(slugs) > 1}

_partner_names := [partner.name | some partner in data.partners; is_string(partner.name)]

_aliases := [alias |
	some partner in data.partners
	is_array(partner.aliases)
	some alias in partner.aliases
	is_string(alias)
]

# METADATA
# title: Another partner of that name
# description: The first partner, by slug, that goes by the name and is not the given one; letter case aside.
other_with_name(name, slug) := others[0] if {
	slugs := shared_names[lower(name)]

	# Two are enough to find another one, however many share the name.
	others := [other | some other in array.slice(slugs, 0, 2); other != slug]
}
