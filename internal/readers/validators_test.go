package readers

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// A judged record is one with what this program says of it.
type judged struct {
	Kind  string `json:"kind"`
	Value any    `json:"value"`
	right bool
	what  string // was done to it
}

// leastWrong is how many wrong records there are at least: what a validator
// takes by mistake is seen in few of them.
const leastWrong = 60

// TestValidators makes sure that validators of JSON Schema which know neither
// formats nor the words that are the schemas' own find the same records right.
func TestValidators(t *testing.T) {
	python, modules := program(t, "ALLIANCES_PYTHON"), program(t, "ALLIANCES_NODE_MODULES")
	set := kinds(t)
	records := rightAndWrong(t, set)
	if wrong := countWrong(records); wrong < leastWrong || wrong == len(records) {
		t.Fatalf("of %d records %d are wrong", len(records), wrong)
	}
	t.Logf("%d of %d records are wrong", countWrong(records), len(records))
	documents := map[string]any{}
	for _, kind := range set.Kinds() {
		documents[kind] = set.Document(kind)
	}
	given := writeFile(t, filepath.Join(t.TempDir(), "given.json"), toJSON(t, map[string]any{"schemas": documents, "records": records}))
	agree(t, records, output(t, python, "testdata/judge.py", given))
	agree(t, records, output(t, "node", "testdata/judge.mjs", modules, given))
}

func countWrong(records []judged) int {
	wrong := 0
	for _, r := range records {
		if !r.right {
			wrong++
		}
	}
	return wrong
}

// agree makes sure that validators find the same records right.
func agree(t *testing.T, records []judged, answer []byte) {
	t.Helper()
	var verdicts map[string][]bool
	if err := json.Unmarshal(answer, &verdicts); err != nil {
		t.Fatal(err)
	}
	for _, validator := range slices.Sorted(maps.Keys(verdicts)) {
		if len(verdicts[validator]) != len(records) {
			t.Errorf("%s judged %d of %d records", validator, len(verdicts[validator]), len(records))
			continue
		}
		for i, right := range verdicts[validator] {
			if right != records[i].right {
				t.Errorf("%s: %s: %s: right is %v, want %v", validator, records[i].Kind, records[i].what, right, records[i].right)
			}
		}
	}
}

// rightAndWrong returns all records and examples, and the examples with one
// thing or another that makes most of them wrong.
func rightAndWrong(t *testing.T, set *schema.Set) []judged {
	t.Helper()
	var all []judged
	for name, text := range ownRecords(t) {
		rec := load(t, name, text)
		all = append(all, judge(t, set, set.Kind(rec), name, rec.Root.JSON()))
	}
	for name, text := range examples(t, set) {
		rec := load(t, name, text)
		kind := set.Kind(rec)
		all = append(all, judge(t, set, kind, name, rec.Root.JSON()))
		spoil(rec.Root, nil, func(what string) { all = append(all, judge(t, set, kind, what, rec.Root.JSON())) })
	}
	return all
}

// judge asks this program whether a record that is meant to be of a kind is right.
func judge(t *testing.T, set *schema.Set, kind, what string, value any) judged {
	t.Helper()
	rec := load(t, "partners/example/record.yaml", yamlOf(value))
	return judged{kind, value, set.Judge(rec).Valid, what}
}

// yamlOf writes a value in quotes and brackets, and with an escape for each
// character that is not ASCII: some may not stand in a record as they are.
func yamlOf(value any) string {
	var parts []string
	switch value := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			parts = append(parts, strconv.QuoteToASCII(key)+": "+yamlOf(value[key]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		for _, item := range value {
			parts = append(parts, yamlOf(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case string:
		return strconv.QuoteToASCII(value)
	}
	data, _ := json.Marshal(value)
	return string(data)
}

// spoil changes one thing after the other in a value, calls found with what has
// been done, and puts it back.
func spoil(n *record.Node, path []string, found func(what string)) {
	at := strings.Join(path, ".")
	before := *n
	for _, value := range replacements(n, len(path) == 0) {
		*n = *record.FromJSON(value)
		found(at + " is " + yamlOf(value))
		*n = before
	}
	for i, field := range n.Fields {
		n.Fields = slices.Delete(slices.Clone(before.Fields), i, i+1)
		found(at + " lacks " + field.Key)
		n.Fields = before.Fields
		if field.Key != "kind" { // whose value names the schema
			spoil(field.Value, append(slices.Clip(path), field.Key), found)
		}
	}
	if n.Kind == record.Map {
		for _, name := range []string{"unknown_field", "Name", "x-name", ""} {
			n.Fields = append(slices.Clip(before.Fields), record.Field{Key: name, Value: record.FromJSON(1)})
			found(at + " has " + strconv.Quote(name))
			n.Fields = before.Fields
		}
	}
	for i, item := range n.Items {
		spoil(item, append(slices.Clip(path), strconv.Itoa(i)), found)
	}
	if n.Kind == record.List {
		n.Items = append(slices.Clip(before.Items), before.Items...)
		found(at + " is there twice")
		n.Items = before.Items
	}
}

// replacements returns what could stand in a value's place, right or wrong. A
// record is never anything but fields.
func replacements(n *record.Node, isRecord bool) []any {
	all := []any{"", "a word", json.Number("-1"), json.Number("0"), json.Number("1.5"), true, nil, []any{}, map[string]any{}}
	if n.Kind != record.Number { // to JSON Schema 4.0 is a whole number; here it is refused, as 8.000 is 8000 to many
		all = append(all, json.Number("4.0"))
	}
	switch {
	case isRecord:
		return nil
	case !n.IsScalar():
		return all
	case record.IsDate(n.Text):
		return append(all, dates...)
	case strings.HasPrefix(n.Text, "https://"):
		return append(all, addresses...)
	case strings.HasPrefix(n.Text, "@"):
		return append(all, handles...)
	case strings.Contains(n.Text, "@"):
		return append(all, emails...)
	case len(n.Text) == len("2026-03") && n.Text[4] == '-':
		return append(all, "2026-13", "2026-00", "1889-03", "2026-3", "03.2026", "2026-03\n", "2100-12")
	}
	return all
}

var dates = []any{
	"01.02.2026", "2026-02-30", "2026-02-29", "2024-02-29", "2000-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
	"1889-01-01", "1990-01-01", "2100-12-31", "2101-01-01", "2026-1-1", "20260101", " 2026-01-01", "2026-01-01 ", "2026-01-01\n", "2026-01-01T00:00:00Z",
	"２０２６-01-01",
}

var addresses = []any{
	"http://partner.example", "HTTPS://partner.example", "partner.example", "//partner.example", "https:partner.example", "https://", "https:///a",
	"https://.example", "https://partner.example:443/a?b=c#d", "https://partner.example:https", "https://name@partner.example",
	"https://partner.example/a b", "https://partner.example/\u200b", "https://partner.example/\U000e0041", "https://partner.example/\u00a0",
	"https://bücher.example/ä?ö#ü", "https://日本語.example/日本", "https://partner.example/%zz", "https://partner.example/%C3%A4", "https://partner.example/a%",
	"https://partner.example?a=%", "https://partner.example#%", "https://partner.example/#a#b", "https://partner.example/[a]", "https://a|b.example",
	"https://[::1]/", "javascript:alert(1)", "https://partner.example/👩‍💻", "https://partner.example/\x7f", "\nhttps://partner.example",
}

var handles = []any{
	"@", "@a", "@a.b-c_d", "@.a", "@a.", "@-a", "@a b", "@ä", "a", "@@a", "@a@b", "@a/b", "@a-",
}

var emails = []any{
	"a@b.example", "a@b", "@b.example", "a@", "a b@c.example", "a..b@c.example", ".a@c.example", "a.@c.example", "a@-b.example", "a@b-.example",
	"a@b..example", "a@b.example.", "a@b_c.example", "Alex <a@b.example>", "a@b@c.example", "ä@b.example", "a@ä.example", "a+b'c@d.example",
	"\u200ba@b.example", "a@b.example\t", strings.Repeat("a", 64) + "@b.example", strings.Repeat("a", 65) + "@b.example",
	"a@" + strings.Repeat("b", 63) + ".example", "a@" + strings.Repeat("b", 64) + ".example", "a@" + strings.Repeat("b.", 130) + "example",
}
