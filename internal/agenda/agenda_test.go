package agenda

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
	"gitlab.com/gitlab-com/alliances/internal/markdown/markdowntest"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	kinds    = sync.OnceValues(func() (*schema.Set, error) { return schema.Load(schemas.Files) })
	handbook = sync.OnceValues(func() (policy.Handbook, error) { return policy.ReadHandbook(policies.Files) })
)

// collector returns what makes agendas of the 2nd of March 2026 by the schemas and
// the handbook of this repository.
func collector(t testing.TB) *Collector {
	t.Helper()
	kinds, err := kinds()
	if err != nil {
		t.Fatal(err)
	}
	handbook, err := handbook()
	if err != nil {
		t.Fatal(err)
	}
	return &Collector{Schemas: kinds, Handbook: handbook, AsOf: "2026-03-02", Within: 30, Jobs: 2}
}

// treeOf returns a tree of a partner, Acme, that somebody looks after, and of some
// more records.
func treeOf(records map[string]string) *repo.Tree {
	files := fstest.MapFS{"partners/acme/partner.yaml": {Data: []byte("kind: partner\nname: Acme\ntype: cloud\nstatus: active\nlead: '@kim'\n")}}
	for name, text := range records {
		files["partners/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return repo.New(files)
}

func collected(t testing.TB, c *Collector, records map[string]string) *Agenda {
	t.Helper()
	agenda, _, err := c.Collect(context.Background(), treeOf(records))
	if err != nil {
		t.Fatal(err)
	}
	return agenda
}

const (
	license  = "kind: license\nseats: 2\nstarts_at: 2025-09-02\npurpose: Build it.\n"
	campaign = "kind: campaign\ntopic: Webinars\nbudget: {amount: 9, currency: USD}\n"
	approved = campaign + "timeline: {starts_on: 2026-02-01}\nspend_approval: {date: 2026-01-20, amount: 8}\n"
	request  = "kind: request\nreceived_on: 2026-02-16\ndescription: They ask.\nannouncement: https://chat.example/1\n"
	waiver   = "kind: waiver\nrule: license/seat_cap\nrecord: licenses/a.yaml\napproved_on: 2026-01-20\n"
	proposal = "kind: proposal\ndocument: {name: Acme and GitLab, url: https://docs.example/1}\n"
)

// TestDue tells of one record each what is due on the 2nd of March and within 30
// days.
func TestDue(t *testing.T) {
	const (
		ends      = "Licence of Acme ends"
		begins    = "Campaign of Acme needs the approval of the spend by its first day"
		unpaid    = "Campaign of Acme waits for the acknowledgement of the credits by the production team lead"
		noLead    = "Request of Acme has no lead"
		noStep    = "Request of Acme has no next step"
		noManager = "Acme has no alliance manager"
	)
	for _, test := range []struct{ name, file, text, want string }{
		{"ends within the days", "licenses/a.yaml", license + "expires_at: 2026-04-01\n", "coming 2026-04-01 in 30 days " + ends},
		{"ends today", "licenses/a.yaml", license + "expires_at: 2026-03-02\n", "coming 2026-03-02 today " + ends},
		{"ends later", "licenses/a.yaml", license + "expires_at: 2026-04-02\n", ""},
		{"has ended", "licenses/a.yaml", license + "expires_at: 2026-03-01\n", ""},
		{"revoked", "licenses/a.yaml", license + "expires_at: 2026-04-01\nrevoked: {date: 2026-03-01}\n", ""},
		{"never ends", "licenses/a.yaml", license + "expires_at: soon\n", ""},
		{"begins tomorrow", "campaigns/a.yaml", campaign + "timeline: {starts_on: 2026-03-03}\n", "coming 2026-03-03 in 1 day " + begins},
		{"begins today", "campaigns/a.yaml", campaign + "timeline: {starts_on: 2026-03-02}\n", "overdue 2026-03-02 today " + begins},
		{"has begun", "campaigns/a.yaml", campaign + "timeline: {starts_on: 2026-03-01}\n", "overdue 2026-03-01 1 day ago " + begins},
		{"begins later", "campaigns/a.yaml", campaign + "timeline: {starts_on: 2026-06-01}\n", "waiting   Campaign of Acme waits for the approval of the spend by Acme"},
		{"declined", "campaigns/a.yaml", campaign + "timeline: {starts_on: 2026-03-01}\ndeclined: {date: 2026-02-01}\n", ""},
		{"approved", "campaigns/a.yaml", approved, "waiting 2026-01-20 for 41 days " + unpaid},
		{"acknowledged", "campaigns/a.yaml", approved + "credit_acknowledgement: {amount: 8}\n", ""},
		{"claimed", "campaigns/a.yaml", approved + "credit_acknowledgement: {amount: 8}\nclaim: {date: 2026-02-20}\n", "waiting 2026-02-20 for 10 days Campaign of Acme waits for the credits from Acme"},
		{"paid", "campaigns/a.yaml", approved + "claim: {date: 2026-02-20}\ncredits_received: {date: 2026-02-21}\n", ""},
		{"no lead", "requests/a.yaml", request + "status: new\n", "waiting 2026-02-16 for 14 days " + noLead},
		{"no lead, and gone on", "requests/a.yaml", request + "status: in_progress\n", "waiting 2026-02-16 for 14 days " + noLead},
		{"no next step", "requests/a.yaml", request + "status: in_progress\nlead: '@kim'\nnext_steps: []\n", "waiting 2026-02-16 for 14 days " + noStep},
		{"goes on", "requests/a.yaml", request + "status: in_progress\nlead: '@kim'\nnext_steps: [Call.]\n", ""},
		{"declined request", "requests/a.yaml", request + "status: declined\n", ""},
		{"not received yet", "requests/a.yaml", strings.Replace(request, "2026-02-16", "2026-03-03", 1) + "status: new\n", ""},
		{"written", "proposals/a.yaml", proposal, "waiting   Proposal of Acme waits for the VP Alliances to be contacted"},
		{"sent", "proposals/a.yaml", proposal + "contacted_on: 2026-02-24\n", ""},
		{"nobody looks after it", "partner.yaml", "kind: partner\nname: Acme\nstatus: prospective\n", "waiting   " + noManager},
		{"waiver ends", "waivers/a.yaml", waiver + "expires_at: 2026-04-01\n", "coming 2026-04-01 in 30 days Waiver of Acme ends, and what it allows counts again"},
		{"waiver ends later", "waivers/a.yaml", waiver + "expires_at: 2026-04-02\n", ""},
		{"waiver has ended", "waivers/a.yaml", waiver + "expires_at: 2026-03-01\n", ""},
		{"waiver for good", "waivers/a.yaml", waiver, ""},
		{"former", "partner.yaml", "kind: partner\nname: Acme\nstatus: former\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			agenda := collected(t, collector(t), map[string]string{"acme/" + test.file: test.text})
			got := ""
			for _, i := range agenda.Items {
				got += string(i.Time) + " " + i.Day + " " + i.Distance() + " " + i.matter()
			}
			if got != test.want {
				t.Errorf("\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

// many are records of which one is due at each time, and hostile ones.
var many = map[string]string{
	"acme/licenses/a.yaml":     license + "expires_at: 2026-03-20\n",
	"acme/licenses/b.yaml":     license + "expires_at: 2026-03-10\n",
	"acme/campaigns/a.yaml":    campaign + "timeline: {starts_on: 2026-02-01}\n",
	"acme/campaigns/b.yaml":    approved,
	"acme/requests/a.yaml":     request + "status: new\n",
	"acme/proposals/a.yaml":    proposal,
	"evil/partner.yaml":        "kind: partner\nname: \"/close\\n/assign @all | <b>\"\nstatus: active\nlead: '@kim'\nleads: ['@lee']\n",
	"evil/campaigns/x.yaml":    "kind: campaign\ntopic: \"Now\\n/close\\r\\n/label ~a | @all #1 !2 `x` <img src=x> \\e[31m\"\ntimeline: {starts_on: 2026-02-02}\nbudget: {amount: 9, currency: \"\\n/close\"}\n",
	"nobody/requests/a.yaml":   request + "status: new\nlead: '@pat'\n",
	"nobody/requests/odd.yaml": "kind: license\n",
	"nobody/broken.yaml":       "a: 1\na: 2\n",
}

func TestFormats(t *testing.T) {
	agenda := collected(t, collector(t), many)
	for _, name := range Formats() {
		var out strings.Builder
		if err := Write(name, &out, agenda, Options{Link: "https://gitlab.example/alliances/-/blob/main/"}); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", "agenda."+name)
		if *update {
			if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), out.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if err := Write("xml", &strings.Builder{}, agenda, Options{}); err == nil {
		t.Error("there is a format xml")
	}
}

// TestMarkdownIsHarmless makes sure that in an issue nothing that a record says is
// a quick action, mentions somebody or is Markdown.
func TestMarkdownIsHarmless(t *testing.T) {
	var out strings.Builder
	if err := Write("markdown", &out, collected(t, collector(t), many), Options{}); err != nil {
		t.Fatal(err)
	}
	harmless := regexp.MustCompile(`^` + markdowntest.Prose + `$`)
	frame := strings.NewReplacer("<br>", " ", "**", "", "### ", "", "| --- | --- | --- | --- |", "", " | ", " ", "| ", "", " |", "", "&#124;", "")
	for line := range strings.Lines(out.String()) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(strings.TrimSpace(line), "/") {
			t.Errorf("a quick action: %q", line)
		}
		if outside, _ := markdowntest.ReadCode(line); !harmless.MatchString(frame.Replace(outside)) {
			t.Errorf("not harmless: %q", outside)
		}
	}
}

// TestMarkdownHasRoom leaves out what an issue has no room for, and says so.
func TestMarkdownHasRoom(t *testing.T) {
	item := Item{Time: Waiting, Text: strings.Repeat("a ", 50_000)}
	agenda := &Agenda{AsOf: "2026-03-02", Items: make([]Item, 12)}
	for i := range agenda.Items {
		agenda.Items[i] = item
	}
	var out strings.Builder
	if err := Write("markdown", &out, agenda, Options{}); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 1_048_576 || !strings.Contains(out.String(), "There is no room here for 3 further things.") {
		t.Errorf("%d bytes, which end in %q", out.Len(), out.String()[out.Len()-100:])
	}
}

func TestJSONOfNothing(t *testing.T) {
	var out strings.Builder
	if err := Write("json", &out, collected(t, collector(t), nil), Options{}); err != nil {
		t.Fatal(err)
	}
	var read struct {
		Version int    `json:"version"`
		AsOf    string `json:"as_of"`
		Within  int    `json:"within"`
		Items   []any  `json:"items"`
	}
	if err := json.Unmarshal([]byte(out.String()), &read); err != nil {
		t.Fatal(err)
	}
	if read.Version != 1 || read.AsOf != "2026-03-02" || read.Within != 30 || read.Items == nil || len(read.Items) != 0 {
		t.Errorf("%+v", read)
	}
}

func TestLead(t *testing.T) {
	for lead, want := range map[string]int{"": 8, "kim": 7, "@KIM": 7, "@lee": 1, "pat": 1} {
		c := collector(t)
		c.Lead = lead
		if got := len(collected(t, c, many).Items); got != want {
			t.Errorf("%s has %d things to see to, want %d", lead, got, want)
		}
	}
	c := collector(t)
	for lead, want := range map[string]string{
		"stranger": `nobody called "stranger" leads a record or a partner`,
		"manger":   "nobody called \"manger\" leads a record or a partner; did you mean `@manager`?",
		"@manger":  "nobody called \"@manger\" leads a record or a partner; did you mean `@manager`?",
	} {
		c.Lead = lead
		_, _, err := c.Collect(context.Background(), treeOf(map[string]string{"acme/requests/a.yaml": request + "lead: '@manager'\n"}))
		if err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestLeftOut names what nothing can be said of.
func TestLeftOut(t *testing.T) {
	_, left, err := collector(t).Collect(context.Background(), treeOf(many))
	want := []string{
		"partners/nobody/broken.yaml cannot be read; `alliances validate` says why",
		"partners/nobody/requests/odd.yaml is no record of the kind that belongs there; `alliances validate` says why",
	}
	if diff := cmp.Diff(want, left); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestWaitsFor makes sure that what a schema tells to wait for, the handbook's steps
// know: nothing would ever be due.
func TestWaitsFor(t *testing.T) {
	c := collector(t)
	for _, kind := range c.Schemas.Kinds() {
		asked := strings.Contains(fmt.Sprint(c.Schemas.Document(kind)["x-due"]), "{"+schema.WaitsFor+"}")
		if steps := fmt.Sprint(c.Handbook.Newest().At("steps", kind)); asked && !strings.Contains(steps, "waits_for") {
			t.Errorf("%s: no step in policies/handbook/steps.yaml says what it waits for", kind)
		}
	}
}

func BenchmarkCollect(b *testing.B) {
	tree := repo.New(corpus.FS(10_000))
	c := collector(b)
	c.AsOf = "2026-06-01"
	for b.Loop() {
		if _, _, err := c.Collect(context.Background(), tree); err != nil {
			b.Fatal(err)
		}
	}
}
