# METADATA
# title: Waivers
# description: The record that a waiver is about.
package lib.waivers

# METADATA
# title: The record of a waiver
# description: The path of the record that the waiver names, from the root of the repository.
target(waiver) := sprintf("%s/%v", [folder, waiver.record])

# METADATA
# title: The folder of a waiver
# description: The path of the folder that the waiver, and so its record, is in.
folder := concat("/", array.slice(split(input.path, "/"), 0, 2))

# METADATA
# title: The kind of a record
# description: What kind of record a folder holds at the path. Undefined where it holds none.
kind_at(records, path) := kind if {
	some kind in object.keys(records)
	records[kind][path]
}

# METADATA
# title: Records that are new
# description: By kind, the paths at which the folder holds a record after the change and held none before.
appeared := {kind: paths |
	some kind, records in input.folder
	paths := {path | some path in object.keys(records); not input.folder_before[kind][path]}
}

# METADATA
# title: A waiver that follows its record
# description: True where what the waiver named is gone, and what it names now was not there before.
follows(before, after) if {
	not kind_at(input.folder, target(before))
	kind := kind_at(input.folder, target(after))
	target(after) in appeared[kind]
}
