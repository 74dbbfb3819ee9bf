package record_test

import (
	"bytes"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// oddities are texts that fuzzing found to be hard on the code.
var oddities = []string{
	"? ? - a\n", "? ? a: b\n  : c\n", "? ? ?", "&0: &0", "{[{[a]: b}]: c}", "[a: -,]", "[? , ?]",
	"- a\n- !%", "-\n:\n--", "-\n:\n--\n-", "\t#", "a: |\x18\n", "{y,o,o,s", strings.Repeat("[", 63) + strings.Repeat("]", 63),
}

// addSeeds gives a fuzz target the texts of all tables.
func addSeeds(f *testing.F) {
	for _, text := range oddities {
		f.Add([]byte(text))
	}
	for _, test := range refused {
		f.Add([]byte(strings.NewReplacer("«", "", "»", "").Replace(test.text)))
	}
	for _, test := range values {
		f.Add([]byte(test.text))
	}
	for _, test := range otherPlaces {
		f.Add([]byte(test.text))
	}
	for _, variant := range variants {
		f.Add([]byte(variant.of(document)))
	}
}

// FuzzLoad holds what every reader of records relies on, whatever the bytes are.
func FuzzLoad(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, findings := record.Load(path, data)
		if (r == nil) == (len(findings) == 0) {
			t.Fatalf("record %v with the findings %v", r, briefs(findings))
		}
		for i, found := range findings {
			checkFinding(t, source.New(data), found)
			inKey := found.Rule == "yaml/key" // a key inside a key may start where that one does
			if !inKey && slices.ContainsFunc(findings[:i], func(f finding.Finding) bool { return cmp.Equal(f, found) }) {
				t.Errorf("found twice: %s", brief(found.Span, found.Rule))
			}
		}
		again, findingsAgain := record.Load(path, data)
		if diff := cmp.Diff(findings, findingsAgain); diff != "" {
			t.Errorf("loaded again (-first +second):\n%s", diff)
		}
		if r != nil {
			checkPlaces(t, r)
			if diff := cmp.Diff(outline(r), outline(again)); diff != "" {
				t.Errorf("loaded again (-first +second):\n%s", diff)
			}
		}
	})
}

func checkFinding(t *testing.T, file *source.File, found finding.Finding) {
	t.Helper()
	if !slices.ContainsFunc(record.Rules(), func(rule *finding.Rule) bool { return rule.ID == found.Rule }) {
		t.Errorf("%s is none of the rules", found.Rule)
	}
	if found.File != path {
		t.Errorf("%s is in %q", found.Rule, found.File)
	}
	checkInside(t, file, found.Span)
}

func checkInside(t *testing.T, file *source.File, span source.Span) {
	t.Helper()
	for _, position := range []source.Position{span.Start, span.End} {
		if got := file.Position(file.Offset(position)); got != position {
			t.Errorf("%v is not in the file, but %v is", position, got)
		}
	}
	if span.End.Compare(span.Start) < 0 {
		t.Errorf("%v ends before it starts", span)
	}
}

// checkPlaces checks that the place of every value, and of every key, spans
// the text that says this value, or this key.
func checkPlaces(t *testing.T, r *record.Record) {
	t.Helper()
	each(r.Root, nil, func(n *record.Node, path []string) {
		value, key := r.Locate(path, false), r.Locate(path, true)
		checkInside(t, r.File, value.Span)
		checkInside(t, r.File, key.Span)
		if want := pointer.Of(path); value.Pointer() != want || key.Pointer() != want {
			t.Errorf("%s is found at %s and %s", want, value.Pointer(), key.Pointer())
		}
		if last := len(path) - 1; last >= 0 && r.Root.At(path[:last]).Kind == record.Map {
			if text := spanned(r, key); !says(text, path[last]) {
				t.Errorf("%q is where the key %q should be", text, path[last])
			}
		} else if value.Span != key.Span {
			t.Errorf("%s has no key, but one at %v", key.Pointer(), key.Span)
		}
		if text := spanned(r, value); !saysNode(r, n, text) && !standsIn(r, n, path, value.Span) {
			t.Errorf("%q is where %s should be: %v", text, value.Pointer(), n.JSON())
		}
	})
}

// saysNode reports whether text, taken from the file, is the value n.
func saysNode(r *record.Record, n *record.Node, text string) bool {
	if n.IsScalar() {
		return says(text, n.Text) && (text != "" || n.Kind == record.Null)
	}
	if strings.HasPrefix(text, "[") || strings.HasPrefix(text, "{") {
		return reads("--- "+text, n.JSON())
	}
	return reads("["+text+",]", []any{n.JSON()}) // a pair such as [a: b]
}

// standsIn reports whether a value without a text of its own is shown by its
// key, or by the first thing in it.
func standsIn(r *record.Record, n *record.Node, path []string, span source.Span) bool {
	switch key := r.Locate(path, true).Span; {
	case n.Kind < record.List:
		return n.Kind == record.Null && n.Text == "" && span == key
	case span == key && len(path) > 0 && r.Root.At(path[:len(path)-1]).Kind == record.Map:
		return true
	case n.Kind == record.List:
		return span == r.Locate(append(path, "0"), false).Span
	}
	return span == r.Locate(append(path, n.Fields[0].Key), true).Span
}

// says reports whether text, taken from the file, is a scalar of that value.
// White space is no matter where the text is not in quotes: it may be folded.
func says(text, value string) bool {
	switch {
	case strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "'"):
		return reads("--- "+text, value)
	case strings.HasPrefix(text, "|") || strings.HasPrefix(text, ">"):
		header := strings.IndexAny(text+"\n", "\r\n")
		text = text[header:]
	}
	return dense(text) == dense(value)
}

func reads(text string, want any) bool {
	r, _ := record.Load(path, []byte(text))
	return r != nil && reflect.DeepEqual(want, r.Root.JSON()) // cmp takes forever on deep lists
}

func dense(text string) string {
	return strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "").Replace(text)
}

// outline lists the place, kind and text of every value and key of a record.
func outline(r *record.Record) (lines []string) {
	each(r.Root, nil, func(n *record.Node, path []string) {
		place := r.Locate(path, false)
		lines = append(lines, fmt.Sprintf("%s: %d %q at %v, key at %v", place.Pointer(), n.Kind, n.Text, place.Span, r.Locate(path, true).Span))
	})
	return lines
}

// FuzzLineAbove holds that a comment above a record moves its lines and
// changes nothing else.
func FuzzLineAbove(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		text := bytes.TrimPrefix(data, []byte("\uFEFF"))
		switch {
		case len(data) > record.MaxBytes-10 || startsWithMark(text):
			t.Skip("no room for a line, or no line without its mark")
		case indentedComment.Match(text):
			t.Skip("the parser takes this tab ill, but not behind a comment")
		}
		below := slices.Concat(data[:len(data)-len(text)], []byte("# é\n"), text)
		was, findings := record.Load(path, data)
		is, findingsBelow := record.Load(path, below)
		if diff := cmp.Diff(moved(findings, findingsBelow), findingsBelow); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if was == nil || is == nil {
			return
		}
		each(was.Root, nil, func(n *record.Node, path []string) {
			for _, atKey := range []bool{false, true} {
				want, got := was.Locate(path, atKey), is.Locate(path, atKey)
				want.Span = lineBelow(want.Span)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	})
}

var indentedComment = regexp.MustCompile(`^\s*\t\s*(#|$)`)

func startsWithMark(text []byte) bool {
	return slices.ContainsFunc([]string{"\uFEFF", "\xff\xfe", "\xfe\xff", "\x00\x00\xfe\xff"}, func(mark string) bool {
		return bytes.HasPrefix(text, []byte(mark))
	})
}

// moved returns findings as they should be a line below. One about the file as
// a whole stays at its start. Of several errors in the syntax, the parser may
// meet another one first.
func moved(findings, below []finding.Finding) (want []finding.Finding) {
	for i, f := range findings {
		f.Span, f.Related = lineBelow(f.Span), slices.Clone(f.Related)
		for j := range f.Related {
			f.Related[j].Span = lineBelow(f.Related[j].Span)
		}
		if i < len(below) && below[i].Rule == f.Rule {
			switch {
			case f.Rule == "yaml/syntax":
				f = below[i]
			case findings[i].Span == source.Start && (f.Rule == "yaml/empty" || f.Rule == "yaml/limit"):
				f.Span = source.Start
			case f.Rule == "yaml/duplicate_key":
				f.Message = below[i].Message // it names a line
			}
		}
		want = append(want, f)
	}
	return want
}

func lineBelow(span source.Span) source.Span {
	span.Start.Line++
	span.End.Line++
	return span
}

// FuzzStrings holds that where YAML's parser reads a string, a record has the
// same string. Dates, and numbers that only the parser takes for numbers, are
// strings to a record alone.
func FuzzStrings(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, _ := record.Load(path, data)
		if r == nil {
			t.Skip("no record, or one that the parser splits at other lines")
		}
		var want any
		if err := yaml.Unmarshal(data, &want); err != nil {
			t.Skip(err)
		}
		checkStrings(t, r.Root, want)
	})
}

func checkStrings(t *testing.T, n *record.Node, want any) {
	t.Helper()
	switch want := want.(type) {
	case string:
		if n.Kind != record.String || n.Text != want {
			t.Errorf("kind %d %q, want the string %q", n.Kind, n.Text, want)
		}
	case []any:
		if len(n.Items) != len(want) {
			t.Fatalf("%d entries, want %d", len(n.Items), len(want))
		}
		for i, item := range want {
			checkStrings(t, n.Items[i], item)
		}
	case map[string]any:
		for key, item := range want {
			value := n.Field(key)
			if value == nil {
				t.Fatalf("no field %q", key)
			}
			checkStrings(t, value, item)
		}
	case nil, bool:
		if n.Kind != record.Null && n.Kind != record.Bool {
			t.Errorf("kind %d %q, want %v", n.Kind, n.Text, want)
		}
	}
}
