//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// TestForm answers the questions of new on a pseudo-terminal of 60 columns and 15
// rows: the partner is found by typing, an answer is taken back, a default is
// replaced, and what is wrong with an answer is said at once.
func TestForm(t *testing.T) {
	repo := copyRepo(t)
	f := startForm(t, repo, "new", "license")
	f.sees("Partner")
	f.types("example ci\r")
	f.sees("Partner: Example CI (example-ci)")
	f.types("\r") // the product
	f.sees("Plan")
	f.types("\r")
	f.sees("Seats requested")
	f.types("2\r")
	f.sees("Starts on")
	f.types("\x1b[Z") // Shift-Tab
	f.sees("Seats requested")
	f.types("3\r")
	f.sees("Seats requested: 3")
	f.types("2031-02-03\r")
	f.sees("Purpose")
	f.types("Runner\r")
	f.sees("does not say what the partner will build")
	f.types(" that starts pipelines of the partner\r")
	f.sees("Is there more to say?")
	f.types("\r")
	f.sees("Is this to be written?")
	f.types("\r")
	f.sees("was written.")
	written, err := os.ReadFile(filepath.Join(repo, "partners/example-ci/licenses/2031-02-runner-starts-pipelines-partner.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"seats: 3", "starts_at: 2031-02-03", "purpose: Runner that starts pipelines of the partner"} {
		if !strings.Contains(string(written), "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, written)
		}
	}
}

// TestFormOfPartner makes sure that a partner that is there is known by its name,
// as soon as it is typed, and that leaving the form writes nothing.
func TestFormOfPartner(t *testing.T) {
	repo := copyRepo(t)
	f := startForm(t, repo, "new", "partner")
	f.sees("Name")
	f.types("example ci\r")
	f.sees("there is a partner of that name already")
	f.types("x\r")
	f.sees("Type of partner")
	f.types("\x03") // Ctrl-C
	f.sees("nothing was written")
	if _, err := os.Stat(filepath.Join(repo, "partners/example-cix")); err == nil {
		t.Error("the partner was written")
	}
}

// TestFormOfInit makes sure that init asks for the company, and says at once what is wrong
// with its name.
func TestFormOfInit(t *testing.T) {
	dir := t.TempDir()
	f := startForm(t, dir, "init")
	f.sees("Company")
	f.types("Example *\r")
	f.sees("write it with letters")
	f.types("\x7fCorp\r")
	f.sees("was written into")
	written, err := os.ReadFile(filepath.Join(dir, "policies/handbook/handbook.yaml"))
	if err != nil || !strings.Contains(string(written), `company: "Example Corp"`) {
		t.Errorf("%v, and\n%s", err, written)
	}
}

// A filling is a form that is being filled in on a pseudo-terminal.
type filling struct {
	*testing.T
	terminal *os.File
	output   chan string
	seen     string
}

func startForm(t *testing.T, dir string, args ...string) *filling {
	t.Helper()
	command := exec.Command("alliances", args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "TERM=xterm-256color", "ACCESSIBLE=")
	terminal, err := pty.StartWithSize(command, &pty.Winsize{Rows: 15, Cols: 60})
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	f := &filling{t, terminal, make(chan string, 1000), ""}
	go func() {
		defer close(f.output)
		buffer := make([]byte, 4096)
		for {
			n, err := terminal.Read(buffer)
			f.output <- string(buffer[:n])
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		terminal.Close()
		_ = command.Process.Kill() // it has ended, if all went well
		_ = command.Wait()
	})
	return f
}

// sees waits until the terminal has been told to show a text.
func (f *filling) sees(text string) {
	f.Helper()
	late := time.After(20 * time.Second)
	for !strings.Contains(f.seen, text) {
		select {
		case more, ok := <-f.output:
			if f.seen += more; !ok {
				f.Fatalf("it ended without %q:\n%q", text, f.seen)
			}
		case <-late:
			f.Fatalf("no %q within 20 seconds:\n%q", text, f.seen)
		}
	}
	f.seen = ""
}

func (f *filling) types(keys string) {
	f.Helper()
	if _, err := f.terminal.WriteString(keys); err != nil {
		f.Fatal(err)
	}
}
