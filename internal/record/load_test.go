package record_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// refused are texts that are no record. What a finding spans stands between
// « and »; the rules are in the order of the file.
var refused = []struct {
	name  string
	text  string
	rules string
}{
	// An open quote or bracket is named where it opens, all else where it stops making sense.
	{"open quote on the only line", "«name: 'Acme»", "yaml/syntax"},
	{"open quote on the first line", "«name: 'Acme»\nslug: acme\ntype: cloud\n", "yaml/syntax"},
	{"open quote on a middle line", "name: Acme\n  «slug: \"acme»\n  type: cloud\n", "yaml/syntax"},
	{"open quote on a middle line", "name: Acme\n«slug: \"acme»\ntype: cloud\n", "yaml/syntax"},
	{"open quote below wide text", "name: 日本語\n«notes: \"é»\n", "yaml/syntax"},
	{"open bracket on the first line", "«regions: [emea, apac»\nname: Acme\n", "yaml/syntax"},
	{"open bracket on the last line", "name: Acme\n«regions: [emea, apac»\n", "yaml/syntax"},
	{"open brace", "name: Acme\n«budget: {amount: 5»\n", "yaml/syntax"},
	{"open bracket below a closed one", "name: Acme\nregions: [emea\n  ]\n«types: [cloud»", "yaml/syntax"},
	{"stray bracket on its line", "name: Acme\n«]»\n", "yaml/syntax"},
	{"stray bracket as a value", "name: Acme\n«slug: ]»\n", "yaml/syntax"},
	{"wrong bracket", "name: Acme\n«regions: [emea}»\n", "yaml/syntax"},
	{"comma without a value", "«regions: [emea, , apac]»\n", "yaml/syntax"},
	{"tab behind a scalar", "name: Acme\n\t«slug: acme»\n", "yaml/syntax"},
	{"tab behind a mapping's key", "budget:\n\t«amount: 5»\n", "yaml/syntax"},
	{"tab in a list", "regions:\n  - emea\n\t«- apac»\n", "yaml/syntax"},
	{"tab in a block scalar", "notes: >\n\t«one»\n", "yaml/syntax"},
	{"missing colon on a middle line", "name: Acme\n«slug acme»\ntype: cloud\n", "yaml/syntax"},
	{"missing colon on the last line", "name: Acme\n«slug»", "yaml/syntax"},
	{"missing blank behind a colon", "name: Acme\n«slug:acme»\ntype: cloud\n", "yaml/syntax"},
	{"indented too far", "name: Acme\n  «slug: acme»\n", "yaml/syntax"},
	{"indented too little", "budget:\n    amount: 5\n  «currency: EUR»\n", "yaml/syntax"},
	{"list entry beside fields", "name: Acme\n«- emea»\n", "yaml/syntax"},
	{"field beside list entries", "- emea\n«name: Acme»\n", "yaml/syntax"},
	{"colon in a value", "slug: acme\n«name: Acme: the company»\n", "yaml/syntax"},
	{"colon in the first value", "«name: Acme: the company»\n", "yaml/syntax"},
	{"list entry on its key's line", "«regions: - emea»\n", "yaml/syntax"},
	{"text behind a quote", "name: Acme\n«notes: 'so' they say»\n", "yaml/syntax"},
	{"text behind the whole record", "[emea]\n«name: Acme»\n", "yaml/syntax"},
	{"unknown escape", "name: Acme\n«notes: \"\\q\"»\n", "yaml/syntax"},
	{"unknown escape on a quote's second line", "name: \"Acme\n  «\\q\"»\nslug: acme\n", "yaml/syntax"},
	{"starts with @", "name: Acme\n«handle: @acme»\n", "yaml/syntax"},
	{"starts with a backtick", "name: Acme\n«slug: `acme`»\n", "yaml/syntax"},
	{"starts with a percent sign", "name: Acme\n«share: %5»\n", "yaml/syntax"},
	{"header of a block scalar", "name: Acme\n«notes: |x»\n  one\n", "yaml/syntax"},
	{"comment inside a plain scalar", "notes: one # two\n  «three»\n", "yaml/syntax"},
	{"directive of another version", "«%YAML 2.0»\n---\nname: Acme\n", "yaml/syntax"},
	{"directive behind a comment", "# Acme\n«%YAML 2.0»\n---\nname: Acme\n", "yaml/syntax"},
	{"starts with an asterisk", "name: Acme\n«notes: **bold**»\n", "yaml/syntax"},
	{"starts with @ in brackets", "«leads: [@alice, @bob]»\n", "yaml/syntax"},
	{"no-break space behind a colon", "name: Acme\n«product:\u00a0x»\nslug: acme\n", "yaml/syntax"},
	{"no-break space behind the first colon", "product:\u00a0x\n«slug: acme»\n", "yaml/syntax"},
	{"missing blank behind the first colon", "type:cloud\n«name: Acme»\n", "yaml/syntax"},
	{"quote closed by the next one", "name: \"Acme\n«slug: \"acme\"»\n", "yaml/syntax"},
	{"indented between two levels", "budget:\n  amount: 5\n «currency: EUR»\n", "yaml/syntax"},
	{"indented with blanks and a tab", "name: Acme\n \t«slug: acme»\n", "yaml/syntax"},
	{"tag of an unknown handle", "«name: !x!y Acme»\n", "yaml/syntax"},
	{"tag of an unknown handle on a later line", "name: Acme\n\n«slug: !x!y acme»\ntype: cloud\n", "yaml/syntax"},
	{"tab behind a colon and behind a value", "a:«\t»5«\t»# b\n", "yaml/syntax yaml/syntax"},
	{"tab in a plain text", "a: b «\t»c # \t\nd: '\t'\n", "yaml/syntax"},
	{"tab behind the header of a text in lines", "a: |«\t»\n  b\n", "yaml/syntax"},
	{"comment between a name and its value", "a: «# b»\n  c\nd:\n  # e\n  - f\ng: # h\n  i: j\nk:\n«# l» \n  'm'\n", "yaml/syntax yaml/syntax"},
	{"name of a field in brackets", "aliases: [«a b:», \"c\"]\n", "yaml/syntax"},
	{"name of a field in brackets, behind a question mark", "aliases: [? «b:», \"c\"]\n", "yaml/syntax"},
	{"comment against the header of a text in lines", "a: |«#»c\n  b\n", "yaml/syntax"},
	{"comment against an indentation", "a: >+2«#»c\n  b\n", "yaml/syntax"},
	{"comment against a bracket", "a: [b,«#»\n  c]«#» d\n", "yaml/syntax yaml/syntax"},
	{"comment against a quote", "a: 'b'«#» d\n", "yaml/syntax"},
	{"escaped single quote in double quotes", "a: \"b«\\'»c\\\\'\"\n", "yaml/syntax"},
	{"text in quotes that goes on in the first column", "a: 'b\n«c'»\n", "yaml/syntax"},
	{"text in quotes that goes on below its field", "a:\n  b: \"c\n  «d\"»\n", "yaml/syntax"},
	{"hash in quotes in the first column", "a: 'b\n«# c»\n  d'\n", "yaml/syntax"},
	{"brackets that go on in the first column", "a: [b,\n«c]»\n", "yaml/syntax"},
	{"brackets that end in the first column", "a: [\n  b\n«]»\n", "yaml/syntax"},
	{"text in lines in the first column", "a:\n\n«|-»\n  b\n", "yaml/syntax"},
	{"text in lines without an end", "a: |\n  b« »", "yaml/syntax"},
	{"plain merge sign and value sign", "a: «<<»\nb: [«=»]\n", "yaml/syntax yaml/syntax"},
	{"key is a date", "«2026-03-01»: a\n«2026-03-01T12:30:00Z»: b\n", "yaml/key yaml/key"},
	{"error in the second document", "name: Acme\n---\n«slug: 'acme»\n", "yaml/syntax"},

	{"key twice", "name: Acme\n«name»: Acme\n", "yaml/duplicate_key"},
	{"key three times", "a: 1\n«a»: 2\n«a»: 3\n", "yaml/duplicate_key yaml/duplicate_key"},
	{"key twice, quoted", "name: Acme\n«\"name\"»: Acme\n", "yaml/duplicate_key"},
	{"key twice, by an escape", "name: Acme\n«\"n\\u0061me\"»: Acme\n", "yaml/duplicate_key"},
	{"key twice, in braces", "budget: {amount: 1, «'amount'»: 2}\n", "yaml/duplicate_key"},
	{"key twice, nested", "budget:\n  amount: 1\n  «amount»: 2\n", "yaml/duplicate_key"},
	{"key twice, in a list", "documents:\n  - name: a\n    «name»: b\n", "yaml/duplicate_key"},
	{"key twice, behind wide text", "{日本: é, «日本»: é}\n", "yaml/duplicate_key"},
	{"key twice, with a question mark", "? name\n: a\n? «name»\n: b\n", "yaml/duplicate_key"},
	{"key twice, of many", "a: 1\nb: 2\nc: 3\n" + manyKeys + "«b»: 4\n«k9»: 5\n", "yaml/duplicate_key yaml/duplicate_key"},
	{"key twice, inside and outside", "a:\n  b: 1\n«a»:\n  b: 1\n  «b»: 2\n", "yaml/duplicate_key yaml/duplicate_key"},

	{"second document", "name: Acme\n«---»\nname: Globex\n", "yaml/multiple_documents"},
	{"second document behind a comment", "name: Acme\n# next\n\n«---» # the second one\nname: Globex\n", "yaml/multiple_documents"},
	{"second document on its mark's line", "name: 日本\n«---» {name: Globex}\n", "yaml/multiple_documents"},
	{"second document, empty", "name: Acme\n«---»\n", "yaml/multiple_documents"},
	{"second document behind an end", "name: Acme\n...\n«---»\nname: Globex\n", "yaml/multiple_documents"},
	{"second document without a mark", "name: Acme\n...\n«name: Globex»\n", "yaml/multiple_documents"},
	{"second document behind a block scalar", "notes: |\n  one\n«---»\nname: Globex\n", "yaml/multiple_documents"},
	{"third document", "a: 1\n«---»\nb: 2\n---\nc: 3\n", "yaml/multiple_documents"},
	{"second document behind an empty one", "«»---\n«---»\nname: Acme\n", "yaml/empty yaml/multiple_documents"},

	{"empty file", "«»", "yaml/empty"},
	{"blank lines", "«» \n\n   \n", "yaml/empty"},
	{"only comments", "«»# name: Acme\n# slug: acme\n", "yaml/empty"},
	{"only a document's start", "«»---\n", "yaml/empty"},
	{"only a document's start and end", "«»--- # a record\n...\n", "yaml/empty"},
	{"null", "«»null\n", "yaml/empty"},
	{"tilde", "«»~ # nothing\n", "yaml/empty"},
	{"null behind a start", "«»--- NULL\n", "yaml/empty"},

	{"anchor on a scalar", "name: «&n» Acme\n", "yaml/alias"},
	{"anchor on a quoted scalar", "name: «&n» 'Acme'\n", "yaml/alias"},
	{"anchor on a block scalar", "notes: «&n» |\n  one\n", "yaml/alias"},
	{"anchor on nothing", "name: «&n»\nslug: acme\n", "yaml/alias"},
	{"anchor on a mapping", "budget: «&b»\n  amount: 5\n", "yaml/alias"},
	{"anchor on braces", "budget: «&b» {amount: 5}\n", "yaml/alias"},
	{"anchor on a list", "regions: «&r»\n  - emea\n", "yaml/alias"},
	{"anchor on brackets", "é: «&r» [emea]\n", "yaml/alias"},
	{"anchor on an entry in brackets", "[日本, «&r» emea]\n", "yaml/alias"},
	{"anchor on a key", "«&k» name: Acme\n", "yaml/alias"},
	{"anchor on the record", "--- «&r»\nname: Acme\n", "yaml/alias"},
	{"anchor on an empty record", "«&r»\n", "yaml/alias"},
	{"alias as a value", "name: «&n» Acme\nslug: «*n»\n", "yaml/alias yaml/alias"},
	{"alias as a key", "name: «&n» Acme\n«*n» : 5\n", "yaml/alias yaml/alias"},
	{"alias as a key, against its colon", "name: «&n» Acme\n«*n»: 5\n", "yaml/alias yaml/alias"},
	{"alias in brackets", "a: «&a» 1\nb: [«*a», «*a»]\n", "yaml/alias yaml/alias yaml/alias"},
	{"alias of itself", "a: «&a» [«*a»]\n", "yaml/alias yaml/alias"},
	{"alias of the mapping around it", "a: «&a»\n  b: «*a»\n", "yaml/alias yaml/alias"},
	{"alias inside 64 levels", "a: «&a» 1\nb: " + strings.Repeat("[", 63) + "«*a»" + strings.Repeat("]", 63), "yaml/alias yaml/alias"},
	{"alias of nothing", "name: Acme\nslug: «*nothing»\n", "yaml/alias"},
	{"alias of nothing, named in a comment", "# see *b\na: «*b»\n", "yaml/alias"},
	{"alias of nothing, named in a value", "a: 2*b\nc: '*b'\nd: «*b»\n", "yaml/alias"},
	{"alias of nothing behind a longer one", "a: &bc 1\nd: *bc\ne: «*b»\n", "yaml/alias"},
	{"merge key", "base: «&b» {a: 1}\nc:\n  «<<»: «*b»\n", "yaml/alias yaml/alias yaml/alias"},
	{"merge key without an alias", "«<<»: {a: 1}\n", "yaml/alias"},
	{"merge key in braces", "c: {é: 1, «<<»: {a: 1}}\n", "yaml/alias"},

	{"tag of YAML", "seats: «!!str» 5\n", "yaml/tag"},
	{"tag of its own", "seats: «!seats» 5\n", "yaml/tag"},
	{"tag without a name", "seats: «!» 5\n", "yaml/tag"},
	{"tag in full", "seats: «!<tag:yaml.org,2002:str>» 5\n", "yaml/tag"},
	{"tag in full, of its own", "seats: «!<!seats>» 5\n", "yaml/tag"},
	{"tag on nothing", "seats: «!!null»\nplan: ultimate\n", "yaml/tag"},
	{"tag on nothing, and on the next key", "seats: «!x»\n«!y» plan: ultimate\n", "yaml/tag yaml/tag"},
	{"tag on nothing, and anchor on the next key", "seats: «!x»\n«&y» plan: ultimate\n", "yaml/tag yaml/alias"},
	{"tag on the key behind a missing value", "? seats\n«!x» plan: ultimate\n", "yaml/tag"},
	{"anchor and tag on the key behind a missing value", "? seats\n«&x» «!y» plan: ultimate\n", "yaml/alias yaml/tag"},
	{"tag on a quoted scalar", "seats: «!!int» '5'\nplan: «!!str» \"x\"\n", "yaml/tag yaml/tag"},
	{"tag on a block scalar", "notes: «!!str» |\n  one\n", "yaml/tag"},
	{"tag on a mapping", "budget: «!!map»\n  amount: 5\n", "yaml/tag"},
	{"tag on braces", "budget: «!!map» {amount: 5}\n", "yaml/tag"},
	{"tag on a list", "regions: «!!set»\n  - emea\n", "yaml/tag"},
	{"tag on brackets", "日本: «!!seq» [emea]\n", "yaml/tag"},
	{"tag on an entry", "- emea\n- «!x» apac\n", "yaml/tag"},
	{"tag on an entry in brackets", "[日本, «!x» emea, «!» ]\n", "yaml/tag yaml/tag"},
	{"tag on the first key", "«!!str» name: Acme\n", "yaml/tag"},
	{"tag on a later key", "name: Acme\n«!!str» slug: acme\n", "yaml/tag"},
	{"tag on a key in brackets", "[«!!str» name: Acme]\n", "yaml/tag"},
	{"tag on the record", "--- «!!map»\nname: Acme\n", "yaml/tag"},
	{"tag behind an anchor", "name: «&n» «!!str» Acme\n", "yaml/alias yaml/tag"},
	{"tag in front of an anchor", "name: «!!str» «&n» Acme\n", "yaml/tag yaml/alias"},

	{"key is a truth value", "«true»: 1\n«FALSE»: 2\n", "yaml/key yaml/key"},
	{"key is null", "«null»: 1\n«~»: 2\n", "yaml/key yaml/key"},
	{"key is a number", "«12»: a\né: {«1.5»: b}\n", "yaml/key yaml/key"},
	{"key is a number with a question mark", "? «12»\n: a\n", "yaml/key"},
	{"key is a number twice", "«1»: a\n«1»: b\n", "yaml/key yaml/key"},
	{"key is missing behind a question mark", "?«»\n: Acme\n", "yaml/key"},
	{"key is a list in brackets", "«[a, b]»: c\n", "yaml/key"},
	{"key is a mapping in braces", "日本:\n  «{a: b}»: c\n", "yaml/key"},
	{"key is a list inside brackets", "[«[a]»: b]\n", "yaml/key"},
	{"key is a list, another one is empty", "? «[a]»\n: b\n\"\": c\n", "yaml/key"},
	{"key is a list in lines", "? - «a»\n  - b\n: c\n", "yaml/key"},
	{"key is a mapping in lines", "? «a»: b\n: c\n", "yaml/key"},
	{"question mark against a key", "{?«a»: b}\n", "yaml/key"},
	{"question mark against an entry", "[?«a», b]\n", "yaml/key"},
	{"question mark against a quoted key", "{?«\"a\"»: b}\n", "yaml/key"},

	{"words of YAML 1.1 for true and false", "a: «yes»\nb: [«No», «OFF», «y», «N», é, «on»]\n", strings.Repeat("yaml/boolean ", 6)},
	{"keys of YAML 1.1 for true and false", "«on»: a\nb: {«No»: c, yes no: d}\n", "yaml/boolean yaml/boolean"},
	{"entry that is true to YAML 1.1, and a number", "- «Yes»\n- «012»\n", "yaml/boolean yaml/number"},

	{"number", "seats: «012»\n", "yaml/number"},
	{"number behind wide text", "{日本: «0x1f», é: «1_000»}\n", "yaml/number yaml/number"},
	{"number and key", "«1»: «+5»\n", "yaml/key yaml/number"},

	{"NUL", "name: Ac«\x00»me\n", "yaml/encoding"},
	{"escape character", "name: é«\x1b»[31m\n", "yaml/encoding"},
	{"backspace in a comment", "name: Acme # «\b»\n", "yaml/encoding"},
	{"DEL", "日本: «\x7f»\n", "yaml/encoding"},
	{"C1", "name: Acme\nslug: «\u009b»31m\n", "yaml/encoding"},
	{"first of two", "name: «\a»\nslug: \b\n", "yaml/encoding"},
	{"U+FFFE", "name: «\ufffe»\n", "yaml/encoding"},
	{"U+FFFF", "name: «\uffff»\n", "yaml/encoding"},
	{"Latin-1", "name: Br«\xe4»uer\n", "yaml/encoding"},
	{"cut character", "日本: 日«\xe6»\x97\n", "yaml/encoding"},
	{"half of a surrogate pair", "name: «\xed»\xa0\x80\n", "yaml/encoding"},
	{"overlong", "name: «\xc0»\x80\n", "yaml/encoding"},
	{"carriage return in a comment", "# only a note«\r»revoked: x\na: b\n", "yaml/encoding"},
	{"carriage return in a text", "a: 'b«\r»  c'\n", "yaml/encoding"},
	{"carriage return at the end", "a: b«\r»", "yaml/encoding"},
	{"control character in no YAML", "name: [«\x00»\n", "yaml/encoding"},

	{"65 levels of brackets", strings.Repeat("[", 64) + "«[»a" + strings.Repeat("]", 65), "yaml/limit"},
	{"65 levels of braces", strings.Repeat("{a: ", 64) + "«{»a: b" + strings.Repeat("}", 65), "yaml/limit"},
	{"65 levels, the last one empty", strings.Repeat("[", 64) + "«[»" + strings.Repeat("]", 65), "yaml/limit"},
	{"65 levels of dashes", strings.Repeat("- ", 64) + "«-» a", "yaml/limit"},
	{"65 levels of lines", nested(64) + strings.Repeat(" ", 64) + "«k»: v", "yaml/limit"},
	{"65 levels of keys", strings.Repeat("? ", 64) + "«?» a", "yaml/limit"},
}

const manyKeys = "k0: 0\nk1: 0\nk2: 0\nk3: 0\nk4: 0\nk5: 0\nk6: 0\nk7: 0\nk8: 0\nk9: 0\n" +
	"l0: 0\nl1: 0\nl2: 0\nl3: 0\nl4: 0\nl5: 0\nl6: 0\nl7: 0\nl8: 0\nl9: 0\n"

// nested returns the keys of that many mappings, each inside the one above.
func nested(levels int) string {
	var b strings.Builder
	for level := range levels {
		b.WriteString(strings.Repeat(" ", level) + "k:\n")
	}
	return b.String()
}

func TestLoadRefuses(t *testing.T) {
	for _, test := range refused {
		for _, variant := range variants {
			t.Run(test.name+"/"+variant.name, func(t *testing.T) {
				text, spans := unmark(t, variant.of(test.text))
				rules := strings.Fields(test.rules)
				if len(rules) != len(spans) {
					t.Fatalf("%d rules for %d spans", len(rules), len(spans))
				}
				var want []string
				for i, rule := range rules {
					want = append(want, brief(spans[i], rule))
				}
				if diff := cmp.Diff(want, briefs(findingsOf(t, text))); diff != "" {
					t.Errorf("%.99q (-want +got):\n%s", text, diff)
				}
			})
		}
	}
}

// TestLoadRefusesOtherEncodings has texts that a mark in front would change.
func TestLoadRefusesOtherEncodings(t *testing.T) {
	for _, test := range []struct {
		name, text string
	}{
		{"UTF-16, low byte first", "«»\xff\xfea\x00:\x00 \x001\x00"},
		{"UTF-16, high byte first", "«»\xfe\xff\x00a\x00:\x00 \x001"},
		{"UTF-16, nothing behind the mark", "«»\xff\xfe"},
		{"UTF-32, low byte first", "«»\xff\xfe\x00\x00a\x00\x00\x00"},
		{"UTF-32, high byte first", "«»\x00\x00\xfe\xff\x00\x00\x00a"},
		{"UTF-16 without a mark, low byte first", "a«\x00»:\x00 \x001\x00"},
		{"UTF-16 without a mark, high byte first", "«\x00»a\x00:\x00 \x001"},
		{"second byte order mark", "\uFEFF«\uFEFF»a: 1"},
		{"mark cut short", "«\xef»\xbba: 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, spans := unmark(t, test.text)
			want := []string{brief(spans[0], "yaml/encoding")}
			if diff := cmp.Diff(want, briefs(findingsOf(t, text))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestLoadNamesTheLineOfALongFile has errors for which the parser names the
// first line.
func TestLoadNamesTheLineOfALongFile(t *testing.T) {
	const lines = 2_000
	for _, test := range []struct {
		name, last, want string
	}{
		{"stray bracket", "]", "2001:1-2001:2 yaml/syntax"},
		{"missing dash", "name: Acme", "2001:1-2001:11 yaml/syntax"},
		{"alias of nothing", "- *b", "2001:3-2001:5 yaml/alias"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := briefs(findingsOf(t, strings.Repeat("- Acme\n", lines)+test.last+"\n"))
			if diff := cmp.Diff([]string{test.want}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLoadBoundsSize(t *testing.T) {
	for _, front := range []string{"a: 1\n#", "\uFEFFa: 1\n#", "a: |-\n  "} {
		largest := front + strings.Repeat("x", record.MaxBytes-len(front))
		load(t, largest)
		want := []string{"1:1-1:1 yaml/limit"}
		if diff := cmp.Diff(want, briefs(findingsOf(t, largest+"x"))); diff != "" {
			t.Errorf("one byte more behind %q (-want +got):\n%s", front, diff)
		}
	}
}

func TestLoadTakesDepth(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("[", 64) + "a" + strings.Repeat("]", 64),
		strings.Repeat("[", 64) + strings.Repeat("]", 64),
		strings.Repeat("{a: ", 64) + "b" + strings.Repeat("}", 64),
		strings.Repeat("- ", 64) + "a",
		nested(63) + strings.Repeat(" ", 63) + "k: v",
	} {
		load(t, text)
	}
}

// TestLoadEndsOnHostileText has texts that take a careless reader forever.
func TestLoadEndsOnHostileText(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := range 30 {
		bomb += fmt.Sprintf("a%d: &a%d [%s*a%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 8), i)
	}
	for _, test := range []struct {
		name, text, rule string
	}{
		{"open brackets", strings.Repeat("[", 20_000), "yaml/limit"},
		{"closed brackets", strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000), "yaml/limit"},
		{"closed brackets, below the parser's limit", strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000), "yaml/limit"},
		{"open braces", strings.Repeat("{a: ", 20_000), "yaml/limit"},
		{"closed braces", strings.Repeat("{a: ", 20_000) + strings.Repeat("}", 20_000), "yaml/limit"},
		{"dashes", strings.Repeat("- ", 20_000), "yaml/limit"},
		{"question marks", strings.Repeat("? ", 20_000), "yaml/limit"},
		{"bomb of aliases", bomb, "yaml/alias"},
		{"alias of itself", "a: &a\n  - *a\n  - {b: *a}\n", "yaml/alias"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for i, f := range findingsOf(t, test.text) {
				if f.Rule != test.rule && i < record.MaxFindings {
					t.Errorf("%s, want %s", f.Rule, test.rule)
				}
			}
		})
	}
}

// TestLoadEndsOnALongLine has as many values on one line as a file can hold.
func TestLoadEndsOnALongLine(t *testing.T) {
	for _, text := range []string{
		"[" + strings.Repeat("1,", record.MaxBytes/2-2) + "1]",
		"[" + strings.Repeat("012,", record.MaxBytes/4-2) + "1]",
	} {
		if got := findingsOf(t, text); len(got) != 1 || got[0].Rule != "yaml/limit" {
			t.Errorf("%v", briefs(got))
		}
	}
}

func TestLoadBoundsEntries(t *testing.T) {
	fields := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "k%d: 1\n", i)
		}
		return b.String()
	}
	load(t, fields(record.MaxEntries))
	load(t, "a:\n"+strings.Repeat("- b\n", record.MaxEntries))
	load(t, "["+strings.Repeat("[], ", record.MaxEntries)+"]")
	for _, marked := range []string{
		fields(record.MaxEntries) + "«b»: 1\nc: 1\n",
		"a:\n" + strings.Repeat("- b\n", record.MaxEntries) + "- «c»\n- d\n",
		"é: [" + strings.Repeat("b, ", record.MaxEntries) + "«c», 012]",
		"- {" + strings.Repeat("a: 1, ", record.MaxEntries) + "«b»: 1}",
	} {
		text, spans := unmark(t, marked)
		if diff := cmp.Diff([]string{brief(spans[0], "yaml/limit")}, briefs(findingsOf(t, text))); diff != "" {
			t.Errorf("%.60q (-want +got):\n%s", text, diff)
		}
	}
}

// TestLoadBoundsFindings holds that what is told of a file is what comes first.
func TestLoadBoundsFindings(t *testing.T) {
	line := func(n int) string {
		return "- " + strings.Repeat("{a: 012, a: 013, b: no}, ", n)[:25*n-2] + "\n"
	}
	if got := findingsOf(t, "a:\n"+strings.Repeat(line(1), 25)); len(got) != record.MaxFindings {
		t.Errorf("%d findings, want all", len(got))
	}
	for _, lines := range []int{26, 51, 900} {
		got := findingsOf(t, "a:\n"+strings.Repeat(line(1), lines))
		if len(got) != record.MaxFindings+1 {
			t.Fatalf("%d findings", len(got))
		}
		want := brief(source.Span{Start: source.Position{Line: 27, Column: 7}, End: source.Position{Line: 27, Column: 10}}, "yaml/limit")
		last := got[record.MaxFindings]
		message := fmt.Sprintf("%d more findings, from here on, are not told", 4*lines-record.MaxFindings)
		if brief(last.Span, last.Rule) != want || last.Message != message {
			t.Errorf("%s %q, want %s %q", brief(last.Span, last.Rule), last.Message, want, message)
		}
	}
}

func TestMessages(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       string
	}{
		{"syntax is in plain words", "a: 'b\n", "the quote that opens here is never closed"},
		{"duplicate key names the first line", "a: 1\nb: 2\na: 3\n", "`a` is already given on line 1"},
		{"number is written otherwise", "a: 1_000\n", "a number has no `_` in it: write 1000 for 1_000"},
		{"too many digits", "a: " + strings.Repeat("1", 31), "`" + strings.Repeat("1", 31) + "` has more than 30 digits"},
		{"exponent", "a: 1e31\n", "`1e31` has an exponent above 30"},
		{"byte", "a: \xe4\n", "the byte 0xE4 here is no UTF-8"},
		{"control character", "a: \u009b\n", "the control character U+009B is not allowed in YAML"},
		{"size", strings.Repeat("#", record.MaxBytes+1), "this file is larger than a record may be, 1048576 bytes"},
		{"key without a name", "?\n: b\n", "the name in front of this colon is missing"},
		{"alias", "a: *b\n", "`*b` stands for a value that is written nowhere; write it out here"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, findingsOf(t, test.text)[0].Message); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestFingerprintsStay holds that a line above changes no fingerprint, of
// whatever rule the finding is.
func TestFingerprintsStay(t *testing.T) {
	fingerprints := func(text string) (all []string) {
		for _, f := range findingsOf(t, text) {
			all = append(all, f.Fingerprint)
		}
		return all
	}
	for _, test := range refused {
		t.Run(test.name, func(t *testing.T) {
			text, _ := unmark(t, test.text)
			if diff := cmp.Diff(fingerprints(text), fingerprints("# Acme\n"+text)); diff != "" {
				t.Errorf("%.99q (-want +got):\n%s", text, diff)
			}
		})
	}
}

func TestRules(t *testing.T) {
	rules := record.Rules()
	if !slices.IsSortedFunc(rules, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the rules are not in the order of their ids")
	}
	for _, rule := range rules {
		if rule.Title == "" || rule.Description == "" || rule.Help == "" || !rule.Severity.Valid() {
			t.Errorf("%s is not explained: %+v", rule.ID, rule)
		}
		shown := slices.ContainsFunc(refused, func(test struct{ name, text, rules string }) bool {
			return slices.Contains(strings.Fields(test.rules), rule.ID)
		})
		if rule.Severity == finding.Warning {
			shown = slices.ContainsFunc(doubtful, func(test doubt) bool {
				return len(test.want) > 0 && strings.HasPrefix(test.want[0], rule.ID+" ")
			})
		}
		if !shown {
			t.Errorf("no text shows %s", rule.ID)
		}
	}
}

// TestDuplicateKeyLeadsToTheFirst holds that the finding shows the other line.
func TestDuplicateKeyLeadsToTheFirst(t *testing.T) {
	_, findings := record.Load(path, []byte("a: 1\nbox:\n  é: 1\n  b: 2\n  \"é\": 3\n"))
	if len(findings) != 1 || len(findings[0].Related) != 1 {
		t.Fatalf("%+v", findings)
	}
	first := findings[0].Related[0]
	if first.File != path || first.Span.Start != (source.Position{Line: 3, Column: 3}) || first.Message != "`é` is given here first" {
		t.Errorf("%+v", first)
	}
}

// TestTruthKey makes sure that a key which a program has turned into a truth
// value is named as what it was.
func TestTruthKey(t *testing.T) {
	for key, want := range map[string]string{
		"true":  "the key `true` is no text but a truth value: some programs make it of `on`, `yes` or `y`",
		"TRUE":  "the key `TRUE` is no text but a truth value: some programs make it of `on`, `yes` or `y`",
		"false": "the key `false` is no text but a truth value: some programs make it of `off`, `no` or `n`",
	} {
		_, findings := record.Load(path, []byte("agreement:\n  sales:\n    by: a\n    "+key+": 2026-03-01\n"))
		if len(findings) != 1 || findings[0].Message != want {
			t.Errorf("%s: %v, want %s", key, findings, want)
		}
	}
}
