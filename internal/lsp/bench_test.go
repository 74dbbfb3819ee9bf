package lsp

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
)

// BenchmarkTyping types into a licence and into a partner, one character after the
// other, among 10,000 records, and tells how long it takes from a keystroke until the
// editor is told, and from the start until it is told the first time.
func BenchmarkTyping(b *testing.B) {
	files := corpus.FS(10_000)
	if _, err := realRules(); err != nil { // the same for every size
		b.Fatal(err)
	}
	for _, what := range []string{"license", "partner"} {
		b.Run(what, func(b *testing.B) {
			name, text := oneOf(files, what)
			begin := time.Now()
			c := connect(b, &Repository{Dir: root, Files: files, Tree: repository(nil).Tree, Rules: realRules, Path: repository(nil).Path}, nil)
			c.open(name, text)
			c.settled(name)
			ready := time.Since(begin)
			var took []time.Duration
			for version := 2; b.Loop(); version++ {
				typed := text + "# " + strings.Repeat("x", version%80) + "\n"
				if what == "partner" {
					typed = strings.Replace(text, "name: ", "name: "+strings.Repeat("x", version%40), 1)
				}
				begin := time.Now()
				c.lock.Lock()
				before := c.times[uri(name)]
				c.lock.Unlock()
				c.write(name, version, typed)
				for told := before; told == before; {
					c.lock.Lock()
					told = c.times[uri(name)]
					c.lock.Unlock()
					time.Sleep(100 * time.Microsecond)
				}
				took = append(took, time.Since(begin))
			}
			slices.Sort(took)
			milliseconds := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
			b.ReportMetric(milliseconds(took[len(took)/2]), "ms-median")
			b.ReportMetric(milliseconds(took[len(took)*99/100]), "ms-p99")
			b.ReportMetric(milliseconds(ready), "ms-ready")
		})
	}
}

// oneOf returns a record of a kind, by its path and its text.
func oneOf(files fstest.MapFS, kind string) (name, text string) {
	var names []string
	for name, file := range files {
		if strings.Contains(string(file.Data), "kind: "+kind+"\n") {
			names = append(names, name)
		}
	}
	name = slices.Min(names)
	return name, string(files[name].Data)
}
