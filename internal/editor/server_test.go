package editor

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// patience is how long the server may be silent. Where all tests run at once,
// Node takes a while to start.
const patience = time.Minute

// A server is a running yaml-language-server, spoken to as an editor does it:
// in the Language Server Protocol, over its standard input and output.
type server struct {
	t        *testing.T
	root     string // the folder that is open in the editor
	settings settings
	in       io.Writer
	messages <-chan message
	requests int
	settled  bool // whether it has asked for its settings
	marks    map[string][]diagnostic
}

// A message is what the server sends: a request, an answer or a notification.
type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
}

// object is what a message holds in JSON.
type object = map[string]any

// A position counts lines and characters from 0.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// A diagnostic is what an editor underlines.
type diagnostic struct {
	Message string `json:"message"`
	Range   struct {
		Start position `json:"start"`
	} `json:"range"`
}

// startServer starts the server with the settings of an editor in which the
// folder root is open. It skips the test where there is no server.
func startServer(t *testing.T, root string, settings settings) *server {
	t.Helper()
	program := os.Getenv("ALLIANCES_YAML_LANGUAGE_SERVER")
	if program == "" {
		t.Skip("skipped: yaml-language-server is not installed; .ci/run installs it")
	}
	s := &server{t: t, root: root, settings: settings, marks: map[string][]diagnostic{}}
	command := exec.CommandContext(t.Context(), program, "--stdio")
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	s.in, s.messages = in, messages(out)
	t.Cleanup(func() {
		// The end of the test has killed it; there is nothing else to be told.
		_ = command.Wait()
	})
	s.initialize()
	return s
}

// messages reads what the server sends. The channel is closed where the server
// ends, or sends what is no message.
func messages(out io.Reader) <-chan message {
	// There is room for all messages of a test, so that the server never waits
	// for the test to read while the test waits for it.
	received := make(chan message, 4096)
	go func() {
		defer close(received)
		reader := bufio.NewReader(out)
		for {
			m, err := readMessage(reader)
			if err != nil {
				return
			}
			received <- m
		}
	}()
	return received
}

func readMessage(reader *bufio.Reader) (message, error) {
	var m message
	header, err := textproto.NewReader(reader).ReadMIMEHeader()
	if err != nil {
		return m, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return m, err
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(reader, body); err != nil {
		return m, err
	}
	return m, json.Unmarshal(body, &m)
}

func (s *server) send(m object) {
	s.t.Helper()
	m["jsonrpc"] = "2.0"
	body, err := json.Marshal(m)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		s.t.Fatal(err)
	}
}

func (s *server) notify(method string, params object) {
	s.t.Helper()
	s.send(object{"method": method, "params": params})
}

// request asks the server and reads its answer into result.
func (s *server) request(method string, params object, result any) {
	s.t.Helper()
	s.requests++
	s.send(object{"id": s.requests, "method": method, "params": params})
	for {
		m := s.receive()
		if m.Method != "" || string(m.ID) != strconv.Itoa(s.requests) {
			continue
		}
		if m.Error != nil {
			s.t.Fatalf("%s: %s", method, m.Error)
		}
		if err := json.Unmarshal(m.Result, result); err != nil {
			s.t.Fatalf("%s: %v: %s", method, err, m.Result)
		}
		return
	}
}

// receive waits for the next message, and does what the server wants of an
// editor.
func (s *server) receive() message {
	s.t.Helper()
	select {
	case m, ok := <-s.messages:
		if !ok {
			s.t.Fatal("yaml-language-server has ended")
		}
		s.handle(m)
		return m
	case <-time.After(patience):
		s.t.Fatalf("yaml-language-server has not answered for %v", patience)
	}
	return message{}
}

func (s *server) handle(m message) {
	s.t.Helper()
	var params struct {
		Items []struct {
			Section string `json:"section"`
		} `json:"items"`
		URI         string       `json:"uri"`
		Diagnostics []diagnostic `json:"diagnostics"`
	}
	switch m.Method {
	case "workspace/configuration":
		s.decode(m, &params)
		values := make([]any, len(params.Items))
		for i, item := range params.Items {
			values[i] = s.settings.section(item.Section)
		}
		s.send(object{"id": m.ID, "result": values})
		s.settled = true
	case "textDocument/publishDiagnostics":
		s.decode(m, &params)
		s.marks[params.URI] = params.Diagnostics
	default:
		if m.Method != "" && m.ID != nil {
			s.send(object{"id": m.ID, "result": nil})
		}
	}
}

func (s *server) decode(m message, params any) {
	s.t.Helper()
	if err := json.Unmarshal(m.Params, params); err != nil {
		s.t.Fatalf("%s: %v: %s", m.Method, err, m.Params)
	}
}

func (s *server) initialize() {
	s.t.Helper()
	root := fileURI(s.root)
	s.request("initialize", object{
		"processId":        os.Getpid(),
		"rootUri":          root,
		"workspaceFolders": []object{{"uri": root, "name": filepath.Base(s.root)}},
		"capabilities": object{
			"workspace":    object{"configuration": true, "workspaceFolders": true},
			"textDocument": object{"hover": object{"contentFormat": []string{"markdown"}}},
		},
	}, &struct{}{})
	s.notify("initialized", object{})
	for !s.settled {
		s.receive()
	}
}

// open shows the server a document that it has not seen, which need not be on
// the disk.
func (s *server) open(path, text string) document {
	s.t.Helper()
	d := document{server: s, uri: fileURI(filepath.Join(s.root, filepath.FromSlash(path)))}
	s.notify("textDocument/didOpen", object{
		"textDocument": object{"uri": d.uri, "languageId": "yaml", "version": 1, "text": text},
	})
	return d
}

// A document is a file that is open in the editor.
type document struct {
	server *server
	uri    string
}

func (d document) params() object {
	return object{"textDocument": object{"uri": d.uri}}
}

func (d document) at(at position) object {
	params := d.params()
	params["position"] = at
	return params
}

func (d document) close() {
	d.server.t.Helper()
	d.server.notify("textDocument/didClose", d.params())
}

// diagnostics waits until the server has judged the document.
func (d document) diagnostics() []diagnostic {
	d.server.t.Helper()
	for {
		if marks, judged := d.server.marks[d.uri]; judged {
			return marks
		}
		d.server.receive()
	}
}

// completions returns the labels of what the server offers.
func (d document) completions(at position) []string {
	d.server.t.Helper()
	var result struct {
		Items []struct {
			Label string `json:"label"`
		} `json:"items"`
	}
	d.server.request("textDocument/completion", d.at(at), &result)
	var labels []string
	for _, item := range result.Items {
		labels = append(labels, item.Label)
	}
	slices.Sort(labels)
	return labels
}

// hover returns the Markdown that explains what is at a place.
func (d document) hover(at position) string {
	d.server.t.Helper()
	var result struct {
		Contents struct {
			Value string `json:"value"`
		} `json:"contents"`
	}
	d.server.request("textDocument/hover", d.at(at), &result)
	return result.Contents.Value
}

// edits returns what the server would replace to format the document.
func (d document) edits() []json.RawMessage {
	d.server.t.Helper()
	params := d.params()
	params["options"] = object{"tabSize": 2, "insertSpaces": true}
	var result []json.RawMessage
	d.server.request("textDocument/formatting", params, &result)
	return result
}

func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}
