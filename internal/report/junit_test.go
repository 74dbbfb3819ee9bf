package report

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

type testSuites struct {
	Suites []struct {
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Cases    []readCase `xml:"testcase"`
	} `xml:"testsuite"`
}

type readCase struct {
	Class   string  `xml:"classname,attr"`
	Name    string  `xml:"name,attr"`
	File    string  `xml:"file,attr"`
	Failure *string `xml:"failure"`
	Skipped *string `xml:"skipped"`
	Out     *string `xml:"system-out"`
}

// readJUnit reads a report and checks what holds for each: the counts, and
// names that are unique.
func readJUnit(t *testing.T, report string) []readCase {
	t.Helper()
	var suites testSuites
	if err := xml.Unmarshal([]byte(report), &suites); err != nil {
		t.Fatal(err)
	}
	suite := suites.Suites[0]
	failures := 0
	names := map[string]bool{}
	for _, c := range suite.Cases {
		if c.Failure != nil {
			failures++
		}
		if names[c.Class+" "+c.Name] {
			t.Errorf("two cases have the class %q and the name %q", c.Class, c.Name)
		}
		names[c.Class+" "+c.Name] = true
	}
	if suite.Tests != len(suite.Cases) || suite.Failures != failures {
		t.Errorf("%d tests and %d failures are declared, %d and %d are there", suite.Tests, suite.Failures, len(suite.Cases), failures)
	}
	return suite.Cases
}

func TestJUnit(t *testing.T) {
	for _, failOn := range []finding.Severity{finding.Error, finding.Warning} {
		t.Run(string(failOn), func(t *testing.T) {
			report, options := nasty()
			options.FailOn = failOn
			text := written(t, "junit", report, options)
			for _, attribute := range []string{"<failure ", "<system-out "} {
				if strings.Contains(text, attribute) {
					t.Errorf("there is %q", attribute)
				}
			}
			cases := readJUnit(t, text)
			for i, f := range report.Findings {
				c := cases[i]
				body := c.Failure
				if !f.Severity.AtLeast(failOn) {
					body = c.Out
				}
				if body == nil || (c.Failure == nil) == (c.Out == nil) {
					t.Errorf("%+v of %+v", c, f)
					continue
				}
				message := xmlVisible(messages(report)[i])
				inOrder(t, *body, append([]string{message, fmt.Sprintf(":%d:%d", f.Span.Start.Line, f.Span.Start.Column)}, advice(&f)...))
				if c.Class != f.Rule || !strings.Contains(c.Name, message) || c.File != xmlVisible(f.File) {
					t.Errorf("%+v of %+v", c, f)
				}
			}
			want := []readCase{
				{Class: "records", Name: "partners/zen/campaigns/<&>.yaml", File: "partners/zen/campaigns/<&>.yaml"},
				{Class: "records", Name: "partners/zen/partner.yaml", File: "partners/zen/partner.yaml"},
			}
			if diff := cmp.Diff(want, cases[len(report.Findings):]); diff != "" {
				t.Errorf("records that pass (-want +got):\n%s", diff)
			}
		})
	}
}

// TestJUnitWarned makes sure that a record passes with a finding that does not
// block, and a line that moves keeps a case's name.
func TestJUnitWarned(t *testing.T) {
	report := &Report{Files: []string{"partners/a/partner.yaml"}, Findings: []finding.Finding{
		{Rule: "a/b", Severity: finding.Warning, Message: "odd", Place: finding.Place{File: "partners/a/partner.yaml"}},
	}}
	before := readJUnit(t, written(t, "junit", report, Options{}))
	report.Findings[0].Span.Start.Line = 7
	after := readJUnit(t, written(t, "junit", report, Options{}))
	for i, name := range []string{"partners/a/partner.yaml: odd", "partners/a/partner.yaml"} {
		if before[i].Name != name || after[i].Name != name {
			t.Errorf("%+v became %+v", before[i], after[i])
		}
	}
}

func TestJUnitNames(t *testing.T) {
	w := &junitWriter{names: map[string]int{}}
	var got []string
	for _, name := range []string{"a", "a (2)", "a", "a", "a (2)", "b"} {
		got = append(got, w.unique("c", name))
	}
	got = append(got, w.unique("d", "a"))
	want := []string{"a", "a (2)", "a (3)", "a (4)", "a (2) (2)", "b", "a"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestJUnitLimit(t *testing.T) {
	report := &Report{Files: []string{"a", "b", "c"}}
	for range 3 {
		report.Findings = append(report.Findings, finding.Finding{Rule: "x/y", Severity: finding.Error, Message: "wrong", Place: finding.Place{File: "d"}})
	}
	for _, test := range []struct {
		limit int
		want  []string
	}{
		{7, []string{"d: wrong!", "d: wrong (2)!", "d: wrong (3)!", "a", "b", "c"}},
		{6, []string{"d: wrong!", "d: wrong (2)!", "d: wrong (3)!", "a", "b", "c"}},
		{5, []string{"d: wrong!", "d: wrong (2)!", "d: wrong (3)!", "a", "2 further cases are left out"}},
		{4, []string{"d: wrong!", "d: wrong (2)!", "d: wrong (3)!", "3 further cases are left out"}},
		{2, []string{"d: wrong!", "5 further cases are left out!"}},
	} {
		t.Run(fmt.Sprint(test.limit), func(t *testing.T) {
			var out strings.Builder
			w := &junitWriter{out: &out, options: &Options{}, names: map[string]int{}}
			w.suite(report, test.limit)
			var got []string
			for _, c := range readJUnit(t, out.String()) {
				if c.Failure != nil {
					c.Name += "!"
				}
				got = append(got, c.Name)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzXML holds that any text can be read back, but for what XML cannot have.
func FuzzXML(f *testing.F) {
	for _, seed := range append(forgeries, "", odd, "\t\r\n", "\ufffe\uffff\ufffd\xff", "\U0010ffff") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var read struct {
			A string `xml:"a,attr"`
			B string `xml:",chardata"`
		}
		document := fmt.Sprintf(`<x a="%s">%s</x>`, xmlText(text), xmlText(text))
		if err := xml.Unmarshal([]byte(document), &read); err != nil {
			t.Fatalf("%v in %q", err, document)
		}
		if want := xmlVisible(text); read.A != want || read.B != want {
			t.Errorf("%q is read as %q and %q", text, read.A, read.B)
		}
		if utf8.ValidString(text) && !strings.ContainsFunc(text, isNoXML) && read.A != text {
			t.Errorf("%q is read as %q", text, read.A)
		}
	})
}
