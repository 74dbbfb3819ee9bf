package page

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// rendered returns all files of a site, by name.
func rendered(t testing.TB, s *site.Site, jobs int) map[string]string {
	t.Helper()
	files := sitetest.Files(t, s)
	var lock sync.Mutex
	add := func(f site.File) error {
		lock.Lock()
		defer lock.Unlock()
		if _, twice := files[f.Name]; twice {
			return fmt.Errorf("%s is written twice", f.Name)
		}
		files[f.Name] = string(f.Data)
		return nil
	}
	if err := Write(s, jobs, add); err != nil {
		t.Fatal(err)
	}
	return files
}

// ownRecords returns the site of this repository's records.
func ownRecords(t testing.TB) *site.Site {
	return sitetest.Collected(t, sitetest.InputOfTree(t, os.DirFS("../../..")))
}

// hostileRecords returns the site of records that mean harm.
func hostileRecords(t testing.TB) *site.Site {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/hostile.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "partners/") || strings.HasSuffix(f.Name, ".md") {
			files[f.Name] = string(f.Data)
		}
	}
	in := sitetest.InputOf(t, files)
	in.Options.Links = linksTo("https://gitlab.example/records")
	s := sitetest.Collected(t, in)
	s.Kinds = []*site.Kind{{Name: "../<kind>", Title: "<b>Kind</b>", Columns: []string{"<i>"}, Records: []*site.Exhibit{
		{Kind: "../<kind>", Path: "partners/hostile/x/1.yaml", Folder: "hostile", ID: "../../1", Summary: "<script>", Fields: []site.Field{{Title: "<i>", Text: "</td>"}}},
		{Kind: "../<kind>", Path: "partners/hostile/y/1.yaml", Folder: "hostile", ID: "../../1"},
	}}}
	s.Partners[0].Others = s.Kinds[0].Records
	s.Partners[0].Waived = []*site.Waived{
		{Finding: finding.Finding{Rule: "license/seat_cap", Message: "<b> `<i>`", Place: finding.Place{File: "partners/hostile/x/1.yaml"}}, Partner: s.Partners[0],
			Waiver: s.Kinds[0].Records[1], Reason: "<script>", By: "<i>", On: "2026-06-01", Until: "2026-06-02", HasEnded: true},
		{Finding: finding.Finding{Rule: "<b>", Message: "m", Place: finding.Place{File: "<i>"}}, Partner: s.Partners[0], Waiver: &site.Exhibit{Path: "<i>"}},
	}
	s.Partners[0].History = []site.PastEvent{{Day: "2026-06-01", Path: "partners/hostile/partner.yaml", Verb: "<b>", Text: "<script>", Author: "<i>", Reference: "!1", Commit: "0123456789abcdef"}}
	return s
}

// linksTo returns the links to a project.
func linksTo(project string) site.Links {
	return site.Links{
		File: project + "/-/blob/0123abc/", History: project + "/-/commits/main/", Edit: project + "/-/edit/main/", New: project + "/-/new/main/",
	}
}

// crowdedRecords returns a site of which every list takes several pages.
func crowdedRecords(t testing.TB) *site.Site {
	t.Helper()
	files := map[string]string{}
	records := 6000
	if testing.Short() {
		records = 600
	}
	for name, text := range corpus.Files(records) {
		files[name] = text
	}
	grants := corpus.Grants(300)
	for name := range grants {
		files[name] = string(grants[name].Data)
	}
	for year := range 10 {
		for month := range 12 {
			name := fmt.Sprintf("%d-%02d", 2015+year, month+1)
			files["partners/_program/kpis/"+name+".yaml"] = "kind: kpi\nmonth: " + name + "\nactive_installations: {total: 5, other: 5}\nrestated: Once.\n"
		}
	}
	s := sitetest.Collected(t, sitetest.InputOf(t, files))
	for _, p := range s.Partners {
		if p.Folder == "example-grants" {
			for i := range 100 {
				p.History = append(p.History, site.PastEvent{Day: "2026-01-01", Path: p.Path, Verb: "changed", Text: fmt.Sprint(i)})
			}
		}
	}
	return s
}

func TestPagesAreSound(t *testing.T) {
	for name, s := range map[string]*site.Site{
		"own": ownRecords(t), "hostile": hostileRecords(t), "crowded": crowdedRecords(t),
		"empty": {AsOf: "2026-06-15"},
	} {
		t.Run(name, func(t *testing.T) {
			files := rendered(t, s, 2)
			ids := map[string][]string{}
			for _, page := range pagesIn(files) {
				ids[page] = matches(idPattern, files[page])
				checkPage(t, page, files[page])
			}
			for _, page := range pagesIn(files) {
				checkTargets(t, files, ids, page, matches(linkPattern, files[page]))
			}
			const index = "api/v1/index.json"
			var api struct{ Documentation, Calendar string }
			if err := json.Unmarshal([]byte(files[index]), &api); err != nil {
				t.Fatal(err)
			}
			checkTargets(t, files, ids, index, []string{api.Documentation, api.Calendar})
		})
	}
}

// TestPagesShowAllCharacters makes sure that no value brings characters into a
// page that do not show, and that one which joins is kept.
func TestPagesShowAllCharacters(t *testing.T) {
	const odd = "a\u202e👩\u200d💻"
	s := siteOn(t, "2026-06-15", map[string]string{
		"partners/acme/partner.yaml":          sitetest.Acme,
		"partners/acme/licenses/a.yaml":       sitetest.Between("2026-06-01", "2026-07-01", ""),
		"partners/acme/campaigns/a.yaml":      sitetest.Campaign,
		"partners/acme/requests/a.yaml":       fmt.Sprintf(request, 1, 1, "new"),
		"partners/_program/kpis/2026-03.yaml": "kind: kpi\nmonth: 2026-03\nactive_installations: {total: 1}\n",
	})
	p := s.Partners[0]
	for _, text := range []*string{
		&p.Name, &p.Type, &p.TypeTitle, &p.Category, &p.CategoryTitle, &p.Status, &p.Priority, &p.Lead, &p.Criteria[0], &p.Models[0],
		&p.Licenses[0].Purpose, &p.Campaigns[0].Topic, &p.Campaigns[0].WaitsFor, &p.Requests[0].Type, &p.Requests[0].Description, &s.Months[0].Restated,
	} {
		*text = odd
	}
	p.Aliases = []string{odd}
	s.Months[0].Installations[odd] = 1
	s.Platforms = append(s.Platforms, odd)
	for name, text := range rendered(t, s, 2) {
		if strings.HasSuffix(name, ".csv") {
			text = strings.TrimPrefix(text, "\uFEFF") // which tells Excel what it reads
		}
		if text = strings.NewReplacer("\n", "", "\t", "", "\r", "").Replace(text); !strings.HasSuffix(name, ".json") && source.Readable(text) != text {
			t.Errorf("%s has characters that do not show", name)
		}
		if name == "partners/acme.html" && !strings.Contains(text, "👩\u200d💻</h1>") {
			t.Error("the name of the partner has no joiner")
		}
	}
}

func pagesIn(files map[string]string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool { return path.Ext(name) != ".html" })
}

var (
	idPattern   = regexp.MustCompile(` id="([^"]*)"`)
	linkPattern = regexp.MustCompile(` (?:href|src|srcset|action|data-index)="([^"]*)"`)
	tagPattern  = regexp.MustCompile(`<[a-z][^>]*>`)
	forbidden   = regexp.MustCompile(`(?i)^<(?:style|iframe|object|base|svg[^>]* on|[^>]* (?:style|on[a-z]+)=)`)
	quoted      = regexp.MustCompile(`"[^"]*"`)
	policyMeta  = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'">`
)

// matches returns the first groups of all matches, as a browser reads them.
func matches(pattern *regexp.Regexp, text string) (all []string) {
	for _, match := range pattern.FindAllStringSubmatch(text, -1) {
		all = append(all, strings.NewReplacer("&amp;", "&", "&#39;", "'", "&#43;", "+").Replace(match[1]))
	}
	return all
}

// maxPage is how large a page may be.
const maxPage = 300_000

func checkPage(t *testing.T, name, text string) {
	for what, n := range map[string]int{
		"<h1>": 1, "<main ": 1, "</html>": 1, `<html lang="en">`: 1, policyMeta: 1, `<a class="skip" href="#content">`: 1,
		`<meta name="viewport"`: 1, `<meta name="referrer" content="no-referrer">`: 1, `<meta name="robots" content="noindex`: 1, "ZgotmplZ": 0,
	} {
		if got := strings.Count(text, what); got != n {
			t.Errorf("%s has %d times %s, not %d", name, got, what, n)
		}
	}
	if len(text) > maxPage {
		t.Errorf("%s has %d bytes", name, len(text))
	}
	for _, tag := range tagPattern.FindAllString(text, -1) {
		script := strings.HasPrefix(tag, "<script") && !strings.Contains(tag, `assets/search.js" defer>`)
		if script || forbidden.MatchString(quoted.ReplaceAllString(tag, `""`)) {
			t.Errorf("%s has %s", name, tag)
		}
		if strings.Contains(tag, `href="https:`) && !strings.Contains(tag, `rel="noopener noreferrer external"`) {
			t.Errorf("%s leads away with %s", name, tag)
		}
	}
	ids := matches(idPattern, text)
	slices.Sort(ids)
	for i := 1; i < len(ids); i++ {
		if ids[i] == ids[i-1] {
			t.Errorf("%s has the id %s twice", name, ids[i])
		}
	}
}

// checkTargets makes sure that every link of a page leads to a file, and to a
// place in it that is there.
func checkTargets(t *testing.T, files map[string]string, ids map[string][]string, page string, links []string) {
	for _, link := range links {
		address, err := url.Parse(link)
		switch {
		case err != nil:
			t.Errorf("%s: %v", page, err)
			continue
		case address.Scheme == "https":
			continue
		case address.Scheme != "" || address.Host != "" || strings.HasPrefix(address.Path, "/"):
			t.Errorf("%s links to %s", page, link)
			continue
		}
		target := page
		if address.Path != "" {
			target = path.Join(path.Dir(page), address.Path)
		}
		if _, ok := files[target]; !ok || strings.HasSuffix(address.Path, "/") {
			t.Errorf("%s links to %s, which is not there", page, link)
		}
		if address.Fragment != "" && !slices.Contains(ids[target], address.Fragment) {
			t.Errorf("%s links to %s, and that has no such place", page, link)
		}
	}
}

func TestPagesAreTheSame(t *testing.T) {
	s := crowdedRecords(t)
	if diff := cmp.Diff(rendered(t, s, 1), rendered(t, s, 4)); diff != "" {
		t.Error(diff)
	}
}

func TestWriteErrors(t *testing.T) {
	full := errors.New("the disk is full")
	if err := Write(ownRecords(t), 2, func(site.File) error { return full }); !errors.Is(err, full) {
		t.Errorf("Write = %v", err)
	}
}

func TestOverview(t *testing.T) {
	text := rendered(t, ownRecords(t), 2)["index.html"]
	for _, want := range []string{
		"Licences running</a><strong>3</strong><span>15 seats in use</span>",
		`within 30 days</span><strong>1</strong><span>licence, 6 seats</span>`,
		`within 90 days</span><strong>2</strong><span>licences, 11 seats</span>`,
		`9 of 10</span>`,
		`<td data-label="Campaigns" class="n">1</td><td data-label="Budget" class="n">15,000</td>`,
		"Latest figures <small><time>2026-03</time></small>", "<strong>3,300</strong>", "&#43;300 since",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the overview has no %s", want)
		}
	}
	if strings.Contains(text, "finding") {
		t.Error("the overview speaks of findings")
	}
}

func TestFindingsAreTold(t *testing.T) {
	s := hostileRecords(t)
	wrong := &s.Kinds[0].Records[0].Findings
	line := source.Position{Line: 1, Column: 1}
	place := finding.Place{File: "partners/hostile/x/1.yaml", Span: source.Span{Start: line, End: line}}
	*wrong = append(*wrong, finding.New(&finding.Rule{ID: "event/seats", Severity: finding.Error}, place, "there are `<b>` seats"))
	s.Findings++
	files := rendered(t, s, 2)
	for page, want := range map[string]string{
		"index.html":            fmt.Sprintf("This site was built with %d findings", s.Findings),
		"partners/hostile.html": "<code>starts_at</code> must be a date",
		"licenses/2026.html":    "things are wrong here",
		"campaigns/index.html":  "things are wrong here",
		"partners/index.html":   fmt.Sprintf(`badge-wrong">%d findings`, s.Findings),
		"findings.html":         "there are <code>&lt;b&gt;</code> seats",
		kindPage("../<kind>"):   "1 thing is wrong here",
		"about.html":            fmt.Sprintf("although %d things are wrong", s.Findings),
	} {
		if !strings.Contains(files[page], want) {
			t.Errorf("%s has no %s", page, want)
		}
	}
}

// TestWaivedAreTold makes sure that exceptions are on the page of the partner and
// on that of the rule, on as many pages as it takes.
func TestWaivedAreTold(t *testing.T) {
	files := map[string]string{"partners/acme/partner.yaml": sitetest.Acme}
	for i := range partnerList + 1 {
		id := fmt.Sprintf("%03d", i)
		first := time.Date(1991+i/2, time.Month(1+6*(i%2)), 5, 0, 0, 0, 0, time.UTC)
		grant := sitetest.Between(first.Format(time.DateOnly), first.AddDate(0, 6, 0).Format(time.DateOnly), "")
		files["partners/acme/licenses/"+id+".yaml"] = strings.ReplaceAll(grant, "2\n", "12\n")
		files["partners/acme/waivers/"+id+".yaml"] = strings.ReplaceAll(seatsWaiver, "/d.yaml", "/"+id+".yaml")
	}
	pages := rendered(t, sitetest.Collected(t, sitetest.InputOf(t, files)), 1)
	for page, want := range map[string]string{
		"partners/acme.html":                   "Twelve developers port the integration</a>",
		"partners/acme/waived_2.html":          "licenses/040.yaml",
		"rules/license/seat_cap.html":          "It can be waived for a record.",
		"rules/license/seat_cap/waived_2.html": "licenses/040.yaml",
		"rules/license/purpose.html":           "There are none.",
	} {
		if !strings.Contains(pages[page], want) {
			t.Errorf("%s does not say %q", page, want)
		}
	}
}

func TestDirectoryIndex(t *testing.T) {
	text := rendered(t, hostileRecords(t), 1)["assets/partners.js"]
	text, ok := strings.CutPrefix(text, "window.alliancesDirectory = ")
	var index struct {
		Filters  []filter
		Partners [][]any
	}
	if err := json.Unmarshal([]byte(strings.TrimSuffix(text, ";\n")), &index); err != nil || !ok || strings.Contains(text, "<") {
		t.Fatalf("%v\n%s", err, text)
	}
	names := make([]string, len(index.Filters))
	for i, f := range index.Filters {
		names[i] = f.Name
	}
	if diff := cmp.Diff([]string{"category", "type", "status", "criterion", "model"}, names); diff != "" {
		t.Error(diff)
	}
	want := []any{[]any{0.0}, []any{0.0}, []any{0.0}, []any{0.0}, []any{0.0}}
	if diff := cmp.Diff(want, index.Partners[0][3]); diff != "" {
		t.Error(diff)
	}
}

// TestDirectory makes sure that partners stand by their category, with the
// columns that say something of more than a few.
func TestDirectory(t *testing.T) {
	files := map[string]string{
		"partners/zeta/partner.yaml": sitetest.Acme + "lead: '@lead'\n",
		"partners/acme/partner.yaml": "kind: partner\nname: Acme\ntype: training\nstatus: prospective\n",
	}
	text := rendered(t, siteOn(t, "2026-06-15", files), 1)["partners/index.html"]
	last := strings.Index(text, `<tbody class="group">`)
	for _, want := range []string{"Technology partners</th>", "zeta.html", "Resellers</th>", "acme.html"} {
		at := strings.Index(text, want)
		if at < last {
			t.Errorf("%s is at %d, before %d", want, at, last)
		}
		last = at
	}
	for _, want := range []string{`>Lead</th>`, `data-label="Lead">@lead<`, `data-label="Priority">Critical<`, `data-label="Priority">Standard<`, `badge-prospective">Prospective<`} {
		if !strings.Contains(text, want) {
			t.Errorf("the directory has no %s", want)
		}
	}
	for i := range 10 {
		files[fmt.Sprintf("partners/p%d/partner.yaml", i)] = fmt.Sprintf("kind: partner\nname: P%d\ntype: training\nstatus: prospective\n", i)
	}
	text = rendered(t, siteOn(t, "2026-06-15", files), 1)["partners/index.html"]
	for title, want := range map[string]bool{"Type": true, "Status": true, "Priority": true, "Lead": false, "Criteria": false, "Delivery models": false, "Seats in use": false} {
		if got := strings.Contains(text, ">"+title+"</th>"); got != want {
			t.Errorf("the directory has the column %s: %v", title, got)
		}
	}
}

// TestPartnerPage makes sure that a partner's page says what it lacks, and nothing
// twice, and calls things as people do.
func TestPartnerPage(t *testing.T) {
	files := map[string]string{
		"partners/acme/partner.yaml":    "kind: partner\nname: Acme\ntype: training\nstatus: prospective\npriority: standard\nwebsite: https://acme.example\n",
		"partners/acme/requests/a.yaml": strings.Replace(fmt.Sprintf(request, 1, 1, "in_progress"), "license", "mdf", 1),
	}
	text := rendered(t, siteOn(t, "2026-06-15", files), 1)["partners/acme.html"]
	for want, times := range map[string]int{
		">Missing to become active</h2>": 1, "success criterion": 1, ">Prospective</span>": 1, "<dt>Name</dt>": 0, "<dt>Type of partner</dt>": 0, "<dt>Priority</dt>": 1,
		"<dt>Website</dt>": 1, `data-label="Type">Money for marketing<`: 1, `data-label="Status"><span class="badge badge-in-progress">In progress<`: 1,
	} {
		if got := strings.Count(text, want); got != times {
			t.Errorf("%d times %s, want %d", got, want, times)
		}
	}
}

// TestCommit makes sure that a page tells of which commit its records are, where
// that is known.
func TestCommit(t *testing.T) {
	in := sitetest.InputOf(t, map[string]string{"partners/acme/partner.yaml": sitetest.Acme})
	for commit, want := range map[string]string{"": "Made from the records<", "0123456789abcdef": "Made from the records of the commit <code>01234567</code>"} {
		in.Options.Commit = commit
		if text := rendered(t, sitetest.Collected(t, in), 1)["partners/acme.html"]; !strings.Contains(text, want) {
			t.Errorf("of commit %q, the page does not say %q", commit, want)
		}
	}
}

// TestGitLab makes sure that each record leads to its file, its history and an editor,
// and a partner to what it can get, and none of that where GitLab is not known.
func TestGitLab(t *testing.T) {
	in := sitetest.InputOf(t, map[string]string{
		"partners/acme/partner.yaml":         sitetest.Acme,
		"partners/acme/licenses/a&b #1.yaml": sitetest.Between("2026-01-12", "2026-07-12", ""),
	})
	if text := rendered(t, sitetest.Collected(t, in), 1)["partners/acme.html"]; strings.Contains(text, "GitLab: ") || strings.Contains(text, "/-/") {
		t.Error("there are links without GitLab")
	}
	in.Options.Links = linksTo("https://gitlab.example/records")
	text := rendered(t, sitetest.Collected(t, in), 1)["partners/acme.html"]
	for _, want := range []string{
		"/-/blob/0123abc/partners/acme/partner.yaml", "/-/commits/main/partners/acme/partner.yaml", "/-/edit/main/partners/acme/partner.yaml",
		"/-/edit/main/partners/acme/licenses/a%26b%20%231.yaml",
		"/-/new/main/partners/acme/licenses?file_name=2026-06-purpose.yaml", "/-/new/main/partners/acme/campaigns?file_name=2026-06-topic.yaml",
		"/-/new/main/partners/acme/proposals?file_name=2026-06-technical-integration.yaml",
	} {
		if !strings.Contains(text, `<a href="https://gitlab.example/records`+want+`" rel="noopener noreferrer external">`) {
			t.Errorf("no link leads to %s", want)
		}
	}
	for _, want := range []string{">Grant a licence</a>", ">Propose a campaign</a>", ">Record a request</a>"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
}

// TestLongNames makes sure that a very long name is whole on its own page, and is
// found by all of it, but leaves room for others in lists.
func TestLongNames(t *testing.T) {
	long := strings.Repeat("Long name ", 70)
	files := rendered(t, sitetest.Collected(t, sitetest.InputOf(t, map[string]string{
		"partners/acme/partner.yaml":    strings.Replace(sitetest.Acme, "Acme", long, 1),
		"partners/acme/licenses/a.yaml": sitetest.Between("2026-06-01", "2026-06-30", ""),
	})), 2)
	for page, want := range map[string]bool{
		"partners/acme.html": true, "assets/partners.js": true, "partners/index.html": false, "licenses/index.html": false, "index.html": false, "models.html": false,
	} {
		if got := strings.Contains(files[page], strings.TrimSpace(long)); got != want {
			t.Errorf("%s: the whole name is there: %v", page, got)
		}
		if !strings.Contains(files[page], "Long name Long name") {
			t.Errorf("%s has no name", page)
		}
	}
}

func TestFileName(t *testing.T) {
	taken := map[string]string{}
	for _, name := range []string{
		"example-cloud", "_program", "2026-02", "index", "index_2", "Index", "a_2", "a", "A", "a-", "-a", "", ".", "..", "../a", "a/b", "a\\b", "a.html",
		"a%2fb", "a?b", "a#b", "a b", "ä", "\xff", "\xfe", "javascript:a", strings.Repeat("a", 300), strings.Repeat("a", 301), strings.Repeat("a", 120),
	} {
		file := fileName(name)
		if other, ok := taken[file]; ok {
			t.Errorf("%q and %q are both in %s", name, other, file)
		}
		taken[file] = name
		if !regexp.MustCompile(`^[a-z0-9_-]{1,140}$`).MatchString(file) || regexp.MustCompile(`^index$|_\d+$`).MatchString(file) {
			t.Errorf("%q is in %s", name, file)
		}
	}
	if fileName("example-cloud") != "example-cloud" || fileName("_program") != "_program" {
		t.Error("a plain name changes")
	}
}

func TestPagerSteps(t *testing.T) {
	parts := split(make([]int, 95), 10, "a.html", "b", "things")
	if len(parts) != 10 || parts[9].Pager.Page() != "b_10.html" || len(parts[9].Items) != 5 {
		t.Fatalf("%+v", parts)
	}
	var got []int
	for _, s := range parts[4].Pager.Steps() {
		got = append(got, s.Number)
	}
	if diff := cmp.Diff([]int{1, 0, 3, 4, 5, 6, 7, 0, 10}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTimeline(t *testing.T) {
	half := &site.License{StartsAt: "2026-01-01", End: "2026-07-02", State: "running"}
	whole := &site.License{StartsAt: "2026-01-01", End: "2027-01-01", State: "<planned>"}
	never := &site.License{StartsAt: "2026-07-01", End: "2026-07-01"}
	wrong := &site.License{StartsAt: "2026-01-01", End: "9999-12-31", State: "running"}
	scale := newTimeline([]*site.License{half, whole, never, {}}, "2026-07-02")
	for _, test := range []struct {
		license *site.License
		want    *bar
	}{
		{half, &bar{"0.0", "49.9", "bar-running", "49.9"}},
		{whole, &bar{"0.0", "100.0", "bar-planned", "49.9"}},
		{never, nil},
		{&site.License{}, nil},
		{wrong, &bar{"0.0", "100.0", "bar-running", "49.9"}},
		{&site.License{StartsAt: "2026-07-02", End: "2026-07-03", State: "running"}, &bar{"49.9", "2.0", "bar-running", "49.9"}},
		{&site.License{StartsAt: "2026-12-31", End: "2027-01-01", State: "planned"}, &bar{"98.0", "2.0", "bar-planned", "49.9"}},
	} {
		if diff := cmp.Diff(test.want, scale.Bar(test.license)); diff != "" {
			t.Errorf("%+v: %s", test.license, diff)
		}
	}
	if long := newTimeline([]*site.License{half, wrong}, "2026-07-02"); long.last > 30000 || len(long.Ticks) == 0 {
		t.Errorf("a wrong year makes the scale too long: %+v", long)
	}
}

// TestBudgets makes sure that amounts are added up by currency and stage, and are
// drawn beside the largest one in their currency.
func TestBudgets(t *testing.T) {
	got := map[string][]string{}
	for _, b := range budgets([]*site.Campaign{
		{Stage: "approved", Currency: "EUR", Amount: "8000", Approved: "7000"},
		{Stage: "approved", Currency: "EUR", Amount: "999999999999999", Approved: ""},
		{Stage: "proposed", Currency: "EUR", Amount: "500000000003999"},
		{Stage: "declined", Currency: "USD"},
		{Stage: "claimed", Currency: "USD", Amount: "0", Acknowledged: "0"},
		{Currency: ""},
	}) {
		for _, s := range b.Stages {
			got[b.Currency] = append(got[b.Currency], fmt.Sprintf("%s %d: %s, %s, %s; %s %s", s.Stage, s.Campaigns, s.Budget, s.Approved, s.Acknowledged, s.Bars[0].Width, s.Bars[1].Width))
		}
	}
	want := map[string][]string{
		"EUR": {"proposed 1: 500,000,000,003,999, , ; 50.0 0.0", "approved 2: 1,000,000,000,007,999, 7,000, ; 100.0 0.0"},
		"USD": {"claimed 1: 0, , 0; 0.0 0.0", "declined 1: , , ; 0.0 0.0"},
		"":    {"of no known stage 1: , , ; 0.0 0.0"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTopicHasFewLines(t *testing.T) {
	month := &site.Month{Month: "2026-01", Installations: map[string]int64{"total": 100}}
	var names []string
	for i := range 20 {
		names = append(names, fmt.Sprintf("p%02d", i))
		month.Installations[names[i]] = 1
	}
	pr := &printer{site: &site.Site{}}
	got := pr.topic(names, []*site.Month{month, {Month: "2025-12"}}, site.Installations)
	lines := got.chartLines()
	last := lines[len(lines)-1]
	if len(lines) != maxLines || last.name != "All 14 others" || last.values[0] != nil || *last.values[1] != 14 {
		t.Errorf("%d lines, the last one is %+v", len(lines), last)
	}
}

var chartPattern = regexp.MustCompile(`(?s)<svg class="chart".*?</svg>`)

// TestCharts makes sure that charts are pictures and nothing else, and that all
// their colours are those of the style sheet.
func TestCharts(t *testing.T) {
	files := rendered(t, hostileRecords(t), 1)
	maps.Copy(files, rendered(t, ownRecords(t), 1))
	charts := 0
	for name, text := range files {
		for _, chart := range chartPattern.FindAllString(text, -1) {
			charts++
			checkXML(t, name, chart)
			if strings.Contains(chart, "NaN") || strings.Contains(chart, "Inf") || strings.Contains(chart, "Roboto") || strings.Contains(chart, "<image") {
				t.Errorf("%s: %s", name, chart)
			}
			if strings.Contains(chart, "style=") || strings.Contains(chart, "stroke=") || strings.Contains(chart, "fill=") {
				t.Errorf("%s has colours of its own: %s", name, chart)
			}
		}
	}
	if charts < 5 {
		t.Errorf("there are %d charts", charts)
	}
}

func checkXML(t *testing.T, name, text string) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader([]byte(text)))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if start, ok := token.(xml.StartElement); ok && !slices.Contains([]string{"svg", "path", "text", "circle"}, start.Name.Local) {
			t.Errorf("%s has <%s>", name, start.Name.Local)
		}
	}
}

// schemes returns the colours of the style sheet by their names: of the light
// scheme and of the dark one.
func schemes(t *testing.T) []map[string]string {
	t.Helper()
	sheet, err := embedded.ReadFile("assets/style.css")
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, block := range regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllSubmatch(sheet, 2) {
		scheme := map[string]string{}
		for _, color := range regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]+);`).FindAllSubmatch(block[1], -1) {
			scheme[string(color[1])] = string(color[2])
		}
		if scheme["surface"] == "#fff" {
			scheme["surface"] = "#ffffff"
		}
		all = append(all, scheme)
	}
	return all
}

// TestContrast makes sure that lines of charts, and bars, stand out from what is
// behind them.
func TestContrast(t *testing.T) {
	all := schemes(t)
	if len(all) != 2 || all[0]["series-0"] == all[1]["series-0"] {
		t.Fatalf("no two schemes: %v", all)
	}
	for _, scheme := range all {
		names := []string{"limit"}
		for i := range maxLines {
			names = append(names, fmt.Sprintf("series-%d", i))
		}
		for _, name := range names {
			if got := contrast(scheme[name], scheme["surface"]); got < 3 {
				t.Errorf("%s on %s has a contrast of %.1f", name, scheme["surface"], got)
			}
		}
		for _, name := range []string{"bar-running", "bar-planned", "bar-ended", "bar-over"} {
			if got := contrast(scheme[name], scheme["sunken"]); got < 3 {
				t.Errorf("%s on %s has a contrast of %.1f", name, scheme["sunken"], got)
			}
		}
		if got := contrast(scheme["quiet"], scheme["surface"]); got < 4.5 {
			t.Errorf("text on %s has a contrast of %.1f", scheme["surface"], got)
		}
	}
}

// BenchmarkPages makes all pages of 10,000 records.
func BenchmarkPages(b *testing.B) {
	s := sitetest.Collected(b, sitetest.InputOfTree(b, corpus.FS(10_000)))
	for b.Loop() {
		if err := Write(s, 2, func(site.File) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
