package schema

import (
	"regexp"
	"regexp/syntax"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// An automaton says of a text in ASCII what its pattern does, many times faster: each
// character leads from a state to the next. It finds out to which when a text first asks.
// It leaves other texts to the pattern, and all of them where that is large or asks for
// lines or words. Its states and their ways are one for all who ask at the same time.
type automaton struct {
	pattern *regexp.Regexp
	program *syntax.Prog
	begin   *state // nil where all is left to the pattern
	growing sync.Mutex
	states  map[string]*state // all others, by where the program is in them
}

// A state is where the program of a pattern may be between two characters.
type state struct {
	at   string                                   // a 1 for each of its instructions that may be next
	next [utf8.RuneSelf + 1]atomic.Pointer[state] // by the character that follows
}

// behind stands for the character that follows the last one.
const behind = utf8.RuneSelf

// In these states no other character counts.
var matched, failed = new(state), new(state)

// A pattern that has more of them may take much room.
const (
	maxInstructions = 1000
	maxStates       = 500
)

func newAutomaton(pattern *regexp.Regexp) *automaton {
	a := &automaton{pattern: pattern, states: map[string]*state{}}
	parsed, err := syntax.Parse(pattern.String(), syntax.Perl)
	if err != nil {
		return a
	}
	if a.program, err = syntax.Compile(parsed.Simplify()); err == nil && isPlainProgram(a.program) {
		at := make([]byte, len(a.program.Inst))
		at[a.program.Start] = 1
		a.begin = &state{at: string(at)}
	}
	return a
}

// isPlainProgram reports whether a program looks at a text from its beginning, and at
// nothing around a character but where the text begins and ends.
func isPlainProgram(program *syntax.Prog) bool {
	for _, i := range program.Inst {
		if i.Op == syntax.InstEmptyWidth && syntax.EmptyOp(i.Arg)&^(syntax.EmptyBeginText|syntax.EmptyEndText) != 0 {
			return false
		}
	}
	return len(program.Inst) <= maxInstructions && program.StartCond()&syntax.EmptyBeginText != 0
}

func (a *automaton) matches(text string) bool {
	s := a.begin
	for i := 0; s != nil && s != matched && s != failed; i++ {
		switch {
		case i == len(text):
			s = a.after(s, behind)
		case text[i] < utf8.RuneSelf:
			s = a.after(s, text[i])
		default:
			s = nil
		}
	}
	if s == nil {
		return a.pattern.MatchString(text)
	}
	return s == matched
}

func (a *automaton) after(s *state, c byte) *state {
	if next := s.next[c].Load(); next != nil {
		return next
	}
	return a.grow(s, c)
}

// grow finds the state that a character leads to, unless there are too many.
func (a *automaton) grow(s *state, c byte) *state {
	a.growing.Lock()
	defer a.growing.Unlock()
	if len(a.states) == maxStates {
		return nil
	}
	next := a.stride(s, c).end(a.states)
	s.next[c].Store(next)
	return next
}

// A stride goes through a program over one character.
type stride struct {
	program       *syntax.Prog
	before, after rune   // what is around, outside the text nothing
	seen          []bool // by instruction
	to            []byte // a 1 for each one behind the character
	matched, on   bool   // whether the text matches already, or may do so
}

// nothing is what regexp/syntax calls the character outside a text.
const nothing = -1

func (a *automaton) stride(s *state, c byte) *stride {
	size := len(a.program.Inst)
	way := &stride{program: a.program, after: rune(c), seen: make([]bool, size), to: make([]byte, size)}
	if s == a.begin {
		way.before = nothing
	}
	if c == behind {
		way.after = nothing
	}
	for pc, next := range []byte(s.at) {
		if next == 1 {
			way.follow(uint32(pc))
		}
	}
	return way
}

func (s *stride) follow(pc uint32) {
	if s.seen[pc] {
		return
	}
	s.seen[pc] = true
	switch i := &s.program.Inst[pc]; i.Op {
	case syntax.InstMatch:
		s.matched = true
	case syntax.InstAlt, syntax.InstAltMatch:
		s.follow(i.Out)
		s.follow(i.Arg)
	case syntax.InstCapture, syntax.InstNop:
		s.follow(i.Out)
	case syntax.InstEmptyWidth:
		if i.MatchEmptyWidth(s.before, s.after) {
			s.follow(i.Out)
		}
	case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		if i.MatchRune(s.after) {
			s.to[i.Out], s.on = 1, true
		}
	}
}

// end returns the state behind a stride, a new one if it is none of those known.
func (s *stride) end(known map[string]*state) *state {
	switch {
	case s.matched:
		return matched
	case !s.on:
		return failed
	}
	at := string(s.to)
	if known[at] == nil {
		known[at] = &state{at: at}
	}
	return known[at]
}
