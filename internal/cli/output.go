package cli

import (
	"cmp"
	"errors"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"gitlab.com/gitlab-com/alliances/internal/report"
	"gitlab.com/gitlab-com/alliances/internal/site/page"
)

// write renders the report into its files and to standard output, which comes
// last: a file that cannot be written must not hide what was found.
func (p *Program) write(format string, files []reportFile, found *report.Report, options report.Options) error {
	plain := options
	plain.Color, plain.Sections = false, false
	var errs []error
	for i := range files {
		errs = append(errs, files[i].write(found, plain))
	}
	errs = append(errs, report.Write(format, p.Stdout, found, options))
	return errors.Join(errs...)
}

// reportOptions returns how to report on the state of a workspace.
func (p *Program) reportOptions(space *workspace, begin time.Time) report.Options {
	options := p.surroundings()
	options.Source = space.state.Source
	options.LinkBase = p.linkBase(space.Dir, cmp.Or(string(space.state.Commit), p.Env("CI_COMMIT_SHA")))
	options.EditBase = p.editBase(space.Dir)
	options.Elapsed = options.Time.Sub(begin)
	return options
}

// surroundings returns what the surroundings alone say of how to report.
func (p *Program) surroundings() report.Options {
	return report.Options{
		Version: thisBuild().number(), Homepage: homepage(), RulePage: p.rulePage(),
		Color: p.color(p.Stdout), Sections: p.Env("GITLAB_CI") != "", Time: p.Now(),
	}
}

// rulePage returns what tells the address of a rule's page on the site that the
// environment names in ALLIANCES_SITE, or nil where it names none.
func (p *Program) rulePage() func(id string) string {
	site, err := url.Parse(p.Env("ALLIANCES_SITE"))
	if err != nil || site.Host == "" || site.Scheme != "https" && site.Scheme != "http" {
		return nil
	}
	return func(id string) string { return site.JoinPath(page.OfRule(id)).String() }
}

// color reports whether what is written to w may have colours: on a terminal
// and in GitLab's job logs, unless NO_COLOR (no-color.org) is set.
func (p *Program) color(w io.Writer) bool {
	if p.Env("NO_COLOR") != "" {
		return false
	}
	return isScreen(w) && p.Env("TERM") != "dumb" || p.Env("GITLAB_CI") != ""
}

// isScreen reports whether w is a terminal that takes escape sequences.
func isScreen(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && isTerminal(file) && takesEscapes(file)
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// width returns how many cells a line may take in what is written to w: those of
// the terminal, or fallback where it is none.
func width(w io.Writer, fallback int) int {
	if file, ok := w.(*os.File); ok {
		if cells, _, err := term.GetSize(int(file.Fd())); err == nil && cells > 0 {
			return cells
		}
	}
	return fallback
}

// joinClose closes what could not be made use of, and returns both errors.
func joinClose(err error, closer io.Closer) error { return errors.Join(err, closer.Close()) }

func splitLines(text string) []string { return strings.Split(strings.TrimRight(text, "\n"), "\n") }
