package gitfs

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// patience is how long a git that has nothing left to do may take to end.
const patience = time.Second

// harmless are the settings that keep the configuration of a repository from
// naming a program that would run, and from having git believe anything but its
// objects and the files: a graph of commits written down apart, or a file's time
// that can be set back.
var harmless = []string{
	"core.fsmonitor=false", "core.hooksPath=/dev/null",
	"core.commitGraph=false", "core.trustctime=true", "core.checkStat=default",
	"core.warnAmbiguousRefs=true", "advice.graftFileDeprecated=false",
}

// settings are the variables of the environment that every git gets.
var settings = []string{
	"GIT_NO_LAZY_FETCH=1",     // a missing object is missing: fetching it runs what the configuration names
	"GIT_ALLOW_PROTOCOL=none", // the same for a git that does not know the former
	"GIT_NO_REPLACE_OBJECTS=1",
	"GIT_GRAFT_FILE=" + os.DevNull, // no other parents than a commit names itself
	"GIT_OPTIONAL_LOCKS=0",
	"GIT_TERMINAL_PROMPT=0",
	"GIT_PAGER=cat",
	"GIT_FLUSH=0", // no system call for each line
	"LC_ALL=C",
	"GIT_LITERAL_PATHSPECS=1",
	"GIT_GLOB_PATHSPECS=0", "GIT_NOGLOB_PATHSPECS=0", "GIT_ICASE_PATHSPECS=0", // they rule out the former
}

// quarantined are the variables by which git shows a hook the objects of a push
// that has not been accepted yet. Elsewhere, they would add objects that are no
// part of the repository.
var quarantined = []string{"GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}

// environment returns the variables for git: those of this process, among them
// the ones that say where the repository is, and settings. In a hook that receives
// a push, quarantine lets git see its objects.
func environment(quarantine bool) []string {
	env := slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return name == "GIT_CONFIG" || // git config would read this file alone
			!quarantine && slices.Contains(quarantined, name)
	})
	return append(env, settings...)
}

// forgetWhere drops GIT_DIR from the environment where git finds the same
// repository without it. In a linked working tree git sets it for hooks, and
// then takes the folder that it runs in for the top.
func (g *runner) forgetWhere(ctx context.Context) {
	if os.Getenv("GIT_DIR") == "" || os.Getenv("GIT_WORK_TREE") != "" {
		return
	}
	without := *g
	without.env = slices.DeleteFunc(slices.Clone(g.env), func(variable string) bool {
		return strings.HasPrefix(variable, "GIT_DIR=")
	})
	said, err := g.output(ctx, "rev-parse", "--absolute-git-dir")
	found, otherwise := without.output(ctx, "rev-parse", "--absolute-git-dir")
	if err == nil && otherwise == nil && bytes.Equal(said, found) {
		*g = without
	}
}

// A runner runs git in one folder.
type runner struct {
	program string
	dir     string
	config  []string // settings that overrule every file's, as name=value
	env     []string
}

// command returns a git that is not started yet, and where what it says on its
// error output will be. It dies with ctx.
func (g runner) command(ctx context.Context, name string, args []string) (*exec.Cmd, *tail) {
	var all []string
	for _, setting := range g.config {
		all = append(all, "-c", setting)
	}
	cmd := exec.CommandContext(ctx, g.program, append(append(all, name), args...)...)
	said := &tail{}
	cmd.Dir, cmd.Env, cmd.Stderr, cmd.WaitDelay = g.dir, g.env, said, patience
	return cmd, said
}

// output runs a git command and returns what it prints. Its error holds git's
// own words, and wraps the *exec.ExitError.
func (g runner) output(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd, said := g.command(ctx, name, args)
	out, err := cmd.Output()
	return out, failure(ctx, name, said, err)
}

// partial matches what git says when it may not fetch what a partial clone has
// left out.
var partial = regexp.MustCompile(`could not fetch ([0-9a-f]+) from promisor remote`)

// failure returns the error of a git command that ended with err.
func failure(ctx context.Context, name string, said *tail, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("git %s was stopped: %w", name, ctx.Err())
	case partial.MatchString(said.words()):
		id := partial.FindStringSubmatch(said.words())[1]
		return fmt.Errorf("the object %s is not in this clone, which is a partial one, and git %s fetches nothing here: "+
			"fetch it (git fetch origin %[1]s), or clone without --filter", id, name)
	case said.words() == "":
		return fmt.Errorf("git %s ended without a word (%w): see whether the repository is sound (git fsck)", name, err)
	}
	return fmt.Errorf("git %s: %s (%w)", name, said.words(), err)
}

// A tail keeps the end of what is written to it.
type tail struct{ text []byte }

const (
	maxTail  = 8 << 10
	maxWords = 500
)

// Write takes everything, so that git never waits.
func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	if len(t.text) > 2*maxTail {
		t.text = bytes.Clone(t.text[len(t.text)-maxTail:])
	}
	return len(p), nil
}

func tellsWhy(line string) bool {
	return strings.HasPrefix(line, "error:") || strings.HasPrefix(line, "fatal:")
}

// words returns what git said as one line of a sensible length, without what
// comes before the reason, if it gives one.
func (t *tail) words() string {
	lines := strings.FieldsFunc(string(t.text), func(r rune) bool { return r == '\n' || r == '\r' })
	if first := slices.IndexFunc(lines, tellsWhy); first > 0 {
		lines = lines[first:]
	}
	words := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	if len(words) <= maxWords {
		return words
	}
	end := maxWords
	for !utf8.RuneStart(words[end]) {
		end--
	}
	return words[:end] + "…"
}
