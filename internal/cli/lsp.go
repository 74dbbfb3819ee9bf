package cli

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/lsp"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/state"
)

func (p *Program) lspCommand() *cobra.Command {
	var dir, asOf string
	command := &cobra.Command{
		Use:   "lsp",
		Short: "Tell an editor what is found while one types",
		Long: `Lsp is a language server, which an editor starts and speaks to by standard input
and output. Of the records that are open in the editor it tells what validate
would find in them, saved or not, and offers to put right what validate --fix
would. It explains fields and rules, completes what is typed, and leads from a
waiver to its record and its rule.

The repository is the one that the folder lies in which is open in the editor.
Where the editor has a server for the schemas as well, the setting
{"alliances": {"schemaFindings": false}} leaves what they find to that.

schemas/README.md has the lines that an editor needs.`,
		Example: `  alliances lsp
  alliances lsp -C .`,
		Args: arguments(0, 0, "name no file: the editor tells `alliances lsp` what is open"),
		RunE: func(command *cobra.Command, _ []string) error {
			if command.Flags().Changed("as-of") {
				if err := checkDay(asOf); err != nil {
					return err
				}
			}
			return p.lsp(command.Context(), dir, asOf)
		},
	}
	command.Flags().StringVarP(&dir, "dir", "C", "", "work on the repository in `DIR` (default: the folder that is open in the editor, or the nearest one above it that holds partners/)")
	command.Flags().StringVar(&asOf, "as-of", "", "let waivers end as of this `DAY`, such as 2026-03-02 (default today)")
	return command
}

// editorMemory is what a server may take that runs as long as an editor does.
const editorMemory = 100 << 20 // bytes

func (p *Program) lsp(ctx context.Context, dir, asOf string) error {
	if in, ok := p.Stdin.(*os.File); ok && isTerminal(in) {
		return errors.New("this is a server, which an editor starts and speaks to; schemas/README.md says how to tell yours")
	}
	p.tuneMemory(editorMemory)
	var opened *state.Repository
	editor := lsp.Editor{
		In: p.Stdin, Out: p.Stdout, Jobs: runtime.GOMAXPROCS(0), Gone: gone,
		Day: func() string { return cmp.Or(asOf, p.today()) }, // it may run for days
		Open: func(folder string) (repository *lsp.Repository, err error) {
			if dir != "" {
				opened, err = p.repository(dir)
			} else {
				opened, err = state.OpenAround(folder, state.RuleFiles{Schemas: p.Schemas, Policies: p.Policies})
			}
			if err != nil {
				return nil, err
			}
			return editedIn(opened)
		},
	}
	err := lsp.Serve(ctx, editor)
	if opened != nil {
		err = errors.Join(err, opened.Close())
	}
	return err
}

// editedIn returns the working tree of a repository for the server.
func editedIn(repository *state.Repository) (*lsp.Repository, error) {
	tree, err := repository.WorkingTree()
	if err != nil {
		return nil, err
	}
	return &lsp.Repository{
		Dir: repository.Dir, Files: tree.Files,
		Tree:  func(files fs.FS) *repo.Tree { return tree.With(files).Tree() },
		Rules: func() (*check.Rulebook, error) { return load(tree) },
		Path:  func(file string) (string, bool) { return pathBelow(repository.Dir, file) },
	}, nil
}

// pathBelow returns the path of a file from a folder that it lies in, perhaps by a
// link.
func pathBelow(dir, file string) (string, bool) {
	below := func(dir, file string) (string, bool) {
		name, err := filepath.Rel(dir, file)
		return filepath.ToSlash(name), err == nil && name != ".." && !strings.HasPrefix(name, ".."+string(filepath.Separator))
	}
	if name, ok := below(dir, file); ok {
		return name, true
	}
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", false
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(file))
	if err != nil {
		return "", false
	}
	return below(real, filepath.Join(folder, filepath.Base(file)))
}

// lookAtProcess is how often it is looked whether a process is still there.
const lookAtProcess = 3 * time.Second

// gone returns a channel that is closed once a process has ended.
func gone(process int) <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		for isRunning(process) {
			time.Sleep(lookAtProcess)
		}
		close(ended)
	}()
	return ended
}
