//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"
)

func TestInterruptible(t *testing.T) {
	for _, interrupt := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		ctx, stop := interruptible(t.Context())
		send(t, interrupt)
		select {
		case <-ctx.Done():
		case <-time.After(time.Minute):
			t.Errorf("%s does not end it", interrupt)
		}
		stop()
	}
}

func TestInterruptibleUnderNohup(t *testing.T) {
	signal.Ignore(syscall.SIGHUP)
	t.Cleanup(func() { // only asking for it ends that it is ignored
		hangups := make(chan os.Signal, 1)
		signal.Notify(hangups, syscall.SIGHUP)
		signal.Stop(hangups)
	})
	ctx, stop := interruptible(t.Context())
	defer stop()
	send(t, syscall.SIGHUP)
	send(t, syscall.SIGTERM)
	<-ctx.Done()
	if !signal.Ignored(syscall.SIGHUP) {
		t.Error("it takes notice of what it was told to ignore")
	}
}

func send(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(syscall.Getpid(), s); err != nil {
		t.Fatal(err)
	}
}
