package page

import "testing"

// TestBrowser tells those who run all tests of this module which one is not
// among them.
func TestBrowser(t *testing.T) {
	t.Skip("a module of its own opens the pages in a browser: `go -C .ci/tools/browser test ./...` in the root of the repository")
}
