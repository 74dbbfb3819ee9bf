package form

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/terminal"
)

const (
	// prompt stands in front of what is typed.
	prompt = "> "

	// maxListed is how many choices are shown at a time at the most, minListed
	// how many even where there is little room.
	maxListed = 12
	minListed = 3
)

// View implements [tea.Model]: what was answered, the question, and nothing that
// the terminal has no room for. The question's title is always in sight.
func (m *model) View() tea.View {
	if m.question == nil {
		return tea.NewView(strings.Join(lastOf(m.answered(), m.height-1), "\n"))
	}
	body, cursor := m.body()
	above := lastOf(m.answered(), m.height-len(body)-1)
	if len(above) > 0 {
		above = append(above, "")
	}
	view := tea.NewView(strings.Join(append(above, body...), "\n"))
	if view.Cursor = m.input.Cursor(); view.Cursor != nil {
		view.Cursor.Y = len(above) + cursor
	}
	return view
}

// lastOf returns as many of the lines as there is room for.
func lastOf(lines []string, room int) []string {
	return slices.Clone(lines[len(lines)-max(0, min(room, len(lines))):])
}

// answered returns a line for each question that has been answered.
func (m *model) answered() []string {
	lines := make([]string, len(m.done))
	for i, e := range m.done {
		answer := e.answer
		if answer == "" {
			answer = "–"
		}
		lines[i] = m.cut(e.title + ": " + answer)
	}
	return lines
}

// cut returns a text that fits a line.
func (m *model) cut(text string) string {
	text = source.Visible(text)
	if source.Width(text) < m.width {
		return text
	}
	var kept strings.Builder
	cells := 0
	for _, r := range text {
		if cells += source.Width(string(r)); cells > m.width-2 {
			break
		}
		kept.WriteRune(r)
	}
	return kept.String() + "…"
}

// body returns the lines of the question, and which of them is typed into.
func (m *model) body() (lines []string, cursor int) {
	lower, cursor := m.lower()
	title := terminal.Bold.Paint(m.cut(m.question.Title))
	text := m.description(m.height - len(lower) - 2)
	lines = append([]string{title}, text...)
	return append(lines, lower...), len(lines) + cursor
}

// description returns as many lines of the description as there is room for.
func (m *model) description(room int) []string {
	if m.question.Description == "" {
		return nil
	}
	all := strings.Split(source.Wrap(m.question.Description, m.width-1), "\n")
	room = max(room, 1)
	m.scrolled = max(0, min(m.scrolled, len(all)-room))
	shown := slices.Clone(all[m.scrolled:min(len(all), m.scrolled+room)])
	for i, line := range shown {
		shown[i] = terminal.Dim.Paint(m.cut(line))
	}
	if len(all) > room && m.scrolled+room < len(all) {
		shown[len(shown)-1] = terminal.Dim.Paint("… (Page Down for more)")
	}
	return shown
}

// lower returns the lines below the description, and which is typed into.
func (m *model) lower() (lines []string, cursor int) {
	m.input.Placeholder = m.question.Default
	if len(m.question.Choices) > 0 {
		m.input.Placeholder = "type to narrow the list down"
	}
	lines = append(lines, m.input.View())
	if len(m.question.Choices) > 0 {
		lines = append(lines, m.list()...)
	}
	if m.problem != nil {
		for line := range strings.SplitSeq(source.Wrap(source.Visible(m.problem.Error()), m.width-1), "\n") {
			lines = append(lines, terminal.Red.Paint(line))
		}
	}
	return append(lines, terminal.Dim.Paint(m.cut(m.keys()))), 0
}

// list returns the choices that match, around the one that is marked.
func (m *model) list() []string {
	matches := m.matches()
	room := max(minListed, min(maxListed, m.height-8))
	begin := max(0, min(m.at-room/2, len(matches)-room))
	end := min(len(matches), begin+room)
	var lines []string
	for i := begin; i < end; i++ {
		lines = append(lines, m.choice(matches[i], i == m.at))
	}
	if hidden := len(matches) - (end - begin); hidden > 0 {
		lines = append(lines, terminal.Dim.Paint(fmt.Sprintf("  %d more", hidden)))
	}
	return lines
}

func (m *model) choice(i int, marked bool) string {
	mark := "  "
	if marked {
		mark = "▸ "
	}
	if m.question.many {
		box := "[ ] "
		if m.picked[i] {
			box = "[x] "
		}
		mark += box
	}
	line := m.cut(mark + m.question.Choices[i].String())
	if marked {
		return terminal.Bold.Paint(line)
	}
	return line
}

// marked names the choice that is marked.
func (m *model) marked() string {
	switch matches := m.matches(); {
	case m.at >= 0 && m.at < len(matches):
		return m.question.Choices[matches[m.at]].Answer
	case m.question.Optional:
		return "none"
	}
	return "the marked one"
}

// keys says what keys do here.
func (m *model) keys() string {
	var keys []string
	var doubt Doubt
	switch {
	case errors.As(m.problem, &doubt):
		keys = append(keys, "Enter keeps it all the same")
	case m.question.many:
		keys = append(keys, "Space picks", "Enter goes on")
	case len(m.question.Choices) > 0:
		keys = append(keys, "Enter takes "+m.marked())
	case m.question.Default != "" && m.input.Value() == "":
		keys = append(keys, "Enter takes it", "Tab edits it")
	case m.question.Optional && m.input.Value() == "":
		keys = append(keys, "Enter leaves it out")
	default:
		keys = append(keys, "Enter goes on")
	}
	if !m.first {
		keys = append(keys, "Shift+Tab back")
	}
	return strings.Join(append(keys, "Ctrl+C quit"), "  ")
}
