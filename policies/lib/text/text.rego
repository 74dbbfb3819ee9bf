# METADATA
# title: Words for messages
# description: Values as a message shows them.
package lib.text

# METADATA
# title: A number of things
# scope: document
# description: The number and the noun, which takes an s unless there is one of them.
amount(1, noun) := sprintf("1 %s", [noun])

amount(number, noun) := sprintf("%v %ss", [number, noun]) if number != 1

# METADATA
# title: A text in quotes
# scope: document
# description: The text on one line, and cut off where it is long.
quote(text) := sprintf(`"%s"`, [line]) if {
	line := _one_line(text)
	count(line) <= 60
}

quote(text) := sprintf(`"%s…"`, [substring(line, 0, 60)]) if {
	line := _one_line(text)
	count(line) > 60
}

_one_line(text) := regex.replace(trim_space(text), `\s+`, " ")
