package page

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/agenda"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

const (
	decisionsPage = "decisions.html"

	// decisionList is how many decisions a page lists.
	decisionList = 150

	// overviewDecisions is how many of each sort the overview lists.
	overviewDecisions = 5
)

// A decision is something that waits for somebody to decide.
type decision struct {
	Sort    string // the title of the record's kind, or Figures
	Record  *site.Exhibit
	Title   string
	Partner *site.Partner // nil where it is nobody's
	Why     string
	Day     string // since when, or until when
}

// A decisionGroup is decisions of one sort.
type decisionGroup struct {
	ID        string // of its heading; "" where nothing leads there
	Sort      string
	Decisions []decision
}

// bySort groups decisions that are in the order of their sorts.
func bySort(all []decision) (groups []decisionGroup) {
	for i, d := range all {
		if i == 0 || d.Sort != all[i-1].Sort {
			groups = append(groups, decisionGroup{Sort: d.Sort})
		}
		last := &groups[len(groups)-1]
		last.Decisions = append(last.Decisions, d)
	}
	return groups
}

// A decisionsBody is a page of all decisions.
type decisionsBody struct {
	Groups []decisionGroup
	Pager  pager
}

// decisionsOf returns what is due on the day of the site, by sort, and of each what
// is overdue first.
func decisionsOf(s *site.Site) [][]decision {
	sorts := map[string][]decision{}
	for _, d := range due(s) {
		sorts[d.Sort] = append(sorts[d.Sort], d)
	}
	var all [][]decision
	for _, sort := range slices.Sorted(maps.Keys(sorts)) {
		byUrgency(sorts[sort])
		all = append(all, sorts[sort])
	}
	return append(all, oldFigures(s))
}

// due returns the records of which something is due.
func due(s *site.Site) (all []decision) {
	partners := map[string]*site.Partner{}
	for _, p := range s.Partners {
		partners[p.Folder] = p
		all = append(all, dueOf(p, p.Records())...)
	}
	for _, kind := range s.Kinds {
		for _, r := range kind.Records {
			all = append(all, dueOf(partners[r.Folder], []*site.Exhibit{r})...)
		}
	}
	return all
}

// dueOf returns those of a partner's records of which something is due.
func dueOf(p *site.Partner, records []*site.Exhibit) (all []decision) {
	for _, r := range records {
		if item := r.Due; item != nil {
			all = append(all, decision{item.Title, r, cmp.Or(r.Summary, r.ID), p, joined(item.Text, item.Distance()), item.Day})
		}
	}
	return all
}

// byUrgency sorts what is due: what is overdue comes first.
func byUrgency(due []decision) {
	slices.SortStableFunc(due, func(a, b decision) int { return agenda.Compare(*a.Record.Due, *b.Record.Due) })
}

func joined(text, more string) string { return strings.TrimSuffix(text+", "+more, ", ") }

// oldFigures returns the latest figures, if there should be later ones.
func oldFigures(s *site.Site) []decision {
	if !isOld(s) {
		return nil
	}
	last := s.Months[len(s.Months)-1]
	missing := []string{monthName(monthNumber(last.Month) + 1)}
	if until := monthName(monthNumber(s.AsOf) - 1); until != missing[0] {
		missing = append(missing, until)
	}
	why := "are the latest: those of " + strings.Join(missing, " to ") + " are missing"
	return []decision{{"Figures", &last.Exhibit, "Figures of " + last.Month, nil, why, ""}}
}

// isOld reports whether the month of the latest figures ended more than a month
// ago.
func isOld(s *site.Site) bool {
	n := len(s.Months)
	return n > 0 && monthNumber(s.AsOf)-monthNumber(s.Months[n-1].Month) > 1
}

// firstDecisions returns what the overview lists, and how many more there are.
func firstDecisions(s *site.Site) (shown []decision, more int) {
	for _, sort := range decisionsOf(s) {
		first, rest := firstOf(sort, overviewDecisions)
		shown = append(shown, first...)
		more += rest
	}
	return shown, more
}

// decisions returns the tasks that make the list of all decisions, where the
// overview has not room for them.
func (pr *printer) decisions() []task {
	if _, more := firstDecisions(pr.site); more == 0 {
		return nil
	}
	var tasks []task
	for _, p := range split(slices.Concat(decisionsOf(pr.site)...), decisionList, decisionsPage, "decisions", "decisions") {
		body := decisionsBody{bySort(p.Items), p.Pager}
		for i := range body.Groups {
			body.Groups[i].ID = "sort-" + strconv.Itoa(i)
		}
		s := sheet{Template: "decisions", Title: "What needs a decision", Section: "index.html", Body: body}
		tasks = append(tasks, func() error { return pr.page(s.numbered(p.Pager)) })
	}
	return tasks
}
