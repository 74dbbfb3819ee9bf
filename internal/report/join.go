package report

import (
	"fmt"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// Join returns what one run would have reported, and what all parts share of it.
// The error says which parts are missing, there twice, or of another run.
func Join(parts []*Stored) (*Stored, Run, error) {
	parts = slices.SortedStableFunc(slices.Values(parts), func(a, b *Stored) int { return a.Part.Index - b.Part.Index })
	if err := complete(parts); err != nil {
		return nil, Run{}, err
	}
	run := parts[0].Part.Run
	whole := &Stored{texts: map[string][]byte{}}
	whole.Scope = run.Scope
	known := map[string]bool{}
	for _, p := range parts {
		whole.Records += p.Records
		whole.Partners += p.Partners
		whole.Elapsed += p.Elapsed
		whole.Files = append(whole.Files, p.Files...)
		whole.Findings = append(whole.Findings, p.Findings...)
		whole.Waived = append(whole.Waived, p.Waived...)
		for file, text := range p.texts {
			whole.texts[file] = text
		}
		for _, rule := range p.Rules {
			if !known[rule.ID] {
				whole.Rules = append(whole.Rules, rule)
			}
			known[rule.ID] = true
		}
	}
	slices.Sort(whole.Files)
	finding.Sort(whole.Findings)
	finding.SortWaived(whole.Waived)
	return whole, run, nil
}

// complete returns an error unless these are all parts of one run, each once. They
// are sorted by their index.
func complete(parts []*Stored) error {
	first := parts[0]
	for i, p := range parts {
		if p.Part.Count != first.Part.Count {
			return fmt.Errorf("%s is %s, and %s is %s: give the parts of one run", first.Name, first.Part, p.Name, p.Part)
		}
		if what := first.Part.Run.differs(p.Part.Run); what != "" {
			return fmt.Errorf("%s and %s are of different runs: %s; judge all parts alike", first.Name, p.Name, what)
		}
		if i > 0 && parts[i-1].Part.Index == p.Part.Index {
			return fmt.Errorf("%s and %s are both %s: give each part once", parts[i-1].Name, p.Name, p.Part)
		}
	}
	if len(parts) < first.Part.Count {
		return fmt.Errorf("of %d parts %s: give the reports of all", first.Part.Count, missing(parts))
	}
	return nil
}

// maxMissing is how many parts are named that are missing.
const maxMissing = 10

// missing says which parts are missing.
func missing(parts []*Stored) string {
	there := map[int]bool{}
	for _, p := range parts {
		there[p.Part.Index] = true
	}
	var names []string
	for i := 1; i <= parts[0].Part.Count && len(names) <= maxMissing; i++ {
		if !there[i] {
			names = append(names, fmt.Sprint(i))
		}
	}
	switch {
	case len(names) == 1:
		return "part " + names[0] + " is missing"
	case len(names) > maxMissing:
		names[maxMissing] = "others"
	}
	return "the parts " + strings.Join(names, ", ") + " are missing"
}

// differs says in what two runs differ, "" where they are the same.
func (r Run) differs(other Run) string {
	for _, part := range []struct{ what, a, b string }{
		{"versions", r.Validator, other.Validator},
		{"records", r.Records, other.Records},
		{"bases", r.Base, other.Base},
		{"rules", r.Rules, other.Rules},
		{"days of --as-of", r.AsOf, other.AsOf},
		{"values of --fail-on", string(r.FailOn), string(other.FailOn)},
		{"scopes", r.Scope, other.Scope},
		{"addresses of the project", r.LinkBase, other.LinkBase},
	} {
		if part.a != part.b {
			return fmt.Sprintf("the %s are %q and %q", part.what, part.a, part.b)
		}
	}
	return ""
}
