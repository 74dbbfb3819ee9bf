package schema

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// TestOwnAutomata makes sure that the patterns of the schemas take what they took, of
// all texts in records and of those with other bytes, and that none is left to regexp.
func TestOwnAutomata(t *testing.T) {
	texts := append(textsOf(ownRecords(t)), textsOf([]*record.Record{{Root: &record.Node{Items: oddValues}}})...)
	m := mutator{rand.New(rand.NewPCG(5, 6))}
	for _, text := range texts {
		texts = append(texts, m.otherText(text), m.otherByte(text), m.otherByte(m.otherByte(text)))
	}
	for kind, pattern := range ownPatterns(t) {
		a := newAutomaton(pattern)
		if a.begin == nil {
			t.Errorf("%s: %s is left to regexp", kind, pattern)
		}
		took := map[bool]int{}
		for _, text := range texts {
			got, want := a.matches(text), pattern.MatchString(text)
			if got != want {
				t.Errorf("%s takes %q: %v, want %v", pattern, text, got, want)
			}
			took[got]++
		}
		if len(took) < 2 {
			t.Errorf("%s takes all texts, or none", pattern)
		}
		if len(a.states) == maxStates {
			t.Errorf("%s has too many states", pattern)
		}
	}
}

// ownPatterns returns the patterns of the schemas, each once.
func ownPatterns(t testing.TB) map[string]*regexp.Regexp {
	t.Helper()
	patterns := map[string]*regexp.Regexp{}
	for _, kind := range ownSet(t).kinds {
		for pattern := range kind.validator.lane().patterns {
			patterns[pattern.String()] = pattern
		}
	}
	if len(patterns) < 5 {
		t.Fatalf("the schemas have %d patterns", len(patterns))
	}
	return patterns
}

// textsOf returns all texts of records, each once.
func textsOf(records []*record.Record) (texts []string) {
	seen := map[string]bool{}
	for _, r := range records {
		for _, n := range allNodes(r.Root) {
			if !seen[n.Text] {
				seen[n.Text] = true
				texts = append(texts, n.Text)
			}
		}
	}
	return texts
}

// otherByte returns a text with another byte in it, or one more.
func (m mutator) otherByte(text string) string {
	at := m.IntN(len(text) + 1)
	b := byte(m.IntN(utf8.RuneSelf + 20))
	return text[:at] + string([]byte{b}) + text[min(at+m.IntN(2), len(text)):]
}

func TestPlainPrograms(t *testing.T) {
	for pattern, want := range map[string]bool{
		`^a+$`: true, `^(?i)ſt$`: true, `^`: true, `^$`: true, `^a`: true, `^[^a]{1,64}@`: true, `^(a|^b)*$`: true, `^.\z`: true,
		`a`: false, `a$`: false, ``: false, `^a|b`: false, `(?m)^a$`: false, `^a\b`: false, `^\Ba$`: false, `^(a{1,1000})$`: false, `^(?m:a$)`: false,
	} {
		if got := newAutomaton(regexp.MustCompile(pattern)).begin != nil; got != want {
			t.Errorf("%s: %v, want %v", pattern, got, want)
		}
	}
}

// TestManyStates makes sure that an automaton neither grows forever nor is wrong then.
func TestManyStates(t *testing.T) {
	a := newAutomaton(regexp.MustCompile(`^(a|b)*a(a|b){12}$`))
	r := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		text := make([]byte, r.IntN(40))
		for i := range text {
			text[i] = "aaabbbc"[r.IntN(7)]
		}
		if got, want := a.matches(string(text)), a.pattern.Match(text); got != want {
			t.Fatalf("%s: %v, want %v", text, got, want)
		}
	}
	if len(a.states) != maxStates {
		t.Errorf("there are %d states", len(a.states))
	}
}

// TestAutomatonAtOnce makes sure that several may ask at a time.
func TestAutomatonAtOnce(t *testing.T) {
	a := newAutomaton(regexp.MustCompile(`^[a-z]{1,60}@[a-z]+(\.[a-z]+)*$`))
	var asking sync.WaitGroup
	for range 8 {
		asking.Go(func() {
			for n := range 70 {
				if got, want := a.matches(strings.Repeat("k", n)+"@a.example"), n >= 1 && n <= 60; got != want {
					t.Errorf("%d letters: %v, want %v", n, got, want)
				}
			}
		})
	}
	asking.Wait()
}

// FuzzAutomaton holds that an automaton says of any text what its pattern does, at
// first and again.
func FuzzAutomaton(f *testing.F) {
	for _, pattern := range []string{
		`^[!-~]+$`, `^(a|^b)*$`, `^(?i)[k-s]t$`, `^(a*)*?b{2,3}\z`, `^$^`, `^(|a)+$`, `^(?s).\.`, `^.$`, `^(a|ab)(c|bcd)(d*)$`, `^\pL+$`, `^[^\x00-\x20]+$`, `\Aa??$`,
	} {
		for _, text := range []string{"", "a", "abcd", "bb\n", "ſT", "\xff."} {
			f.Add(pattern, text)
		}
	}
	f.Fuzz(func(t *testing.T, source, text string) {
		pattern, err := regexp.Compile(source)
		if err != nil {
			return
		}
		a := newAutomaton(pattern)
		for _, text := range []string{text, text, text[:len(text)/2], text + text} {
			if got, want := a.matches(text), pattern.MatchString(text); got != want {
				t.Errorf("%s takes %q: %v, want %v", source, text, got, want)
			}
		}
	})
}

func BenchmarkPattern(b *testing.B) {
	for name, text := range map[string]string{"date": "2026-02-28", "url": "https://gitlab.com/gitlab-com/alliances/-/issues/1", "email": "kim.example@partner.example"} {
		for kind, pattern := range ownPatterns(b) {
			if !pattern.MatchString(text) {
				continue
			}
			a := newAutomaton(pattern)
			label := name + "/" + kind[:min(len(kind), 9)]
			b.Run(label+"/automaton", func(b *testing.B) {
				for b.Loop() {
					a.matches(text)
				}
			})
			b.Run(label+"/regexp", func(b *testing.B) {
				for b.Loop() {
					pattern.MatchString(text)
				}
			})
		}
	}
}
