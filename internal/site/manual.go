package site

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// guides are the pages for people that a repository can have, in the order in which
// they are read. Those for who works on the program are not among them.
var guides = []string{
	"README.md", layout.Partners + "/README.md", layout.Policies + "/README.md", layout.Schemas + "/README.md", ".gitlab/README.md", "CONTRIBUTING.md", "CHANGELOG.md",
}

// Sources are what the manual is made of, beside the schemas and the rules.
type Sources struct {
	Files    fs.FS // the repository, of which the guides are; nil for none
	Examples fs.FS // has examples/KIND.yaml; nil for none
	Commands []Command
}

// A Manual tells how to work with the records.
type Manual struct {
	Guides   []Guide
	Files    fs.FS // that guides show pictures of; nil for none
	Records  []RecordGuide
	Commands []Command
}

// A Guide is a page for people, in Markdown.
type Guide struct {
	Path string // from the root of the repository
	Text []byte
}

// A RecordGuide says how to write records of a kind.
type RecordGuide struct {
	Kind, Title, Description string
	Place                    string // the path of a record, with names in angle brackets
	Fields                   []FieldGuide
	Example                  string // a whole record, explained; "" where there is none
}

// A FieldGuide says what to write into a field.
type FieldGuide struct {
	Path        []string // its name, below the names of those that it belongs to
	Title       string
	Description string
	Type        string // in words
	Needed      string // of what it cannot be left out: the record, or what it belongs to; "" of nothing
	Filled      bool   // whether a new record gets a value for it
	Private     bool
	Example     string
	Choices     []schema.Choice
}

// A Command is a command of the program, as its help explains it.
type Command struct {
	Name    string // without that of the program
	Usage   string // how it is typed
	Short   string
	Long    string
	Example string
	Flags   []Flag
}

// A Flag is a flag of a command.
type Flag struct {
	Name, Short, Value, Usage string // with a hyphen or two; Short and Value may be empty
}

// manual gathers what there is to say of how to work with the records.
func (c *Collector) manual() (*Manual, error) {
	m := &Manual{Files: c.options.Manual.Files, Commands: c.options.Manual.Commands}
	for _, name := range guides {
		text, err := readIfThere(m.Files, name)
		if err != nil {
			return nil, fmt.Errorf("the manual: %w", err)
		}
		if text != nil {
			m.Guides = append(m.Guides, Guide{name, text})
		}
	}
	for _, kind := range c.rules.Schemas.Kinds() {
		guide, err := c.recordGuide(kind)
		if err != nil {
			return nil, fmt.Errorf("the manual: %w", err)
		}
		m.Records = append(m.Records, guide)
	}
	return m, nil
}

// readIfThere returns the text of a file, nil where there is none.
func readIfThere(files fs.FS, name string) ([]byte, error) {
	if files == nil {
		return nil, nil
	}
	text, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return text, err
}

// recordGuide returns what there is to say of how to write records of a kind.
func (c *Collector) recordGuide(kind string) (RecordGuide, error) {
	schemas := c.rules.Schemas
	description, _ := schemas.Document(kind)["description"].(string)
	names := map[string]string{}
	for _, name := range schemas.Placeholders(kind) {
		names[name] = "<" + name + ">"
	}
	example, err := readIfThere(c.options.Manual.Examples, path.Join("examples", kind+layout.RecordExt))
	guide := RecordGuide{
		Kind: kind, Title: schemas.Title(kind, nil), Description: description, Place: schemas.Place(kind, names), Example: lines(string(example)),
	}
	guide.addFields(schemas.Fields(kind), nil, "the record", false)
	return guide, err
}

// addFields adds fields below the path above, which are part of whole, in words.
// private says that all of them are private, whatever their own schemas say.
func (g *RecordGuide) addFields(fields []schema.Field, above []string, whole string, private bool) {
	for i := range fields {
		f := &fields[i]
		f.Private = f.Private || private
		g.addField(f, append(slices.Clip(above), f.Name), whole)
	}
}

// addField adds a field, and those below it.
func (g *RecordGuide) addField(f *schema.Field, path []string, whole string) {
	entry := FieldGuide{
		Path: path, Title: f.Title, Description: f.Description, Type: typeOf(f),
		Filled: len(f.Defaults) > 0, Private: f.Private, Example: f.Example, Choices: f.Choices,
	}
	if f.Required {
		entry.Needed = whole
	}
	items := f.Items
	if items != nil && len(items.Choices) > 0 {
		entry.Choices = items.Choices
	}
	g.Fields = append(g.Fields, entry)
	name := "`" + strings.Join(path, ".") + "`"
	g.addFields(f.Fields, path, name, f.Private)
	if items != nil {
		g.addFields(items.Fields, path, "an entry of "+name, f.Private)
	}
	if f.Others != nil && len(f.Others.Fields) > 0 {
		g.addFields(f.Others.Fields, append(slices.Clip(path), "<name>"), "an entry of "+name, f.Private)
	}
}

// typeOf returns what kind of value a field has, in words.
func typeOf(f *schema.Field) string {
	switch {
	case f.Type == "array" && f.Items != nil && len(f.Items.Fields) == 0 && f.Items.Type != "":
		return "list: " + typeOf(f.Items)
	case f.Type == "object" && f.Others != nil:
		return "names with a " + cmp.Or(typeOf(f.Others), "value") + " each"
	}
	words := map[string]string{
		"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "array": "list", "object": "group",
	}
	return words[f.Type]
}
