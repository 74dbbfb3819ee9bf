package report

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// run is what the parts of the nasty report share.
var run = Run{
	Validator: "alliances v1.2.3", Records: "commit 0123abc", Base: "89def", Rules: "4567", FailOn: finding.Warning,
	Scope: "in the folders that the change touches", LinkBase: "https://gitlab.example/alliances/-/blob/0123abc/",
}

// nastyWhole is the nasty report of a run that has parts, and a file whose name is
// no UTF-8.
func nastyWhole() (*Report, Options) {
	r, o := nasty()
	bytes := finding.New(catalogue[0], finding.Place{File: "partners/\xff.yaml", Span: source.Start}, "the name is no UTF-8")
	related := finding.Related{Place: finding.Place{File: "partners/acme/partner.yaml", Span: source.Start}, Message: "here"}
	r.Findings = append(r.Findings, bytes, bytes.WithRelated(related).WithDetail("in detail"))
	finding.Sort(r.Findings)
	r.Records, r.Partners, r.Scope = len(r.Files), 7, run.Scope
	o.FailOn, o.Verbose, o.Elapsed = run.FailOn, true, 3*1234567*time.Microsecond
	return r, o
}

// nastyParts returns the JSON reports of three parts of the nasty report.
func nastyParts(t *testing.T) [][]byte {
	t.Helper()
	whole, options := nastyWhole()
	options.Elapsed /= 3
	parts := make([][]byte, 3)
	for i := range parts {
		part := *whole
		part.Part = &Part{i + 1, len(parts), run}
		part.Files, part.Findings = nil, nil
		for j, file := range whole.Files {
			if j%3 == i {
				part.Files = append(part.Files, file)
			}
		}
		for _, f := range whole.Findings {
			if len(folderOf(f.File))%3 == i {
				part.Findings = append(part.Findings, f)
			}
		}
		part.Records, part.Partners = len(part.Files), []int{0, 3, 4}[i]
		parts[i] = []byte(written(t, "json", &part, options))
	}
	return parts
}

func readParts(t *testing.T, texts ...[]byte) []*Stored {
	t.Helper()
	parts := make([]*Stored, len(texts))
	for i, text := range texts {
		var err error
		if parts[i], err = ReadPart(fmt.Sprintf("%d.json", i+1), text); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}

// TestJoin holds that joined parts are one run's report in every format, in whatever
// order they come.
func TestJoin(t *testing.T) {
	want, options := nastyWhole()
	texts := nastyParts(t)
	for _, order := range [][]int{{0, 1, 2}, {2, 0, 1}, {1, 2, 0}} {
		joined, shared, err := Join(readParts(t, texts[order[0]], texts[order[1]], texts[order[2]]))
		if err != nil || shared != run {
			t.Fatalf("%v, %+v", err, shared)
		}
		again := options
		again.Source, again.Elapsed, again.LinkBase, again.FailOn = joined.Source, joined.Elapsed, shared.LinkBase, shared.FailOn
		for _, sections := range []bool{false, true} {
			options.Sections, again.Sections = sections, sections
			for _, format := range Formats() {
				if format == "markdown" {
					options.LinkBase = shared.LinkBase
				}
				if got, want := written(t, format, &joined.Report, again), written(t, format, want, options); got != want {
					t.Errorf("%s, order %v:\n%s\nwant\n%s", format, order, got, want)
				}
			}
		}
	}
}

// TestJoinOne holds that one part of one is a whole run.
func TestJoinOne(t *testing.T) {
	whole, options := nastyWhole()
	want := written(t, "json", whole, options)
	whole.Part = &Part{1, 1, run}
	joined, _, err := Join(readParts(t, []byte(written(t, "json", whole, options))))
	if err != nil {
		t.Fatal(err)
	}
	if got := written(t, "json", &joined.Report, options); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestJoinRefuses(t *testing.T) {
	texts := nastyParts(t)
	change := func(change func(p *Part)) []*Stored {
		parts := readParts(t, texts...)
		change(parts[2].Part)
		return parts
	}
	for want, parts := range map[string][]*Stored{
		"of 3 parts the parts 1, 3 are missing: give the reports of all":         readParts(t, texts[1]),
		"1.json and 2.json are both part 1 of 3: give each part once":            readParts(t, texts[0], texts[0], texts[2]),
		"1.json is part 1 of 3, and 3.json is part 3 of 4":                       change(func(p *Part) { p.Count = 4 }),
		`1.json and 3.json are of different runs: the versions are "alliances v`: change(func(p *Part) { p.Run.Validator = "alliances v2" }),
		"the records are":          change(func(p *Part) { p.Run.Records = "commit 4" }),
		"the bases are":            change(func(p *Part) { p.Run.Base = "" }),
		"the rules are":            change(func(p *Part) { p.Run.Rules = "other" }),
		"values of --fail-on are":  change(func(p *Part) { p.Run.FailOn = finding.Error }),
		"the scopes are":           change(func(p *Part) { p.Run.Scope = "" }),
		"addresses of the project": change(func(p *Part) { p.Run.LinkBase = "" }),
	} {
		if _, _, err := Join(parts); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestReadPartRefuses(t *testing.T) {
	text := string(nastyParts(t)[1])
	whole, options := nastyWhole()
	replaced := func(old, now string) string {
		if !strings.Contains(text, old) {
			t.Fatalf("there is no %s in\n%s", old, text)
		}
		return strings.Replace(text, old, now, 1)
	}
	for name, test := range map[string]struct{ text, want string }{
		"nothing":              {"", "is no report of a part (EOF)"},
		"no JSON":              {"kind: partner", "is no report of a part (invalid character"},
		"cut off":              {text[:len(text)/2], "is no report of a part (unexpected EOF)"},
		"without its end":      {text[:len(text)-1], "writing it anew gives another one"},
		"two":                  {text + text, "writing it anew gives another one"},
		"a whole run":          {written(t, "json", whole, options), "is of no part of a run"},
		"Code Quality":         {written(t, "codequality", whole, options), "is no report of a part"},
		"SARIF":                {written(t, "sarif", whole, options), "is no report of a part"},
		"an object":            {"{}", "has version 0, and this program reads 1"},
		"a version to come":    {replaced(`"version": 1`, `"version": 2`), "has version 2, and this program reads 1"},
		"no such part":         {replaced(`"index": 2`, `"index": 4`), "there is no part 4 of 3"},
		"a part before all":    {replaced(`"index": 2`, `"index": 0`), "there is no part 0 of 3"},
		"a number too large":   {replaced(`"index": 2`, `"index": 1e400`), "is no report of a part"},
		"many digits":          {replaced(`"partners": `, `"partners": `+strings.Repeat("9", 1<<20)), "is no report of a part"},
		"a text for a number":  {replaced(`"index": 2`, `"index": "2"`), "is no report of a part"},
		"a member twice":       {replaced(`"index": 2`, `"index": 1, "index": 2`), "writing it anew gives another one"},
		"a member in capitals": {replaced(`"index": 2`, `"Index": 2`), "writing it anew gives another one"},
		"a member more":        {replaced(`"index": 2`, `"index": 2, "more": 1`), "writing it anew gives another one"},
		"other blanks":         {strings.ReplaceAll(text, "  ", " "), "writing it anew gives another one"},
		"a finding less":       {replaced(`"errors": `, `"errors": 1`), "writing it anew gives another one"},
		"a record less":        {replaced("{\n    \"records\": ", "{\n    \"records\": 1"), "not all records have a path"},
		"no severity":          {replaced("\"severity\": \"error\",\n      \"message", "\"severity\": \"grave\",\n      \"message"), "no rule"},
		"a line before all":    {replaced(`"line": `, `"line": -`), "at the span"},
		"another fingerprint":  {replaced(`"fingerprint": "`, `"fingerprint": "0`), "writing it anew gives another one"},
	} {
		if _, err := ReadPart("part.json", []byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		} else if !strings.HasPrefix(err.Error(), "part.json ") {
			t.Errorf("%s: %v does not name the file", name, err)
		}
	}
}

// TestReadPartDamaged holds that no byte can be changed so that a report is taken
// that would be written otherwise, or that the program fails on.
func TestReadPartDamaged(t *testing.T) {
	text := nastyParts(t)[2]
	random := rand.New(rand.NewPCG(1, 2))
	taken := 0
	for range 2_000 {
		damaged := bytes.Clone(text)
		damaged[random.IntN(len(damaged))] ^= byte(1 << random.IntN(8))
		part, err := ReadPart("part.json", damaged)
		if err != nil {
			continue
		}
		taken++
		for _, format := range Formats() {
			written(t, format, &part.Report, Options{Source: part.Source})
		}
		if err := part.rewritten(damaged); err != nil {
			t.Fatal(err)
		}
	}
	if taken == 0 {
		t.Error("no text of a message was changed")
	}
}
