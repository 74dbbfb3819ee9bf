package page

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// licenseList is how many licences a page lists.
const licenseList = 150

const licensesPage = "licenses/index.html"

// A licensesBody is a page with licences on a time line.
type licensesBody struct {
	Front    bool // whether it is the page of all licences
	Running  *part[*site.License]
	Planned  *part[*site.License]
	Year     *part[*site.License]
	Timeline *timeline
	Ending   []ending
	Seats    int // of all that run
	Years    []year
	Chart    *chart
	Months   []monthSeats
}

// A year is the licences that start in it.
type year struct {
	Name, Page string
	Seats      int
	Licenses   []*site.License
}

// A monthSeats is how many seats run on the first day of a month.
type monthSeats struct {
	Month string
	Seats int64
}

// licenses returns the tasks that make the pages of all licences.
func (pr *printer) licenses() []task {
	s := pr.site
	running, planned := soonest(s.Licenses), withState(s.Licenses, "planned")
	slices.SortStableFunc(planned, func(x, y *site.License) int { return cmp.Compare(x.StartsAt, y.StartsAt) })
	front := &licensesBody{Front: true, Ending: endings(running), Seats: seatsOf(running), Years: years(s.Licenses)}
	front.Timeline = newTimeline(slices.Concat(running, planned), s.AsOf)
	tasks := []task{func() error { return pr.licensesFront(front) }}
	for i, p := range split(running, licenseList, licensesPage, "licenses/running", "running licences") {
		body := front.part(i)
		body.Running = &p
		tasks = append(tasks, pr.moreLicenses("Running licences", p.Pager, body)...)
	}
	for i, p := range split(planned, licenseList, licensesPage, "licenses/planned", "planned licences") {
		body := front.part(i)
		body.Planned = &p
		tasks = append(tasks, pr.moreLicenses("Planned licences", p.Pager, body)...)
	}
	for _, y := range front.Years {
		tasks = append(tasks, pr.year(y)...)
	}
	return tasks
}

// part returns what shows the i-th part of a list: the page of all licences, or
// one with more of that list alone.
func (body *licensesBody) part(i int) *licensesBody {
	if i == 0 {
		return body
	}
	return &licensesBody{Timeline: body.Timeline}
}

// year returns the tasks that make the pages of the licences that start in a
// year.
func (pr *printer) year(y year) (tasks []task) {
	scale := newYearTimeline(y.Name, pr.site.AsOf)
	for _, p := range split(y.Licenses, licenseList, y.Page, strings.TrimSuffix(y.Page, ".html"), "licences of "+y.Name) {
		tasks = append(tasks, pr.moreLicenses("Licences that start in "+y.Name, p.Pager, &licensesBody{Year: &p, Timeline: scale})...)
	}
	return tasks
}

// moreLicenses returns the task that makes a page of a list, unless it is the
// page of all licences.
func (pr *printer) moreLicenses(title string, p pager, body *licensesBody) []task {
	if body.Front {
		return nil
	}
	page := sheet{
		Template: "licenses", Title: title, Section: licensesPage, Above: []pageLink{{licensesPage, "Licences"}},
		Body: body, Wrong: body.wrong(),
	}
	return []task{func() error { return pr.page(page.numbered(p)) }}
}

func (pr *printer) licensesFront(body *licensesBody) error {
	body.Months = seatsByMonth(pr.site)
	body.Chart = monthsOfSeats(body.Months, "The numbers are in the table below.", chartWidth, chartHeight)
	return pr.page(sheet{
		Page: licensesPage, Template: "licenses", Title: "Licences", Section: licensesPage, Body: body, Wrong: body.wrong(),
	})
}

// wrong returns what is wrong with the licences that are listed.
func (body *licensesBody) wrong() *part[finding.Finding] {
	var all []finding.Finding
	for _, list := range []*part[*site.License]{body.Running, body.Planned, body.Year} {
		if list == nil {
			continue
		}
		for _, l := range list.Items {
			all = append(all, l.Findings...)
		}
	}
	return wrongHere(all)
}

var yearPattern = regexp.MustCompile(`^\d{4}$`)

// years returns the licences by the year in which they start, the latest first.
// What has no such day comes last.
func years(licenses []*site.License) []year {
	var all []year
	at := map[string]int{}
	for _, l := range licenses {
		name, _, _ := strings.Cut(l.StartsAt, "-")
		page := "licenses/" + name + ".html"
		if !yearPattern.MatchString(name) {
			name, page = "no known year", "licenses/undated.html"
		}
		if _, known := at[name]; !known {
			at[name] = len(all)
			all = append(all, year{Name: name, Page: page})
		}
		y := &all[at[name]]
		y.Licenses = append(y.Licenses, l)
		y.Seats += l.Seats
	}
	slices.SortStableFunc(all, func(x, y year) int {
		return cmp.Or(cmp.Compare(len(x.Name), len(y.Name)), cmp.Compare(y.Name, x.Name))
	})
	return all
}

// monthsOfSeats draws how many seats run in which month, and says where the numbers
// are.
func monthsOfSeats(months []monthSeats, where string, width, height int) *chart {
	if len(months) == 0 {
		return nil
	}
	labels, values := make([]string, len(months)), make([]*int64, len(months))
	for i := range months {
		labels[i], values[i] = months[i].Month, &months[i].Seats
	}
	alt := "Seats of all partners that run on the first day of each month. " + where
	return &chart{"Seats by month", newCanvas(width, height, alt).months(labels, []plot{{"Seats of all partners", values}})}
}

const (
	monthsBack  = 23
	monthsAhead = 6
)

// seatsByMonth returns how many seats ran or will run on the first days of the
// months around the day of the site, from when there are some.
func seatsByMonth(s *site.Site) []monthSeats {
	today, err := time.Parse(time.DateOnly, s.AsOf)
	if err != nil {
		return nil
	}
	month := time.Date(today.Year(), today.Month()-monthsBack, 1, 0, 0, 0, 0, time.UTC)
	var months []monthSeats
	for range monthsBack + 1 + monthsAhead {
		day := month.Format(time.DateOnly)
		m := monthSeats{Month: day[:len("2006-01")]}
		for _, l := range s.Licenses {
			if l.StartsAt <= day && day < l.End {
				m.Seats += int64(l.Seats)
			}
		}
		if m.Seats > 0 || len(months) > 0 {
			months = append(months, m)
		}
		month = month.AddDate(0, 1, 0)
	}
	return months
}
