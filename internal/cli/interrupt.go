package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// interruptible returns a context that ends where somebody interrupts the
// program, or closes its terminal, for what must not stop halfway. A second
// interrupt ends it at once.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	interrupts := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		interrupts = append(interrupts, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(ctx, interrupts...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// unlessInterrupted takes a step, unless ctx has ended.
func unlessInterrupted(ctx context.Context, step func() error) error {
	if ctx.Err() != nil {
		return errors.New("it was interrupted")
	}
	return step()
}
