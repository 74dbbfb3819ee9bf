package feed

import (
	"bytes"
	"encoding/json"
	"fmt"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// APIVersion is the version of the files below api/. Within it fields may be
// added; none is removed, renamed or given another meaning.
const APIVersion = 1

const apiFolder = "api/v1/"

// API returns what other programs read, below api/v1/. Each list is an object
//
//	{"version": 1, "as_of": "2026-03-02", "items": […]}
//
// with "private": true if it shows what the schemas mark private. A day is
// written YYYY-MM-DD; what a record does not say, or not in a way that it can be
// relied on, is left out.
//
//   - partners.json, by name: partner (its folder's name), path, name, aliases,
//     type, category, status, priority, criteria, delivery_models, seats_in_use,
//     findings, record
//   - licenses.json, the latest first: partner, id, path, product, plan, seats,
//     starts_at, expires_at, ends_at (the first day on which it does not run),
//     state (planned, running, expired, revoked), days_left (while it runs),
//     findings, record
//   - campaigns.json, the latest first: partner, id, path, topic, starts_on,
//     ends_on, amount, currency, approved, acknowledged, stage (by the handbook:
//     proposed, approved, acknowledged), waits_for, issue, findings, record
//   - kpis.json, by month: month, path, active_installations and active_smau by
//     platform, downloads by method, each with total; restated, findings
//   - index.json: where these are, how many items each has, and the other files
//     for programs
//
// state, days_left, seats_in_use, stage and waits_for follow from the records on
// the day as_of. findings is how many things are wrong with a record. record is
// all that it says, as its schema has it.
func API(s *site.Site) ([]site.File, error) {
	lists := []apiList{
		{"partners", apiItems(s.Partners, apiPartner)},
		{"licenses", apiItems(s.Licenses, apiLicense)},
		{"campaigns", apiItems(s.Campaigns, apiCampaign)},
		{"kpis", apiItems(s.Months, apiMonth)},
	}
	var files []site.File
	for _, list := range lists {
		data, err := list.encode(s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", list.name, err)
		}
		files = append(files, site.File{Name: apiFolder + list.name + ".json", Data: data})
	}
	index, err := apiIndex(s, lists)
	return append(files, index), err
}

// An apiList is a list of what is written as items.
type apiList struct {
	name  string
	items []any
}

func apiItems[T any](all []T, item func(T) any) []any {
	items := make([]any, len(all))
	for i := range all {
		items[i] = item(all[i])
	}
	return items
}

// encode writes a list, an item to a line, so that what differs between two
// days is seen.
func (l *apiList) encode(s *site.Site) ([]byte, error) {
	var b bytes.Buffer
	head, err := json.Marshal(apiHeadOf(s))
	if err != nil {
		return nil, err
	}
	b.Write(bytes.TrimSuffix(head, []byte("}")))
	b.WriteString(`,"items":[`)
	for i, item := range l.items {
		line, err := json.Marshal(item)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(line)
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}

type apiHead struct {
	Version int    `json:"version"`
	AsOf    string `json:"as_of"`
	Private bool   `json:"private,omitempty"`
}

func apiHeadOf(s *site.Site) apiHead { return apiHead{APIVersion, s.AsOf, s.Private} }

type apiFile struct {
	Name  string `json:"name"`
	Path  string `json:"path"` // from index.json
	Items *int   `json:"items,omitempty"`
}

func apiIndex(s *site.Site, lists []apiList) (site.File, error) {
	var index struct {
		apiHead
		Documentation string    `json:"documentation"`
		Findings      int       `json:"findings"`
		Files         []apiFile `json:"files"`
		CSV           []apiFile `json:"csv"`
		Calendar      string    `json:"calendar"`
	}
	const root = "../../"
	index.apiHead, index.Findings = apiHeadOf(s), s.Findings
	index.Documentation, index.Calendar = root+"about.html#programs", root+calendarName
	for _, list := range lists {
		items := len(list.items)
		index.Files = append(index.Files, apiFile{list.name, list.name + ".json", &items})
		index.CSV = append(index.CSV, apiFile{list.name, root + csvFolder + list.name + ".csv", nil})
	}
	data, err := json.MarshalIndent(index, "", "  ")
	return site.File{Name: apiFolder + "index.json", Data: append(data, '\n')}, err
}

func apiPartner(p *site.Partner) any {
	return struct {
		Partner        string   `json:"partner"`
		Path           string   `json:"path"`
		Name           string   `json:"name"`
		Aliases        []string `json:"aliases,omitempty"`
		Type           string   `json:"type,omitempty"`
		Category       string   `json:"category,omitempty"`
		Status         string   `json:"status,omitempty"`
		Priority       string   `json:"priority,omitempty"`
		Criteria       []string `json:"criteria,omitempty"`
		DeliveryModels []string `json:"delivery_models,omitempty"`
		SeatsInUse     int      `json:"seats_in_use"`
		Findings       int      `json:"findings"`
		Record         any      `json:"record,omitempty"`
	}{p.Folder, p.Path, p.Name, p.Aliases, p.Type, p.Category, p.Status, p.Priority, p.Criteria, p.Models,
		p.SeatsInUse, len(p.Findings), apiRecord(p.Root)}
}

func apiLicense(l *site.License) any {
	item := struct {
		Partner   string `json:"partner"`
		ID        string `json:"id"`
		Path      string `json:"path"`
		Product   string `json:"product,omitempty"`
		Plan      string `json:"plan,omitempty"`
		Seats     int    `json:"seats,omitempty"`
		StartsAt  string `json:"starts_at,omitempty"`
		ExpiresAt string `json:"expires_at,omitempty"`
		EndsAt    string `json:"ends_at,omitempty"`
		State     string `json:"state,omitempty"`
		DaysLeft  *int   `json:"days_left,omitempty"`
		Findings  int    `json:"findings"`
		Record    any    `json:"record"`
	}{l.Folder, l.ID, l.Path, l.Product, l.Plan, l.Seats, l.StartsAt, l.ExpiresAt, l.End, l.State, nil,
		len(l.Findings), apiRecord(l.Root)}
	if l.State == "running" {
		item.DaysLeft = &l.DaysLeft
	}
	return item
}

func apiCampaign(c *site.Campaign) any {
	return struct {
		Partner      string      `json:"partner"`
		ID           string      `json:"id"`
		Path         string      `json:"path"`
		Topic        string      `json:"topic,omitempty"`
		StartsOn     string      `json:"starts_on,omitempty"`
		EndsOn       string      `json:"ends_on,omitempty"`
		Amount       json.Number `json:"amount,omitempty"`
		Currency     string      `json:"currency,omitempty"`
		Approved     json.Number `json:"approved,omitempty"`
		Acknowledged json.Number `json:"acknowledged,omitempty"`
		Stage        string      `json:"stage,omitempty"`
		WaitsFor     string      `json:"waits_for,omitempty"`
		Issue        string      `json:"issue,omitempty"`
		Findings     int         `json:"findings"`
		Record       any         `json:"record"`
	}{c.Folder, c.ID, c.Path, c.Topic, c.StartsOn, c.EndsOn, json.Number(c.Amount), c.Currency,
		json.Number(c.Approved), json.Number(c.Acknowledged), c.Stage, c.WaitsFor, c.Issue,
		len(c.Findings), apiRecord(c.Root)}
}

func apiMonth(m *site.Month) any {
	return struct {
		Month         string           `json:"month"`
		Path          string           `json:"path"`
		Installations map[string]int64 `json:"active_installations"`
		SMAU          map[string]int64 `json:"active_smau"`
		Downloads     map[string]int64 `json:"downloads"`
		Restated      string           `json:"restated,omitempty"`
		Findings      int              `json:"findings"`
	}{m.Month, m.Path, m.Installations, m.SMAU, m.Downloads, m.Restated, len(m.Findings)}
}

// apiRecord returns what a record says, and nil where there is none.
func apiRecord(root *record.Node) any {
	if root == nil {
		return nil
	}
	return root.JSON()
}
