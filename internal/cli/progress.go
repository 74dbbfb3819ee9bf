package cli

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/terminal"
)

const (
	// patience is how long a run may take without saying how far it is.
	patience = time.Second

	progressInterval = 200 * time.Millisecond
)

// A progress line tells a person at a terminal how far a long run is.
type progress struct {
	done, total atomic.Int64
	quit        chan struct{}
	finished    sync.WaitGroup
}

func (p *Program) startProgress() *progress {
	line := &progress{quit: make(chan struct{})}
	if isScreen(p.Stderr) {
		line.finished.Go(func() { line.show(p) })
	}
	return line
}

// update takes note of how many folders are judged. It is safe for use by
// several goroutines at once.
func (l *progress) update(done, total int) {
	l.done.Store(int64(done))
	l.total.Store(int64(total))
}

// stop takes the line away.
func (l *progress) stop() {
	close(l.quit)
	l.finished.Wait()
}

func (l *progress) show(p *Program) {
	wait := time.NewTimer(patience)
	defer wait.Stop()
	select {
	case <-l.quit:
		return
	case <-wait.C:
	}
	ticker := time.NewTicker(progressInterval)
	defer ticker.Stop()
	for {
		fmt.Fprintf(p.Stderr, terminal.RestartLine+"judged %d of %d folders", l.done.Load(), l.total.Load())
		select {
		case <-l.quit:
			fmt.Fprint(p.Stderr, terminal.RestartLine)
			return
		case <-ticker.C:
		}
	}
}
