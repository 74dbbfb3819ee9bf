// Package form asks a person at a terminal one question after another, each of
// which can be taken back.
package form

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

var (
	// ErrAborted says that the person has left the form.
	ErrAborted = errors.New("nothing was written, since the questions were left")

	// ErrBack says that the person wants to answer the question before again:
	// whoever asks begins anew, after [Terminal.Again].
	ErrBack = errors.New("the question before is asked again")
)

// A Choice is one of the answers that a question has.
type Choice struct {
	Answer string
	Label  string // what is shown; "" is the answer
}

func (c Choice) String() string {
	if c.Label == "" {
		return c.Answer
	}
	return c.Label
}

// Choices returns a choice for each of these answers.
func Choices(answers []string) []Choice {
	choices := make([]Choice, len(answers))
	for i, answer := range answers {
		choices[i] = Choice{Answer: answer}
	}
	return choices
}

// A Question asks for a value.
type Question struct {
	Title       string
	Description string   // may have several lines
	Choices     []Choice // to choose from; nil where anything can be typed
	Default     string
	Optional    bool                      // whether nothing is an answer
	Check       func(answer string) error // what else is wrong with an answer, maybe a [Doubt]; may be nil

	many bool // whether any number of choices is an answer
}

// A Doubt is what speaks against an answer that can be given all the same.
type Doubt struct{ error }

// Doubtful returns the doubt that an error says.
func Doubtful(err error) Doubt { return Doubt{err} }

// A Terminal is where questions are asked.
type Terminal struct {
	In         io.Reader
	Out        io.Writer
	Accessible bool // ask line by line, for screen readers

	asker   asker
	answers []answered // to the questions before, the first one first
	next    int        // how many of them have been given again
	undone  []answered // those that were taken back, the last one last
}

// An asker asks single questions.
type asker interface {
	// ask returns the answers to a question, of which there is one unless it
	// asks for many. first tells that there is no way back from it.
	ask(q *Question, first bool) ([]string, error)
	close() error
}

type answered struct {
	title   string
	answers []string
}

// Ask returns the answer to a question. The error is ErrAborted, ErrBack, or that
// of the terminal.
func (t *Terminal) Ask(q Question) (string, error) {
	answers, err := t.ask(&q)
	return strings.Join(answers, ""), err
}

// Pick asks for any of the choices; without any it asks for nothing.
func (t *Terminal) Pick(q Question) ([]string, error) {
	if len(q.Choices) == 0 {
		return nil, nil
	}
	q.many, q.Optional = true, true
	return t.ask(&q)
}

// Confirm asks a question that is answered with yes or no.
func (t *Terminal) Confirm(title, description string, fallback bool) (bool, error) {
	q := Question{Title: title, Description: description, Choices: Choices([]string{yes, no}), Default: no}
	if fallback {
		q.Default = yes
	}
	answer, err := t.Ask(q)
	return answer == yes, err
}

const (
	yes = "Yes"
	no  = "No"
)

// Again has the answers to the questions before given once more, without asking,
// up to the one that was taken back.
func (t *Terminal) Again() { t.next = 0 }

// HasAsked reports whether anything was answered.
func (t *Terminal) HasAsked() bool { return len(t.answers) > 0 }

// Close gives the terminal back.
func (t *Terminal) Close() error {
	if t.asker == nil {
		return nil
	}
	return t.asker.close()
}

func (t *Terminal) ask(q *Question) ([]string, error) {
	if t.next < len(t.answers) {
		t.next++
		return t.answers[t.next-1].answers, nil
	}
	if t.asker == nil {
		t.asker = t.open()
	}
	former, wasAsked := t.former(q)
	if wasAsked && !q.many {
		q.Default = strings.Join(former.answers, "")
	}
	answers, err := t.asker.ask(q, len(t.answers) == 0)
	switch {
	case errors.Is(err, ErrBack):
		last := len(t.answers) - 1
		t.undone = append(t.undone, t.answers[last])
		t.answers = t.answers[:last]
		return nil, err
	case err != nil:
		return nil, err
	}
	if wasAsked {
		t.undone = t.undone[:len(t.undone)-1]
	} else {
		t.undone = nil
	}
	t.answers = append(t.answers, answered{q.Title, answers})
	t.next++
	return answers, nil
}

func (t *Terminal) open() asker {
	if t.Accessible {
		return newLines(t.In, t.Out)
	}
	return newScreen(t.In, t.Out)
}

// former returns the answer to a question that was taken back last, if there is
// one.
func (t *Terminal) former(q *Question) (former answered, ok bool) {
	last := len(t.undone) - 1
	if last < 0 || t.undone[last].title != q.Title {
		return answered{}, false
	}
	return t.undone[last], true
}

// verdict returns the answer that somebody meant, and what is wrong with it.
func (q *Question) verdict(answer string) (string, error) {
	answer = strings.TrimSpace(answer)
	switch {
	case answer == "" && q.Default != "":
		return q.Default, nil
	case answer == "" && q.Optional:
		return "", nil
	case answer == "":
		return "", fmt.Errorf("%s cannot be left out", q.Title)
	case len(q.Choices) > 0 && !slices.ContainsFunc(q.Choices, func(c Choice) bool { return c.Answer == answer }):
		return "", fmt.Errorf("%q is none of the possible answers", answer)
	case q.Check != nil:
		return answer, q.Check(answer)
	}
	return answer, nil
}
