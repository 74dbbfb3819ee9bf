package site_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// eventSchema marks something private in every way in which a schema can
// describe a value.
const eventSchema = `{
  "title": "Event",
  "x-place": "partners/{partner}/zzz_events/{id}.yaml",
  "x-event": {"verb": "held", "summary": "{name} by {host.mail}, {secret}, {pair}"},
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "kind": {"const": "zzz_event"},
    "name": {"title": "Name", "type": "string"},
    "secret": {"title": "Secret", "x-private": true, "x-event": {"verb": "whispered", "summary": "{}"}},
    "plain": {"title": "Plain", "type": "string", "x-private": false},
    "host": {"title": "Host", "$ref": "#/$defs/person"},
    "guests": {"title": "Guests", "type": "array", "items": {"$ref": "#/$defs/person"}},
    "pair": {"type": "array", "prefixItems": [{"type": "string"}, {"x-private": true}], "items": {"type": "string"}},
    "rooms": {"type": "object", "additionalProperties": {"type": "object", "properties": {"size": {"type": "integer"}, "code": {"x-private": true}}}},
    "codes": {"type": "object", "patternProperties": {"^c_": {"x-private": true}, "^o_": {"type": "string"}}},
    "names": {"type": "object", "propertyNames": {"x-private": true}},
    "choice": {"oneOf": [{"type": "string"}, {"type": "object", "properties": {"inner": {"x-private": true}, "outer": {"type": "string"}}}]},
    "all": {"type": "object", "properties": {"shown": {"type": "string"}}, "allOf": [{"properties": {"shown": {"x-private": true}, "kept": {"type": "string"}}}]},
    "tree": {"$ref": "#/$defs/tree"},
    "when": {"type": "object", "properties": {"a": {"type": "string"}}, "if": {"required": ["a"]}, "then": {"properties": {"a": {"x-private": true}}}},
    "lost": {"$ref": "#named"},
    "marked": {"type": "string", "x-private": "yes"},
    "open": {"type": "object"}
  },
  "$defs": {
    "named": {"$anchor": "named", "type": "string"},
    "person": {
      "type": "object",
      "properties": {"name": {"title": "Name", "type": "string"}, "mail": {"title": "Mail", "x-private": true, "type": "string"}}
    },
    "tree": {
      "type": "object",
      "properties": {"leaf": {"x-private": true}, "bark": {"type": "string"}, "sub": {"$ref": "#/$defs/person"}}
    }
  }
}`

const hiddenSchema = `{
  "title": "Hidden", "x-private": true, "x-place": "partners/{partner}/zzz_hidden/{id}.yaml",
  "x-event": {"verb": "hidden", "summary": "{text}"},
  "properties": {"kind": {"const": "zzz_hidden"}, "text": {"type": "string"}}
}`

// secretive returns the real kinds with more of them private, and two more, by
// names that no real kind has.
func secretive(t *testing.T) *schema.Set {
	t.Helper()
	files := fstest.MapFS{"zzz_event.schema.json": {Data: []byte(eventSchema)}, "zzz_hidden.schema.json": {Data: []byte(hiddenSchema)}}
	names, err := fs.Glob(schemas.Files, "*.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(schemas.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: mark(t, strings.TrimSuffix(name, ".schema.json"), data)}
	}
	set, err := schema.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// mark marks more fields of a schema private.
func mark(t *testing.T, kind string, data []byte) []byte {
	t.Helper()
	more := map[string][][]string{
		"partner":  {{"aliases", "items"}, {"agreement", "properties", "sales"}},
		"license":  {{"revoked", "properties", "reason"}},
		"campaign": {{"spend_approval", "properties", "reference"}, {"marketing_targets", "items", "properties", "metric"}},
		"proposal": {{"business_relationship"}},
		"request":  {{"next_steps"}},
		"kpi":      {{"restated"}},
	}
	var document map[string]any
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	for _, path := range more[kind] {
		field, _ := schema.LookUp(document, append([]string{"properties"}, path...)).(map[string]any)
		field["x-private"] = true
	}
	data, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// secrets are records that say MARK where what they say is private, and OPEN
// where it is not.
var secrets = map[string]string{
	"partners/acme/partner.yaml": sitetest.Acme + "aliases: [MARK, MARK]\nagreement: {sales: {by: '@MARK', date: 2026-01-01}, product: {by: '@OPEN', date: 2026-01-01}}\n" +
		"notes: |\n  MARK is what MARK said,\n  and MARK, too.\n",
	"partners/acme/licenses/a.yaml": sitetest.Between("2026-06-01", "2026-12-01", "contact: MARK@partner.example\nrevoked: {date: 2026-07-01, reason: MARK}\n"),
	// What is wrong with these is private itself, or stands in the wrong place.
	"partners/acme/licenses/b.yaml": sitetest.Between("2026-06-01", "2026-12-01", "contact: MARK\n"),
	"partners/acme/licenses/c.yaml": sitetest.Between("2026-06-01", "2026-12-01", "contact: {mail: MARK, more: [MARK]}\n"),
	"partners/acme/licenses/d.yaml": sitetest.Between("2026-06-01", "2026-12-01", "contcat: MARK\nrevoked: MARK\n"),
	"partners/acme/licenses/e.yaml": sitetest.Between("2026-06-01", "2026-12-01", "revoked:\n  date: 2026-07-01\n  contact: MARK\nissue:\n  notes: MARK\n"),
	"partners/acme/licenses/f.yaml": sitetest.Between("2026-06-01", "2026-12-01", "contact: MARK\ncontact: MARK\n"),
	"partners/acme/licenses/g.yaml": strings.Replace(sitetest.Between("2026-06-01", "2026-12-01", "contact: MARK\n"), "kind: license", "kind: MARK", 1),
	"partners/acme/licenses/h.yaml": sitetest.Between("2026-06-01", "2026-12-01", "contact: *MARK\n"),
	"partners/acme/campaigns/a.yaml": strings.Replace(sitetest.Campaign, "registrations", "MARK", 1) +
		"spend_approval: {by: OPEN, date: 2026-04-20, amount: 99999, reference: MARK}\n",
	// Private fields of other kinds, where none is private or the field is none.
	"partners/acme/campaigns/b.yaml": strings.Replace(sitetest.Campaign, "ends_on: 2026-06-26}", "ends_on: 2026-06-26, contact: MARK}", 1) + "notes: MARK\ncontact: {mail: MARK}\n",
	"partners/acme/campaigns/c.yaml": strings.Replace(sitetest.Campaign, "target: 2.5}", "target: 2.5, notes: MARK, MARK: MARK}", 1),
	"partners/acme/requests/b.yaml": "kind: request\ntype: license\nreceived_on: 2026-06-01\ndescription: OPEN\nannouncement: https://chat.example/OPEN\n" +
		"status: new\ncontact: MARK\n",
	// Nobody can tell of which kind these are meant to be.
	"partners/acme/licenses/i.yaml":       strings.Replace(sitetest.Between("2026-06-01", "2026-12-01", "contact: MARK\nnotes: MARK\n"), "kind: license", "kind: request", 1),
	"partners/acme/licenses/j.yaml":       "kind: request\ntype: license\nreceived_on: 2026-06-01\ndescription: MARK\nannouncement: https://chat.example/MARK\nstatus: new\n",
	"partners/acme/licenses/k.yaml":       "kind: zzz_event\nname: MARK\nplain: MARK\n",
	"partners/_program/kpis/2026-04.yaml": "kind: license\nmonth: 2026-04\npurpose: MARK\n",
	"partners/beta/partner.yaml":          strings.Replace(sitetest.Acme, "kind: partner\nname: Acme", "kind: campaign\nname: MARK\ntopic: MARK", 1),
	"partners/acme/proposals/a.yaml": "kind: proposal\ndocument: {name: OPEN, url: https://docs.example/OPEN, audience: partner, sharing: anyone_with_link}\n" +
		"technical_integration: OPEN\nend_user_benefits: OPEN\nbusiness_relationship: MARK\n",
	"partners/acme/requests/a.yaml": "kind: request\ntype: license\nreceived_on: 2026-06-01\ndescription: OPEN\nannouncement: https://chat.example/OPEN\n" +
		"status: new\nnext_steps: [MARK, MARK]\n",
	"partners/_program/kpis/2026-05.yaml": "kind: kpi\nmonth: 2026-05\nactive_installations: {total: 0}\nactive_smau: {total: 0}\ndownloads: {total: 0}\nrestated: MARK\n",
	"partners/acme/zzz_hidden/a.yaml":     "kind: zzz_hidden\ntext: MARK\n",
	"partners/acme/zzz_events/a.yaml": `kind: zzz_event
name: OPEN
secret: MARK
plain: OPEN
host: {name: OPEN, mail: MARK}
guests: [{name: OPEN, mail: MARK}, {mail: MARK}]
pair: [OPEN, MARK, OPEN]
rooms: {OPEN: {size: 1, code: MARK}}
codes: {c_1: MARK, o_1: OPEN}
names: {MARK: MARK}
choice: {inner: MARK, outer: OPEN}
all: {shown: MARK, kept: OPEN}
tree: {bark: OPEN, leaf: MARK, sub: {mail: [MARK, {a: MARK}], name: OPEN}}
when: {a: MARK}
lost: MARK
marked: MARK
open: {any: OPEN, thing: [OPEN]}
`,
	"partners/acme/zzz_events/b.yaml": "kind: zzz_event\nname: {secret: MARK}\nhost: MARK\nguests: {mail: MARK}\nchoice: OPEN\nopen: MARK\nsceret: MARK\nlost: [MARK]\ntree: [MARK]\n",
}

// marked returns the records with a text of its own in place of each mark.
func marked() map[string]string {
	files := map[string]string{}
	n := 0
	for _, name := range slices.Sorted(mapKeys(secrets)) {
		files[name] = regexp.MustCompile("MARK|OPEN").ReplaceAllStringFunc(secrets[name], func(mark string) string {
			n++
			return strings.ToLower(fmt.Sprintf("%s%03dz", mark, n))
		})
	}
	return files
}

func mapKeys[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// secretInput returns what a site of these records is made of: findings that
// quote what is private, and a history that does.
func secretInput(t *testing.T, private bool) sitetest.Input {
	t.Helper()
	real, err := sitetest.Rules()
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for name, text := range marked() {
		files[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	rules := &check.Rulebook{Schemas: secretive(t), Policies: real.Policies}
	return sitetest.Input{
		Tree: repo.New(files), Rules: rules, Options: site.Options{AsOf: "2026-06-15", Private: private}, Jobs: 2, More: quoting(files),
		Past: func(yield func(history.Entry) error) error { return replay(rules.Schemas, files, yield) },
	}
}

var marks = regexp.MustCompile(`mark[0-9]{3}z`)

// quoting returns findings at places that may be published, each of which quotes
// what may not.
func quoting(files fstest.MapFS) []finding.Finding {
	rule := &finding.Rule{ID: "license/seat_cap", Severity: finding.Error, Help: "Help."}
	var all []finding.Finding
	add := func(file, message string, change func(*finding.Finding)) {
		f := finding.New(rule, finding.Place{File: file, Span: source.Start, Path: []string{"seats"}}, message)
		change(&f)
		all = append(all, f)
	}
	for _, name := range slices.Sorted(mapKeys(files)) {
		for _, mark := range marks.FindAllString(string(files[name].Data), -1) {
			for _, file := range []string{name, "partners/acme/licenses/a.yaml", "partners/acme/notes.txt"} {
				if file != name && !seenByRules(name, files[name].Data) {
					continue
				}
				add(file, "It says “"+mark+"”.", func(*finding.Finding) {})
				add(file, "It says "+strings.ToUpper(mark)+"!", func(f *finding.Finding) { f.Path = nil })
				add(file, "It says no more.", func(f *finding.Finding) {
					f.Subject, f.Expected = mark, finding.ValueOf([]any{map[string]any{"a": mark}})
				})
				add(file, "It has more elsewhere.", func(f *finding.Finding) {
					*f = f.WithRelated(finding.Related{Place: finding.Place{File: file, Span: source.Start, Subject: mark}, Message: "There is " + mark + "."})
				})
				add(file, "It says more.", func(f *finding.Finding) { f.Help, f.Fingerprint = "Write "+mark+".", "a hash of "+mark })
			}
		}
	}
	aliases := marks.FindAllString(string(files["partners/acme/partner.yaml"].Data), -1)[:2]
	for _, alias := range aliases {
		add("partners/_program/kpis/2026-05.yaml", "It is called "+alias+", too.", func(*finding.Finding) {})
	}
	return all
}

// seenByRules reports whether rules see a record when they judge others in the
// partner's folder.
func seenByRules(name string, data []byte) bool {
	rec, _ := record.Load(name, data)
	return rec != nil && !strings.HasPrefix(rec.Root.Field("kind").Text, "mark") && strings.HasPrefix(name, "partners/acme/")
}

// replay tells of every record that it came, changed in all that it says, broke,
// was mended, moved, changed in what is private alone, and went.
func replay(kinds *schema.Set, files fstest.MapFS, yield func(history.Entry) error) error {
	for _, name := range slices.Sorted(mapKeys(files)) {
		now := string(files[name].Data)
		was := regexp.MustCompile("(mark|open)([0-9]{3})z").ReplaceAllString(now, "${1}9${2}z")
		secret := marks.ReplaceAllStringFunc(now, func(mark string) string { return "mark8" + mark[5:] })
		for _, pair := range [][2]string{{"", was}, {was, now}, {now, secret}, {"a: 1\na: " + secret, now}, {now, "a: *" + secret}, {now, ""}, {"a: 1\na: 2 mark777z", ""}} {
			for _, to := range []string{name, strings.Replace(name, "acme/", "acme/moved/", 1)} {
				var p change.Pair
				if pair[0] != "" {
					item := change.NewItem(name, []byte(pair[0]), kinds.Read)
					p.Before = &item
				}
				if pair[1] != "" {
					item := change.NewItem(to, []byte(pair[1]), kinds.Read)
					p.After = &item
				}
				entry := history.Entry{
					RecordChange: ledger.Describe(kinds, p), Time: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC),
					Commit: &gitfs.Commit{ID: gitfs.CommitID(strings.Repeat("a", 40)), Author: gitfs.Person{Name: "Alex", Email: "mark000z@company.example"}, Message: "mark001z"},
				}
				if err := yield(entry); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

var anyMark = regexp.MustCompile(`(?i)(mark|open)[0-9]{3,4}z`)

// TestPrivate makes sure that nothing of what is private is anywhere in a site,
// and that all else is.
func TestPrivate(t *testing.T) {
	shown := sitetest.Collected(t, secretInput(t, false))
	found := map[string]bool{}
	look := func(where, text string) {
		for _, mark := range anyMark.FindAllString(text, -1) {
			if strings.HasPrefix(strings.ToLower(mark), "mark") {
				t.Errorf("%s: %s", where, text)
			}
			found[mark] = true
		}
	}
	eachText(reflect.ValueOf(shown), "site", map[any]bool{}, look)
	for name, data := range sitetest.Files(t, shown) {
		look(name, data)
	}
	for name, text := range marked() {
		for _, mark := range anyMark.FindAllString(text, -1) {
			if strings.HasPrefix(mark, "open") && !found[mark] {
				t.Errorf("%s: %s is not private, and not in the site", name, mark)
			}
		}
	}
	p := shown.Partners[0]
	if len(p.History) == 0 || len(p.Findings) == 0 || len(p.Others) != 2 || !hasKind(shown, "zzz_event") || hasKind(shown, "zzz_hidden") {
		t.Errorf("%d events, %d findings, %d other records, %d kinds", len(p.History), len(p.Findings), len(p.Others), len(shown.Kinds))
	}
}

func hasKind(s *site.Site, name string) bool {
	return slices.ContainsFunc(s.Kinds, func(k *site.Kind) bool { return k.Name == name })
}

// A private site has all of it.
func TestNotPrivate(t *testing.T) {
	shown := sitetest.Collected(t, secretInput(t, true))
	found := map[string]bool{}
	look := func(_, text string) {
		for _, mark := range anyMark.FindAllString(text, -1) {
			found[mark] = true
		}
	}
	eachText(reflect.ValueOf(shown), "site", map[any]bool{}, look)
	for name, text := range marked() {
		if rec, _ := record.Load(name, []byte(text)); rec == nil {
			continue
		}
		for _, mark := range anyMark.FindAllString(text, -1) {
			if !found[mark] {
				t.Errorf("%s: %s is not in the private site", name, mark)
			}
		}
	}
}

// eachText calls found with every text that a value leads to.
func eachText(v reflect.Value, where string, seen map[any]bool, found func(where, text string)) {
	switch v.Kind() {
	case reflect.String:
		found(where, v.String())
	case reflect.Pointer:
		if key := [2]any{v.Pointer(), v.Type()}; !v.IsNil() && !seen[key] {
			seen[key] = true
			eachText(v.Elem(), where, seen, found)
		}
	case reflect.Interface:
		if !v.IsNil() {
			eachText(v.Elem(), where, seen, found)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			eachText(v.Field(i), where+"."+v.Type().Field(i).Name, seen, found)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			eachText(v.Index(i), fmt.Sprintf("%s[%d]", where, i), seen, found)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			eachText(key, where+" key", seen, found)
			eachText(v.MapIndex(key), where+"["+key.String()+"]", seen, found)
		}
	}
}

// What does not quote anything private keeps its words.
func TestFindingsKeepTheirWords(t *testing.T) {
	for _, note := range []string{
		"|\n  The partner asked for the seats of the licence, and wants more of them.", "see above", "the", "'10'", "'2026-06-02'", "licence",
	} {
		keepWords(t, sitetest.InputOf(t, map[string]string{
			"partners/acme/partner.yaml":    sitetest.Acme + "notes: " + note + "\n",
			"partners/acme/licenses/a.yaml": sitetest.Between("2026-06-01", "2026-06-02", "contact: developers@acme.example\nissue: nowhere\n"),
			"partners/acme/licenses/b.yaml": strings.Replace(sitetest.Between("2026-06-01", "2026-12-01", "contact: developers@acme.example\n"), "seats: 2", "seats: 10", 1),
		}))
	}
}

func keepWords(t *testing.T, in sitetest.Input) {
	t.Helper()
	shown, found := sitetest.Judged(t, in)
	want := map[string]bool{}
	for _, f := range found {
		want[f.Message] = true
	}
	got := map[string]bool{}
	shown.EachFindings(func(findings []finding.Finding) {
		for _, f := range findings {
			got[f.Message] = true
		}
	})
	if !reflect.DeepEqual(got, want) || len(want) < 2 {
		t.Errorf("got %v, want %v", got, want)
	}
}
