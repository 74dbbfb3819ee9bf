package dirfs

import (
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestLeased makes sure that a file that somebody has leased, as file servers do, is read
// once it is given back.
func TestLeased(t *testing.T) {
	dir := write(t, "a/file", "text")
	file, err := os.Open(filepath.Join(dir, "a", "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGIO)
	defer signal.Stop(asked)
	if _, err := unix.FcntlInt(file.Fd(), unix.F_SETLEASE, unix.F_WRLCK); err != nil {
		t.Skip(err) // not every file system has leases
	}
	var holder sync.WaitGroup
	holder.Go(func() {
		<-asked
		if _, err := unix.FcntlInt(file.Fd(), unix.F_SETLEASE, unix.F_UNLCK); err != nil {
			t.Error(err)
		}
	})
	defer holder.Wait()
	text, err := open(t, New(dir)).Text("file", 10)
	if err != nil || string(text) != "text" {
		t.Errorf("%q, %v", text, err)
	}
}
