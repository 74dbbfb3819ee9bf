// Package release holds tests alone: that a release has in it what people install,
// that it is the same wherever it is made, and that GitLab gets it.
package release

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

const (
	tag    = "v1.2.3"
	prefix = "alliances_1.2.3_"
)

// TestRelease makes a release twice, in folders of different names, the second one as
// Git for Windows checks files out, and puts that one up.
func TestRelease(t *testing.T) {
	goreleaser := needsGoReleaser(t)
	o := newOrigin(t)
	first, second := o.clone("a"), o.clone("a folder of another name", "--config=core.autocrlf=true")
	first.mustRun(goreleaser, nil, "check")
	first.mustRun(first.script(), nil, "--skip=publish")
	g := newGitLab(t)
	second.mustRun(second.script(), g.env())

	want := files()
	if got := first.sums(); !slices.Equal(got, want) {
		t.Errorf("the files are %q, want %q", got, want)
	}
	if one, other := first.read("checksums.txt"), second.read("checksums.txt"); one != other {
		t.Errorf("two releases of one commit differ:\n%s\n%s", one, other)
	}
	g.holds(append(want, "checksums.txt"), second)
	for _, target := range targets() {
		first.checkArchive(target)
		first.checkPackage(target)
		first.checkParts(target)
	}
	first.checkVersion()
}

// TestNoNotes makes sure that nothing is released of which the changelog says
// nothing.
func TestNoNotes(t *testing.T) {
	needsGoReleaser(t)
	c := newOrigin(t).clone("a")
	for _, silent := range []string{"v1.2.2", "v1.2.4", "v1.2"} {
		out, err := c.run(c.script(), []string{"CI_COMMIT_TAG=" + silent}, "--skip=publish")
		if want := fmt.Sprintf("CHANGELOG.md has no section %q", "## ["+silent[1:]+"]"); err == nil || !strings.Contains(out, want) {
			t.Errorf("%v\n%s\nwant %s", err, out, want)
		}
	}
}

// needsGoReleaser returns the program that makes releases, and skips the test where
// it is not named.
func needsGoReleaser(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("left out by -short")
	}
	program := os.Getenv("ALLIANCES_GORELEASER")
	if program == "" {
		t.Skip("the variable ALLIANCES_GORELEASER is not set, as .ci/run sets it")
	}
	return program
}

// targets returns the systems that releases are made for here: all of them where a
// tag is built, and else the one that this is, since the compiler takes minutes for
// each.
func targets() []string {
	if os.Getenv("CI_COMMIT_TAG") == "" {
		return []string{runtime.GOOS + "_" + runtime.GOARCH}
	}
	var all []string
	for _, system := range []string{"darwin", "linux", "windows"} {
		all = append(all, system+"_amd64", system+"_arm64")
	}
	return all
}

// files returns the names of what is released, beside their checksums.
func files() []string {
	var names []string
	for _, target := range targets() {
		names = append(names, archive(target), prefix+target+".cdx.json")
		if hasPackage(target) {
			names = append(names, prefix+target+".deb")
		}
	}
	slices.Sort(names)
	return names
}

func archive(target string) string {
	if isWindows(target) {
		return prefix + target + ".zip"
	}
	return prefix + target + ".tar.gz"
}

func isWindows(target string) bool  { return strings.HasPrefix(target, "windows_") }
func hasPackage(target string) bool { return strings.HasPrefix(target, "linux_") }

// sums returns the names of the files in checksums.txt, whose sums have to be theirs.
func (c *clone) sums() []string {
	c.Helper()
	var names []string
	for line := range strings.Lines(c.read("checksums.txt")) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		is := sha256.Sum256([]byte(c.read(name)))
		if sum != hex.EncodeToString(is[:]) {
			c.Errorf("%s has the sum %x, and checksums.txt says %s", name, is, sum)
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// checkVersion runs the program that was made for this system.
func (c *clone) checkVersion() {
	c.Helper()
	found, err := filepath.Glob(c.path("alliances_" + runtime.GOOS + "_" + runtime.GOARCH + "*/alliances*"))
	if err != nil || len(found) != 1 {
		c.Fatalf("there are %q (%v)", found, err)
	}
	want := fmt.Sprintf("alliances %s %s %s\n", tag, c.Git("rev-parse", "HEAD"), runtime.Version())
	if got := c.mustRun(found[0], nil, "version"); got != want {
		c.Errorf("it says %q, want %q", got, want)
	}
}
