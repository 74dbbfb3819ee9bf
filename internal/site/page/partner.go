package page

import (
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/agenda"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// partnerList is how much of each of its lists one page of a partner shows.
const partnerList = 40

// partnerSteps is how many changes of the seats in use it shows.
const partnerSteps = 60

// partnerDue is how many of its records that need attention it begins with.
const partnerDue = 20

// critical is the priority that the heading of a partner's page shows.
const critical = "critical"

// A partnerBody is what a page of a partner shows: all of the partner, or more
// of one of its lists.
type partnerBody struct {
	Partner   *site.Partner
	Whole     bool
	Due       []decision
	MoreDue   int
	Facts     []site.Field // single values
	Tables    []site.Field // and those that take a table or a list
	Seats     *gauge
	Chart     *chart
	Steps     []site.Step // the last ones
	MoreSteps int         // how many there are before those
	Licenses  *part[*site.License]
	Timeline  *timeline
	Campaigns *part[*site.Campaign]
	Requests  *part[*site.Request]
	Proposals *part[*site.Proposal]
	Waived    *part[*site.Waived]
	Others    *part[*site.Exhibit]
	History   *part[site.PastEvent]
}

// Soon returns within how many days what comes needs attention.
func (body *partnerBody) Soon() int { return agenda.Soon }

func (pr *printer) partners() []task {
	var tasks []task
	for _, p := range pr.site.Partners {
		tasks = append(tasks, func() error { return pr.partner(p) })
	}
	return tasks
}

// partner makes the pages of a partner and its chart.
func (pr *printer) partner(p *site.Partner) error {
	book := &partnerBook{pr: pr, partner: p}
	main := book.main()
	for i, wrong := range split(partnerFindings(p), partnerList, partnerPage(p.Folder), partnerStem(p, "findings"), "findings") {
		book.at(i, wrong.Pager).Wrong = &wrong
	}
	scale := newTimeline(p.Licenses, pr.site.AsOf)
	for i, licenses := range list(book, p.Licenses, "licenses", "licences") {
		body := book.body(i, licenses.Pager)
		body.Licenses, body.Timeline = &licenses, scale
	}
	for i, campaigns := range list(book, p.Campaigns, "campaigns", "campaigns") {
		book.body(i, campaigns.Pager).Campaigns = &campaigns
	}
	for i, requests := range list(book, p.Requests, "requests", "requests") {
		book.body(i, requests.Pager).Requests = &requests
	}
	for i, proposals := range list(book, p.Proposals, "proposals", "proposals") {
		book.body(i, proposals.Pager).Proposals = &proposals
	}
	for i, waived := range list(book, p.Waived, "waived", "exceptions") {
		book.body(i, waived.Pager).Waived = &waived
	}
	for i, others := range list(book, p.Others, "others", "other records") {
		book.body(i, others.Pager).Others = &others
	}
	for i, history := range list(book, p.History, "history", "entries of the history") {
		book.body(i, history.Pager).History = &history
	}
	main.Chart = pr.seatsPicture(p)
	return book.write()
}

// seatsPicture draws how many seats of a partner's ran when, if any did.
func (pr *printer) seatsPicture(p *site.Partner) *chart {
	days, seats := stairs(p.Seats, pr.site.AsOf)
	if len(days) == 0 || days[0] == days[len(days)-1] {
		return nil
	}
	alt := "Seats of " + oneLine(p.Name) + " that run, from " + p.Seats[0].Day + " on, against the cap. The numbers are in the table below."
	return &chart{"Seats over time", seatsChart(alt, days, seats, pr.site.Caps, pr.site.AsOf)}
}

// A partnerBook gathers the pages of a partner.
type partnerBook struct {
	pr      *printer
	partner *site.Partner
	sheets  []*sheet
}

func list[T any](book *partnerBook, items []T, name, what string) []part[T] {
	p := book.partner
	return split(items, partnerList, partnerPage(p.Folder), partnerStem(p, name), what)
}

// main begins the page that shows all of the partner.
func (book *partnerBook) main() *partnerBody {
	p := book.partner
	body := &partnerBody{Partner: p, Whole: true, Seats: newGauge(p.SeatsInUse, book.pr.site.SeatCap, 0)}
	first := max(0, len(p.Seats)-partnerSteps)
	body.Steps, body.MoreSteps = p.Seats[first:], first
	due := dueOf(p, append(p.Records(), p.Others...))
	byUrgency(due)
	body.Due, body.MoreDue = firstOf(due, partnerDue)
	body.Facts, body.Tables = facts(book.pr.belowHeading(p))
	book.sheets = []*sheet{{
		Page: partnerPage(p.Folder), Template: "partner", Title: p.Name, Section: directoryPage,
		Above: []pageLink{{directoryPage, "Partners"}}, Body: body,
	}}
	return body
}

// belowHeading returns the fields of a partner that its heading does not show.
func (pr *printer) belowHeading(p *site.Partner) []site.Field {
	shown := []string{"name", "type", "status"}
	if p.Priority == critical {
		shown = append(shown, "priority")
	}
	for i, name := range shown {
		shown[i] = oneLine(pr.site.Titles.Of("partner", name))
	}
	return slices.DeleteFunc(slices.Clone(p.Fields), func(f site.Field) bool { return slices.Contains(shown, f.Title) })
}

// at returns the page that shows the i-th part of a list: the main one, or one
// with more of that list alone.
func (book *partnerBook) at(i int, p pager) *sheet {
	main := book.sheets[0]
	if i == 0 {
		return main
	}
	more := &sheet{
		Page: p.Page(), Template: "partner", Title: main.Title + ": more " + p.What, Section: main.Section,
		Above: append(main.Above[:1:1], pageLink{main.Page, main.Title}), Body: &partnerBody{Partner: book.partner},
	}
	book.sheets = append(book.sheets, more)
	return more
}

func (book *partnerBook) body(i int, p pager) *partnerBody {
	body, _ := book.at(i, p).Body.(*partnerBody)
	return body
}

func (book *partnerBook) write() error {
	for _, v := range book.sheets {
		if err := book.pr.page(*v); err != nil {
			return err
		}
	}
	return nil
}
