package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	gitlab "gitlab.com/gitlab-com/alliances/.gitlab"
	"gitlab.com/gitlab-com/alliances/internal/cli"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

var (
	// A fence is a block of a page, and the comment in front of it that says
	// what to do with it.
	fence = regexp.MustCompile("(?ms)(?:^<!-- ([a-z]+): (.*?) -->\n)?^```([a-z]+)\n(.*?)^```$")

	// argument is a word of a command, or several in quotes.
	argument = regexp.MustCompile(`"[^"]*"|\S+`)

	// wildcard are the figures that change with the records of the repository,
	// and the ids of its commits.
	wildcard = regexp.MustCompile(`\d+ records? of \d+ partners?(: no errors, (no|\d+) warnings?)?|UTC  [0-9a-f]{8}`)

	// link is where a link or a picture leads to, and heading what can be led to.
	link    = regexp.MustCompile(`\]\(([^()\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ +(.+)$`)

	// block and phrase are what Markdown shows as it is.
	block  = regexp.MustCompile("(?ms)^```.*?^```$")
	phrase = regexp.MustCompile("`[^`\n]+`")

	// gap is what an anchor has one hyphen for.
	gap = regexp.MustCompile(`[ -]+`)
)

// TestREADMEs does what the pages for people say, each in a copy of the
// repository of its own: it writes their files, runs their commands and compares
// what they print. With -update it writes that into the pages. How a page says
// what is to be done stands in internal/README.md.
func TestREADMEs(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short")
	}
	for _, page := range pages(t) {
		t.Run(page, func(t *testing.T) {
			if runExamples(t, page) == 0 && slices.Contains(withExamples, page) {
				t.Error("the page runs no command")
			}
		})
	}
}

// withExamples are the pages that show how something is done.
var withExamples = []string{"README.md", "partners/README.md", "policies/README.md", "schemas/README.md"}

// pages returns the Markdown files in the root of the repository, and the README
// of each folder in it, by their paths from the root.
func pages(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"*.md", "*/README.md"} {
		found, err := filepath.Glob(inRepo(pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range found {
			all = append(all, strings.TrimPrefix(filepath.ToSlash(file), "../../"))
		}
	}
	return all
}

// root is the folder of this repository.
var root, _ = filepath.Abs("../..")

// inRepo returns where a path from the root of the repository leads to from here.
func inRepo(name string) string { return filepath.Join("../..", filepath.FromSlash(name)) }

// runExamples does what a page says and returns how many commands that were.
func runExamples(t *testing.T, page string) (commands int) {
	t.Helper()
	file, err := filepath.Abs(inRepo(page))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !fence.Match(text) {
		return 0
	}
	repo := copyRepo(t, written(text)...)
	updated := fence.ReplaceAllFunc(text, func(example []byte) []byte {
		match := fence.FindSubmatch(example)
		action, argument, language, text := string(match[1]), string(match[2]), string(match[3]), string(match[4])
		now := text
		switch action {
		case "file":
			writeFile(t, filepath.Join(repo, argument), text)
		case "append":
			appendTo(t, filepath.Join(repo, argument), text)
		case "replace":
			replaceInFile(t, repo, argument)
		case "holds":
			now = holds(t, repo, argument, text)
		}
		switch language {
		case "console":
			commands++
			now = compareCommand(t, repo, text)
		case "sh":
			commands += runLines(t, repo, text)
		}
		return bytes.Replace(example, []byte(language+"\n"+text+"```"), []byte(language+"\n"+now+"```"), 1)
	})
	if *update {
		writeFile(t, file, string(updated))
	}
	return commands
}

// written returns the paths of the files that a page makes.
func written(page []byte) (paths []string) {
	for _, match := range fence.FindAllSubmatch(page, -1) {
		if action := string(match[1]); action == "file" || action == "holds" {
			paths = append(paths, string(match[2]))
		}
	}
	return paths
}

// copyRepo returns a copy of what people change in this repository, with one
// commit, without some files: what a page shows how to make may be there by now.
func copyRepo(t *testing.T, without ...string) string {
	t.Helper()
	repo := t.TempDir()
	for _, folder := range []string{"partners", "policies", "schemas"} {
		if err := os.CopyFS(filepath.Join(repo, folder), os.DirFS(inRepo(folder))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range without {
		file := filepath.Join(repo, name)
		if err := os.RemoveAll(file); err != nil {
			t.Fatal(err)
		}
		for folder := filepath.Dir(file); os.Remove(folder) == nil; folder = filepath.Dir(folder) { // empty now
			continue
		}
	}
	commitAll(t, repo)
	addRemote(t, repo)
	return repo
}

// addRemote gives a repository a remote, which opens merge requests as GitLab does.
func addRemote(t *testing.T, repo string) {
	t.Helper()
	remote := t.TempDir()
	runGit(t, remote, "init", "-q", "--bare", "-b", "main")
	runGit(t, remote, "config", "receive.advertisePushOptions", "true")
	runGit(t, repo, "remote", "add", "origin", remote)
	runGit(t, repo, "push", "-q", "origin", "main")
	hook := filepath.Join(remote, "hooks", "post-receive")
	writeFile(t, hook, "#!/bin/sh\necho https://gitlab.example/alliances/records/-/merge_requests/1\n")
	if err := os.Chmod(hook, 0o755); err != nil {
		t.Fatal(err)
	}
}

// commitAll makes a repository of a folder, with one commit on the branch main.
func commitAll(t *testing.T, dir string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed: the pages compare with a branch")
	}
	for name, value := range git {
		t.Setenv(name, value)
	}
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "."}, {"commit", "-q", "-m", "Begin"}} {
		runGit(t, dir, args...)
	}
}

func runGit(t *testing.T, dir string, args ...string) {
	t.Helper()
	command := exec.Command("git", args...)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
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

func appendTo(t *testing.T, name, text string) {
	t.Helper()
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, name, string(before)+text)
}

// holds returns what a file holds, which must be what the page says.
func holds(t *testing.T, repo, name, want string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repo, name))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(text)); diff != "" && !*update {
		t.Errorf("%s (-page +got):\n%s", name, diff)
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

// compareCommand runs the command in the first line of text, behind a $, whose
// output must be what follows, and returns both as they are now.
func compareCommand(t *testing.T, repo, text string) string {
	t.Helper()
	line, want, _ := strings.Cut(text, "\n")
	args, ok := ourCommand(strings.TrimPrefix(line, "$ "))
	if !ok {
		t.Fatalf("cannot run %q", line)
	}
	got, _ := run(t, repo, args)
	if diff := cmp.Diff(wildcard.ReplaceAllString(want, "…"), wildcard.ReplaceAllString(got, "…")); diff != "" && !*update {
		t.Errorf("%s (-page +got):\n%s", line, diff)
	}
	return line + "\n" + got
}

// runLines runs the lines of a script that are commands of ours, each of which
// must succeed, and returns how many there are. What a line keeps in a file, by
// a > before the file's name, is kept. A line that has git move something is run
// as well.
func runLines(t *testing.T, repo, script string) (commands int) {
	t.Helper()
	for line := range strings.Lines(script) {
		command, file, kept := strings.Cut(strings.TrimSpace(line), " > ")
		if words, ok := strings.CutPrefix(command, "git "); ok && (strings.HasPrefix(words, "mv ") || strings.HasPrefix(words, "switch ")) {
			runGit(t, repo, splitWords(words)...)
		}
		args, ok := ourCommand(command)
		if !ok {
			continue
		}
		commands++
		out, status := run(t, repo, args)
		if status != cli.ExitOK {
			t.Errorf("%s\n%s", command, out)
		}
		if kept {
			mustBeIgnored(t, file)
			writeFile(t, filepath.Join(repo, file), out)
		}
	}
	return commands
}

// mustBeIgnored makes sure that a file that an example writes is none that git
// would add.
func mustBeIgnored(t *testing.T, file string) {
	t.Helper()
	command := exec.Command("git", "check-ignore", "-q", file)
	command.Dir = root
	if err := command.Run(); err != nil && command.ProcessState.ExitCode() == 1 { // no repository is another status
		t.Errorf("%s is left behind as an untracked file: name it in .gitignore", file)
	}
}

// ourCommand returns the arguments of a command of ours.
func ourCommand(line string) (args []string, ok bool) {
	words, ok := strings.CutPrefix(line, "go run ./cmd/alliances ")
	return splitWords(words), ok
}

// splitWords returns the words of a command, of which some are in quotes.
func splitWords(command string) (words []string) {
	for _, word := range argument.FindAllString(command, -1) {
		words = append(words, strings.Trim(word, `"`))
	}
	return words
}

// run runs a command in repo and returns what it prints, as go run does.
func run(t *testing.T, repo string, args []string) (string, int) {
	t.Helper()
	var out bytes.Buffer
	now := time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)
	program := cli.Program{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Schemas: schemas.Files, Policies: policies.Files, Forms: gitlab.Files,
		Env: func(string) string { return "" },
		Now: func() time.Time { now = now.Add(30 * time.Millisecond); return now },
	}
	t.Chdir(repo)
	status := program.Main(args)
	if status != cli.ExitOK {
		fmt.Fprintf(&out, "exit status %d\n", status)
	}
	return out.String(), status
}

// TestREADMELinks makes sure that what the pages for people lead to is there.
func TestREADMELinks(t *testing.T) {
	links := 0
	for _, page := range pages(t) {
		text := phrase.ReplaceAllString(block.ReplaceAllString(readPage(t, page), ""), "")
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(match[1], ":") {
				links++
				checkLink(t, page, match[1])
			}
		}
	}
	if links == 0 {
		t.Error("no page has a link")
	}
}

func readPage(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(inRepo(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// checkLink makes sure that a page leads to a file or folder of the repository
// and, where the link says so, to a heading of it.
func checkLink(t *testing.T, page, to string) {
	t.Helper()
	name, anchor, hasAnchor := strings.Cut(to, "#")
	target := page
	if name != "" {
		target = filepath.ToSlash(filepath.Join(filepath.Dir(page), name))
	}
	switch _, err := os.Stat(inRepo(target)); {
	case err != nil:
		t.Errorf("%s leads to %s, which is not there", page, to)
	case hasAnchor && !slices.Contains(anchors(readPage(t, target)), anchor):
		t.Errorf("%s leads to %s: %s has no such heading", page, to, target)
	}
}

// anchors returns the names that GitLab gives the headings of a page.
func anchors(page string) []string {
	var all []string
	for _, match := range heading.FindAllStringSubmatch(block.ReplaceAllString(page, ""), -1) {
		all = append(all, anchorOf(match[1]))
	}
	return all
}

// anchorOf returns a heading in lower case, without punctuation, its words
// joined by hyphens.
func anchorOf(title string) string {
	kept := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_", r) {
			return unicode.ToLower(r)
		}
		return -1
	}, title)
	return gap.ReplaceAllString(kept, "-")
}
