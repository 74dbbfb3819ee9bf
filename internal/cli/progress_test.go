package cli

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/terminal"
)

// TestProgress makes sure that a run that takes longer than people wait says how far
// it is, and takes that away in the end.
func TestProgress(t *testing.T) {
	for took, want := range map[time.Duration]string{
		patience / 2: "",
		patience + progressInterval*3/2: terminal.RestartLine + "judged 2 of 9 folders" +
			terminal.RestartLine + "judged 7 of 9 folders" + terminal.RestartLine,
	} {
		synctest.Test(t, func(t *testing.T) {
			var out strings.Builder
			line := &progress{quit: make(chan struct{})}
			line.finished.Go(func() { line.show(&Program{Stderr: &out}) })
			line.update(2, 9)
			time.Sleep(min(took, patience+progressInterval/2))
			line.update(7, 9)
			time.Sleep(max(0, took-patience-progressInterval/2))
			line.stop()
			if got := out.String(); got != want {
				t.Errorf("after %v: %q, want %q", took, got, want)
			}
		})
	}
}
