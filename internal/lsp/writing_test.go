package lsp

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const waiverFile = "partners/example-ci/waivers/2026-10-seat-cap.yaml"

// everywhere is a range that meets every finding.
var everywhere = textRange{position{0, 0}, position{1 << 20, 0}}

// apply makes an edit of a text by its rules alone.
func (c *client) apply(e encoding, name, text string, edit workspaceEdit) string {
	c.t.Helper()
	edits := edit.Changes[uri(name)]
	for _, document := range edit.DocumentChanges {
		edits = append(edits, document.Edits...)
	}
	if len(edits) != 1 {
		c.t.Fatalf("there are %d edits: %+v", len(edits), edit)
	}
	t := newText("", nil, []byte(text), e)
	return string(t.changed(textChange{&edits[0].Range, edits[0].NewText}, nil).data)
}

// TestFixes puts right each finding by itself, and all of them.
func TestFixes(t *testing.T) {
	text := strings.Replace(licenseText, "purpose: Build", "contcat: integrations@ci.example\npurpose: Build", 1)
	text = strings.NewReplacer("seats: 99", "seats: 8", "2027-02-28", "2027-02-27").Replace(text)
	for _, client := range []struct {
		name   string
		params object
		encoding
	}{
		{"plain", object{}, utf16},
		{"versions and UTF-8", object{"capabilities": object{
			"general":   object{"positionEncodings": []string{"utf-32", "utf-8", "utf-16"}},
			"workspace": object{"workspaceEdit": object{"documentChanges": true}},
		}}, utf8s},
	} {
		t.Run(client.name, func(t *testing.T) {
			for _, test := range []struct{ name, from, to string }{
				{"as it is", "", ""},
				{"characters in front", "purpose: Build", "purpose: 日本 😀 é Build"},
				{"line breaks of Windows", "\n", "\r\n"},
			} {
				text := strings.ReplaceAll(text, test.from, test.to)
				c := connect(t, repository(example()), client.params)
				c.open(licenseFile, text)
				c.settled(licenseFile)
				named := strings.Replace(text, "contcat", "contact", 1)
				for _, action := range c.actions(licenseFile, everywhere, "quickfix") {
					if !action.IsPreferred || action.Kind != quickFix || len(action.Diagnostics) != 1 {
						t.Errorf("%s: %+v", test.name, action)
					}
					got := c.apply(client.encoding, licenseFile, text, action.Edit)
					if !strings.Contains(got, strings.TrimPrefix(action.Title, "Write ")) || got == text {
						t.Errorf("%s: %s makes %s", test.name, action.Title, got)
					}
				}
				all := c.actions(licenseFile, everywhere, "source")
				if len(all) != 1 || all[0].Kind != fixAllOfOurs {
					t.Fatalf("%s: to fix all there is %+v", test.name, all)
				}
				want := strings.NewReplacer("seats: 8", "seats: 5", "2027-02-27", "2027-02-28").Replace(named)
				if diff := cmp.Diff(want, c.apply(client.encoding, licenseFile, text, all[0].Edit)); diff != "" {
					t.Errorf("%s: (-want +got):\n%s", test.name, diff)
				}
			}
		})
	}
}

func TestNothingToFix(t *testing.T) {
	c := connect(t, repository(example()), nil)
	c.open(partnerFile, partnerText)
	c.want(partnerFile)
	if actions := c.actions(partnerFile, everywhere); len(actions) > 0 {
		t.Errorf("there is to put right: %+v", actions)
	}
}

// split takes the mark ^ out of a text, and returns where it was.
func split(text string, e encoding) (string, position) {
	before, after, _ := strings.Cut(text, "^")
	return before + after, newText("", nil, []byte(before+after), e).at(len(before))
}

// labels returns what is completed at the mark in a text, as it reads then.
func completed(t *testing.T, name, marked string) []string {
	t.Helper()
	files := example()
	c := connect(t, repository(files), nil)
	text, at := split(marked, utf16)
	c.open(name, text)
	c.settled(name)
	var list completionList
	c.call("textDocument/completion", object{"textDocument": object{"uri": uri(name)}, "position": at}, &list)
	var got []string
	for _, item := range list.Items {
		line := newText("", nil, []byte(text), utf16).changed(textChange{&item.TextEdit.Range, item.TextEdit.NewText}, nil).lines()[at.Line]
		got = append(got, line)
	}
	return got
}

func TestCompletes(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		want             []string // what the line may read as: these, in this order, perhaps among others
	}{
		{"fields that are missing first", licenseFile, "kind: license\nproduct: self-managed\n^\nseats: 5\n", []string{"plan: ", "seats_requested: ", "starts_at: ", "expires_at: ", "purpose: ", "plan_reason: "}},
		{"a field that is begun", licenseFile, "kind: license\nse^\n", []string{"product: ", "seats: "}},
		{"values of a list of choices", licenseFile, "kind: license\nplan: ^\n", []string{"plan: ultimate", "plan: premium"}},
		{"a value that is begun", licenseFile, "kind: license\nplan: prem^\n", []string{"plan: ultimate", "plan: premium"}},
		{"behind wide characters", licenseFile, "kind: license\npurpose: 日本 😀\nplan: ^\n", []string{"plan: ultimate", "plan: premium"}},
		{"the kind that belongs there", licenseFile, "kind: ^\n", []string{"kind: license"}},
		{"a text without kind", licenseFile, "^", []string{"kind: ", "product: "}},
		{"fields of an object", licenseFile, "kind: license\nrevoked:\n  ^\n", []string{"  date: ", "  reason: "}},
		{"entries of a list", partnerFile, "kind: partner\nregions:\n  - europe\n  - ^\n", []string{"  - africa", "  - asia"}},
		{"fields of an entry", partnerFile, "kind: partner\ndocuments:\n- name: a\n  ^\n- name: b\n  url: c\n", []string{"  url: ", "  audience: ", "  sharing: "}},
		{"partners", partnerFile, "kind: partner\nmerged_into: ^\n", []string{"merged_into: example-ci"}},
		{"partners in figures", "partners/_program/kpis/2026-03.yaml", "kind: kpi\nactive_installations:\n  total: 1\n  ^\n", []string{"  other: ", "  example-ci: "}},
		{"rules", waiverFile, "kind: waiver\nrule: ^\n", []string{"rule: license/seat_cap"}},
		{"records", waiverFile, "kind: waiver\nrecord: ^\n", []string{"record: licenses/2026-03-runner.yaml", "record: partner.yaml"}},
		{"nothing in a text of one's own", licenseFile, "kind: license\npurpose: ^\n", nil},
		{"nothing where there is no such field", licenseFile, "kind: license\nnone:\n  ^\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := completed(t, test.file, test.text)
			rest := got
			for _, want := range test.want {
				i := slices.Index(rest, want)
				if i < 0 {
					t.Fatalf("%q is not completed, or in another order: %q", want, got)
				}
				rest = rest[i+1:]
			}
			if test.want == nil && len(got) > 0 {
				t.Errorf("it completes %q", got)
			}
		})
	}
}

func TestCompletesWhatIsMissing(t *testing.T) {
	got := completed(t, licenseFile, "kind: license\nplan: ultimate\n^\nseats: 5\n")
	for _, present := range []string{"kind: ", "plan: ", "seats: "} {
		if slices.Contains(got, present) {
			t.Errorf("%q is there already", present)
		}
	}
}

const waiverText = `kind: waiver
rule: license/seat_cap
record: licenses/2026-03-runner.yaml
reason: Twelve developers port the integration until the old interface is gone.
approved_by: "@vp-alliances"
approved_on: 2026-10-02
`

func TestHover(t *testing.T) {
	for _, test := range []struct {
		file, text string
		want       []string
	}{
		{licenseFile, strings.Replace(licenseText, "seats: 99", "se^ats: 99", 1), []string{"**Seats granted**", "The handbook, in force", "`license/seat_cap`", "10 seats"}},
		{licenseFile, strings.Replace(licenseText, "plan: ultimate", "plan: ul^timate", 1), []string{"**", "premium"}},
		{waiverFile, strings.Replace(waiverText, "rule: license", "rule: lic^ense", 1), []string{"## `license/seat_cap`"}},
		{waiverFile, strings.Replace(waiverText, "rule: license", "ru^le: license", 1), []string{"**Rule**"}},
	} {
		c := connect(t, repository(example()), nil)
		text, at := split(test.text, utf16)
		c.open(test.file, text)
		c.settled(test.file)
		var got hover
		c.call("textDocument/hover", object{"textDocument": object{"uri": uri(test.file)}, "position": at}, &got)
		for _, want := range test.want {
			if !strings.Contains(got.Contents.Value, want) {
				t.Errorf("%q is not in %s", want, got.Contents.Value)
			}
		}
		if got.Range == nil || at.before(got.Range.Start) || got.Range.End.before(at) {
			t.Errorf("it is about %+v, at %+v", got.Range, at)
		}
	}
}

func TestDefinition(t *testing.T) {
	files := example()
	files.write("policies/rules/license/seat_cap/seat_cap.rego", "package any\n")
	for _, test := range []struct{ file, text, want string }{
		{waiverFile, strings.Replace(waiverText, "rule: license", "rule: lic^ense", 1), "policies/rules/license/seat_cap/seat_cap.rego"},
		{waiverFile, strings.Replace(waiverText, "record: licenses", "record: lic^enses", 1), licenseFile},
		{waiverFile, strings.Replace(waiverText, "2026-03-runner.yaml", "none^.yaml", 1), ""},
		{waiverFile, strings.Replace(waiverText, "reason: Twelve", "reason: ^Twelve", 1), ""},
		{"partners/example-old/partner.yaml", "kind: partner\nmerged_into: exa^mple-ci\n", partnerFile},
		{"partners/_program/kpis/2026-03.yaml", "kind: kpi\nactive_smau:\n  exa^mple-ci: 1\n", partnerFile},
	} {
		c := connect(t, repository(files), nil)
		text, at := split(test.text, utf16)
		c.open(test.file, text)
		c.settled(test.file)
		var got location
		c.call("textDocument/definition", object{"textDocument": object{"uri": uri(test.file)}, "position": at}, &got)
		want := test.want
		if want != "" {
			want = uri(want)
		}
		if got.URI != want {
			t.Errorf("%q leads to %q, want %q", test.text, got.URI, want)
		}
	}
}

func TestOutline(t *testing.T) {
	text := "kind: partner\nname: \"日本 😀\"\nalliance_folder: {name: a, url: \"https://a.example\"}\nregions:\n  - asia\n"
	c := connect(t, repository(example()), nil)
	c.open(partnerFile, text)
	var got []symbol
	c.call("textDocument/documentSymbol", object{"textDocument": object{"uri": uri(partnerFile)}}, &got)
	var names []string
	var list func(indent string, all []symbol)
	list = func(indent string, all []symbol) {
		for _, s := range all {
			names = append(names, indent+s.Name)
			if s.SelectionRange.Start.before(s.Range.Start) || s.Range.End.before(s.SelectionRange.End) {
				t.Errorf("%s: %+v is not in %+v", s.Name, s.SelectionRange, s.Range)
			}
			list(indent+" ", s.Children)
		}
	}
	list("", got)
	want := []string{"kind", "name", "alliance_folder", " name", " url", "regions", " [0]"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if end := got[1].Range.End; end != (position{1, 13}) {
		t.Errorf("a name of 2 wide characters and one that takes two units ends at %+v", end)
	}
}
