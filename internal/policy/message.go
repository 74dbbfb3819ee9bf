package policy

import (
	"bytes"
	"fmt"
	"regexp"
)

// badVerb is what sprintf writes where the verbs of its format and the values do
// not fit: %!d(string=ten), %!s(MISSING), %!(EXTRA …).
var badVerb = regexp.MustCompile(`%!(?:[^( ]\(|\((?:EXTRA|NOVERB|BADINDEX|BADWIDTH|BADPREC))[^)]*\)?`)

// checkMessage returns the error that a rule's message was put together wrongly.
// What stands in the record itself is no fault of the rule's.
func (c Case) checkMessage(message string) error {
	wrong := badVerb.FindString(message)
	for _, r := range []*TypedRecord{c.Now, c.Before} {
		if wrong == "" || r != nil && bytes.Contains(r.File.Text(), []byte(wrong[:2])) {
			return nil
		}
	}
	return fmt.Errorf("its message %q holds %q: a value does not fit the verb of sprintf, or one is missing", message, wrong)
}
