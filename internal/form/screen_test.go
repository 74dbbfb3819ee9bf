package form

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// A sheet is a model with somebody who types.
type sheet struct {
	*testing.T
	*model
	replies chan reply
}

func newSheet(t *testing.T, width, height int) *sheet {
	s := &sheet{t, newModel(), make(chan reply, 1)}
	s.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return s
}

func (s *sheet) put(q Question) { s.Update(put{&q, len(s.done) == 0, s.replies}) }

// press presses keys by their names; other words are typed.
func (s *sheet) press(keys ...string) {
	named := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "back": {Code: tea.KeyTab, Mod: tea.ModShift}, "tab": {Code: tea.KeyTab},
		"down": {Code: tea.KeyDown}, "up": {Code: tea.KeyUp}, "pgdown": {Code: tea.KeyPgDown}, "esc": {Code: tea.KeyEscape},
		"delete": {Code: tea.KeyBackspace}, "space": {Code: tea.KeySpace, Text: " "}, "quit": {Code: 'c', Mod: tea.ModCtrl},
	}
	for _, key := range keys {
		if msg, ok := named[key]; ok {
			s.Update(msg)
			continue
		}
		for _, r := range key {
			s.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

// replied returns what the question was answered with, if it was.
func (s *sheet) replied() string {
	select {
	case r := <-s.replies:
		if r.err != nil {
			return r.err.Error()
		}
		return strings.Join(r.answers, ",")
	default:
		return "(no answer)"
	}
}

func (s *sheet) shows(text string) bool { return strings.Contains(s.View().Content, text) }

var partners = Question{Title: "Partner", Choices: []Choice{
	{"accenture", "Accenture"}, {"ci-and-t", "CI&T (ci-and-t)"}, {"example-ci", "Example CI (example-ci)"}, {"teamcity", ""},
}}

func TestChoose(t *testing.T) {
	for _, test := range []struct {
		keys []string
		want string
	}{
		{[]string{"enter"}, "(no answer)"}, // nobody chose the first one
		{[]string{"down", "enter"}, "accenture"},
		{[]string{"down", "down", "up", "enter"}, "accenture"},
		{[]string{"ci", "enter"}, "ci-and-t"},
		{[]string{"EXAMPLE ci", "enter"}, "example-ci"},
		{[]string{"ci", "down", "down", "enter"}, "teamcity"},
		{[]string{"ci", "down", "down", "down", "down", "enter"}, "teamcity"},
		{[]string{"nobody", "enter"}, "(no answer)"},
		{[]string{"nobody", "esc", "team", "enter"}, "teamcity"},
		{[]string{"quit"}, ErrAborted.Error()},
		{[]string{"back"}, "(no answer)"}, // it is the first question
	} {
		s := newSheet(t, 80, 24)
		s.put(partners)
		s.press(test.keys...)
		if got := s.replied(); got != test.want {
			t.Errorf("%q: %s, want %s", test.keys, got, test.want)
		}
	}
}

func TestChooseDefault(t *testing.T) {
	q := partners
	q.Default = "example-ci"
	s := newSheet(t, 80, 24)
	s.put(q)
	s.press("enter")
	if got := s.replied(); got != "example-ci" {
		t.Errorf("Enter takes %s", got)
	}
	if !s.shows("Partner: Example CI (example-ci)") {
		t.Error("what was chosen is not shown")
	}
}

// seats is a question to which some answers are wrong, and one is doubtful.
var seats = Question{Title: "Seats", Default: "unknown", Check: func(answer string) error {
	switch answer {
	case "ten":
		return errors.New("no number")
	case "99":
		return Doubtful(errors.New("many"))
	}
	return nil
}}

func TestType(t *testing.T) {
	for _, test := range []struct {
		keys []string
		want string
	}{
		{[]string{"enter"}, "unknown"},
		{[]string{"12", "enter"}, "12"}, // it takes the place of the default
		{[]string{"ten", "enter", "enter"}, "(no answer)"},
		{[]string{"ten", "enter", "delete", "delete", "delete", "enter"}, "unknown"},
		{[]string{"99", "enter"}, "(no answer)"},
		{[]string{"99", "enter", "enter"}, "99"},
		{[]string{"99", "enter", "9", "enter"}, "999"},
		{[]string{"tab", "!", "enter"}, "unknown!"},
		{[]string{"1", "space", "2", "enter"}, "1 2"},
	} {
		s := newSheet(t, 80, 24)
		s.put(seats)
		s.press(test.keys...)
		if got := s.replied(); got != test.want {
			t.Errorf("%q: %s, want %s", test.keys, got, test.want)
		}
	}
}

func TestPickMany(t *testing.T) {
	s := newSheet(t, 80, 24)
	q := partners
	q.many, q.Optional = true, true
	s.put(q)
	s.press("space", "team", "space", "enter")
	if got := s.replied(); got != "accenture,teamcity" {
		t.Errorf("picked %s", got)
	}
	s.put(q)
	s.press("space", "space", "enter")
	if got := s.replied(); got != "" {
		t.Errorf("picked %s of nothing", got)
	}
}

func TestTypedAhead(t *testing.T) {
	s := newSheet(t, 80, 24)
	s.press("team", "enter", "3", "enter")
	s.put(partners)
	first := s.replied()
	s.put(Question{Title: "Seats"})
	if second := s.replied(); first != "teamcity" || second != "3" {
		t.Errorf("typed ahead: %s, %s", first, second)
	}
}

// TestSmall makes sure that on a small terminal the title is in sight, with what
// is typed and what is wrong, whatever there is to say.
func TestSmall(t *testing.T) {
	many := Question{Title: "The title", Description: strings.Repeat("A long description of it. ", 40), Default: "choice 30", Optional: true}
	for i := range 60 {
		many.Choices = append(many.Choices, Choice{Answer: fmt.Sprintf("choice %d", i), Label: strings.Repeat(fmt.Sprintf("choice %d ", i), 12)})
	}
	long := Question{Title: "The title", Description: many.Description, Check: func(string) error { return errors.New(strings.Repeat("wrong ", 15)) }}
	for _, q := range []Question{many, long} {
		s := newSheet(t, 60, 15)
		for i := range 20 {
			s.done = append(s.done, exchange{fmt.Sprintf("Question %d", i), strings.Repeat("answer ", 20)})
		}
		s.put(q)
		s.press("c", "enter")
		if q.Choices != nil {
			s.put(q)
			s.press("down", "zzz", "enter", "esc")
		}
		lines := strings.Split(s.View().Content, "\n")
		if len(lines) > 14 {
			t.Errorf("%d lines:\n%s", len(lines), s.View().Content)
		}
		for _, line := range lines {
			if source.Width(plain(line)) > 59 {
				t.Errorf("%q is too long", line)
			}
		}
		if !s.shows("The title") || !s.shows("Page Down") || !s.shows("Ctrl+C") {
			t.Errorf("not in sight:\n%s", s.View().Content)
		}
	}
}

// plain returns a line without its escape sequences.
func plain(line string) string {
	for {
		begin := strings.Index(line, "\x1b[")
		if begin < 0 {
			return line
		}
		end := begin + strings.IndexByte(line[begin:], 'm')
		line = line[:begin] + line[end+1:]
	}
}

func TestScroll(t *testing.T) {
	s := newSheet(t, 60, 15)
	var text []string
	for i := range 30 {
		text = append(text, fmt.Sprintf("line %d of it", i))
	}
	s.put(Question{Title: "Right?", Description: strings.Join(text, "\n")})
	if !s.shows("line 0 ") || s.shows("line 29 ") {
		t.Errorf("at first:\n%s", s.View().Content)
	}
	for range 9 {
		s.press("pgdown")
		s.View()
	}
	if s.shows("line 0 ") || !s.shows("line 29 ") || !s.shows("Right?") {
		t.Errorf("in the end:\n%s", s.View().Content)
	}
}

// played is an asker that answers by itself.
type played struct {
	replies []reply
	asked   []string
}

func (p *played) ask(q *Question, first bool) ([]string, error) {
	p.asked = append(p.asked, fmt.Sprintf("%s [%s] %v", q.Title, q.Default, first))
	r := p.replies[0]
	p.replies = p.replies[1:]
	return r.answers, r.err
}

func (p *played) close() error { return nil }

// TestBack makes sure that answers that were taken back are asked for again, with
// what was answered as the default, and the ones before are not.
func TestBack(t *testing.T) {
	back := reply{nil, ErrBack}
	p := &played{replies: []reply{{[]string{"a"}, nil}, {[]string{"b"}, nil}, back, back, {[]string{"A"}, nil}, {[]string{"B"}, nil}, {[]string{"c"}, nil}}}
	terminal := &Terminal{asker: p}
	var got []string
	for round := 0; ; round++ {
		got = nil
		var err error
		for _, title := range []string{"one", "two", "three"} {
			var answer string
			if answer, err = terminal.Ask(Question{Title: title}); err != nil {
				break
			}
			got = append(got, answer)
		}
		if err == nil {
			break
		}
		if !errors.Is(err, ErrBack) || round > 3 {
			t.Fatal(err)
		}
		terminal.Again()
	}
	if want := []string{"A", "B", "c"}; !slices.Equal(got, want) {
		t.Errorf("answers %q, want %q", got, want)
	}
	want := []string{"one [] true", "two [] false", "three [] false", "two [b] false", "one [a] true", "two [b] false", "three [] false"}
	if !slices.Equal(p.asked, want) {
		t.Errorf("asked %q, want %q", p.asked, want)
	}
}
