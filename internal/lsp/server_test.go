package lsp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/jsonrpc2"
)

const (
	partnerFile = "partners/example-ci/partner.yaml"
	licenseFile = "partners/example-ci/licenses/2026-03-runner.yaml"

	partnerText = `kind: partner
name: Example CI
type: integrated
status: prospective
`
	licenseText = `kind: license
product: self-managed
plan: ultimate
seats_requested: unknown
seats: 99
starts_at: 2026-08-31
expires_at: 2027-02-28
purpose: Build and test the integration of Example CI with GitLab runners.
`
)

// example returns a repository of a partner with a licence for too many seats.
func example() *tree {
	return filesOf(map[string]string{partnerFile: partnerText, licenseFile: licenseText})
}

func codes(marks []diagnostic) (codes []string) {
	for _, d := range marks {
		codes = append(codes, fmt.Sprintf("%d:%d %s", d.Range.Start.Line, d.Range.Start.Character, d.Code))
	}
	return codes
}

func (c *client) want(name string, want ...string) {
	c.t.Helper()
	if diff := cmp.Diff(want, codes(c.settled(name))); diff != "" {
		c.t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// TestEdits follows a text from what is saved through edits of all kinds.
func TestEdits(t *testing.T) {
	c := connect(t, repository(example()), nil)
	c.open(licenseFile, licenseText)
	c.want(licenseFile, "4:7 license/default_seats", "4:7 license/seat_cap")
	change := func(version int, changes ...object) {
		c.notify("textDocument/didChange", object{"textDocument": object{"uri": uri(licenseFile), "version": version}, "contentChanges": changes})
	}
	at := func(line, from, to int) object {
		return object{"start": position{line, from}, "end": position{line, to}}
	}
	change(2, object{"range": at(4, 7, 9), "text": "5"})
	c.want(licenseFile)
	change(3, object{"range": at(0, 0, 0), "text": "# one line more\n"}, object{"range": at(5, 7, 8), "text": "\"5\""})
	c.want(licenseFile, "5:7 schema/type")
	change(4, object{"text": "kind: [license"})
	if marks := c.settled(licenseFile); len(marks) != 1 || !strings.HasPrefix(marks[0].Code, "yaml/") {
		t.Errorf("a broken text has %+v", marks)
	}
	change(5, object{"text": licenseText})
	c.want(licenseFile, "4:7 license/default_seats", "4:7 license/seat_cap")
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": uri(licenseFile)}})
	c.want(licenseFile)
}

// TestOtherFiles makes sure that what is found in a file that is not open is told
// there, and taken back.
func TestOtherFiles(t *testing.T) {
	c := connect(t, repository(example()), nil)
	c.open(partnerFile, partnerText)
	c.settled(partnerFile)
	c.want(licenseFile, "4:7 license/default_seats", "4:7 license/seat_cap")
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": uri(partnerFile)}})
	c.want(licenseFile)
}

// TestOtherPartners makes sure that a partner's text counts in other folders as it is
// open.
func TestOtherPartners(t *testing.T) {
	files := example()
	c := connect(t, repository(files), nil)
	other := "partners/example-other/partner.yaml"
	c.open(partnerFile, partnerText)
	c.want(partnerFile)
	c.open(other, strings.Replace(partnerText, "Example CI", "Example Other", 1))
	c.want(other)
	c.write(other, 2, partnerText)
	if marks := c.settled(partnerFile); len(marks) != 1 || !strings.HasPrefix(marks[0].Code, "partner/") || len(marks[0].RelatedInformation) > 1 {
		t.Errorf("with another partner of that name it has %+v", marks)
	}
	c.notify("textDocument/didClose", object{"textDocument": object{"uri": uri(other)}})
	c.eventually("the other partner is gone", func() bool { return len(c.marks[uri(partnerFile)]) == 0 })
}

// TestGoneFile makes sure that a text is no record once its file is deleted.
func TestGoneFile(t *testing.T) {
	files := example()
	c := connect(t, repository(files), nil)
	c.open(licenseFile, licenseText)
	c.settled(licenseFile)
	files.remove(licenseFile)
	c.write(licenseFile, 2, licenseText+"# still open\n")
	c.want(licenseFile)
	files.write(licenseFile, licenseText)
	c.write(licenseFile, 3, licenseText)
	c.want(licenseFile, "4:7 license/default_seats", "4:7 license/seat_cap")
}

func TestSchemaFindingsAreLeftToOthers(t *testing.T) {
	text := licenseText + "contcat: integrations@ci.example\n"
	c := connect(t, repository(example()), object{"initializationOptions": object{"schemaFindings": false}})
	c.open(licenseFile, text)
	rules := []string{"4:7 license/default_seats", "4:7 license/seat_cap"}
	c.want(licenseFile, rules...)
	c.notify("workspace/didChangeConfiguration", object{"settings": object{"alliances": object{"schemaFindings": true}}})
	c.want(licenseFile, append(rules[:2:2], "8:0 schema/additionalProperties")...)
	c.notify("workspace/didChangeConfiguration", object{"settings": object{"alliances": object{"schemaFindings": false}}})
	c.want(licenseFile, rules...)
	c.notify("workspace/didChangeConfiguration", object{"settings": "nonsense"})
	c.want(licenseFile, rules...)
}

// TestNonsense makes sure that no message ends the server.
func TestNonsense(t *testing.T) {
	c := dial(t, repository(example()))
	refused := func(method string, params any, code int64) {
		t.Helper()
		var told *jsonrpc2.Error
		if err := c.conn.Call(c.patient(), method, params, nil); !errors.As(err, &told) || told.Code != code {
			t.Errorf("%s: %v, want %d", method, err, code)
		}
	}
	refused("textDocument/hover", object{}, -32002)
	refused("initialize", "nonsense", jsonrpc2.CodeInvalidParams)
	c.call("initialize", object{"rootUri": nil, "processId": nil}, nil)
	refused("initialize", object{}, jsonrpc2.CodeInvalidRequest)
	refused("no/such/method", object{}, jsonrpc2.CodeMethodNotFound)
	refused("$/unknown", object{}, jsonrpc2.CodeMethodNotFound)
	refused("textDocument/hover", nil, jsonrpc2.CodeInvalidParams)
	c.notify("$/setTrace", object{"value": "off"})
	c.notify("$/cancelRequest", object{"id": 1000})
	c.notify("$/cancelRequest", "nonsense")
	c.notify("textDocument/didChange", object{"textDocument": object{"uri": uri(licenseFile)}, "contentChanges": []object{{"text": "never opened"}}})
	c.notify("textDocument/didOpen", object{"textDocument": object{"uri": "http://a.example/b.yaml", "text": "x"}})
	c.notify("textDocument/didOpen", object{"textDocument": object{"uri": "file:///elsewhere/b.yaml", "text": "x"}})
	c.notify("textDocument/didOpen", object{"textDocument": object{"uri": "%%%", "text": "x"}})
	c.notify("textDocument/didOpen", "nonsense")
	c.open(licenseFile, licenseText)
	for _, wild := range []object{
		{"start": position{-5, -5}, "end": position{-1, 3}},
		{"start": position{9, 9}, "end": position{0, 0}},
		{"start": position{1 << 30, 1 << 30}, "end": position{1 << 30, 1 << 30}},
	} {
		c.notify("textDocument/didChange", object{
			"textDocument": object{"uri": uri(licenseFile), "version": 2}, "contentChanges": []object{{"range": wild, "text": "x"}},
		})
		for _, method := range []string{"hover", "completion", "definition", "documentSymbol", "codeAction"} {
			c.call("textDocument/"+method, object{"textDocument": object{"uri": uri(licenseFile)}, "position": wild["end"], "range": wild}, nil)
		}
	}
	c.write(licenseFile, 3, licenseText)
	c.want(licenseFile, "4:7 license/default_seats", "4:7 license/seat_cap")
}

// TestCancelled makes sure that a request that waits is not answered once nobody wants
// it, and that the one behind it is.
func TestCancelled(t *testing.T) {
	held := make(chan struct{})
	r := repository(example())
	r.Path = func(file string) (string, bool) {
		if strings.HasSuffix(file, "/held") {
			<-held
		}
		return strings.CutPrefix(file, root+"/")
	}
	c := connect(t, r, nil)
	c.notify("textDocument/didOpen", object{"textDocument": object{"uri": uri("held"), "text": ""}})
	about := object{"textDocument": object{"uri": uri(licenseFile)}}
	id := jsonrpc2.ID{Num: 77}
	waiter, err := c.conn.DispatchCall(c.patient(), "textDocument/hover", about, jsonrpc2.PickID(id))
	if err != nil {
		t.Fatal(err)
	}
	c.notify("$/cancelRequest", object{"id": 77})
	c.notify("$/done", object{}) // the server has read what is in front of it
	close(held)
	var told *jsonrpc2.Error
	if err := waiter.Wait(c.patient(), nil); !errors.As(err, &told) || told.Code != errCancelled.Code {
		t.Errorf("a request that was cancelled gets %v", err)
	}
	c.call("textDocument/hover", about, nil)
}

func TestEnds(t *testing.T) {
	ended := func(c *client, want error) {
		t.Helper()
		select {
		case err := <-c.ended:
			if !errors.Is(err, want) {
				t.Errorf("it ended with %v, want %v", err, want)
			}
		case <-c.patient().Done():
			t.Error("it goes on")
		}
	}
	c := connect(t, repository(example()), nil)
	c.call("shutdown", nil, nil)
	var told *jsonrpc2.Error
	if err := c.conn.Call(c.patient(), "textDocument/hover", object{}, nil); !errors.As(err, &told) {
		t.Errorf("once it was shut down it answers %v", err)
	}
	c.notify("exit", nil)
	ended(c, nil)

	c = connect(t, repository(example()), nil)
	c.notify("exit", nil)
	ended(c, ErrNoShutdown)

	c = dial(t, repository(example()))
	c.notify("exit", nil)
	ended(c, ErrNoShutdown)

	c = connect(t, repository(example()), nil)
	c.stdin.Close()
	ended(c, nil)

	c = connect(t, repository(example()), object{"processId": 4711})
	close(c.gone)
	ended(c, nil)
}

// TestNoMessage makes sure that what is framed and no message is left out.
func TestNoMessage(t *testing.T) {
	in, toServer := io.Pipe()
	var out strings.Builder
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(context.Background(), Editor{In: in, Out: &out, Open: func(string) (*Repository, error) { return nil, errors.New("none") }})
	}()
	for _, body := range []string{"nonsense", "", "{}", "[]", `{"jsonrpc": "2.0", "method": 5}`, `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}`, `{"jsonrpc":"2.0","method":"exit"}`} {
		fmt.Fprintf(toServer, "Content-Length: %d\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n%s", len(body), body)
	}
	if err := <-ended; !errors.Is(err, ErrNoShutdown) {
		t.Errorf("it ended with %v", err)
	}
	if !strings.Contains(out.String(), `"positionEncoding":"utf-16"`) {
		t.Errorf("it answers %s", out.String())
	}
}
