package cli

import (
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/term"

	"gitlab.com/gitlab-com/alliances/internal/report"
)

// write renders the report to standard output.
func (p *Program) write(format string, space *workspace, found *report.Report, elapsed time.Duration) error {
	if format == "json" {
		return report.JSON(p.Stdout, found)
	}
	text := report.Text{Color: p.color(p.Stdout), Elapsed: elapsed, Source: space.source}
	return text.Write(p.Stdout, found)
}

// color reports whether what is written to w may have colours: on a terminal
// and in GitLab's job logs, unless NO_COLOR (no-color.org) is set.
func (p *Program) color(w io.Writer) bool {
	if p.Env("NO_COLOR") != "" {
		return false
	}
	return isTerminal(w) || p.Env("GITLAB_CI") != ""
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

func splitLines(text string) []string { return strings.Split(strings.TrimRight(text, "\n"), "\n") }

// tuneMemory trades memory, of which a run needs little, for time: unless the
// environment says otherwise, garbage is collected less often, and more often
// again where a run needs much.
func (p *Program) tuneMemory() {
	if p.Env("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if p.Env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}

const (
	gcPercent   = 1600
	memoryLimit = 175 << 20 // bytes
)
