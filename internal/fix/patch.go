package fix

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Patch returns changes, which may add files and take some away, as a unified diff
// that git apply, and patch -p1, take in the folder that holds partners/. It has none
// of git's own header lines, behind which git would take paths for those from the root
// of the git repository.
func Patch(changes []Change) []byte {
	var patch bytes.Buffer
	for _, c := range changes {
		fmt.Fprintf(&patch, "--- %s\n+++ %s\n", side("a/"+c.Path, c.Before), side("b/"+c.Path, c.After))
		patch.Write(hunks(diff.Diff("a", c.Before, "b", c.After)))
	}
	return patch.Bytes()
}

// side names one side of a change: nothing, where there is no file.
func side(path string, text []byte) string {
	if text == nil {
		return "/dev/null"
	}
	return quoted(path)
}

// hunks returns what of a diff is behind its header: the first line that says
// which lines a hunk is about, and all that follows. No line of a header begins
// like that, whatever else the library writes there.
func hunks(diff []byte) []byte {
	mark := []byte("@@ -")
	if bytes.HasPrefix(diff, mark) {
		return diff
	}
	if at := bytes.Index(diff, append([]byte("\n"), mark...)); at >= 0 {
		return diff[at+1:]
	}
	return nil // both texts are the same
}

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
