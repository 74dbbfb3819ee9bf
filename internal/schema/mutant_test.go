package schema

import (
	"math/rand/v2"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A mutator makes values that are a little different.
type mutator struct{ *rand.Rand }

// mutant returns a value with some changes.
func (m mutator) mutant(root *record.Node) *record.Node {
	mutant := root.Clone()
	for range 1 + m.IntN(3) {
		nodes := allNodes(mutant)
		m.change(nodes[m.IntN(len(nodes))], nodes)
	}
	return mutant
}

// allNodes returns a value and all that is in it.
func allNodes(n *record.Node) []*record.Node {
	all := []*record.Node{n}
	for i := range n.Fields {
		all = append(all, allNodes(n.Fields[i].Value)...)
	}
	for _, item := range n.Items {
		all = append(all, allNodes(item)...)
	}
	return all
}

func (m mutator) change(n *record.Node, all []*record.Node) {
	switch {
	case n.Kind == record.Map && len(n.Fields) > 0:
		m.changeField(n, m.IntN(len(n.Fields)))
	case n.Kind == record.List && len(n.Items) > 0:
		i := m.IntN(len(n.Items))
		n.Items = slices.Insert(n.Items, i, n.Items[i].Clone())
	case m.IntN(3) == 0:
		*n = *all[m.IntN(len(all))].Clone()
	case n.Kind == record.String && m.IntN(2) == 0:
		n.Text = m.otherText(n.Text)
	default:
		*n = *oddValues[m.IntN(len(oddValues))].Clone()
	}
}

func (m mutator) changeField(n *record.Node, i int) {
	field := &n.Fields[i]
	switch m.IntN(3) {
	case 0:
		n.Fields = slices.Delete(n.Fields, i, i+1)
	case 1:
		if name := m.otherText(field.Key); n.Field(name) == nil {
			field.Key = name
		}
	default:
		field.Value = oddValues[m.IntN(len(oddValues))].Clone()
	}
}

// otherText returns a text that is cut, longer, or has another character in it.
func (m mutator) otherText(text string) string {
	at := m.IntN(len(text) + 1)
	switch m.IntN(4) {
	case 0:
		return strings.ToValidUTF8(text[:at], "")
	case 1:
		return text + strings.Repeat("é", []int{1, 9, 63, 64, 65, 254, 255}[m.IntN(7)])
	case 2:
		const characters = "-._@/:%#?+ 0129azAZ\u00a0é\U0001f600"
		r := []rune(characters)
		return strings.ToValidUTF8(text[:at]+string(r[m.IntN(len(r))])+text[at:], "")
	}
	return oddValues[m.IntN(len(oddValues))].Text
}

// oddValues are values that keywords judge in different ways.
var oddValues = func() (values []*record.Node) {
	for _, number := range []string{
		"0", "-0", "1", "4.0", "-4.00", "0.5", "-0.5", "8.000", "2.5", "1e3", "1E-2", "-1e0", "5.0e0", "9007199254740993",
		"999999999999999999", "1000000000000000000", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
		"123456789012345678901234567890", "0.00000000000000000000000000001", "1.00000000000000000000000000000",
	} {
		values = append(values, &record.Node{Kind: record.Number, Text: number})
	}
	for _, text := range []string{
		"", "a", "é", "ab", "1", "true", "2026-02-28", "2026-02-29", "2024-02-29", "1900-02-29", "2026-13-01", "2026-1-1", "+026-01-01", " 2026-01-01", "2026-04-31",
		"https://partner.example", "http://partner.example/", "https://a.example:80/%", "https://a.example/%41?b#c", "a@b.example", "a@-b.example",
		"a..b@c.example", "@handle", "unknown", "gitlab.com", "2026-03", "\u200b", "a\nb",
	} {
		values = append(values, record.FromJSON(text))
	}
	return append(values, record.FromJSON(nil), record.FromJSON(true), record.FromJSON(false), record.FromJSON([]any{}), record.FromJSON(map[string]any{}),
		record.FromJSON([]any{"a", "a"}), record.FromJSON([]any{1, "a", 1.0}), record.FromJSON([]any{1, true, nil, []any{2}}),
		record.FromJSON(map[string]any{"a": 1}), record.FromJSON(map[string]any{"a": 1, "b": 2, "": 3}), record.FromJSON(map[string]any{"b": "x", "do": "call"}))
}()
