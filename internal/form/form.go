// Package form asks a person at a terminal for the fields of a new record, with
// choices, defaults and the schema's own words.
package form

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"charm.land/huh/v2"
)

// ErrAborted says that the person has left the form.
var ErrAborted = errors.New("nothing was written, since the questions were left")

// A Question asks for one value.
type Question struct {
	Title       string
	Description string
	Choices     []string // to choose from; nil where anything can be typed
	Default     string
	Optional    bool                      // whether nothing is an answer
	Check       func(answer string) error // what else is wrong with an answer; may be nil
	Answer      string
}

// A Terminal is where questions are asked.
type Terminal struct {
	In         io.Reader
	Out        io.Writer
	Accessible bool // ask line by line, for screen readers
}

const (
	// maxChoices is up to how many choices there is a list; of more, one is typed.
	maxChoices = 500

	// height is how many lines a long list takes.
	height = 14
)

// Ask asks a question and fills in its answer. The error is ErrAborted, or that
// of the terminal.
func (t *Terminal) Ask(q *Question) error {
	q.Answer = q.Default
	if t.Accessible { // of a description or a default nothing is said line by line
		fmt.Fprintln(t.Out, strings.TrimSpace(q.Description))
		if q.Default != "" {
			fmt.Fprintf(t.Out, "Nothing but Enter is %s.\n", q.Default)
		}
	}
	err := t.run(q.field())
	if q.Answer = strings.TrimSpace(q.Answer); q.Answer == "" {
		q.Answer = q.Default
	}
	return err
}

// Pick asks for any of the choices; without any it asks for nothing.
func (t *Terminal) Pick(title string, choices []string) (picked []string, err error) {
	if len(choices) == 0 {
		return nil, nil
	}
	field := huh.NewMultiSelect[string]().Title(title).Options(huh.NewOptions(choices...)...).Value(&picked)
	err = t.run(field)
	return picked, err
}

// Confirm asks a question that is answered with yes or no.
func (t *Terminal) Confirm(title string) (yes bool, err error) {
	err = t.run(huh.NewConfirm().Title(title).Value(&yes))
	return yes, err
}

func (t *Terminal) run(field huh.Field) error {
	form := huh.NewForm(huh.NewGroup(field)).WithInput(t.In).WithOutput(t.Out).WithAccessible(t.Accessible)
	if err := form.Run(); errors.Is(err, huh.ErrUserAborted) {
		return ErrAborted
	} else if err != nil {
		return err
	}
	return nil
}

func (q *Question) field() huh.Field {
	if len(q.Choices) > 0 && len(q.Choices) <= maxChoices {
		options := huh.NewOptions(q.Choices...)
		if q.Optional {
			options = append([]huh.Option[string]{huh.NewOption("(none)", "")}, options...)
		}
		list := huh.NewSelect[string]().Title(q.Title).Description(q.Description).Options(options...).Value(&q.Answer)
		if len(options) > height {
			list = list.Height(height)
		}
		return list
	}
	return huh.NewInput().Title(q.Title).Description(q.Description).Suggestions(q.Choices).Value(&q.Answer).Validate(q.check)
}

func (q *Question) check(answer string) error {
	if strings.TrimSpace(answer) == "" && q.Default != "" {
		return nil
	}
	if strings.TrimSpace(answer) == "" && !q.Optional {
		return fmt.Errorf("%s cannot be left out", q.Title)
	}
	if q.Check != nil && strings.TrimSpace(answer) != "" {
		return q.Check(strings.TrimSpace(answer))
	}
	if len(q.Choices) > 0 && answer != "" {
		for _, choice := range q.Choices {
			if choice == strings.TrimSpace(answer) {
				return nil
			}
		}
		return fmt.Errorf("%q is none of the possible values", answer)
	}
	return nil
}
