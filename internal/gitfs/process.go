package gitfs

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"time"
)

// A process is a git that is written to and read from while it runs.
type process struct {
	in   io.WriteCloser
	out  *bufio.Reader
	stop func() // kills it, and ends every read from it

	ctx   context.Context
	name  string
	cmd   *exec.Cmd
	said  *tail
	ended func() error
}

// start starts a git command. It dies with ctx; the caller calls wait or kill.
func (g runner) start(ctx context.Context, name string, args ...string) (*process, error) {
	life, stop := context.WithCancel(ctx)
	cmd, said := g.command(life, name, args)
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	err := errors.Join(inErr, outErr)
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		stop()
		return nil, failure(ctx, name, said, err)
	}
	// What git started could hold its output open after its death.
	context.AfterFunc(life, func() { out.Close() })
	p := &process{in: in, out: bufio.NewReaderSize(out, 1<<16), stop: stop, ctx: ctx, name: name, cmd: cmd, said: said}
	p.ended = sync.OnceValue(p.end)
	return p, nil
}

// end waits until the process is gone. After the end of its input and of its
// output it has nothing left to do.
func (p *process) end() error {
	defer p.stop()
	defer time.AfterFunc(patience, p.stop).Stop()
	p.in.Close()
	return p.cmd.Wait()
}

// wait ends a process whose output has been read, and returns why it failed,
// if so.
func (p *process) wait() error { return failure(p.ctx, p.name, p.said, p.ended()) }

// kill ends the process, whatever it does.
func (p *process) kill() {
	p.stop()
	_ = p.ended() // killed: that is no news
}

// broken ends a process whose output could not be read, or made no sense, and
// returns why: git's own reason if it has one, err if not.
func (p *process) broken(err error) error {
	ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if !ended && p.ctx.Err() == nil {
		p.kill()
		return fmt.Errorf("git %s: %w", p.name, err)
	}
	if err := p.wait(); err != nil {
		return err
	}
	return fmt.Errorf("git %s ended in the middle of its answer: see whether the repository is sound (git fsck)", p.name)
}
