// Package lsp is a language server: it tells an editor what is found in the records
// that are open in it, as they are typed, and what to write instead.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"sync"

	"github.com/sourcegraph/jsonrpc2"

	"gitlab.com/gitlab-com/alliances/internal/catalogue"
	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// ErrNoShutdown says that the client ended the server without the request that goes
// before.
var ErrNoShutdown = errors.New("the editor ended the server without shutting it down")

// A Repository is the working tree whose records are edited.
type Repository struct {
	Dir   string // absolute
	Files fs.FS
	Tree  func(fs.FS) *repo.Tree           // the records in these files
	Rules func() (*check.Rulebook, error)  // compiled anew
	Path  func(file string) (string, bool) // from the root of the tree, of an absolute one
}

// An Editor is what the server is told by the program that it runs in.
type Editor struct {
	In   io.Reader
	Out  io.Writer
	Open func(dir string) (*Repository, error) // the one that a folder lies in; "" is the current folder
	Day  func() string                         // today, on which waivers may have ended
	Gone func(process int) <-chan struct{}     // closed once there is no such process
	Jobs int
}

// Serve answers an editor until it is gone, or wants no more.
func Serve(ctx context.Context, editor Editor) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &server{
		Editor: editor, work: make(chan func(), 1024), waiting: map[jsonrpc2.ID]bool{}, ended: make(chan error, 1),
		texts: map[string]*text{}, found: map[string][]finding.Finding{}, dirty: map[string]bool{}, shown: map[string]map[string]bool{},
		encoding: utf16, schemaFindings: true,
	}
	stream := jsonrpc2.NewBufferedStream(pipe{editor.In, editor.Out, func() { s.finish(ctx) }}, codec{})
	s.conn = jsonrpc2.NewConn(ctx, stream, s, jsonrpc2.SetLogger(quiet{}))
	defer s.conn.Close()
	return s.run(ctx)
}

// quiet is a logger that says nothing: what a client does wrong is its own affair.
type quiet struct{}

// Printf implements jsonrpc2.Logger.
func (quiet) Printf(string, ...any) {}

// A server does one thing after the other, in run. What reads messages meanwhile uses
// conn, work, ended and waiting alone.
type server struct {
	Editor
	conn    *jsonrpc2.Conn
	work    chan func()
	ended   chan error
	lock    sync.Mutex
	waiting map[jsonrpc2.ID]bool // requests without an answer, and whether they are to get none

	encoding
	documentChanges, watches, schemaFindings bool
	begun, shutDown                          bool

	repo    *Repository
	rules   *check.Rulebook      // nil until they compile
	about   *catalogue.Catalogue // of them
	index   *check.Index         // nil until all is read
	loading bool
	again   bool   // whether to load again, once that is done
	stamp   string // of these rules
	tried   string // of those that were read last, whether they compile or not
	problem string // why they do not compile, as it was shown
	broken  string // the URI of the file in which the problem is marked

	texts map[string]*text             // that are open, by path from the root of the tree
	dirty map[string]bool              // the folders to judge
	found map[string][]finding.Finding // by folder
	shown map[string]map[string]bool   // by folder, the URIs that have diagnostics
}

// patience is after how many messages the records are judged though more are waiting.
const patience = 64

func (s *server) run(ctx context.Context) error {
	for done := 0; ; done++ {
		if len(s.work) == 0 || done >= patience {
			s.judge(ctx)
			done = 0
		}
		select {
		case do := <-s.work:
			do()
		case err := <-s.ended:
			return err
		case <-s.conn.DisconnectNotify():
			return s.reason()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// finish waits until all that was asked for is answered: once the connection has ended,
// nothing can be.
func (s *server) finish(ctx context.Context) {
	done := make(chan struct{})
	s.do(ctx, func() { close(done) })
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// Handle implements jsonrpc2.Handler: it is called with one message after the other.
func (s *server) Handle(ctx context.Context, _ *jsonrpc2.Conn, request *jsonrpc2.Request) {
	if request.Method == "$/cancelRequest" {
		s.cancel(request)
		return
	}
	if !request.Notif {
		s.lock.Lock()
		s.waiting[request.ID] = false
		s.lock.Unlock()
	}
	s.do(ctx, func() { s.answer(ctx, request) })
}

// do has something done in turn.
func (s *server) do(ctx context.Context, what func()) {
	select {
	case s.work <- what:
	case <-ctx.Done():
	}
}

func (s *server) cancel(request *jsonrpc2.Request) {
	var params struct {
		ID jsonrpc2.ID `json:"id"`
	}
	if read(request, &params) != nil {
		return
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if _, waits := s.waiting[params.ID]; waits {
		s.waiting[params.ID] = true
	}
}

// takeWaiting reports whether a request that is to be answered was cancelled.
func (s *server) takeWaiting(id jsonrpc2.ID) (cancelled bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	cancelled = s.waiting[id]
	delete(s.waiting, id)
	return cancelled
}

// Errors of the protocol.
var (
	errCancelled      = &jsonrpc2.Error{Code: -32800, Message: "the request was cancelled"}
	errNotInitialized = &jsonrpc2.Error{Code: -32002, Message: "the server is not initialized"}
	errShutDown       = &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server was shut down"}
)

func (s *server) answer(ctx context.Context, request *jsonrpc2.Request) {
	if request.Notif {
		if s.begun || request.Method == "exit" {
			// Nobody is told of what is wrong with a notification.
			_, _ = s.handle(ctx, request)
		}
		return
	}
	if s.takeWaiting(request.ID) {
		s.refuse(ctx, request.ID, errCancelled)
		return
	}
	result, err := s.handle(ctx, request)
	if err != nil {
		s.refuse(ctx, request.ID, err)
		return
	}
	_ = s.conn.Reply(ctx, request.ID, result) // one who is gone needs no answer
}

func (s *server) refuse(ctx context.Context, id jsonrpc2.ID, err error) {
	var told *jsonrpc2.Error
	if !errors.As(err, &told) {
		told = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
	}
	_ = s.conn.ReplyWithError(ctx, id, told)
}

// A handler does what a message asks for.
type handler func(*server, context.Context, *jsonrpc2.Request) (any, error)

var handlers = map[string]handler{
	"initialize":                       (*server).initialize,
	"initialized":                      (*server).initialized,
	"shutdown":                         (*server).shutdown,
	"exit":                             (*server).exit,
	"workspace/didChangeConfiguration": (*server).configure,
	"workspace/didChangeWatchedFiles":  (*server).changedOutside,
	"textDocument/didOpen":             aboutText((*server).didOpen),
	"textDocument/didChange":           aboutText((*server).didChange),
	"textDocument/didSave":             aboutText((*server).didSave),
	"textDocument/didClose":            aboutText((*server).didClose),
	"textDocument/codeAction":          aboutText((*server).codeActions),
	"textDocument/hover":               aboutText((*server).hover),
	"textDocument/completion":          aboutText((*server).complete),
	"textDocument/documentSymbol":      aboutText((*server).outline),
	"textDocument/definition":          aboutText((*server).definition),
}

func (s *server) handle(ctx context.Context, request *jsonrpc2.Request) (any, error) {
	handle, known := handlers[request.Method]
	switch {
	case !known:
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: "there is no method " + request.Method}
	case !s.begun && request.Method != "initialize" && request.Method != "exit":
		return nil, errNotInitialized
	case s.shutDown && request.Method != "exit":
		return nil, errShutDown
	}
	return handle(s, ctx, request)
}

// aboutText returns the handler of messages about one text of the repository, given
// with its path. About any other text there is nothing to say.
func aboutText(handle func(*server, context.Context, string, documentParams) (any, error)) handler {
	return func(s *server, ctx context.Context, request *jsonrpc2.Request) (any, error) {
		var params documentParams
		if err := read(request, &params); err != nil {
			return nil, err
		}
		if s.repo == nil {
			return nil, nil
		}
		name, ok := s.path(params.TextDocument.URI)
		if !ok {
			return nil, nil
		}
		return handle(s, ctx, name, params)
	}
}

// read reads the parameters of a message.
func read(request *jsonrpc2.Request, params any) error {
	if request.Params == nil {
		return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: "there are no params"}
	}
	if err := json.Unmarshal(*request.Params, params); err != nil {
		return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
	}
	return nil
}

func (s *server) initialize(ctx context.Context, request *jsonrpc2.Request) (any, error) {
	if s.begun {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "the server is initialized already"}
	}
	var params initializeParams
	if err := read(request, &params); err != nil {
		return nil, err
	}
	s.begun = true
	s.encoding = encodingOf(params.Capabilities.General.PositionEncodings)
	s.documentChanges = params.Capabilities.Workspace.WorkspaceEdit.DocumentChanges
	s.watches = params.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration
	s.wish(params.InitializationOptions)
	if params.ProcessID != nil {
		s.endWith(ctx, *params.ProcessID)
	}
	var err error
	if s.repo, err = s.Open(params.folder()); err != nil {
		s.show(ctx, isError, err.Error())
	}
	s.load(ctx)
	return object{"capabilities": capabilities(s.encoding), "serverInfo": object{"name": "alliances"}}, nil
}

// folder returns the first folder that the client has open, "" where it has none.
func (p *initializeParams) folder() string {
	uri := p.RootURI
	if len(p.WorkspaceFolders) > 0 {
		uri = p.WorkspaceFolders[0].URI
	}
	return fileOf(uri)
}

// endWith ends the server once a process has ended.
func (s *server) endWith(ctx context.Context, process int) {
	gone := s.Gone(process)
	go func() {
		select {
		case <-gone:
			s.end(nil)
		case <-ctx.Done():
		}
	}()
}

// reason returns why the server ends, nil where the connection did.
func (s *server) reason() error {
	select {
	case err := <-s.ended:
		return err
	default:
		return nil
	}
}

func (s *server) end(err error) {
	select {
	case s.ended <- err:
	default: // it ends already
	}
}

// initialized asks the client to tell of files that change, if it can.
func (s *server) initialized(ctx context.Context, _ *jsonrpc2.Request) (any, error) {
	if !s.watches {
		return nil, nil
	}
	watchers := []object{}
	for _, glob := range []string{"**/partners/**", "**/schemas/**", "**/policies/**"} {
		watchers = append(watchers, object{"globPattern": glob})
	}
	_, err := s.conn.DispatchCall(ctx, "client/registerCapability", object{"registrations": []object{{
		"id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": object{"watchers": watchers},
	}}})
	return nil, err
}

func (s *server) shutdown(context.Context, *jsonrpc2.Request) (any, error) {
	s.shutDown = true
	return nil, nil
}

func (s *server) exit(context.Context, *jsonrpc2.Request) (any, error) {
	if s.shutDown {
		s.end(nil)
	} else {
		s.end(ErrNoShutdown)
	}
	return nil, nil
}

func (s *server) configure(_ context.Context, request *jsonrpc2.Request) (any, error) {
	var params struct {
		Settings json.RawMessage `json:"settings"`
	}
	if err := read(request, &params); err != nil {
		return nil, err
	}
	s.wish(params.Settings)
	s.touchShown()
	return nil, nil
}

// wish takes up what a client wishes; of what is nonsense, nothing.
func (s *server) wish(settings json.RawMessage) {
	var all wishes
	if json.Unmarshal(settings, &all) != nil {
		return
	}
	if all.Alliances != nil {
		all = *all.Alliances
	}
	if all.SchemaFindings != nil {
		s.schemaFindings = *all.SchemaFindings
	}
}

func (s *server) show(ctx context.Context, weight int, message string) {
	s.notify(ctx, "window/showMessage", showMessageParams{weight, message})
}

// notify tells the client something. One who is gone is told nothing.
func (s *server) notify(ctx context.Context, method string, params any) {
	_ = s.conn.Notify(ctx, method, params)
}
