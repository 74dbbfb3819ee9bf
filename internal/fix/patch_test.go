package fix

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPatch(t *testing.T) {
	got := Patch([]Change{
		{Path: "partners/a/partner.yaml", Before: []byte("a: 1\nb: 2\n"), After: []byte("a: 3\nb: 2\n")},
		{Path: "partners/é \"a\\b\t/c.yaml", Before: []byte("a: 1"), After: []byte("a: 2")},
		{Path: "schemas/new.json", After: []byte("{}\n")},
		{Path: "schemas/gone.json", Before: []byte("{}\n")},
	})
	const want = `--- a/partners/a/partner.yaml
+++ b/partners/a/partner.yaml
@@ -1,2 +1,2 @@
-a: 1
+a: 3
 b: 2
--- "a/partners/\303\251 \"a\\b\011/c.yaml"
+++ "b/partners/\303\251 \"a\\b\011/c.yaml"
@@ -1,1 +1,1 @@
-a: 1
\ No newline at end of file
+a: 2
\ No newline at end of file
--- /dev/null
+++ b/schemas/new.json
@@ -0,0 +1,1 @@
+{}
--- a/schemas/gone.json
+++ /dev/null
@@ -1,1 +0,0 @@
-{}
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGitApply has git apply patches of odd files: in a repository of their own,
// below another one, and in none.
func TestGitApply(t *testing.T) {
	changes := []Change{
		{Path: "partners/a/partner.yaml", Before: []byte("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\n"), After: []byte("a: 1\nb: 3\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: x\n")},
		{Path: "partners/a/crlf.yaml", Before: []byte("a: 1\r\nb: 2\r\n"), After: []byte("a: 1\r\nb: 3\r\n")},
		{Path: "partners/a/mixed.yaml", Before: []byte("\uFEFFa: 1\r\nb: 2\nc: \t3"), After: []byte("\uFEFFa: 1\r\nb: 3\nc: \t3")},
		{Path: "partners/a/no newline.yaml", Before: []byte("a: 1"), After: []byte("a: 2")},
		{Path: "partners/a b/\"é\" \\ 日本\t\x01.yaml", Before: []byte("a: 1\n"), After: []byte("a: 2\n")},
		{Path: "partners/a\n--- b/c.yaml", Before: []byte("a: 1\n"), After: []byte("a: 2\n")},
		{Path: "partners/c/cr.yaml", Before: []byte("a: 1\rb: 2\r"), After: []byte("a: 1\rb: 3\r")},
		{Path: "partners/c/-- a.yaml", Before: []byte("-- a: 1\n"), After: []byte("-- a: 2\n")},
	}
	for name, below := range map[string]string{"own repository": ".", "below another": "records"} {
		t.Run(name, func(t *testing.T) {
			top := t.TempDir()
			dir := filepath.Join(top, below)
			write(t, dir, changes)
			git(t, top, nil, "init", "--quiet")
			checkApplied(t, dir, changes)
		})
	}
	t.Run("none", func(t *testing.T) {
		dir := t.TempDir()
		t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(dir))
		write(t, dir, changes)
		checkApplied(t, dir, changes)
	})
}

func write(t *testing.T, dir string, changes []Change) {
	t.Helper()
	for _, c := range changes {
		file := filepath.Join(dir, filepath.FromSlash(c.Path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, c.Before, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func checkApplied(t *testing.T, dir string, changes []Change) {
	t.Helper()
	git(t, dir, Patch(changes), "apply")
	for _, c := range changes {
		got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(c.Path)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(c.After), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.Path, diff)
		}
	}
}

func git(t *testing.T, dir string, stdin []byte, args ...string) {
	t.Helper()
	patch := filepath.Join(t.TempDir(), "patch")
	if err := os.WriteFile(patch, stdin, 0o644); err != nil {
		t.Fatal(err)
	}
	if stdin != nil {
		args = append(args, patch)
	}
	command := exec.Command("git", args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// TestHunks holds that a diff's own header stays out, whatever it says.
func TestHunks(t *testing.T) {
	const body = "@@ -1,2 +1,2 @@\n-@@ -1 @@\n+b\n c\n"
	for name, header := range map[string]string{
		"none": "", "as it is": "diff a b\n--- a\n+++ b\n", "of git": "diff --git a/a b/b\nindex 1..2\n--- a/a\n+++ b/b\n", "another": "anything\n",
	} {
		if diff := cmp.Diff(body, string(hunks([]byte(header+body)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := hunks([]byte("diff a b\n")); len(got) > 0 {
		t.Errorf("a diff of nothing has the hunks %q", got)
	}
}
