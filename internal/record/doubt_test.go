package record_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A doubt is a text, and what is in doubt about it, each as "rule pointer: message =>
// expected".
type doubt struct {
	text string
	want []string
}

var doubtful = []doubt{
	{"a: Build and test\n", nil},
	{"a: “Build and test”\n", []string{"yaml/quotes /a: the quotes around this text are a part of it => Build and test"}},
	{"a: „Bauen“ # c\n", []string{"yaml/quotes /a: the quotes around this text are a part of it => Bauen"}},
	{"a: [«x y»]\n", []string{"yaml/quotes /a/0: the quotes around this text are a part of it => x y"}},
	{"a: '“x”'\n", []string{"yaml/quotes /a: the quotes around this text are a part of it => x"}},
	{"a: “Build” and “test”\n", nil},
	{"a: say “yes”\n", nil},
	{"a: “x\n", []string{"yaml/quotes /a: a quote that is a part of this text stands on one side of it => x"}},
	{"a: Acme\"\n", []string{"yaml/quotes /a: a quote that is a part of this text stands on one side of it => Acme"}},
	{"a: a screen of 15\"\n", nil},
	{"a: so-called \"test\"\n", nil},
	{"a: ‘it’s so’\n", []string{"yaml/quotes /a: the quotes around this text are a part of it => it’s so"}},
	{"a: ‘so’ and ‘so’\n", nil},
	{"a: “”\n", nil},
	{"a: ’t Hooft\n", nil},

	{"a: Build job #42 and test\n", []string{"yaml/comment /a: what is behind ` #` is a comment: `#42 and test` is no part of the text"}},
	{"a:\n  - b: Job #1\n", []string{"yaml/comment /a/0/b: what is behind ` #` is a comment: `#1` is no part of the text"}},
	{"a: Build a job #now and test\n", []string{"yaml/comment /a: what is behind ` #` is a comment: `#now and test` is no part of the text"}},
	{"a: Build job # 42\n", nil},
	{"a: Build job ### why\n", nil},
	{"a: job #now\n", nil},
	{"Build job #42\n", nil},
	{"a: 4 #was 3\n", nil},
	{"a: 2026-03-02 #5\n", nil},
	{"a: 'Build job' #42\n", nil},
	{"a: [b c] #42\n", nil},
	{"a: Build job\n #42\n", nil},
	{"#1 a\na: Build job#42\n", nil},

	{"a: Tom &amp; Co\n", []string{"yaml/entity /a: `&amp;` is how web pages write a character => Tom & Co"}},
	{"a: \"Tom \\x26amp; Co\"\n", []string{"yaml/entity /a: `&amp;` is how web pages write a character => Tom & Co"}},
	{"a: \"it&#39;s&nbsp;so\"\n", []string{"yaml/entity /a: `&#39;` is how web pages write a character => it's so"}},
	{"a: https://b.example/?c=1&copy=2\n", nil},
	{"a: R&D; tests\n", nil},
	{"a: x&#27;y\n", nil},
}

func TestWarnings(t *testing.T) {
	for _, test := range doubtful {
		t.Run(test.text, func(t *testing.T) {
			var got []string
			for _, w := range load(t, test.text).Warnings {
				line := w.Rule + " " + w.Pointer() + ": " + w.Message
				if !w.Expected.IsNone() {
					line += fmt.Sprint(" => ", w.Expected.JSON())
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if past, _ := record.LoadPast(path, []byte(test.text)); past == nil || past.Warnings != nil {
				t.Errorf("what it was is warned of: %+v", past)
			}
		})
	}
}

var advised = regexp.MustCompile("^Write `([^`]+)`")

// TestWarningsHelp holds that a warning ends where what its help says is typed.
func TestWarningsHelp(t *testing.T) {
	for _, test := range doubtful {
		for _, w := range load(t, test.text).Warnings {
			typed := advised.FindStringSubmatch(w.Help)
			if typed == nil {
				continue
			}
			file := source.New([]byte(test.text))
			start, end := file.Offset(w.Span.Start), file.Offset(w.Span.End)
			if w.Rule == "yaml/comment" {
				key := w.Path[len(w.Path)-1] + ": "
				start, end = start-len(key), len(test.text)-1
			}
			better := test.text[:start] + typed[1] + test.text[end:]
			if left := load(t, better).Warnings; len(left) > 0 {
				t.Errorf("%q becomes %q: %+v", test.text, better, left)
			}
		}
	}
}

func TestWarningsAreBounded(t *testing.T) {
	found := load(t, "a:\n"+strings.Repeat("  - b &amp; c\n", 3*record.MaxFindings)).Warnings
	if last := found[len(found)-1]; len(found) != record.MaxFindings+1 || last.Message != "200 more findings, from here on, are not told" {
		t.Errorf("%d warnings, and %s", len(found), last.Message)
	}
}
