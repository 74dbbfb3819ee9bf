package finding_test

import (
	"math/rand/v2"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

func at(line, column int) source.Span {
	return source.Span{Start: source.Position{Line: line, Column: column}, End: source.Position{Line: line, Column: column + 1}}
}

// seatCap returns a rule and a place that New takes, for tests to change.
func seatCap() (finding.Rule, finding.Place) {
	rule := finding.Rule{ID: "license/seat_cap", Severity: finding.Error, Help: "Ask for fewer seats.", Handbook: "License requests"}
	place := finding.Place{File: "partners/acme/licenses/2026-03.yaml", Span: at(5, 8), Path: []string{"seats"}, Subject: "11"}
	return rule, place
}

func TestNew(t *testing.T) {
	rule, place := seatCap()
	want := finding.Finding{
		Rule: "license/seat_cap", Severity: finding.Error, Message: "11 seats are too many", Place: place,
		Help: "Ask for fewer seats.", Handbook: "License requests",
	}
	if diff := cmp.Diff(want, finding.New(&rule, place, "11 seats are too many")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNewTakesRuleIDs(t *testing.T) {
	for _, id := range []string{"license/seat_cap", "schema/additionalProperties", "schema/$ref", "repo/path", "self-managed/a-b2"} {
		rule, place := seatCap()
		rule.ID = id
		if got := finding.New(&rule, place, "wrong").Rule; got != id {
			t.Errorf("the finding of %s is of %s", id, got)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	span := func(startLine, startColumn, endLine, endColumn int) source.Span {
		return source.Span{Start: source.Position{Line: startLine, Column: startColumn}, End: source.Position{Line: endLine, Column: endColumn}}
	}
	for _, test := range []struct {
		name   string
		change func(rule *finding.Rule, place *finding.Place, message *string)
	}{
		{"no rule id", func(r *finding.Rule, _ *finding.Place, _ *string) { r.ID = "" }},
		{"id without a slash", func(r *finding.Rule, _ *finding.Place, _ *string) { r.ID = "seat_cap" }},
		{"id of three parts", func(r *finding.Rule, _ *finding.Place, _ *string) { r.ID = "rules/license/seat_cap" }},
		{"id with a blank", func(r *finding.Rule, _ *finding.Place, _ *string) { r.ID = "license/seat cap" }},
		{"id with a line break", func(r *finding.Rule, _ *finding.Place, _ *string) { r.ID = "license/seat_cap\n" }},
		{"id without a name", func(r *finding.Rule, _ *finding.Place, _ *string) { r.ID = "license/" }},
		{"no severity", func(r *finding.Rule, _ *finding.Place, _ *string) { r.Severity = "" }},
		{"unknown severity", func(r *finding.Rule, _ *finding.Place, _ *string) { r.Severity = "fatal" }},
		{"no message", func(_ *finding.Rule, _ *finding.Place, m *string) { *m = "" }},
		{"blank message", func(_ *finding.Rule, _ *finding.Place, m *string) { *m = " \t\n" }},
		{"no file", func(_ *finding.Rule, p *finding.Place, _ *string) { p.File = "" }},
		{"no span", func(_ *finding.Rule, p *finding.Place, _ *string) { p.Span = source.Span{} }},
		{"line 0", func(_ *finding.Rule, p *finding.Place, _ *string) { p.Span = span(0, 1, 1, 1) }},
		{"column 0", func(_ *finding.Rule, p *finding.Place, _ *string) { p.Span = span(1, 0, 1, 1) }},
		{"ends on an earlier line", func(_ *finding.Rule, p *finding.Place, _ *string) { p.Span = span(2, 1, 1, 9) }},
		{"ends on an earlier column", func(_ *finding.Rule, p *finding.Place, _ *string) { p.Span = span(2, 5, 2, 4) }},
		{"ends at column 0", func(_ *finding.Rule, p *finding.Place, _ *string) { p.Span = span(1, 1, 2, 0) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			rule, place := seatCap()
			message := "11 seats are too many"
			test.change(&rule, &place, &message)
			defer func() {
				if recover() == nil {
					t.Errorf("New took %+v at %+v: %q", rule, place, message)
				}
			}()
			finding.New(&rule, place, message)
		})
	}
}

func TestWithExpected(t *testing.T) {
	rule, place := seatCap()
	found := finding.New(&rule, place, "11 seats are too many")
	if got := found.WithExpected(10).Expected.JSON(); got != 10 {
		t.Errorf("expected is %v, want 10", got)
	}
	if !found.Expected.IsNone() {
		t.Errorf("the finding it was made from expects %v", found.Expected)
	}
}

// TestWithGuess makes sure that what may be right is not taken for what is.
func TestWithGuess(t *testing.T) {
	rule, place := seatCap()
	found := finding.New(&rule, place, "11 seats are too many")
	for _, test := range []struct {
		name    string
		finding finding.Finding
		fixable bool
	}{
		{"nothing known", found, false}, {"a right value", found.WithExpected(10), true},
		{"a guess", found.WithGuess(10), false}, {"no guess", found.WithGuess(nil), false},
	} {
		if got := test.finding.IsFixable(); got != test.fixable {
			t.Errorf("%s: fixable is %v", test.name, got)
		}
	}
}

func TestSeverity(t *testing.T) {
	for _, test := range []struct {
		severity, threshold finding.Severity
		want                bool
	}{
		{finding.Error, finding.Error, true},
		{finding.Error, finding.Warning, true},
		{finding.Warning, finding.Warning, true},
		{finding.Warning, finding.Error, false},
	} {
		if got := test.severity.AtLeast(test.threshold); got != test.want {
			t.Errorf("%s is at least %s: %v", test.severity, test.threshold, got)
		}
	}
	for severity, want := range map[finding.Severity]bool{finding.Error: true, finding.Warning: true, "": false, "Error": false, "info": false} {
		if got := severity.Valid(); got != want {
			t.Errorf("severity %q is valid: %v", severity, got)
		}
	}
}

// TestSort shuffles findings of which each differs from the one above in what
// its name says, and in what weighs less the other way round.
func TestSort(t *testing.T) {
	found := func(file string, span source.Span, rule, name, message string) finding.Finding {
		r, p := seatCap()
		r.ID, p.File, p.Span, p.Path = rule, file, span, []string{name}
		return finding.New(&r, p, message)
	}
	want := []finding.Finding{
		found("partners/acme/a.yaml", at(9, 9), "yaml/z", "z", "z"),
		found("partners/acme/b.yaml", at(2, 9), "yaml/z", "z", "z"),   // file
		found("partners/acme/b.yaml", at(10, 2), "yaml/z", "z", "z"),  // line
		found("partners/acme/b.yaml", at(10, 10), "repo/a", "z", "z"), // column
		found("partners/acme/b.yaml", at(10, 10), "repo/b", "a", "z"), // rule
		found("partners/acme/b.yaml", at(10, 10), "repo/b", "b", "a"), // pointer
		found("partners/acme/b.yaml", at(10, 10), "repo/b", "b", "b"), // message
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		got := append([]finding.Finding(nil), want...)
		random.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		finding.Sort(got)
		for i := range got {
			got[i].Fingerprint = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

// sorted returns the fingerprints of findings in the order of a report.
func sorted(findings ...finding.Finding) (fingerprints []string) {
	finding.Sort(findings)
	for _, f := range findings {
		fingerprints = append(fingerprints, f.Fingerprint)
	}
	return fingerprints
}

func TestFingerprint(t *testing.T) {
	rule, place := seatCap()
	base := finding.New(&rule, place, "11 seats are too many")
	for _, test := range []struct {
		name   string
		change func(f *finding.Finding)
		same   bool
	}{
		{"line", func(f *finding.Finding) { f.Span = at(6, 8) }, true},
		{"column", func(f *finding.Finding) { f.Span = at(5, 10) }, true},
		{"message", func(f *finding.Finding) { f.Message = "at most 10 seats" }, true},
		{"severity", func(f *finding.Finding) { f.Severity = finding.Warning }, true},
		{"help", func(f *finding.Finding) { f.Help = "" }, true},
		{"expected", func(f *finding.Finding) { f.Expected = finding.ValueOf(10) }, true},
		{"earlier fingerprint", func(f *finding.Finding) { f.Fingerprint = "x" }, true},
		{"rule", func(f *finding.Finding) { f.Rule = "license/term" }, false},
		{"file", func(f *finding.Finding) { f.File = "partners/globex/licenses/2026-03.yaml" }, false},
		{"pointer", func(f *finding.Finding) { f.Path = []string{"seats_requested"} }, false},
		{"subject", func(f *finding.Finding) { f.Subject = "12" }, false},
		{"end of pointer in subject", func(f *finding.Finding) { f.Path, f.Subject = []string{"seat"}, "s11" }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed := base
			test.change(&changed)
			was, is := sorted(base)[0], sorted(changed)[0]
			if (was == is) != test.same {
				t.Errorf("the fingerprint was %s and is %s", was, is)
			}
		})
	}
}

// TestFingerprintStays holds the value that readers have stored.
func TestFingerprintStays(t *testing.T) {
	rule, place := seatCap()
	got := sorted(finding.New(&rule, place, "11 seats are too many"))
	if diff := cmp.Diff([]string{"3efd6ab2710b4facb635fa082b67c163"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(got[0]) {
		t.Errorf("%q is not written in hexadecimal", got[0])
	}
}

func TestFingerprintsOfEqualFindings(t *testing.T) {
	rule, place := seatCap()
	found := func(line int) finding.Finding {
		place.Span = at(line, 1)
		return finding.New(&rule, place, "11 seats are too many")
	}
	before := sorted(found(1), found(2), found(3))
	seen := make(map[string]bool)
	for _, fingerprint := range before {
		if seen[fingerprint] {
			t.Errorf("%s stands for two findings", fingerprint)
		}
		seen[fingerprint] = true
	}
	if diff := cmp.Diff(before, sorted(found(23), found(21), found(22))); diff != "" {
		t.Errorf("moved by 20 lines (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before[:2], sorted(found(1), found(3))); diff != "" {
		t.Errorf("one fewer (-want +got):\n%s", diff)
	}
}

func TestSortNothing(t *testing.T) {
	finding.Sort(nil)
}
