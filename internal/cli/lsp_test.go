package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestIsRunning(t *testing.T) {
	if !isRunning(os.Getpid()) {
		t.Error("this process does not run")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	other := exec.Command(program, "-test.run=^$")
	if err := other.Run(); err != nil {
		t.Fatal(err)
	}
	if isRunning(other.Process.Pid) {
		t.Error("a process that has ended runs")
	}
	<-gone(other.Process.Pid) // without end, if it does not notice
}

func TestPathBelow(t *testing.T) {
	dir := t.TempDir()
	real, link := filepath.Join(dir, "real"), filepath.Join(dir, "link")
	if err := os.MkdirAll(filepath.Join(real, "partners"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	for _, test := range []struct {
		dir, file, want string
	}{
		{real, filepath.Join(real, "partners", "a.yaml"), "partners/a.yaml"},
		{link, filepath.Join(real, "partners", "a.yaml"), "partners/a.yaml"},
		{real, filepath.Join(link, "partners", "a.yaml"), "partners/a.yaml"},
		{real, filepath.Join(dir, "a.yaml"), ""},
		{real, filepath.Join(real, "..a.yaml"), "..a.yaml"},
		{real, filepath.Join(dir, "none", "a.yaml"), ""},
	} {
		got, ok := pathBelow(test.dir, test.file)
		if ok != (test.want != "") || ok && got != test.want {
			t.Errorf("%s in %s is %q, %v", test.file, test.dir, got, ok)
		}
	}
}
