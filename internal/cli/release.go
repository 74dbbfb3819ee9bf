package cli

import "regexp"

// released matches the version of a build of a tag.
var released = regexp.MustCompile(`^v\d+\.\d+\.\d+(-rc\.\d+)?$`)

// release returns what names this version in the project's repository: its tag or,
// where it has none, the branch on which it grew.
func release() string {
	if version := thisBuild().Version; released.MatchString(version) {
		return version
	}
	return "main"
}
