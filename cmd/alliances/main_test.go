package main

import (
	"errors"
	"flag"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gitlab.com/gitlab-com/alliances/internal/overlay"
)

var update = flag.Bool("update", false, "write what the commands print into the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"alliances": timeless, "alliances-next": next})
}

// timeless is the program with a clock that stands still, so that what it
// prints is the same every time.
func timeless() {
	now := func() time.Time { return time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC) }
	os.Exit(program(now).Main(os.Args[1:]))
}

// next is the program's next version, which differs in what lies in the folder that the
// variable NEXT names.
func next() {
	p := program(time.Now)
	changed := os.Getenv("NEXT")
	p.Schemas, p.Policies = laid(p.Schemas, filepath.Join(changed, "schemas")), laid(p.Policies, filepath.Join(changed, "policies"))
	p.Forms = laid(p.Forms, filepath.Join(changed, ".gitlab"))
	os.Exit(p.Main(os.Args[1:]))
}

// laid returns files with those of a folder laid over them.
func laid(files fs.FS, folder string) fs.FS {
	over, changed := overlay.New(files), os.DirFS(folder)
	err := fs.WalkDir(changed, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(changed, name)
		over.Set(name, text)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		panic(err)
	}
	return over
}

// git makes git do the same on every machine: one author, one time, no
// configuration of one's own.
var git = map[string]string{
	"GIT_CONFIG_GLOBAL":   os.DevNull,
	"GIT_CONFIG_NOSYSTEM": "1",
	"GIT_AUTHOR_NAME":     "Alex Example",
	"GIT_AUTHOR_EMAIL":    "alex@company.example",
	"GIT_AUTHOR_DATE":     "2026-03-02T10:00:00+01:00",
	"GIT_COMMITTER_NAME":  "Alex Example",
	"GIT_COMMITTER_EMAIL": "alex@company.example",
	"GIT_COMMITTER_DATE":  "2026-03-02T10:00:00+01:00",
	"GIT_ADVICE":          "0",
}

// TestScript runs testdata/script/*.txtar, one for each thing that the command
// line does. In each, $REPO is the folder of this repository, and $PORT one on
// the loopback that nothing listens at.
func TestScript(t *testing.T) {
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files:               scripts(t),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("REPO", repo)
			env.Setenv("PORT", freePort(t))
			// No script may find, and write into, a repository that somebody has above the folder for temporary files.
			env.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(env.WorkDir))
			for name, value := range git {
				env.Setenv(name, value)
			}
			return nil
		},
		Condition: func(condition string) (bool, error) {
			return condition == "root" && os.Geteuid() == 0, nil
		},
	})
}

// atATime are the scripts in which much is done at a time, for the race detector.
var atATime = []string{"agenda", "base", "diff", "inspect", "log", "lsp", "rules", "site", "validate-*"}

// scripts returns the scripts to run: with -short, those in which much is done at a
// time.
func scripts(t *testing.T) (files []string) {
	t.Helper()
	patterns := []string{"*"}
	if testing.Short() {
		patterns = atATime
	}
	for _, pattern := range patterns {
		found, err := filepath.Glob("testdata/script/" + pattern + ".txtar")
		if err != nil || len(found) == 0 {
			t.Fatalf("there is no script %s: %v", pattern, err)
		}
		files = append(files, found...)
	}
	return files
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}
