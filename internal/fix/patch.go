package fix

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Patch returns changes as a unified diff that git apply, and patch -p1, take in
// the folder that holds partners/. It has none of git's own header lines, behind
// which git would take paths for those from the root of the git repository.
func Patch(changes []Change) []byte {
	var patch bytes.Buffer
	for _, c := range changes {
		body := bytes.TrimPrefix(diff.Diff("a", c.Before, "b", c.After), []byte(ownHeader))
		fmt.Fprintf(&patch, "--- %s\n+++ %s\n", quoted("a/"+c.Path), quoted("b/"+c.Path))
		patch.Write(body)
	}
	return patch.Bytes()
}

// ownHeader is what the diff begins with.
const ownHeader = "diff a b\n--- a\n+++ b\n"

var plainPath = regexp.MustCompile(`^[A-Za-z0-9._/+@-]+$`)

// quoted returns a path as git reads it: in quotes, with C's escapes, where it
// holds anything out of the ordinary.
func quoted(path string) string {
	if plainPath.MatchString(path) {
		return path
	}
	var b strings.Builder
	for _, c := range []byte(path) {
		switch {
		case slices.Contains([]byte(`"\`), c):
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c > '~':
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	return `"` + b.String() + `"`
}
