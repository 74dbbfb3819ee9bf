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

# METADATA
# title: Texts that say something
# scope: document
# description: |
#   True for a text that has a word which is no placeholder. One of blanks, invisible characters and signs is as good as
#   empty; what counts as that is said here alone.
says_something(text) if {
	some word in words(text)
	not is_placeholder(word)
}

# METADATA
# title: Texts that explain something
# description: True for a text of three words and more, of which one says something.
explains(text) if {
	count(words(text)) >= 3
	says_something(text)
}

# METADATA
# title: Words of a text
# description: |
#   The first words: a word is a run of letters and digits, or one character of a script that sets no spaces between its
#   words. The first ones tell; to look for all of a long text costs much more.
words(text) := regex.find_n(_word, text, 12)

_word := concat("", [
	"[", _unspaced, `]\p{M}*|`,
	`(?:\p{N}|[^\P{L}`, _unspaced, _blank_letters, `])`,
	`(?:['’\x{200c}\x{200d}-]?(?:[\p{N}\p{M}]|[^\P{L}`, _unspaced, _blank_letters, `]))*`,
])

_unspaced := `\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}`

_blank_letters := `\x{115F}\x{1160}\x{3164}\x{FFA0}`

# METADATA
# title: Words that stand for others
# scope: document
# description: True for a word that is written where there is nothing to say, or not yet.
is_placeholder(word) if lower(word) in _placeholders

# "n" and "a" are what is left of "n/a"; the last rows are the words of "to be announced" and the like.
_placeholders := {
	"todo", "to-do", "tbd", "tba", "tbc", "fixme", "xxx", "xx", "x", "wip",
	"na", "n", "a", "none", "nothing", "nil", "null", "unknown", "empty", "blank",
	"test", "tests", "testing", "dummy", "placeholder", "later",
	"to", "be", "do", "done", "announced", "confirmed", "decided", "defined", "determined",
}

# METADATA
# title: A text that begins with two placeholders
# description: A pattern for one that has a blank behind each of them.
two_placeholders := sprintf("^(?i:(?:%s) ){2}", [concat("|", _placeholders)])

# METADATA
# title: A text with its blanks in order
# description: Without those at its ends, and with one for each row of them.
tidy(text) := trim_space(regex.replace(text, `[\s\p{Z}\x{85}]+`, " "))

# METADATA
# title: What a text comes to
# description: |
#   The text with its blanks in order and without invisible characters, by which two texts that differ in nothing else
#   are the same.
essence(text) := tidy(regex.replace(text, `\p{Cf}+`, ""))
