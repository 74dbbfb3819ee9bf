package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

var update = flag.Bool("update", false, "write the golden files anew")

func written(t testing.TB, format string, r *Report, o Options) string {
	t.Helper()
	var out strings.Builder
	if err := Write(format, &out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// catalogue has the rules of the nasty report but for those of the schemas,
// which no catalogue lists, and one that nothing breaks.
var catalogue = []*finding.Rule{
	{ID: "license/seat_cap", Severity: finding.Error, Title: "A grant stays within the seat cap", Description: "A free licence is for\nthe few developers who build an integration.",
		Help: "Grant no more seats than the cap.", Handbook: "License requests", HandbookURL: "https://handbook.example/alliances/#license-requests"},
	{ID: "license/default_seats", Severity: finding.Warning, Title: "Five seats are the default", Help: "Write 5, or say in notes why not.", Handbook: "License requests", HandbookURL: "https://handbook.example/alliances/#license-requests"},
	{ID: "license/term", Severity: finding.Error, Title: "A grant runs for the standard term", Help: "Correct the date.", Handbook: "License requests", HandbookURL: "https://handbook.example/alliances/#license-requests"},
	{ID: "kpi/total", Severity: finding.Error, Title: "Totals add up", Handbook: "Alliances KPI's", HandbookURL: "https://handbook.example/alliances/#alliances-kpis"},
	{ID: "partner/name", Severity: finding.Error, Title: "Names are names", Help: "Write a name: `@all` and <b> are none.", Handbook: "Google docs", HandbookURL: "https://handbook.example/alliances/#google-docs"},
	{ID: "partner/notes", Severity: finding.Warning, Title: "Notes are short"},
	{ID: "repo/missing_partner", Severity: finding.Error, Title: "Every folder has its partner", Help: "Add the partner's record."},
	{ID: "yaml/empty", Severity: finding.Error, Title: "No empty record", Description: "A file that holds nothing records nothing.", Help: "Write the record, or delete the file."},
}

// A builder collects findings in files.
type builder struct {
	texts    map[string]string
	findings []finding.Finding
}

// add adds a finding about what is written, for the first time, in a file.
func (b *builder) add(rule, file, written, message string, expected any) *finding.Finding {
	i := slices.IndexFunc(catalogue, func(r *finding.Rule) bool { return r.ID == rule })
	broken := &finding.Rule{ID: rule, Severity: finding.Error, Help: "Correct the field's name."}
	if i >= 0 {
		broken = catalogue[i]
	}
	place := finding.Place{File: file, Span: source.Start, Subject: strings.Trim(written, `"`)}
	if text, ok := b.texts[file]; ok {
		start := strings.Index(text, written)
		place.Span = source.New([]byte(text)).Span(start, start+len(written))
	}
	b.findings = append(b.findings, finding.New(broken, place, message).WithExpected(expected))
	return &b.findings[len(b.findings)-1]
}

const (
	licence  = "partners/acme/licenses/2026-03.yaml"
	partner  = "partners/acme/partner.yaml"
	japanese = "partners/nippon/partner.yaml"
	forged   = "partners/forged/partner.yaml"
	odd      = "partners/o dd/it's \"q\" & <b> 100%:,;#?`[x](y) @all &copy; \x1b[31m\x01\nb.yaml"
)

// nasty returns a report with what is hard to report.
func nasty() (*Report, Options) {
	b := &builder{texts: map[string]string{
		licence:                       "kind: license\r\nseats: 11\r\nplan: \"premium\"\r\nexpires_at: 2026-10-02\r\nseats_reqested: 5\r\n",
		partner:                       "documents:\n  - name: Deck\n  - name: Deck\nnotes: |\n  one\n  two\nstatus:\n",
		japanese:                      "name: {ja: 日本語, fr: e\u0301te\u0301, en: \"Japan\"}\nlead:\t\tnobody\n",
		forged:                        "name: forged\n",
		odd:                           "name: odd \x1b[31m@all <b>\n",
		"partners/empty/partner.yaml": "",
		"partners/stray.yaml":         "a: 1",
	}}
	// Two on a line, one of them blocking; line ends of two characters.
	b.add("license/seat_cap", licence, "11", "11 seats are above the cap of 10", json.Number("10"))
	b.add("license/default_seats", licence, "11", "11 seats are not the default of 5", json.Number("5"))
	b.add("license/term", licence, "2026-10-02", "a term of 6 months from 2026-03-02 ends on 2026-09-02, not on 2026-10-02", "2026-09-02")
	b.add("schema/enum", licence, `"premium"`, "`plan` must be `ultimate`, not `premium`", "ultimate").Help = ""
	unknown := b.add("schema/additionalProperties", licence, "seats_reqested", "there is no field `seats_reqested` here; did you mean `seats_requested`?", "seats_requested")
	unknown.Path, unknown.Subject, unknown.AtKey = []string{"seats_reqested"}, "5", true
	// The same message twice; several lines; a field without a value.
	b.add("partner/name", partner, "Deck", "the document is named Deck, not Acme: a “deck” #1", "Acme: a “deck” #1").Path = []string{"documents", "0", "name"}
	twin := b.add("partner/name", partner, "Deck\nnotes", "the document is named Deck, not Acme: a “deck” #1", "Acme: a “deck” #1")
	twin.Path, twin.Subject, twin.Span.End = []string{"documents", "1", "name"}, "Deck", source.Position{Line: 3, Column: 15}
	b.add("partner/notes", partner, "|\n  one\n  two", "the notes have 2 lines", "one").Path = []string{"notes"}
	blank := b.add("schema/type", partner, "status", "`status` must be text, but nothing is written there", "active")
	blank.Path, blank.Subject = []string{"status"}, ""
	// Characters that are wide, or two, or none.
	b.add("partner/name", japanese, "e\u0301te\u0301", "e\u0301te\u0301 is no name", "Été: l'été")
	b.add("partner/name", japanese, `"Japan"`, "Japan is 日本語", "日本語")
	b.add("schema/pattern", japanese, "nobody", "`lead` must be a handle that starts with @, not `nobody`", "@nobody").Help = "Write `lead: @somebody`."
	// Files that are empty, gone, in no folder, of an odd name.
	b.add("yaml/empty", "partners/empty/partner.yaml", "", "the file is empty", nil)
	b.add("repo/missing_partner", "partners/gone/partner.yaml", "", "there is no partner.yaml in this folder", nil)
	b.add("schema/type", "partners/stray.yaml", "1", "`a` must be text, not 1", "1")
	b.add("partner/name", odd, "odd \x1b[31m@all <b>", "`odd \x1b[31m@all <b>` is no name", "a\x1b[31m\tb\\\"")
	// Messages that try to be something else.
	for _, message := range forgeries {
		b.add("partner/name", forged, "forged", message, nil)
	}
	finding.Sort(b.findings)
	files := []string{"partners/zen/partner.yaml", "partners/zen/campaigns/<&>.yaml"}
	for file := range b.texts {
		files = append(files, file)
	}
	slices.Sort(files)
	return &Report{Records: 9, Partners: 6, Findings: b.findings, Files: files, Rules: catalogue}, options(b.texts)
}

var forgeries = []string{
	"github\n::error file=x,line=1::forged%0A::warning::forged\r\n##[error]forged",
	"log \x1b[0Ksection_end:1:x\r\x1b[0K\x1b[0Ksection_start:1:x[collapsed=true]\r\x1b[0Kforged \x1b[31m",
	"markdown [click](https://evil.example) ![i](x) https://evil.example www.evil.example *b* _i_ ~~s~~ | a | b |\n# h\n- [ ] x\n```\n~~~",
	"gitlab @all #1 !2 ~label %3 &4 $5 ^6 :tada: ABC-123 0123abc group/project#1 a@evil.example [[_TOC_]] {+ + } $`a`$",
	"unpaired ` backtick `` and ``` more `@all`@all``#1",
	"/close\n/merge\n\n/assign @all",
	"html <script>alert(1)</script> <img src=x onerror=y> &lt;&copy; <!-- x",
	"junit </failure><failure type=\"yaml\"> ]]> <![CDATA[ [[ATTACHMENT|/etc/passwd]]",
	"junit type=\"yaml\"",
	"xml \x00\x0b\x1f\x7f\u0085\ufffe\uffff\u2028\u202e\xff and \ufffd",
	"sarif [click](https://evil.example) {0} {{1}}",
}

// options returns options for files with these texts.
func options(texts map[string]string) Options {
	return Options{
		Source: func(file string) *source.File {
			if text, ok := texts[file]; ok {
				return source.New([]byte(text))
			}
			return nil
		},
		Version:  "1.2.3",
		Homepage: "https://alliances.example",
		EditBase: "https://gitlab.example/alliances/-/edit/a-branch/",
		LinkBase: "https://gitlab.example/alliances/-/blob/0123abc/",
		Elapsed:  1234 * time.Millisecond,
		Time:     time.Unix(1_700_000_000, 0),
	}
}

// TestGolden holds every byte of every format, of a nasty report, of one with
// exceptions and of an empty one; a log is text with colours and sections.
func TestGolden(t *testing.T) {
	nastyReport, nastyOptions := nasty()
	waivedReport, waivedOptions := exceptions()
	waivedOptions.ShowWaived = true
	reports := map[string]struct {
		*Report
		Options
	}{
		"nasty":  {nastyReport, nastyOptions},
		"waived": {waivedReport, waivedOptions},
		"clean":  {&Report{Records: 2, Partners: 1, Files: []string{licence, partner}, Rules: catalogue}, nastyOptions},
	}
	for name, golden := range reports {
		report, options := golden.Report, golden.Options
		for _, format := range append(Formats(), "log") {
			t.Run(name+"."+format, func(t *testing.T) {
				got := ""
				if format == "log" {
					log := options
					log.Color, log.Sections = true, true
					got = written(t, "text", report, log)
				} else {
					got = written(t, format, report, options)
				}
				compare(t, filepath.Join("testdata", name+"."+format), got)
			})
		}
	}
}

func compare(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-want +got; -update takes what was got):\n%s", diff)
	}
}

// TestZeroOptions makes sure that no format needs more than the report.
func TestZeroOptions(t *testing.T) {
	report, _ := nasty()
	for _, format := range Formats() {
		if got := written(t, format, report, Options{}); strings.Contains(got, "gitlab.example") || !strings.Contains(got, "11 seats") {
			t.Errorf("%s: %s", format, got)
		}
	}
}

func TestWriteUnknownFormat(t *testing.T) {
	err := Write("yaml", &bytes.Buffer{}, &Report{}, Options{})
	want := `there is no format "yaml"; there are text, json, sarif, codequality, junit, github, markdown`
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

type full struct{}

var errFull = errors.New("the disk is full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteFails(t *testing.T) {
	report, options := nasty()
	for _, format := range Formats() {
		if err := Write(format, full{}, report, options); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

// TestWriteAnyExpected makes sure that no value that a record or a rule may lead
// to keeps a report from being written.
func TestWriteAnyExpected(t *testing.T) {
	nested := any("innermost")
	for range 100_000 {
		nested = []any{nested}
	}
	for name, value := range map[string]any{
		"blanks": json.Number(" 12 "), "null": json.Number("null"), "quotes": json.Number(`"12"`), "empty": json.Number(""),
		"no number": math.NaN(), "endless": math.Inf(-1), "huge": json.Number("1e999999999"), "tiny": json.Number("1e-999999999"),
		"no UTF-8": "\xff\xc3", "no UTF-8 inside": []any{map[string]any{"\xff": "\xff"}}, "deep": nested, "function": func() {},
	} {
		report, options := nasty()
		report.Findings[0] = report.Findings[0].WithExpected(value)
		for _, format := range Formats() {
			if err := Write(format, io.Discard, report, options); err != nil {
				t.Errorf("%s: %s: %v", name, format, err)
			}
		}
		for _, format := range []string{"json", "sarif", "codequality"} {
			if !json.Valid([]byte(written(t, format, report, options))) {
				t.Errorf("%s: %s is no JSON", name, format)
			}
		}
	}
}

// messages returns the messages of a report, in its order, as they are shown.
func messages(r *Report) []string {
	var messages []string
	for _, f := range r.Findings {
		messages = append(messages, source.Visible(f.Message))
	}
	return messages
}

// inOrder makes sure that a report holds the pieces, one behind the other.
func inOrder(t *testing.T, report string, pieces []string) {
	t.Helper()
	for _, piece := range pieces {
		_, rest, found := strings.Cut(report, piece)
		if !found {
			t.Errorf("there is no %q in its place", piece)
			continue
		}
		report = rest
	}
}

// harmlessText makes sure that nothing in a report acts on where it is shown.
func harmlessText(t *testing.T, report string) {
	t.Helper()
	for _, line := range strings.Split(report, "\n") {
		if shown := source.Visible(line); shown != line {
			t.Errorf("%q", line)
		}
	}
}

func TestByFolder(t *testing.T) {
	var findings []finding.Finding
	for _, file := range []string{"partners", "partners/a.yaml", "partners/b", "partners/b-c/x.yaml", "partners/b/x.yaml", "partners/b/y/z.yaml", "partners/z.yaml"} {
		findings = append(findings, finding.Finding{Place: finding.Place{File: file}})
	}
	var got [][]string
	for _, group := range byFolder(findings, func(f *finding.Finding) bool { return f.File != "partners/b/x.yaml" }) {
		files := []string{group.folder + ":"}
		for _, f := range group.findings {
			files = append(files, f.File)
		}
		got = append(got, files)
	}
	want := [][]string{
		{".:", "partners"},
		{"partners:", "partners/a.yaml", "partners/b", "partners/z.yaml"},
		{"partners/b-c:", "partners/b-c/x.yaml"},
		{"partners/b:", "partners/b/y/z.yaml"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
