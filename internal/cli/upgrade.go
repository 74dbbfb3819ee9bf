package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/scaffold"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

func (p *Program) upgradeCommand() *cobra.Command {
	var dir string
	var dryRun bool
	command := &cobra.Command{
		Use:   "upgrade",
		Short: "Bring what init has written up to this version",
		Long: `Upgrade brings the schemas, rules, forms, settings and pages that ` + "`alliances init`" + `
has written up to the version of this program, and keeps what was edited since:

- What nobody has edited is replaced, or removed where it is no part of this
  version any more; what is new is added.
- What was edited gets what is new beside that, as git merges it. Where both changed
  the same lines, the file holds the two of them between marks, and the exit status
  is 1.
- What was deleted stays deleted, and what was edited stays, even where this version
  has it no more: that is told.

Records are never touched. Only files that are as they were committed are written, so
that git can take all of it back. Then all records are judged by what is new.

With --dry-run, nothing is written: standard output gets a patch for git apply.`,
		Example: `  alliances upgrade -C example-alliances --dry-run
  alliances upgrade -C example-alliances`,
		Args: arguments(0, 0, "upgrade takes no arguments: it works on the repository in this folder, or in the one named with -C DIR"),
		RunE: func(command *cobra.Command, _ []string) error {
			return p.upgrade(command.Context(), dir, dryRun)
		},
	}
	command.Flags().StringVarP(&dir, "dir", "C", "", dirUsage)
	command.Flags().BoolVar(&dryRun, "dry-run", false, "write nothing, but a patch of what would be written")
	return command
}

func (p *Program) upgrade(ctx context.Context, dir string, dryRun bool) error {
	ctx, stop := interruptible(ctx)
	defer stop()
	space, err := p.open(dir)
	if err != nil {
		return err
	}
	defer space.Close()
	given, err := space.given(ctx)
	if err != nil {
		return err
	}
	u, err := p.upgradeOf(ctx, given)
	if err != nil {
		return err
	}
	changes := changesOf(u)
	if dryRun {
		_, err := p.Stdout.Write(fix.Patch(changes))
		return errors.Join(tellUpgrade(p.Stderr, u), err, conflictsIn(u))
	}
	if err := space.mustBeCommitted(ctx, changes); err != nil {
		return err
	}
	if err := space.apply(ctx, changes); err != nil {
		return err
	}
	if err := tellUpgrade(p.Stdout, u); err != nil || len(changes) == 0 {
		return err
	}
	return p.judgeUpgrade(ctx, space, u)
}

// given returns what the repository was given, and what it is now.
func (w *workspace) given(ctx context.Context) (*scaffold.Given, error) {
	root, err := w.Root()
	if err != nil {
		return nil, err
	}
	text, err := root.ReadFile(layout.SumFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no %s, by which it is known what was edited, and which `alliances init` writes: bring it back if it was there (git log -- %[1]s); "+
			"if not, run `alliances init` in an empty folder, of the version that your files are of, and copy the one that it writes", layout.SumFile)
	}
	if err != nil {
		return nil, err
	}
	sum, err := scaffold.ReadSum(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", layout.SumFile, err)
	}
	git, err := w.Git(ctx)
	return &scaffold.Given{Sum: sum, Files: root.FS(), Git: git}, err
}

// upgradeOf returns what this version changes.
func (p *Program) upgradeOf(ctx context.Context, given *scaffold.Given) (*scaffold.Upgrade, error) {
	to := scaffold.Origin{Version: release(), Company: given.Sum.Company}
	if isOlder(to.Version, given.Sum.Version) {
		return nil, fmt.Errorf("this is %s, and %s wrote the repository: get that version, or a newer one", to.Version, source.Visible(given.Sum.Version))
	}
	files, err := p.sources().Files(to)
	if err != nil {
		return nil, err
	}
	return given.Upgrade(ctx, to, files)
}

// changesOf returns what is to be written.
func changesOf(u *scaffold.Upgrade) (changes []fix.Change) {
	for i := range u.Steps {
		if s := &u.Steps[i]; s.Writes() {
			changes = append(changes, fix.Change{Path: s.Path, Before: s.Before, After: s.After})
		}
	}
	return changes
}

// mustBeCommitted makes sure that what is written over is as the last commit has it.
func (w *workspace) mustBeCommitted(ctx context.Context, changes []fix.Change) error {
	if len(changes) == 0 {
		return nil
	}
	head, err := w.RulesAt(ctx, "HEAD")
	if err != nil {
		return fmt.Errorf("nothing was written, since git could not take it back: %w", err)
	}
	var edited []string
	for _, c := range changes {
		if c.Before == nil {
			continue
		}
		if committed, err := fs.ReadFile(head.Files, c.Path); err != nil || !bytes.Equal(committed, c.Before) {
			edited = append(edited, source.Visible(c.Path))
		}
	}
	if len(edited) == 0 {
		return nil
	}
	return fmt.Errorf("nothing was written, since git could not take it back: commit these first, and run this again\n  %s", strings.Join(edited, "\n  "))
}

// conflictsIn returns errFindings where somebody has to decide.
func conflictsIn(u *scaffold.Upgrade) error {
	for i := range u.Steps {
		if u.Steps[i].Kind.IsConflict() {
			return errFindings
		}
	}
	return nil
}

// judgeUpgrade says what is left to do: conflicts, or what the records are by the rules
// that are new.
func (p *Program) judgeUpgrade(ctx context.Context, space *workspace, u *scaffold.Upgrade) error {
	if err := conflictsIn(u); err != nil {
		fmt.Fprint(p.Stderr, "\nWhat comes next: decide what is to stand between each <<<<<<< and >>>>>>>, run `alliances validate`, and commit all of it (git add --all).\n")
		return err
	}
	result, err := p.judge(ctx, space, check.Options{Jobs: runtime.GOMAXPROCS(0)})
	if err != nil {
		return fmt.Errorf("it is written, and the records cannot be judged by it: %w", err)
	}
	found := source.Counted(len(result.Findings), "finding")
	if len(result.Findings) > 0 {
		found += ": `alliances validate` tells more"
	}
	_, err = fmt.Fprintf(p.Stdout, `
Judged by what is new, the records have %s.

What comes next: look through it, and commit all of it.
  git add --all
  git diff --cached
  git commit --message "Upgrade to %s"
`, found, u.To.Version)
	return err
}
