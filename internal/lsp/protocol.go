package lsp

import "encoding/json"

// Of the Language Server Protocol, version 3.17, these are the messages that the
// server understands, as far as it does.

// A position counts lines and, in units of the encoding, characters from 0.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

type textRange struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

func (r textRange) meets(other textRange) bool {
	return !r.End.before(other.Start) && !other.End.before(r.Start)
}

func (p position) before(q position) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Character < q.Character
}

type location struct {
	URI   string    `json:"uri"`
	Range textRange `json:"range"`
}

type textDocument struct {
	URI     string `json:"uri"`
	Version *int   `json:"version,omitempty"`
	Text    string `json:"text,omitempty"`
}

// documentParams are those of every request and notification about one text.
type documentParams struct {
	TextDocument   textDocument `json:"textDocument"`
	Position       position     `json:"position"`
	Range          textRange    `json:"range"`
	ContentChanges []textChange `json:"contentChanges"`
	Context        struct {
		Only []string `json:"only"`
	} `json:"context"`
}

// A textChange puts Text in the place of a range, or of all where there is none.
type textChange struct {
	Range *textRange `json:"range"`
	Text  string     `json:"text"`
}

type initializeParams struct {
	ProcessID        *int   `json:"processId"`
	RootURI          string `json:"rootUri"`
	WorkspaceFolders []struct {
		URI string `json:"uri"`
	} `json:"workspaceFolders"`
	InitializationOptions json.RawMessage `json:"initializationOptions"`
	Capabilities          struct {
		General struct {
			PositionEncodings []string `json:"positionEncodings"`
		} `json:"general"`
		Workspace struct {
			WorkspaceEdit struct {
				DocumentChanges bool `json:"documentChanges"`
			} `json:"workspaceEdit"`
			DidChangeWatchedFiles struct {
				DynamicRegistration bool `json:"dynamicRegistration"`
			} `json:"didChangeWatchedFiles"`
		} `json:"workspace"`
	} `json:"capabilities"`
}

// wishes are the settings of the client: of the server alone, or of all servers.
type wishes struct {
	Alliances      *wishes `json:"alliances"`
	SchemaFindings *bool   `json:"schemaFindings"`
}

type diagnostic struct {
	Range              textRange            `json:"range"`
	Severity           int                  `json:"severity"`
	Code               string               `json:"code,omitempty"`
	CodeDescription    *codeDescription     `json:"codeDescription,omitempty"`
	Source             string               `json:"source"`
	Message            string               `json:"message"`
	RelatedInformation []relatedInformation `json:"relatedInformation,omitempty"`
}

type codeDescription struct {
	Href string `json:"href"`
}

type relatedInformation struct {
	Location location `json:"location"`
	Message  string   `json:"message"`
}

// What a diagnostic can weigh, and what kinds of message there are.
const (
	isError   = 1
	isWarning = 2
	isInfo    = 3
)

type publishParams struct {
	URI         string       `json:"uri"`
	Version     *int         `json:"version,omitempty"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

type textEdit struct {
	Range   textRange `json:"range"`
	NewText string    `json:"newText"`
}

type documentEdit struct {
	TextDocument versioned  `json:"textDocument"`
	Edits        []textEdit `json:"edits"`
}

type versioned struct {
	URI     string `json:"uri"`
	Version *int   `json:"version"`
}

type workspaceEdit struct {
	Changes         map[string][]textEdit `json:"changes,omitempty"`
	DocumentChanges []documentEdit        `json:"documentChanges,omitempty"`
}

// The kinds of code action that there are.
const (
	quickFix     = "quickfix"
	fixAll       = "source.fixAll"
	fixAllOfOurs = "source.fixAll.alliances"
)

type codeAction struct {
	Title       string        `json:"title"`
	Kind        string        `json:"kind"`
	Diagnostics []diagnostic  `json:"diagnostics,omitempty"`
	IsPreferred bool          `json:"isPreferred,omitempty"`
	Edit        workspaceEdit `json:"edit"`
}

type markup struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

type hover struct {
	Contents markup     `json:"contents"`
	Range    *textRange `json:"range,omitempty"`
}

// The kinds of completion that are offered.
const (
	completesField     = 5
	completesValue     = 12
	completesChoice    = 20
	completesReference = 18
)

type completion struct {
	Label         string   `json:"label"`
	Kind          int      `json:"kind"`
	Detail        string   `json:"detail,omitempty"`
	Documentation *markup  `json:"documentation,omitempty"`
	SortText      string   `json:"sortText"`
	FilterText    string   `json:"filterText"`
	TextEdit      textEdit `json:"textEdit"`
}

type completionList struct {
	IsIncomplete bool         `json:"isIncomplete"`
	Items        []completion `json:"items"`
}

// The kinds of symbol in an outline.
const (
	symbolOfObject = 19
	symbolOfList   = 18
	symbolOfField  = 8
)

type symbol struct {
	Name           string    `json:"name"`
	Detail         string    `json:"detail,omitempty"`
	Kind           int       `json:"kind"`
	Range          textRange `json:"range"`
	SelectionRange textRange `json:"selectionRange"`
	Children       []symbol  `json:"children,omitempty"`
}

type showMessageParams struct {
	Type    int    `json:"type"`
	Message string `json:"message"`
}

type object map[string]any

// capabilities are what the server can do, told when it is initialized.
func capabilities(encoding encoding) object {
	return object{
		"positionEncoding":       encoding,
		"textDocumentSync":       object{"openClose": true, "change": 2, "save": object{}},
		"codeActionProvider":     object{"codeActionKinds": []string{quickFix, fixAllOfOurs}},
		"hoverProvider":          true,
		"completionProvider":     object{"triggerCharacters": []string{" ", "-"}},
		"documentSymbolProvider": true,
		"definitionProvider":     true,
		"workspace":              object{"workspaceFolders": object{"supported": false}},
	}
}
