package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
)

// A mutant is a policy in which one thing is changed.
type mutant struct {
	at   *ast.Location
	was  string // what stands there
	is   string // what the mutant has in its place
	text string // of the whole file
}

// name is what METADATA calls a mutant: what is not there any more, or else the line
// as the mutant has it.
func (m mutant) name() string {
	if m.is == "true" && m.was != "false" {
		return "without " + strings.Join(strings.Fields(m.was), " ")
	}
	start := strings.LastIndexByte(m.text[:m.at.Offset], '\n') + 1
	line, _, _ := strings.Cut(m.text[start:], "\n")
	return strings.TrimSpace(line)
}

// neighbours are what each comparison is taken for by mistake.
var neighbours = map[string]string{"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}

// mutate returns the mutants of a policy, in the order of its text: each comparison
// becomes its neighbour, each number one less and one more, true becomes false, and
// each condition is left out, and negated or negated no more.
func mutate(text string, module *ast.Module) []mutant {
	m := &mutation{source: text}
	ast.WalkNodes(module, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.Expr:
			m.condition(node)
		case *ast.Term:
			if node.Location != nil {
				m.term(node)
			}
		}
		return false
	})
	slices.SortStableFunc(m.mutants, func(a, b mutant) int { return a.at.Offset - b.at.Offset })
	return m.mutants
}

// A mutation collects the mutants of one policy.
type mutation struct {
	source  string
	mutants []mutant
}

// replace adds a mutant, unless what it would replace was made up by the parser.
func (m *mutation) replace(at *ast.Location, was, is string) {
	if rest, ok := strings.CutPrefix(m.source[at.Offset:], was); ok {
		m.mutants = append(m.mutants, mutant{at, was, is, m.source[:at.Offset] + is + rest})
	}
}

// condition mutates an expression as a whole, unless it gives a variable its value.
func (m *mutation) condition(expr *ast.Expr) {
	if expr.IsSome() || expr.IsAssignment() || isImplied(expr) {
		return
	}
	text := string(expr.Location.Text)
	m.replace(expr.Location, text, "true")
	switch {
	case expr.Negated:
		m.replace(expr.Location, "not ", "")
	case !expr.IsEvery() && !compares(expr):
		m.replace(expr.Location, text, "not "+text)
	}
}

// isImplied reports whether the parser made an expression where none is written: the
// body of a rule that has none is true.
func isImplied(expr *ast.Expr) bool {
	term, ok := expr.Terms.(*ast.Term)
	return ok && term.Equal(ast.BooleanTerm(true))
}

// compares reports whether an expression compares: its neighbours are enough.
func compares(expr *ast.Expr) bool {
	return expr.IsCall() && neighbours[string(expr.OperatorTerm().Location.Text)] != ""
}

// term mutates a sign or a value.
func (m *mutation) term(term *ast.Term) {
	switch value := term.Value.(type) {
	case ast.Ref:
		if sign := string(term.Location.Text); neighbours[sign] != "" {
			m.replace(term.Location, sign, neighbours[sign])
		}
	case ast.Boolean:
		m.replace(term.Location, value.String(), strconv.FormatBool(!bool(value)))
	case ast.Number:
		if n, ok := value.Int(); ok {
			m.replace(term.Location, value.String(), strconv.Itoa(n-1))
			m.replace(term.Location, value.String(), strconv.Itoa(n+1))
		}
	}
}

func TestMutate(t *testing.T) {
	const text = `package p

default small := false

small if {
	input.size <= 2 # not < 3
	not input.heavy
	every part in input.parts {
		startswith(part, "ü")
	}
	one := input.list[-1]
	one == input.other
}
`
	var got []string
	for _, m := range mutate(text, ast.MustParseModule(text)) {
		got = append(got, fmt.Sprintf("%d:%d %s", m.at.Row, m.at.Col, m.name()))
	}
	want := []string{
		"3:18 default small := true",
		"6:2 without input.size <= 2",
		"6:13 input.size < 2 # not < 3",
		"6:16 input.size <= 1 # not < 3",
		"6:16 input.size <= 3 # not < 3",
		"7:2 without not input.heavy",
		"7:2 input.heavy",
		`8:2 without every part in input.parts { startswith(part, "ü") }`,
		`9:3 without startswith(part, "ü")`,
		`9:3 not startswith(part, "ü")`,
		"11:20 one := input.list[-2]",
		"11:20 one := input.list[0]",
		"12:2 without one == input.other",
		"12:6 one != input.other",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
