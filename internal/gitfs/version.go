package gitfs

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
)

// A version of git, of which the first two numbers count.
type version struct{ major, minor int }

var (
	oldest = version{2, 25} // which first told the format of object ids

	// settingsInVariables is the first that takes settings whose name holds an
	// equals sign.
	settingsInVariables = version{2, 31}
)

// String returns the version as git writes it.
func (v version) String() string { return fmt.Sprintf("%d.%d", v.major, v.minor) }

func (v version) before(other version) bool {
	return v.major < other.major || v.major == other.major && v.minor < other.minor
}

// checkVersion returns an error where git is too old.
func (g runner) checkVersion(ctx context.Context) error {
	is, err := g.version(ctx)
	if err == nil && is.before(oldest) {
		return fmt.Errorf("git here is %s, which is too old: install git %s or newer", is, oldest)
	}
	return err
}

var versionText = regexp.MustCompile(`^git version (\d+)\.(\d+)`)

// version asks git for its version, which can look like "2.39.5 (Apple Git-154)".
func (g runner) version(ctx context.Context) (version, error) {
	out, err := g.output(ctx, "version")
	if err != nil {
		return version{}, fmt.Errorf("git does not run: %w; install git %s or newer", err, oldest)
	}
	numbers := versionText.FindSubmatch(out)
	if numbers == nil {
		return version{}, fmt.Errorf("git gives its version as %q, which says nothing here: install git %s or newer", out, oldest)
	}
	var is version
	for i, number := range []*int{&is.major, &is.minor} {
		if *number, err = strconv.Atoi(string(numbers[i+1])); err != nil {
			return version{}, fmt.Errorf("git's version: %w; install git %s or newer", err, oldest)
		}
	}
	return is, nil
}
