package site

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

var monthPattern = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)

// month returns the figures of a month, or nil where they say of none.
func (b *builder) month(r loaded) *Month {
	name := text(r.Public, "month")
	if !monthPattern.MatchString(name) {
		return nil
	}
	return &Month{
		Exhibit: b.exhibit(r), Month: name,
		Installations: counts(r.Public.Field("active_installations")), SMAU: counts(r.Public.Field("active_smau")),
		Downloads: counts(r.Public.Field("downloads")), Restated: text(r.Public, "restated"),
	}
}

// counts returns the counts of an object by their names.
func counts(n *record.Node) map[string]int64 {
	all := map[string]int64{}
	if n == nil {
		return all
	}
	for i := range n.Fields {
		if count, ok := count(n.Fields[i].Value); ok {
			all[flat(n.Fields[i].Key)] = count
		}
	}
	return all
}

func count(n *record.Node) (int64, bool) {
	if n.Kind != record.Number || len(n.Text) > maxDigits {
		return 0, false
	}
	number, err := strconv.ParseFloat(n.Text, 64)
	whole := int64(number)
	return whole, err == nil && number >= 0 && number < 1e15 && float64(whole) == number
}

// Total is the name of the count that the others add up to.
const Total = "total"

// order returns the names that figures of months go by, those that count most in
// the last month first; other and unknown, which are none, at the end.
func order(months []*Month, figures ...func(*Month) map[string]int64) []string {
	if len(months) == 0 {
		return nil
	}
	var names []string
	known := map[string]bool{Total: true}
	for _, month := range months {
		for _, figure := range figures {
			for name := range figure(month) {
				if !known[name] {
					known[name] = true
					names = append(names, name)
				}
			}
		}
	}
	last := months[len(months)-1]
	slices.SortFunc(names, func(a, b string) int {
		for _, figure := range figures {
			if d := cmp.Compare(figure(last)[b], figure(last)[a]); d != 0 && rank(a) == rank(b) {
				return d
			}
		}
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	return names
}

// rank orders names before all else.
func rank(name string) int { return 1 + slices.Index([]string{"other", "unknown"}, name) }

// Installations returns a month's active installations.
func Installations(m *Month) map[string]int64 { return m.Installations }

// SMAU returns a month's active users.
func SMAU(m *Month) map[string]int64 { return m.SMAU }

// Downloads returns a month's downloads.
func Downloads(m *Month) map[string]int64 { return m.Downloads }
