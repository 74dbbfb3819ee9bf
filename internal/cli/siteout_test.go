package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// newOut returns a folder to build a site in, in an empty one beside a
// repository.
func newOut(t *testing.T) *outFolder {
	t.Helper()
	dir := t.TempDir()
	records := filepath.Join(dir, "records")
	if err := os.MkdirAll(filepath.Join(records, "partners"), 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := workspaceIn(t, records).outFolder(filepath.Join(dir, "public"))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// fill stages files that hold a text each.
func fill(t *testing.T, out *outFolder, text string, names ...string) {
	t.Helper()
	if err := out.stage(); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := out.write(site.File{Name: name, Data: []byte(text)}); err != nil {
			t.Fatal(err)
		}
	}
}

// wantBeside makes sure of what is in the folder that the site's folder is in:
// nothing is left over.
func wantBeside(t *testing.T, out *outFolder, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(out.path))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("there are %q, want %q", got, want)
	}
}

func wantText(t *testing.T, out *outFolder, name, want string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(out.path, name))
	if err != nil || string(text) != want {
		t.Errorf("%s holds %q (%v), want %q", name, text, err, want)
	}
}

func TestSwap(t *testing.T) {
	out := newOut(t)
	for _, text := range []string{"first", "second"} {
		fill(t, out, text, "index.html", "partners/a/index.html", "calendar.ics")
		if err := out.swap(); err != nil {
			t.Fatal(err)
		}
		wantText(t, out, "index.html", text)
		wantText(t, out, "partners/a/index.html", text)
		wantBeside(t, out, "public", "records")
	}
	if out.pages.Load() != 4 || out.files.Load() != 6 {
		t.Errorf("%d pages in %d files, want 2 times 2 in 3", out.pages.Load(), out.files.Load())
	}
}

// TestSwapModes makes sure that everybody can read a site, whatever umask it is
// built with.
func TestSwapModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no modes here")
	}
	out := newOut(t)
	fill(t, out, "text", "index.html", "partners/a/index.html")
	if err := out.swap(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{".": 0o755, "partners": 0o755, "partners/a": 0o755, "index.html": 0o644, markName: 0o644} {
		info, err := os.Stat(filepath.Join(out.path, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v (%v), want %v", name, info.Mode(), err, want)
		}
	}
}

// TestSwapRefused makes sure that what is put into the folder while the site is
// built stays there.
func TestSwapRefused(t *testing.T) {
	out := newOut(t)
	fill(t, out, "text", "index.html")
	if err := os.MkdirAll(out.path, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out.path, "mine"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := out.swap(); err == nil || !strings.Contains(err.Error(), "left alone") {
		t.Errorf("swap: %v", err)
	}
	if err := out.discard(); err != nil {
		t.Error(err)
	}
	wantText(t, out, "mine", "mine")
	wantBeside(t, out, "public", "records")
}

// TestSwapFails makes sure that the site is as it was where the new one cannot
// take its place.
func TestSwapFails(t *testing.T) {
	out := newOut(t)
	fill(t, out, "first", "index.html")
	if err := out.swap(); err != nil {
		t.Fatal(err)
	}
	fill(t, out, "second", "index.html")
	// Somebody tidies up: there is nothing left to take the place.
	gone := out.staged + "-gone"
	if err := os.Rename(out.staged, gone); err != nil {
		t.Fatal(err)
	}
	before := out.staged + "-before"
	if replaces, err := moveAway(out.path, before); !replaces || err != nil {
		t.Fatal(replaces, err)
	}
	if err := out.takePlace(before, true); err == nil {
		t.Error("no error")
	}
	if err := os.RemoveAll(gone); err != nil {
		t.Fatal(err)
	}
	wantText(t, out, "index.html", "first")
	wantBeside(t, out, "public", "records")
}

func TestWriteNames(t *testing.T) {
	out := newOut(t)
	fill(t, out, "text", "partners/a.html")
	defer out.discard()
	for _, name := range []string{"../a.html", "/a.html", "", "partners/../a.html", "partners/a.html", "partners/a.html/b", markName} {
		if err := out.write(site.File{Name: name}); err == nil {
			t.Errorf("%q was written", name)
		}
	}
}

func TestWriteAtOnce(t *testing.T) {
	out := newOut(t)
	fill(t, out, "")
	err := parallel.Each(t.Context(), 8, 200, func(i int) error {
		return out.write(site.File{Name: "a/b/" + strings.Repeat("c/", i%5) + string(rune('a'+i%7)) + strings.Repeat("d", i) + ".html"})
	})
	if err != nil || out.pages.Load() != 200 {
		t.Errorf("%d pages: %v", out.pages.Load(), err)
	}
	if err := out.discard(); err != nil {
		t.Error(err)
	}
	wantBeside(t, out, "records")
}

// TestInterrupted makes sure that who interrupts a build loses nothing.
func TestInterrupted(t *testing.T) {
	out := newOut(t)
	fill(t, out, "first", "index.html")
	if err := out.swap(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var printed bytes.Buffer
	program := Program{Stdout: &printed, Stderr: &printed}
	err := program.build(ctx, &site.Site{AsOf: "2026-03-02"}, out, &siteFlags{out: "public", jobs: 1})
	if err == nil || !strings.Contains(err.Error(), "public is as it was: it was interrupted") {
		t.Errorf("build: %v", err)
	}
	wantText(t, out, "index.html", "first")
	wantBeside(t, out, "public", "records")
}
