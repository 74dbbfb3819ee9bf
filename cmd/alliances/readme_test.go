package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/cli"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

var (
	// A fence is a block of the README, and the comment in front of it that
	// says what to do with it.
	fence = regexp.MustCompile("(?ms)(?:^<!-- ([a-z]+): (.*?) -->\n)?^```([a-z]+)\n(.*?)^```$")

	// argument is a word of a command, or several in quotes.
	argument = regexp.MustCompile(`"[^"]*"|\S+`)

	// wildcard are the figures that change with the records of the repository,
	// and the ids of its commits.
	wildcard = regexp.MustCompile(`\d+ records? of \d+ partners?(: no errors, (no|\d+) warnings?)?|UTC  [0-9a-f]{8}`)
)

// TestREADME does what the README says, in a copy of the repository: it writes
// its files, runs its commands and compares what they print. With -update it
// writes that into the README.
func TestREADME(t *testing.T) {
	readme, err := filepath.Abs("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	repo := t.TempDir()
	for _, folder := range []string{"partners", "policies", "schemas"} {
		if err := os.CopyFS(filepath.Join(repo, folder), os.DirFS(filepath.Join("../..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	commitAll(t, repo)
	commands := 0
	updated := fence.ReplaceAllFunc(page, func(block []byte) []byte {
		match := fence.FindSubmatch(block)
		action, argument, language, text := string(match[1]), string(match[2]), string(match[3]), string(match[4])
		switch action {
		case "file":
			writeFile(t, filepath.Join(repo, argument), text)
		case "replace":
			replaceInFile(t, repo, argument)
		case "holds":
			return bytes.Replace(block, []byte(language+"\n"+text+"```"), []byte(language+"\n"+holds(t, repo, argument, text)+"```"), 1)
		}
		if language != "console" {
			return block
		}
		commands++
		command, want, _ := strings.Cut(text, "\n")
		got := runCommand(t, repo, command)
		if diff := cmp.Diff(wildcard.ReplaceAllString(want, "…"), wildcard.ReplaceAllString(got, "…")); diff != "" && !*update {
			t.Errorf("%s (-README +got):\n%s", command, diff)
		}
		return bytes.Replace(block, []byte(text), []byte(command+"\n"+got), 1)
	})
	if commands == 0 {
		t.Error("the README runs no command")
	}
	if *update {
		writeFile(t, readme, string(updated))
	}
}

// commitAll makes a repository of a folder, with one commit on the branch main.
func commitAll(t *testing.T, dir string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed: the README compares with a branch")
	}
	for name, value := range git {
		t.Setenv(name, value)
	}
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "."}, {"commit", "-q", "-m", "Begin"}} {
		command := exec.Command("git", args...)
		command.Dir = dir
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
}

func writeFile(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// holds returns what a file holds, which must be what the README says.
func holds(t *testing.T, repo, name, want string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repo, name))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(text)); diff != "" && !*update {
		t.Errorf("%s (-README +got):\n%s", name, diff)
	}
	return string(text)
}

// replaceInFile does what "FILE: OLD -> NEW" says.
func replaceInFile(t *testing.T, repo, what string) {
	t.Helper()
	name, words, _ := strings.Cut(what, ": ")
	old, replacement, ok := strings.Cut(words, " -> ")
	text, err := os.ReadFile(filepath.Join(repo, name))
	if err != nil || !ok || !strings.Contains(string(text), old) {
		t.Fatalf("cannot do %q: %v", what, err)
	}
	writeFile(t, filepath.Join(repo, name), strings.Replace(string(text), old, replacement, 1))
}

// runCommand runs a command of the README in repo and returns what it prints.
func runCommand(t *testing.T, repo, command string) string {
	t.Helper()
	args, ok := strings.CutPrefix(command, "$ go run ./cmd/alliances ")
	if !ok {
		t.Fatalf("cannot run %q", command)
	}
	var out bytes.Buffer
	var now time.Time
	program := cli.Program{
		Stdout: &out, Stderr: &out, Schemas: schemas.Files, Policies: policies.Files,
		Env: func(string) string { return "" },
		Now: func() time.Time { now = now.Add(30 * time.Millisecond); return now },
	}
	t.Chdir(repo)
	var words []string
	for _, word := range argument.FindAllString(args, -1) {
		words = append(words, strings.Trim(word, `"`))
	}
	if status := program.Main(words); status != cli.ExitOK {
		fmt.Fprintf(&out, "exit status %d\n", status) // as go run does
	}
	return out.String()
}
