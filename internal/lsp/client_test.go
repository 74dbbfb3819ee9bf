package lsp

import (
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// realRules are the repository's own schemas and policies.
var realRules = sync.OnceValues(func() (*check.Rulebook, error) { return check.Load(schemas.Files, policies.Files) })

// patienceOfTest is how long the server may be silent.
const patienceOfTest = time.Minute

// root is the folder of the tests' repositories.
const root = "/repository"

// A client is an editor that is connected to a server by pipes.
type client struct {
	t      testing.TB
	conn   *jsonrpc2.Conn
	ended  chan error
	lock   sync.Mutex
	marks  map[string][]diagnostic // by URI, those that were published last
	times  map[string]int          // by URI, how often some were
	shown  []showMessageParams
	gone   chan struct{}
	stdin  io.Closer
	stdout io.Closer
}

// Handle implements jsonrpc2.Handler.
func (c *client) Handle(_ context.Context, _ *jsonrpc2.Conn, request *jsonrpc2.Request) {
	c.lock.Lock()
	defer c.lock.Unlock()
	switch request.Method {
	case "textDocument/publishDiagnostics":
		var params publishParams
		if err := json.Unmarshal(*request.Params, &params); err != nil {
			c.t.Error(err)
		}
		c.marks[params.URI] = params.Diagnostics
		c.times[params.URI]++
	case "window/showMessage":
		var params showMessageParams
		if err := json.Unmarshal(*request.Params, &params); err != nil {
			c.t.Error(err)
		}
		c.shown = append(c.shown, params)
	}
}

// repository returns the repository of these files, judged by the real rules.
func repository(files fs.FS) *Repository {
	return &Repository{
		Dir: root, Files: files, Tree: repo.New, Rules: realRules,
		Path: func(file string) (string, bool) { return strings.CutPrefix(file, root+"/") },
	}
}

// connect starts a server for a repository, and an editor that has it open.
func connect(t testing.TB, repository *Repository, params object) *client {
	t.Helper()
	c := dial(t, repository)
	var result any
	if params == nil {
		params = object{}
	}
	params["rootUri"] = "file://" + root
	c.call("initialize", params, &result)
	c.notify("initialized", object{})
	return c
}

// dial starts a server for a repository.
func dial(t testing.TB, repository *Repository) *client {
	t.Helper()
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	c := &client{
		t: t, ended: make(chan error, 1), marks: map[string][]diagnostic{}, times: map[string]int{}, gone: make(chan struct{}),
		stdin: toServer, stdout: fromServer,
	}
	go func() {
		c.ended <- Serve(context.Background(), Editor{
			In: in, Out: out, Jobs: 2,
			Open: func(string) (*Repository, error) { return repository, nil },
			Day:  func() string { return "2026-12-01" },
			Gone: func(int) <-chan struct{} { return c.gone },
		})
	}()
	stream := jsonrpc2.NewBufferedStream(pipe{fromServer, toServer, nil}, codec{})
	c.conn = jsonrpc2.NewConn(context.Background(), stream, c, jsonrpc2.SetLogger(quiet{}))
	t.Cleanup(func() {
		toServer.Close()
		fromServer.Close()
		c.conn.Close()
	})
	return c
}

func (c *client) call(method string, params, result any) {
	c.t.Helper()
	if err := c.conn.Call(c.patient(), method, params, result); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

func (c *client) notify(method string, params any) {
	c.t.Helper()
	if err := c.conn.Notify(c.patient(), method, params); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
}

func (c *client) patient() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patienceOfTest)
	c.t.Cleanup(cancel)
	return ctx
}

func uri(name string) string { return "file://" + root + "/" + name }

func (c *client) open(name, text string) {
	c.t.Helper()
	c.notify("textDocument/didOpen", object{"textDocument": object{"uri": uri(name), "version": 1, "text": text, "languageId": "yaml"}})
}

// write replaces a whole text.
func (c *client) write(name string, version int, text string) {
	c.t.Helper()
	c.notify("textDocument/didChange", object{
		"textDocument": object{"uri": uri(name), "version": version}, "contentChanges": []object{{"text": text}},
	})
}

// settled returns what is marked in a text once everything is judged as it is now:
// before the server answers a request for code actions, it judges.
func (c *client) settled(name string) []diagnostic {
	c.t.Helper()
	for begin := time.Now(); time.Since(begin) < patienceOfTest; time.Sleep(time.Millisecond) {
		c.actions(name, textRange{})
		c.lock.Lock()
		marks, known := c.marks[uri(name)]
		c.lock.Unlock()
		if known {
			return marks
		}
	}
	c.t.Fatalf("nothing is published of %s", name)
	return nil
}

func (c *client) actions(name string, within textRange, only ...string) []codeAction {
	c.t.Helper()
	var actions []codeAction
	about := object{"diagnostics": []any{}}
	if len(only) > 0 {
		about["only"] = only
	}
	c.call("textDocument/codeAction", object{"textDocument": object{"uri": uri(name)}, "range": within, "context": about}, &actions)
	return actions
}

// eventually waits until something is so.
func (c *client) eventually(what string, is func() bool) {
	c.t.Helper()
	for begin := time.Now(); time.Since(begin) < patienceOfTest; time.Sleep(time.Millisecond) {
		c.lock.Lock()
		done := is()
		c.lock.Unlock()
		if done {
			return
		}
	}
	c.t.Fatalf("it never comes: %s", what)
}

// A tree is files that others write while the server reads them.
type tree struct {
	lock  sync.RWMutex
	files fstest.MapFS
}

func filesOf(files map[string]string) *tree {
	t := &tree{files: fstest.MapFS{}}
	for name, text := range files {
		t.write(name, text)
	}
	return t
}

func (t *tree) write(name, text string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.files[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
}

func (t *tree) remove(name string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	delete(t.files, name)
}

// Open implements fs.FS.
func (t *tree) Open(name string) (fs.File, error) {
	t.lock.RLock()
	defer t.lock.RUnlock()
	return t.files.Open(name)
}

// Lstat implements fs.ReadLinkFS.
func (t *tree) Lstat(name string) (fs.FileInfo, error) {
	t.lock.RLock()
	defer t.lock.RUnlock()
	return t.files.Lstat(name)
}

// ReadLink implements fs.ReadLinkFS.
func (t *tree) ReadLink(name string) (string, error) {
	t.lock.RLock()
	defer t.lock.RUnlock()
	return t.files.ReadLink(name)
}
