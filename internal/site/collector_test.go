package site_test

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/corpus"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
)

func TestLicenseStates(t *testing.T) {
	tests := []struct {
		name, record string
		want         site.License
	}{
		{"planned", sitetest.Between("2026-06-16", "2026-12-16", ""), site.License{State: "planned", End: "2026-12-16", Seats: 2}},
		{"from today", sitetest.Between("2026-06-15", "2026-12-15", ""), site.License{State: "running", DaysLeft: 183, End: "2026-12-15", Seats: 2}},
		{"until today", sitetest.Between("2025-12-15", "2026-06-15", ""), site.License{State: "expired", End: "2026-06-15", Seats: 2}},
		{"until tomorrow", sitetest.Between("2025-12-16", "2026-06-16", ""), site.License{State: "running", DaysLeft: 1, End: "2026-06-16", Seats: 2}},
		{"revoked", sitetest.Between("2026-06-01", "2026-12-01", "revoked: {date: 2026-06-15, reason: It ended.}\n"),
			site.License{State: "revoked", End: "2026-06-15", Revoked: "2026-06-15", RevokedFor: "It ended.", Seats: 2}},
		{"revoked tomorrow", sitetest.Between("2026-06-01", "2026-12-01", "revoked: {date: 2026-06-16, reason: It ends.}\n"),
			site.License{State: "running", DaysLeft: 1, End: "2026-06-16", Revoked: "2026-06-16", RevokedFor: "It ends.", Seats: 2}},
		{"no day", sitetest.Between("soon", "2026-12-01", ""), site.License{}},
		{"revoked some day", sitetest.Between("2026-06-01", "2026-12-01", "revoked: {date: soon, reason: No day.}\n"), site.License{RevokedFor: "No day."}},
		{"no seats", strings.Replace(sitetest.Between("2026-06-01", "2026-12-01", ""), "seats: 2\n", "seats: many\n", 1), site.License{State: "running", DaysLeft: 169, End: "2026-12-01"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			shown := sitetest.Collected(t, sitetest.InputOf(t, map[string]string{"partners/acme/partner.yaml": sitetest.Acme, "partners/acme/licenses/a.yaml": test.record}))
			l := shown.Licenses[0]
			got := site.License{State: l.State, DaysLeft: l.DaysLeft, End: l.End, Seats: l.Seats, Revoked: l.Revoked, RevokedFor: l.RevokedFor}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			seats := 0
			if test.want.State == "running" {
				seats = test.want.Seats
			}
			if l.Partner.SeatsInUse != seats {
				t.Errorf("%d seats in use, want %d", l.Partner.SeatsInUse, seats)
			}
		})
	}
}

func TestCampaignStages(t *testing.T) {
	approved := sitetest.Campaign + "spend_approval: {by: A team, date: 2026-04-20, amount: 10000, reference: R1}\n"
	tests := []struct{ record, stage, approved, acknowledged string }{
		{sitetest.Campaign, "proposed", "", ""},
		{approved, "approved", "10000", ""},
		{approved + "credit_acknowledgement: {by: '@lead', date: 2026-04-23, amount: 9000, account: An account}\n", "acknowledged", "10000", "9000"},
	}
	for _, test := range tests {
		shown := sitetest.Collected(t, sitetest.InputOf(t, map[string]string{"partners/acme/partner.yaml": sitetest.Acme, "partners/acme/campaigns/a.yaml": test.record}))
		c := shown.Campaigns[0]
		if c.Stage != test.stage || c.Approved != test.approved || c.Acknowledged != test.acknowledged {
			t.Errorf("got %s, %s, %s; want %+v", c.Stage, c.Approved, c.Acknowledged, test)
		}
		if waits := c.WaitsFor != ""; waits != (test.stage != "acknowledged") {
			t.Errorf("%s waits for %q", test.stage, c.WaitsFor)
		}
		if test.stage == "proposed" && !strings.Contains(c.WaitsFor, "Acme") {
			t.Errorf("waits for %q, without the partner's name", c.WaitsFor)
		}
		if c.Amount != "12000" || c.Currency != "USD" || c.Issue != "https://gitlab.example/1" {
			t.Errorf("%+v", c)
		}
	}
}

func TestFigures(t *testing.T) {
	month := "kind: kpi\nmonth: %s\nactive_installations: {total: 60, big: %s, small: 20, gone: 1, other: 90, unknown: 95}\n" +
		"active_smau: {total: 1, quiet: 1}\ndownloads: {total: 3, source: 1, omnibus: %s}\n"
	shown := sitetest.Collected(t, sitetest.InputOf(t, map[string]string{
		"partners/_program/kpis/2026-04.yaml": fmt.Sprintf(month, "2026-04", "1", "0"),
		"partners/_program/kpis/2026-05.yaml": strings.Replace(fmt.Sprintf(month, "2026-05", "30", "2"), "gone: 1, ", "", 1),
		"partners/_program/kpis/2026-06.yaml": fmt.Sprintf(month, "June", "1", "2"),
		"partners/_program/kpis/2026-03.yaml": fmt.Sprintf(month, "2026-03", "-1", "1.5"),
	}))
	var months []string
	for _, m := range shown.Months {
		months = append(months, m.Month)
	}
	if diff := cmp.Diff([]string{"2026-03", "2026-04", "2026-05"}, months); diff != "" {
		t.Errorf("months (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"big", "small", "quiet", "gone", "other", "unknown"}, shown.Platforms); diff != "" {
		t.Errorf("platforms (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"omnibus", "source"}, shown.Methods); diff != "" {
		t.Errorf("methods (-want +got):\n%s", diff)
	}
	if _, ok := shown.Months[0].Installations["big"]; ok || len(shown.Months[0].Downloads) != 2 {
		t.Errorf("took what is no count: %v, %v", shown.Months[0].Installations, shown.Months[0].Downloads)
	}
	if len(shown.Unplaced) == 0 {
		t.Error("the findings of a month that is left out are lost")
	}
}

// A folder keeps what can be read of it, and every finding has its place.
func TestFindingsHaveTheirPlace(t *testing.T) {
	in := sitetest.InputOf(t, map[string]string{
		"partners/acme/partner.yaml":         strings.Replace(sitetest.Acme, "cloud", "clown", 1),
		"partners/acme/licenses/a.yaml":      sitetest.Between("2026-06-01", "soon", ""),
		"partners/acme/licenses/broken.yaml": "a: 1\na: 2\n",
		"partners/acme/kpis/2026-06.yaml":    "kind: kpi\nmonth: 2026-06\n",
		"partners/acme/notes.txt":            "",
		"partners/headless/licenses/a.yaml":  sitetest.Between("2026-06-01", "2026-12-01", ""),
		"partners/void/partner.yaml":         "a: 1\na: 2\n",
		"partners/stray.yaml":                sitetest.Between("2026-06-01", "2026-12-01", ""),
		"partners/_program/other/a.yaml":     sitetest.Acme,
	})
	shown, found := sitetest.Judged(t, in)
	if shown.Findings != len(found) {
		t.Errorf("%d findings, want %d", shown.Findings, len(found))
	}
	placed := map[string]int{}
	shown.EachFindings(func(findings []finding.Finding) {
		for _, f := range findings {
			placed[f.File]++
		}
	})
	want := map[string]int{}
	for _, f := range found {
		want[f.File]++
	}
	if diff := cmp.Diff(want, placed); diff != "" {
		t.Errorf("findings by file (-want +got):\n%s", diff)
	}
	var names []string
	for _, p := range shown.Partners {
		names = append(names, fmt.Sprintf("%s %d", p.Name, len(p.Licenses)))
	}
	if diff := cmp.Diff([]string{"Acme 1", "headless 1"}, names); diff != "" {
		t.Errorf("partners (-want +got):\n%s", diff)
	}
}

func TestPartner(t *testing.T) {
	shown := sitetest.Collected(t, sitetest.InputOf(t, map[string]string{
		"partners/acme/partner.yaml":    sitetest.Acme + "aliases: [A, B]\nregions: [north_america, europe]\ndocuments:\n  - {name: Acme and GitLab, url: https://docs.example/a, audience: partner, sharing: anyone_with_link}\n",
		"partners/beta/partner.yaml":    "kind: partner\nname: alpha\ntype: training\nstatus: prospective\n",
		"partners/acme/licenses/a.yaml": sitetest.Between("2026-06-01", "2026-12-01", ""),
		"partners/acme/licenses/b.yaml": sitetest.Between("2026-06-02", "2026-12-02", ""),
	}))
	if shown.Partners[0].Name != "Acme" || shown.Partners[1].Name != "alpha" {
		t.Errorf("order: %s, %s", shown.Partners[0].Name, shown.Partners[1].Name)
	}
	handbook := shown.Handbook
	p := shown.Partners[0]
	if p.TypeTitle != handbook.Text("partner_types", "cloud", "title") || p.CategoryTitle != handbook.Text("partner_categories", p.Category, "title") {
		t.Errorf("%q, %q, %q", p.TypeTitle, p.Category, p.CategoryTitle)
	}
	if shown.Partners[1].Priority != "standard" || p.Priority != "critical" {
		t.Errorf("priorities %q, %q", p.Priority, shown.Partners[1].Priority)
	}
	if want := "Acme: " + p.TypeTitle + ", Active"; p.Summary != want {
		t.Errorf("summary %q, want %q", p.Summary, want)
	}
	if p.Licenses[0].ID != "b" || shown.Licenses[1].ID != "a" {
		t.Error("the latest licence does not come first")
	}
	want := []site.Field{
		{Title: "Name", Text: "Acme"}, {Title: "Other names", Text: "A, B"}, {Title: "Type of partner", Text: p.TypeTitle},
		{Title: "Status", Text: "Active"}, {Title: "Priority", Text: "Critical"},
		{Title: "Success criteria", Text: handbook.Text("criteria", "adoption", "title")}, {Title: "Regions", Text: "North America, Europe"},
		{Title: "Delivery models", Text: handbook.Text("delivery_models", "gitlab.com", "title")},
		{Title: "Website", Text: "https://acme.example", URL: "https://acme.example"},
		{Title: "Documents", List: true, Fields: []site.Field{{Title: "Document", Fields: []site.Field{
			{Title: "Document name", Text: "Acme and GitLab"},
			{Title: "Document address", Text: "https://docs.example/a", URL: "https://docs.example/a"},
			{Title: "Audience", Text: "The partner"}, {Title: "Sharing", Text: "Anyone with the link"},
		}}}},
	}
	if diff := cmp.Diff(want, p.Fields); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	for _, m := range shown.Models {
		if sells := len(m.Partners) == 1 && m.Partners[0] == p; sells != (m.Name == "gitlab.com") {
			t.Errorf("%s is sold by %v", m.Name, m.Partners)
		}
		if m.Title == "" || m.State == "" || len(m.Fields) == 0 {
			t.Errorf("%+v", m)
		}
	}
}

// What a prospective partner lacks is what the rules would find if it were
// active, as far as it may be published.
func TestMissing(t *testing.T) {
	for _, test := range []struct{ record, want string }{
		{"type: upstream\nstatus: prospective\n", "success criterion"},
		{"type: upstream\nstatus: prospective\ncriteria: [adoption]\n", ""},
		{"type: upstream\nstatus: active\n", ""},
		{"type: upstream\nstatus: former\nformer_since: 2026-01-01\n", ""},
		{"type: integrated\nstatus: prospective\ncriteria: [adoption]\n", "sales, product, engineering"},
		{"type: regional_si\nstatus: prospective\ncriteria: [adoption]\n", "region"},
		{"type: cloud\nstatus: prospective\ncriteria: [adoption]\n", ""}, // its priority is wrong already
	} {
		p := sitetest.Collected(t, sitetest.InputOf(t, map[string]string{"partners/acme/partner.yaml": "kind: partner\nname: Acme\n" + test.record})).Partners[0]
		if got := strings.Join(p.Missing, "\n"); (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s lacks %q, want %q", test.record, got, test.want)
		}
	}
}

// The same records make the same site, however many folders are judged at a time.
func TestDeterminism(t *testing.T) {
	in := sitetest.InputOfTree(t, corpus.FS(800))
	in.Jobs = 1
	first := sitetest.Collected(t, in)
	for _, jobs := range []int{1, 8} {
		in.Jobs = jobs
		again := sitetest.Collected(t, in)
		if !reflect.DeepEqual(first, again) {
			t.Errorf("another site with %d jobs", jobs)
		}
		if diff := cmp.Diff(sitetest.Files(t, first), sitetest.Files(t, again)); diff != "" {
			t.Errorf("other files with %d jobs:\n%s", jobs, diff)
		}
	}
	if len(first.Partners) != 200 || len(first.Licenses) != 400 || len(first.Campaigns) != 200 || first.Findings == 0 {
		t.Errorf("%d partners, %d licences, %d campaigns, %d findings", len(first.Partners), len(first.Licenses), len(first.Campaigns), first.Findings)
	}
}

// A site is the same in whatever order folders come, and their findings.
func TestAnyOrder(t *testing.T) {
	in := sitetest.InputOf(t, map[string]string{
		"partners/acme/partner.yaml":          strings.Replace(sitetest.Acme, "cloud", "clown", 1),
		"partners/acme/licenses/a.yaml":       sitetest.Between("2026-06-01", "soon", "seats_used: 1\n"),
		"partners/beta/partner.yaml":          strings.ReplaceAll(sitetest.Acme, "Acme", "Beta"),
		"partners/stray.yaml":                 sitetest.Acme,
		"partners/_program/kpis/2026-05.yaml": "kind: kpi\nmonth: 2026-05\n",
	})
	var folders []*check.Folder
	rules := func() (*check.Rulebook, error) { return in.Rules, nil }
	visit := func(f *check.Folder) { folders = append(folders, f) }
	if _, err := check.Run(t.Context(), in.Tree, rules, check.Options{Jobs: 1, Visit: visit}); err != nil {
		t.Fatal(err)
	}
	var sites []*site.Site
	for range 2 {
		collector, err := site.NewCollector(in.Rules, in.Options)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range folders {
			collector.Add(f)
			slices.Reverse(f.Findings)
		}
		made, err := collector.Finish(nil)
		if err != nil {
			t.Fatal(err)
		}
		sites = append(sites, made)
		slices.Reverse(folders)
	}
	if len(folders) < 4 || sites[0].Findings < 4 || !reflect.DeepEqual(sites[0], sites[1]) {
		t.Errorf("%d folders and %d findings make another site the other way round", len(folders), sites[0].Findings)
	}
}

func TestCollectErrors(t *testing.T) {
	in := sitetest.InputOf(t, map[string]string{"partners/acme/partner.yaml": sitetest.Acme})
	in.Options.AsOf = "today"
	if _, _, err := in.Collect(t.Context()); err == nil {
		t.Error("took a day that is none")
	}
	in.Options.AsOf, in.Tree = "2026-06-15", repo.New(fstest.MapFS{})
	if _, _, err := in.Collect(t.Context()); err == nil {
		t.Error("made a site of nothing")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := sitetest.InputOf(t, map[string]string{"partners/acme/partner.yaml": sitetest.Acme}).Collect(ctx); err == nil {
		t.Error("went on when it was to stop")
	}
}

// BenchmarkCollect measures all but the pages: records are judged and collected.
func BenchmarkCollect(b *testing.B) {
	for _, records := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(records), func(b *testing.B) {
			if testing.Short() && records > 10_000 {
				b.Skip("left out by -short")
			}
			dir := b.TempDir()
			if err := corpus.Write(dir, records); err != nil {
				b.Fatal(err)
			}
			in := sitetest.InputOfTree(b, os.DirFS(dir))
			in.Options.AsOf = "2022-06-15"
			for b.Loop() {
				sitetest.Files(b, sitetest.Collected(b, in))
			}
		})
	}
}
