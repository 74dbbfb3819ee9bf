package cli

import (
	"fmt"
	"math"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

// released matches the version of a build of a tag.
var released = lazy.Pattern(`^v\d+\.\d+\.\d+(-rc\.\d+)?$`)

// release returns what names this version in the project's repository: its tag or,
// where it has none, the branch on which it grew.
func release() string {
	if version := thisBuild().Version; released().MatchString(version) {
		return version
	}
	return "main"
}

// isOlder reports whether a release came before another one; a branch has no order.
func isOlder(version, than string) bool {
	if !released().MatchString(version) || !released().MatchString(than) {
		return false
	}
	return slices.Compare(numbers(version), numbers(than)) < 0
}

// numbers returns the three numbers of a release, and that of its candidate: what is
// none comes after all of them.
func numbers(version string) []int {
	n := []int{0, 0, 0, math.MaxInt}
	_, _ = fmt.Sscanf(version, "v%d.%d.%d-rc.%d", &n[0], &n[1], &n[2], &n[3]) // released has been asked
	return n
}
