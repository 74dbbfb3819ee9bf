package form

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// lines asks line by line: nothing that was written changes, so that it can be
// read out.
type lines struct {
	in  *bufio.Reader
	out io.Writer
}

func newLines(in io.Reader, out io.Writer) *lines { return &lines{bufio.NewReader(in), out} }

func (l *lines) close() error { return nil }

func (l *lines) ask(q *Question, first bool) ([]string, error) {
	l.introduce(q, first)
	doubted := ""
	for {
		line, err := l.in.ReadString('\n')
		line = strings.TrimSpace(line)
		switch {
		case err != nil && line == "":
			return nil, ErrAborted
		case line == "<" && !first:
			return nil, ErrBack
		case q.many:
			answers, err := q.numbered(strings.Fields(line))
			if err == nil {
				return answers, nil
			}
			fmt.Fprintln(l.out, err)
			continue
		}
		answer, problem := q.verdict(q.byNumber(line))
		var doubt Doubt
		if problem == nil || errors.As(problem, &doubt) && doubted == answer {
			return []string{answer}, nil
		}
		fmt.Fprintln(l.out, problem)
		if doubted = ""; errors.As(problem, &doubt) {
			fmt.Fprintln(l.out, "Give the same answer again to keep it.")
			doubted = answer
		}
	}
}

// introduce says what is asked for and how it is answered.
func (l *lines) introduce(q *Question, first bool) {
	fmt.Fprintf(l.out, "\n%s\n", q.Title)
	if q.Description != "" {
		fmt.Fprintln(l.out, q.Description)
	}
	for i, choice := range q.Choices {
		fmt.Fprintf(l.out, "%d. %s\n", i+1, choice)
	}
	switch {
	case q.many:
		fmt.Fprintln(l.out, "Type the numbers of all that you want, or nothing but Enter for none.")
	case len(q.Choices) > 0:
		fmt.Fprintln(l.out, "Type the number of one.")
	}
	switch {
	case q.Default != "":
		fmt.Fprintf(l.out, "Nothing but Enter is %s.\n", q.Default)
	case q.Optional && !q.many:
		fmt.Fprintln(l.out, "Nothing but Enter leaves it out.")
	}
	if !first {
		fmt.Fprintln(l.out, "A < goes back to the question before.")
	}
}

// byNumber returns the answer that has a number, or what was typed.
func (q *Question) byNumber(typed string) string {
	if n, err := strconv.Atoi(typed); err == nil && n >= 1 && n <= len(q.Choices) {
		return q.Choices[n-1].Answer
	}
	return typed
}

// numbered returns the answers that have these numbers, in their order.
func (q *Question) numbered(typed []string) ([]string, error) {
	var answers []string
	for _, word := range typed {
		switch answer := q.byNumber(word); {
		case word == "0":
		case answer == word && !slices.ContainsFunc(q.Choices, func(c Choice) bool { return c.Answer == word }):
			return nil, fmt.Errorf("%q is none of the numbers", word)
		case !slices.Contains(answers, answer):
			answers = append(answers, answer)
		}
	}
	return answers, nil
}
