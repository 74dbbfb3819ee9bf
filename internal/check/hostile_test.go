package check

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

const partnerHead = "kind: partner\nname: Example\ntype: integrated\n"

// hostile are texts of at most a size, in each of which something is wrong as often
// as it can be.
var hostile = map[string]func(size int) string{
	"unknown fields":     repeated(partnerHead, func(i int) string { return fmt.Sprintf("status%d: 1\n", i) }),
	"long unknown names": some(partnerHead, 900, 1000, func(i int, long string) string { return fmt.Sprintf("s%d%s: 1\n", i, long) }),
	"groups of unknown fields": some(partnerHead, 900, 1000, func(i int, long string) string {
		var b strings.Builder
		fmt.Fprintf(&b, "g%d:\n", i)
		for field := range len(long) / 10 {
			fmt.Fprintf(&b, "  a%d: 8.0\n", field)
		}
		return b.String()
	}),
	"a long misspelt value":   long(partnerHead+"country: ", "uu"),
	"a long status":           long(partnerHead+"status: ", "activ "),
	"a long text for a list":  long(partnerHead+"regions:\n  -asia", " -asia"),
	"a long list in commas":   long(partnerHead+"regions: asia", ", asia"),
	"a long address":          long(partnerHead+"website: http://a.example/", "%41"),
	"a long date":             long(partnerHead+"active_since: ", "2026-01-01 "),
	"many digits":             long(partnerHead+"active_since: ", "1"),
	"misspelt entries":        some(partnerHead+"regions:\n", 1000, 900, func(i int, long string) string { return fmt.Sprintf("- europ%d%s\n", i, long) }),
	"keys that stand twice":   repeated(partnerHead, func(int) string { return "name: a\n" }),
	"quotes without an end":   repeated(partnerHead, func(i int) string { return fmt.Sprintf("a%d: \"x\n", i) }),
	"lines without a colon":   repeated("", func(i int) string { return fmt.Sprintf("name example%d\n", i) }),
	"tabs":                    repeated(partnerHead, func(i int) string { return fmt.Sprintf("\ta%d: 1\n", i) }),
	"brackets":                long(partnerHead+"regions: ", "["),
	"entries in brackets":     long(partnerHead+"regions: [", "a,"),
	"dashes":                  long("", "- "),
	"colons":                  long(partnerHead, "a: "),
	"anchors":                 repeated(partnerHead, func(i int) string { return fmt.Sprintf("a%d: &a%d x\n", i, i) }),
	"documents":               long(partnerHead, "---\n"),
	"steps":                   repeated(partnerHead, func(i int) string { return strings.Repeat(" ", i%60) + fmt.Sprintf("a%d:\n", i) }),
	"characters nobody sees":  long(partnerHead+"notes: ", "\u200b"),
	"spaces":                  long(partnerHead, " "),
	"numbers in odd forms":    some(partnerHead, 900, 1000, func(i int, long string) string { return fmt.Sprintf("a%d: 0x1f # %s\n", i, long) }),
	"comments behind hashes":  long(partnerHead+"notes: ", "x #"),
	"backslashes":             long(partnerHead+"notes: \"", `\`),
	"words for true":          repeated(partnerHead, func(i int) string { return fmt.Sprintf("g%d: [yes, no, on]\n", i) }),
	"a name of many words":    long("kind: partner\nname: ", "Ex "),
	"a name of many capitals": long("kind: partner\nname: ", "É"),
}

// repeated returns texts of a beginning and as many lines as there is room for.
func repeated(head string, line func(i int) string) func(size int) string {
	return func(size int) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; b.Len() < size-100; i++ {
			b.WriteString(line(i))
		}
		return b.String()
	}
}

// some returns texts of a beginning and n lines that take all the room.
func some(head string, n, most int, line func(i int, long string) string) func(size int) string {
	return func(size int) string {
		var b strings.Builder
		b.WriteString(head)
		for i := range n {
			b.WriteString(line(i, strings.Repeat("a", min(most, size/n-30))))
		}
		return b.String()
	}
}

// long returns texts of a beginning and a value that takes all the room.
func long(head, piece string) func(size int) string {
	return func(size int) string { return head + strings.Repeat(piece, (size-len(head)-1)/len(piece)) + "\n" }
}

func judgeHostile(t testing.TB, text string) {
	t.Helper()
	tree := fstest.MapFS{"partners/example/partner.yaml": {Data: []byte(text)}}
	findings := judged(t, tree, Options{Jobs: 1}).Findings
	if len(findings) == 0 || len(findings) > record.MaxFindings+5 {
		t.Errorf("%d findings", len(findings))
	}
}

// TestHostile makes sure that what is made for a text does not grow faster than the
// text. Small texts are no measure: they are read otherwise.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("left out by -short")
	}
	judgeHostile(t, partnerHead) // compiles the rules
	made := func(text string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		judgeHostile(t, text)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			if small, large := made(text(record.MaxBytes/4)), made(text(record.MaxBytes/2)); large > 3*small {
				t.Errorf("for a text of twice the size %d bytes are made, not %d", large, small)
			}
		})
	}
}

// BenchmarkHostile measures what a record as large as one may be takes.
func BenchmarkHostile(b *testing.B) {
	judgeHostile(b, partnerHead) // compiles the rules
	for name, text := range hostile {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				judgeHostile(b, text(record.MaxBytes))
			}
		})
	}
}
