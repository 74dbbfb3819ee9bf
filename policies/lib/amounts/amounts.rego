# METADATA
# title: Amounts
# description: Numbers as records write them, of up to thirty digits and more.
package lib.amounts

# METADATA
# title: Whole numbers
# scope: document
# description: True for a number without a fraction, however it is written.
is_whole(value) if {
	is_number(value)
	floor(value) == value
}

# floor() rounds what needs more than 64 bits, and then seems to find a fraction: ask the digits.
is_whole(value) if regex.match(`^-?[0-9]+(?:\.0+)?(?:[eE]\+?[0-9]+)?$`, json.marshal(value))
