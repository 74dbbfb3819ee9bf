package naming

import (
	_ "embed" // for the table
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// Looks returns the forms of a name of which names that look alike share one:
// skeletons as UTS #39 makes them, of the name as it is written, in small letters
// and in capital ones, whose letter case is folded afterwards.
func Looks(name, key string) [3]string {
	return [3]string{fold(skeleton(norm.NFKC.String(name))), skeleton(key), fold(skeleton(strings.ToUpper(key)))}
}

// skeleton returns what all texts share that UTS #39 calls confusable with this
// one.
func skeleton(text string) string {
	if isASCII(text) {
		return ascii.Replace(text)
	}
	text = norm.NFD.String(visible(text))
	table := confusables()
	var out strings.Builder
	for _, r := range text {
		if looks, ok := table[r]; ok {
			out.WriteString(looks)
		} else {
			out.WriteRune(r)
		}
	}
	return norm.NFD.String(out.String())
}

// ascii is the table for ASCII, of which nearly all names are. Signs that become
// letters of no name are left out.
var ascii = strings.NewReplacer("0", "O", "1", "l", "I", "l", "m", "rn", "|", "l", `"`, "''", "`", "'")

//go:embed confusables.txt
var confusablesText string

// confusables is the table of what looks like what. Reading it takes longer than
// judging a record, and few repositories need it.
var confusables = sync.OnceValue(func() map[rune]string {
	table := map[rune]string{}
	for line := range strings.Lines(confusablesText) {
		from, to, _ := strings.Cut(strings.TrimSpace(line), " ")
		r, ok := codePoint(from)
		if !ok {
			continue
		}
		var looks strings.Builder
		for field := range strings.FieldsSeq(to) {
			if shown, ok := codePoint(field); ok {
				looks.WriteRune(shown)
			}
		}
		table[r] = looks.String()
	}
	delete(table, '%') // as in the table for ASCII
	return table
})

func codePoint(hex string) (rune, bool) {
	n, err := strconv.ParseUint(hex, 16, 21)
	return rune(n), err == nil
}
