package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/cli"
)

var (
	// commandLine is a line of the list of commands in the help.
	commandLine = regexp.MustCompile(`(?m)^  ([a-z]+)  +\S`)

	// examplesOf is the block of examples in the help.
	examplesOf = regexp.MustCompile(`(?s)\nExamples:\n(.*?)\n\n[A-Z]`)

	// spaces part an example from a remark on it.
	spaces = regexp.MustCompile(` {3,}`)
)

// TestHelpExamples runs every example that the help of a command has, one after
// another, in a clone of this repository: what they name is there.
func TestHelpExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short")
	}
	origin := copyRepo(t)
	runGit(t, origin, "config", "receive.advertisePushOptions", "true")
	clone := filepath.Join(t.TempDir(), "alliances")
	if out, err := exec.Command("git", "clone", "-q", origin, clone).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	writeFile(t, filepath.Join(clone, "issue.md"), "## Partner\nexample-ci\n## Type of request\nlicense\n## Description\nSeats\n## Announcement\nhttps://chat.example/p1\n")
	ran := 0
	for _, name := range append([]string{""}, commands(t, clone)...) {
		for _, example := range examples(t, clone, name) {
			ran++
			out, status := run(t, clone, example.args)
			if status == cli.ExitFailure {
				t.Errorf("alliances %q:\n%s", example.args, out)
			}
			if example.file != "" {
				writeFile(t, filepath.Join(clone, example.file), out)
			}
		}
	}
	if ran < 20 {
		t.Errorf("there are no more than %d examples", ran)
	}
}

// commands returns the names of all commands of ours.
func commands(t *testing.T, dir string) []string {
	t.Helper()
	help, _ := run(t, dir, []string{"--help"})
	_, list, _ := strings.Cut(help, "Available Commands:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	var names []string
	for _, match := range commandLine.FindAllStringSubmatch(list, -1) {
		names = append(names, match[1])
	}
	return names
}

// An example is a command in the help, and the file that keeps what it prints.
type example struct {
	args []string
	file string // may be empty
}

// examples returns the examples in the help of a command, or of the program.
func examples(t *testing.T, dir, command string) (all []example) {
	t.Helper()
	help, _ := run(t, dir, append(strings.Fields(command), "--help"))
	match := examplesOf.FindStringSubmatch(help)
	if match == nil {
		return nil
	}
	for line := range strings.Lines(match[1]) {
		words, isOurs := strings.CutPrefix(spaces.ReplaceAllString(strings.TrimSpace(line), " # "), "alliances ")
		if !isOurs {
			continue
		}
		_, file, kept := strings.Cut(words, " > ")
		if kept {
			mustBeIgnored(t, file)
		}
		for _, end := range []string{" | ", " > ", " # "} {
			words, _, _ = strings.Cut(words, end)
		}
		all = append(all, example{splitWords(words), file})
	}
	return all
}
