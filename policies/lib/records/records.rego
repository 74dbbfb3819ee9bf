# METADATA
# title: Records
# description: Fields that may be missing.
package lib.records

# METADATA
# title: Missing fields
# description: True where the record has no such field. A field that is there with a wrong value is not missing.
lacks(record, field) if {
	not record[field]
	not record[field] == false
}

# METADATA
# title: Where to point
# scope: document
# description: The path of a field, or of the record where the field is missing.
place(record, field) := [] if lacks(record, field)

place(record, field) := [field] if not lacks(record, field)
