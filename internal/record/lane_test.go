package record_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// inLane are texts that the lane takes.
var inLane = []string{
	"a: b", "a:\n", "a:", "a: ~\nb: null\nc:\n  ~\n", "é: 日本\n_a: /b\n", "\uFEFFa: b\n",
	"a: b\r\nc: |\r\n  d\r\n\r\n  e\r\n",
	"\n  \n# a\n   # b\nc: d  \n  # e\n\n", "a: b   ", "a: b\n   ", "a: b # c", "a:   b   # c\n",
	"a: # b\nc: d # e\n", "a: b#c\n", "a: b:c d:e\n",
	"a b: c\n", "a: -b\nc: --d\ne: -5\nf: --- g\n", "a: 12\nb: -1.50\nc: 1e3\nd: 0\n",
	"a: 2026-01-31\nb: 2026-02-30 12:30:00\nc: 1.2.3\n",
	"a: true\nb: False\nc: Null\n", "a: b? c! d& e* f| g> h% i@ j` k, l] m}\n", "a: .\nb: ...\nc: $d\n",
	"a: 'b'\nc: ''\nd: 'it''s'\ne: ''''\nf: ' # g: '\n", "a: \"b\"\nc: \"\"\nd: \"\\\"e\\\\\" # f\ng: \" h: \"\n",
	"a: 'b' #c\nd: \"e\" #f\n",
	"a: []\nb: {}\nc: [d, 'e', \"f\", 5, ~, g h, i:j, -k] # l\n", "a: [ b ,  c  ]  \n", "a: [\"b, c\", 'd]', e'f]\n",
	"a:\n  b: c\n  d:\n    e: f\ng: h\n", "a:\n  - b\n  - c: d\n    e: f\n  -   g: h\n      i: j\nk: l\n",
	"a:\n- b\n- c: d\n  e: f\n-\n- - g\n  - - h\n",
	"a:\n  -\n    b: c\n  -\n  - # d\n    - e\n  -\n", "a:\n    - b\nc:\n - d\n", "a: # b\n  c: d\ne:\n# f\n- g\n",
	"a:\n  - b\n# c\n  # d\n    # e\n  - f\n",
	"a:\n  b\n", "a:\n\n  b\n   c\n\n d\ne: f\n", "a: b\n  c\n\n\n  d\n# e\nf: g\n", "a: b\n  - c\n  # d\n",
	"a: b\n  \"c\" 'd' [e\n", "a:\n  'b'\nc:\n  [d]\ne:\n- f\n  g\n",
	"a: |\n  b\n", "a: >\n  b\n  c\n\n  d\n   e\n   f\n\n  g\n\n\nh: i\n", "a: |-\n  b\n\n\n", "a: |+\n  b\n\n \n",
	"a: >-\n  b\n   \n  c\n", "a: >+ # b\n\n\n  c\n\nd: e\n",
	"a:\n  b: |\n\n      c\n      # d\n    # e\n  # f\n  g: h\n", "a:\n- |\n b\n- >-\n   c\n",
	"a: |\n  b  \n  \n    \nc: d\n", "a: >\n  - b\n  c: d\n  'e\n", "a:\n  |\n  b\n",
	"a: >\n  b\n\n    c\n\n  d\n\n\n    e\n  f\n", "a: yes it is\nb: nope\nc: y2\n",
	"a: C# and F#\nb: https://c.example/d?e=f&g=h#i\nc: d/-/5#note_6\n", "a: 12 #b\nc: d #e\n",
	"a:\n  -b\n  - c\n", "a: { }\nb: [ ]\n", "a: {b: c}\nd: [{e: f, g: [h, {}]}, [[]]]\n",
	"a:\n  - {b: c,  d: 'e, }' , f: 5}  # g\n  - [h]\n", "a: {b: -5, c: {d: e:f}}\n",
	"a: [-]\nb: [-c, -]\n", "on call: a\nyes it is: b\n", "a: b\\nc\n", "null a: b\n", names(64),
	"a: " + strings.Repeat("[", record.MaxDepth-1) + strings.Repeat("]", record.MaxDepth-1) + "\n",
	"a:\n  " + strings.Repeat("- ", record.MaxDepth-1) + "a\n",
	"a:\n" + strings.Repeat(" - a\n", record.MaxEntries),
}

// besideLane are texts that the lane leaves to the parser, right ones and wrong ones.
var besideLane = []string{
	"", "#", "\n", "a", "- a\n", "[]", "{}", "{a: b}", "'a'", "|\n a\n", " a: b\n", "---\na: b\n", "a: b\n---\n",
	"a: b\n...\n", "%YAML 1.2\n---\na: b\n", "--- a: b\n",
	"a:\tb\n", "a: b\t\n", "# \t\na: b\n", "a: |\n  \tb\n", "a : b\n", "? a\n: b\n", "?a: b\n", "-a: b\n",
	"\"a\": b\n", "'a': b\n", "1: a\n", "~: a\n", "null: a\n", "true: a\n", "on: a\n", "y: a\n", ": a\n",
	"2026-01-31: a\n", "<<: a\n", "[a]: b\n", "a\n", "a: b\nc\n", "a:b\n", "a: b\na: c\n", "a:\n  b: c\n  b: d\n",
	"a: b: c\n", "a: b:\n", "a:: b\n", "a: 'b': c\n", "a: - b\n", "a: -\n", "a: - - b\n",
	"a: &b c\n", "a: *b\n", "a: !b c\n", "a: !!str 5\n", "a: %b\n", "a: @b\n", "a: `b`\n", "a: ,b\n", "a: ]\n",
	"a: }\n", "a: ?b\n", "a: :b\n", "a: ? b\n", "a: ! b\n", "a: &\n",
	"a: 012\n", "a: 0o7\n", "a: 0x1f\n", "a: 1_000\n", "a: 12:30\n", "a: +1\n", "a: .5\n", "a: 5.\n", "a: .inf\n",
	"a: -.INF\n", "a: .nan\n", "a: 1e99\n", "a: 1234567890123456789012345678901\n", "a: no\n", "a: On\n", "a: =\n",
	"a: <<\n",
	"a: 'b\n", "a: 'b\n  c'\n", "a: \"b", "a: \"b\n  c\"\n", "a: \"\\t\"\n", "a: \"\\'\"\n", "a: \"\\/\"\n",
	"a: \"\\x41\"\n", "a: \"b\\\n", "a: \"b\\", "a: 'b'c\n", "a: 'b' c\n", "a: 'b'#c\n", "a: \"b\"#c\n",
	"a: 'b'\n  c\n",
	"a: [b,\n  c]\n", "a: [b\n", "a: [", "a: [b, ]\n", "a: [, b]\n", "a: [b c: d]\n", "a: [b:]\n", "a: [b?c]\n",
	"a: [b #c]\n", "a: [b]c\n", "a: [b]#c\n", "a: [- b]\n", "a: [*b]\n", "a: [no]\n", "a: ['b' c]\n", "a: ['b':c]\n",
	"a: {\n", "a: {b}\n", "a: {b:c}\n", "a: {b : c}\n", "a: {b:}\n", "a: {b: }\n", "a: {b: c,}\n",
	"a: {b: c, b: d}\n", "a: {b:: c}\n", "a: {\"b\": c}\n", "a: {b: c: d}\n", "a: {no: b}\n", "a: {? b: c}\n",
	"a: {b: c #d}\n", "a: {b: [c}]\n", "a: {b: c\n  }\n", "a: [b: c]\n", "a: [b:,c]\n", "a: {}b\n", "a: {}#b\n",
	"a: [b]: c\n", "a: {}: c\n",
	"a: |", "a: |\n", "a: |\nb: c\n", "a: |2\n   b\n", "a: |1-\n b\n", "a: |-1\n b\n", "a: |x\n  b\n",
	"a: |#b\n  c\n", "a: |\n  b", "a: >-\n  b", "a: |\n  b\n ", "a: |\n    \n  b\n", "a: |\n# b\n  c\n",
	"a:\n  b: |\n  c\n", "a: |\n    b\n  c\n", "a: |\n  b\n# c\n  d\n", "a: |\n  b\n c: d\n",
	"a: b\n  c: d\n", "a: b # c\n  d\n", "a: b\n  # c\n  d\n", "a: # b\n  c\n", "a:\n  # b\n  'c'\n",
	"a: b\n  c #d\n  e\n", "a: b\n: c\n", "a: b\n  :\n", "a: b\n- c\n", "a:\n  - b\n- c\n", "a:\n  - b\n  c: d\n",
	"a:\n- b\n c: d\n", "a:\n  b: c\n d: e\n", "a:\n  b: c\n   d: e\n", "a:\n    b: c\n  - d\n",
	"a: b\rc: d\n", "a: b\u0085c: d\n", "a: b\u2028\n", "a: \u200Bb\n", "a: \x00\n", "a: b\xff\n",
	"\uFEFF\uFEFFa: b\n", strings.Repeat("a", 200) + ": b\n", strings.Repeat("a", 1100) + ": b\n",
	"b: c\n" + manyKeys + manyKeys, names(65),
	strings.Repeat("# a\n", 1<<15) + "a: b\n", "a:\n" + strings.Repeat(" - a\n", record.MaxEntries+1),
	"a:\n  " + strings.Repeat("- ", record.MaxDepth-1) + "b: c\n",
	"a: " + strings.Repeat("[", record.MaxDepth) + strings.Repeat("]", record.MaxDepth) + "\n",
	"a: " + strings.Repeat("{b: ", record.MaxDepth) + "c" + strings.Repeat("}", record.MaxDepth) + "\n",
	"a:\n  " + strings.Repeat("- ", record.MaxDepth) + "a\n",
}

// names returns that many fields.
func names(count int) (text string) {
	for i := range count {
		text += fmt.Sprintf("n%d: a\n", i)
	}
	return text
}

// TestLane holds that the lane takes what people write, and steps aside from what it
// leaves to the parser.
func TestLane(t *testing.T) {
	for _, text := range inLane {
		checkLane(t, text, true)
	}
	for _, text := range besideLane {
		checkLane(t, text, false)
	}
}

func checkLane(t *testing.T, text string, want bool) {
	t.Helper()
	took, diff := record.CompareLane([]byte(text), false)
	if took != want {
		t.Errorf("the lane takes %.99q: %v, want %v", text, took, want)
	}
	if diff != "" {
		t.Errorf("%.99q (-parser +lane):\n%s", text, diff)
	}
}

// TestLaneTakesRecords holds that records as they are go through the lane.
func TestLaneTakesRecords(t *testing.T) {
	taken := 0
	texts := recordTexts(t)
	for _, text := range texts {
		took, diff := record.CompareLane([]byte(text), false)
		if diff != "" {
			t.Errorf("(-parser +lane):\n%s\n%s", diff, text)
		}
		if took {
			taken++
		}
	}
	if taken < len(texts)*9/10 { // some are wrong on purpose
		t.Errorf("the lane takes %d of %d records", taken, len(texts))
	}
	for _, text := range plainTexts(t) {
		checkLane(t, text, true)
	}
}

// TestLaneTakesMutants holds that the lane agrees with the parser about records in
// which something is out of place, and still takes many of them.
func TestLaneTakesMutants(t *testing.T) {
	texts := recordTexts(t)
	mutants, taken := 20000, 0
	if testing.Short() {
		mutants = 3000
	}
	for seed := range uint64(mutants) {
		if checkMutant(t, texts, seed) {
			taken++
		}
	}
	if taken < mutants/4 {
		t.Errorf("the lane takes %d of %d mutants", taken, mutants)
	}
}

// TestLaneTakesShortTexts holds that the lane agrees with the parser about every short
// text of what decides where values begin and end.
func TestLaneTakesShortTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second or two")
	}
	for _, of := range []struct {
		begin, characters, end string
		most                   int // of the characters
	}{
		{"", "a: \n-#", "", 6},
		{"a:", "a: \n-#'\"|>[]{},", "", 4},
		{"a: ", "b'\"\\ \n#", "", 5},
		{"a: b", "b: \n#-", "\nc: d", 5},
		{"a:\n", "b: \n-", "", 6},
		{"a:\n- ", "b: \n-#", "", 5},
		{"a: |", "a \n#-+", "\n", 5},
		{"a: >", "a \n#", "\nb: c\n", 7},
		{"a: [", "b:, \n'[]{}-#?", "]\n", 4},
		{"a: {b: ", "b:, {}[]-'", "}\n", 4},
	} {
		taken := 0
		for text := range textsOf(of.begin, of.characters, of.most) {
			if compareLane(t, []byte(text+of.end)) {
				taken++
			}
		}
		if taken == 0 {
			t.Errorf("the lane takes no text that begins with %q", of.begin)
		}
	}
}

// textsOf yields every text of a beginning and up to some characters behind it.
func textsOf(begin, characters string, most int) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(begin) || most == 0 {
			return
		}
		for _, c := range characters {
			for text := range textsOf(begin+string(c), characters, most-1) {
				if !yield(text) {
					return
				}
			}
		}
	}
}

// FuzzLane holds that the lane gives what the parser gives, or steps aside, whatever
// the bytes are.
func FuzzLane(f *testing.F) {
	addSeeds(f)
	for _, text := range slices.Concat(inLane, besideLane, recordTexts(f)) {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { compareLane(t, data) })
}

// FuzzLaneMutants is FuzzLane for records in which something is out of place.
func FuzzLaneMutants(f *testing.F) {
	texts := recordTexts(f)
	f.Add(uint64(0))
	f.Fuzz(func(t *testing.T, seed uint64) { checkMutant(t, texts, seed) })
}

func checkMutant(t *testing.T, texts []string, seed uint64) (took bool) {
	t.Helper()
	return compareLane(t, []byte(mutant(rand.New(rand.NewPCG(seed, 0)), texts)))
}

// compareLane compares what a text is today with what the parser makes of it, and what
// it was in the past.
func compareLane(t *testing.T, data []byte) (took bool) {
	t.Helper()
	for _, past := range []bool{true, false} {
		var diff string
		if took, diff = record.CompareLane(data, past); diff != "" {
			t.Errorf("past: %v: %q (-parser +lane):\n%s", past, data, diff)
		}
	}
	return took
}
