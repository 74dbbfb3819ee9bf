package form

import (
	"errors"
	"io"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// A screen asks on a terminal whose lines can be written anew.
type screen struct {
	program *tea.Program
	ended   chan struct{} // closed when the program has ended
	err     error         // of the program, once it has ended
}

// A put is a question that is put to the person, and where the reply goes.
type put struct {
	question *Question
	first    bool
	reply    chan<- reply
}

type reply struct {
	answers []string
	err     error
}

func newScreen(in io.Reader, out io.Writer) *screen {
	s := &screen{program: tea.NewProgram(newModel(), tea.WithInput(in), tea.WithOutput(out)), ended: make(chan struct{})}
	go func() {
		defer close(s.ended)
		_, s.err = s.program.Run()
	}()
	return s
}

func (s *screen) ask(q *Question, first bool) ([]string, error) {
	replies := make(chan reply, 1)
	s.program.Send(put{q, first, replies})
	select {
	case r := <-replies:
		return r.answers, r.err
	case <-s.ended:
		return nil, s.failure()
	}
}

// failure says why the program has ended.
func (s *screen) failure() error {
	if s.err == nil || errors.Is(s.err, tea.ErrInterrupted) {
		return ErrAborted
	}
	return s.err
}

func (s *screen) close() error {
	s.program.Quit()
	<-s.ended
	if s.err != nil && !errors.Is(s.err, tea.ErrInterrupted) {
		return s.err
	}
	return nil
}

// A model is what the screen shows: the questions that have been answered, and
// the one that is asked.
type model struct {
	width, height int
	done          []exchange
	put           // the question that is asked; none where question is nil
	input         textinput.Model
	at            int          // the choice that is marked, among those that match; -1 is none
	picked        map[int]bool // of the choices, by their place in the question
	scrolled      int          // lines of the description
	problem       error        // with the answer that was given last
	doubted       string       // the answer that there was a doubt about
	ahead         []tea.Msg    // what was typed before it was asked for
}

// An exchange is a question and what was answered.
type exchange struct{ title, answer string }

func newModel() *model { return &model{width: 80, height: 24} }

// Init implements [tea.Model].
func (m *model) Init() tea.Cmd { return nil }

// Update implements [tea.Model].
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.input.SetWidth(m.width - len(prompt) - 2)
	case put:
		m.begin(msg)
		return m, m.catchUp()
	case tea.KeyPressMsg, tea.PasteMsg:
		if key, ok := msg.(tea.KeyPressMsg); ok && key.String() == "ctrl+c" {
			m.answer(nil, ErrAborted)
			return m, tea.Quit
		}
		if m.question == nil {
			m.ahead = append(m.ahead, msg)
			return m, nil
		}
		return m, m.typed(msg)
	}
	return m, nil
}

// begin shows a question.
func (m *model) begin(p put) {
	m.put, m.problem, m.doubted, m.scrolled, m.picked = p, nil, "", 0, map[int]bool{}
	m.input = textinput.New()
	m.input.Prompt = prompt
	m.input.SetVirtualCursor(false)
	m.input.SetWidth(m.width - len(prompt) - 2)
	m.input.Focus()
	m.markDefault()
}

// markDefault marks the default among the choices, and none where there is no
// default: Enter takes nothing that nobody chose.
func (m *model) markDefault() {
	m.at = slices.IndexFunc(m.matches(), func(i int) bool { return m.question.Choices[i].Answer == m.question.Default })
	if m.question.many {
		m.at = 0
	}
}

// catchUp takes what was typed before the question was there.
func (m *model) catchUp() tea.Cmd {
	var commands []tea.Cmd
	for m.question != nil && len(m.ahead) > 0 {
		msg := m.ahead[0]
		m.ahead = m.ahead[1:]
		commands = append(commands, m.typed(msg))
	}
	return tea.Batch(commands...)
}

// typed does what a key, or a text that was pasted, asks for.
func (m *model) typed(msg tea.Msg) tea.Cmd {
	key, _ := msg.(tea.KeyPressMsg)
	switch key.String() {
	case "enter":
		m.enter()
	case "shift+tab":
		if !m.first {
			m.done = m.done[:len(m.done)-1]
			m.answer(nil, ErrBack)
		}
	case "up", "ctrl+p":
		m.at = max(0, m.at-1)
	case "down", "ctrl+n":
		m.at = max(0, min(m.at+1, len(m.matches())-1))
	case "pgdown":
		m.scrolled += pageStep
	case "pgup":
		m.scrolled = max(0, m.scrolled-pageStep)
	case "esc":
		m.input.SetValue("")
		m.markDefault()
	case "tab":
		m.takeUpDefault()
	case "space":
		if m.question.many {
			m.pick()
			return nil
		}
		return m.write(msg)
	default:
		return m.write(msg)
	}
	return nil
}

// write has a text changed by what was typed.
func (m *model) write(msg tea.Msg) (command tea.Cmd) {
	before := m.input.Value()
	m.input, command = m.input.Update(msg)
	switch typed := m.input.Value(); {
	case typed == before:
	case typed == "":
		m.problem = nil
		m.markDefault()
	default:
		m.problem, m.at = nil, 0
	}
	return command
}

// takeUpDefault puts the default where it can be changed.
func (m *model) takeUpDefault() {
	if len(m.question.Choices) == 0 && m.input.Value() == "" {
		m.input.SetValue(m.question.Default)
		m.input.CursorEnd()
	}
}

// pick takes the choice that is marked, or gives it back.
func (m *model) pick() {
	if matches := m.matches(); len(matches) > 0 {
		i := matches[m.at]
		m.picked[i] = !m.picked[i]
	}
	m.input.SetValue("")
}

// enter answers the question, unless something is wrong with the answer.
func (m *model) enter() {
	if m.question.many {
		m.enterMany()
		return
	}
	typed := m.input.Value()
	if len(m.question.Choices) > 0 {
		switch matches := m.matches(); {
		case len(matches) == 0:
			m.problem = errors.New("nothing in the list is like that")
			return
		case m.at >= 0:
			typed = m.question.Choices[matches[m.at]].Answer
		case !m.question.Optional:
			m.problem = errors.New("type a part of one, or go to it with the arrow keys")
			return
		}
	}
	answer, err := m.question.verdict(typed)
	var doubt Doubt
	if isDoubt := errors.As(err, &doubt); err != nil && (!isDoubt || m.doubted != answer) {
		if m.problem, m.doubted = err, ""; isDoubt {
			m.doubted = answer
		}
		return
	}
	shown := answer
	if i := slices.IndexFunc(m.question.Choices, func(c Choice) bool { return c.Answer == answer }); i >= 0 {
		shown = m.question.Choices[i].String()
	}
	m.done = append(m.done, exchange{m.question.Title, shown})
	m.answer([]string{answer}, nil)
}

func (m *model) enterMany() {
	var answers, shown []string
	for i, choice := range m.question.Choices {
		if m.picked[i] {
			answers, shown = append(answers, choice.Answer), append(shown, choice.String())
		}
	}
	m.done = append(m.done, exchange{m.question.Title, strings.Join(shown, ", ")})
	m.answer(answers, nil)
}

// answer ends the question.
func (m *model) answer(answers []string, err error) {
	if m.question != nil {
		m.reply <- reply{answers, err}
	}
	m.put = put{}
}

// matches returns the places of the choices that what is typed fits: first those
// that begin with it.
func (m *model) matches() []int {
	typed := strings.ToLower(strings.TrimSpace(m.input.Value()))
	var begin, hold []int
	for i, choice := range m.question.Choices {
		answer, label := strings.ToLower(choice.Answer), strings.ToLower(choice.Label)
		switch {
		case strings.HasPrefix(answer, typed) || strings.HasPrefix(label, typed):
			begin = append(begin, i)
		case strings.Contains(answer, typed) || strings.Contains(label, typed):
			hold = append(hold, i)
		}
	}
	return append(begin, hold...)
}

// pageStep is by how many lines a description moves at a time.
const pageStep = 5
