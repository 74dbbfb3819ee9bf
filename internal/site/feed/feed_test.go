package feed_test

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/site/feed"
	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// hostile is a text that tries to be anything but a text.
const hostile = "=cmd|' /C calc'!A0;+1, \\n\\\\ <script>alert(1)</script>\r\n\tBEGIN:VALARM\r\nX:\u202etxt\u0000 \u2028" +
	"“日本語” " + "long word "

// hostileSite returns a site of which every text is hostile.
func hostileSite(t testing.TB) *site.Site {
	t.Helper()
	times := 20
	text := func(before string) string {
		quoted, err := json.Marshal(before + strings.Repeat(hostile, times))
		if err != nil {
			t.Fatal(err)
		}
		return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", "\u202e", `\u202e`).Replace(string(quoted))
	}
	long := map[string]string{
		"partners/acme/partner.yaml": strings.Replace(sitetest.Acme, "Acme", text(""), 1) + "aliases: [" + text("-") + ", " + text("@") + "]\n",
		"partners/acme/licenses/a.yaml": strings.NewReplacer("Build and test the plugin.", text(""), "ultimate", text("%")).
			Replace(sitetest.Between("2026-06-01", "2026-12-01", "revoked: {date: 2026-07-01, reason: "+text("+")+"}\n")),
		"partners/acme/campaigns/a.yaml": strings.NewReplacer("Webinars", text(""), "https://gitlab.example/1", "'javascript:alert(1)'", "USD", text("|")).
			Replace(sitetest.Campaign),
	}
	times = 1 // names of fields cannot be long
	long["partners/_program/kpis/2026-05.yaml"] = "kind: kpi\nmonth: 2026-05\nactive_installations: {total: 1, " + text("=") + ": 1}\n"
	return sitetest.Collected(t, sitetest.InputOf(t, long))
}

var regexpFindings = regexp.MustCompile(`"findings":[0-9]+`)

func TestAPI(t *testing.T) {
	shown := sitetest.Collected(t, sitetest.InputOf(t, map[string]string{
		"partners/acme/partner.yaml":          sitetest.Acme,
		"partners/acme/licenses/a.yaml":       sitetest.Between("2026-06-01", "2026-12-01", "contact: a@b.example\n"),
		"partners/acme/campaigns/a.yaml":      sitetest.Campaign,
		"partners/_program/kpis/2026-05.yaml": "kind: kpi\nmonth: 2026-05\nactive_installations: {total: 2, acme: 2}\nactive_smau: {total: 0}\ndownloads: {total: 0}\n",
	}))
	files := sitetest.Files(t, shown)
	want := map[string]string{
		"partners": `{"partner":"acme","path":"partners/acme/partner.yaml","name":"Acme","type":"cloud","category":"technology","status":"active",` +
			`"priority":"critical","criteria":["adoption"],"delivery_models":["gitlab.com"],"seats_in_use":2,"findings":1,"record":{"criteria":["adoption"],` +
			`"delivery_models":["gitlab.com"],"kind":"partner","name":"Acme","priority":"critical","status":"active","type":"cloud","website":"https://acme.example"}}`,
		"licenses": `{"partner":"acme","id":"a","path":"partners/acme/licenses/a.yaml","product":"self-managed","plan":"ultimate","seats":2,` +
			`"starts_at":"2026-06-01","expires_at":"2026-12-01","ends_at":"2026-12-01","state":"running","days_left":169,"findings":0,` +
			`"record":{"expires_at":"2026-12-01","kind":"license","plan":"ultimate","product":"self-managed","purpose":"Build and test the plugin.",` +
			`"seats":2,"seats_requested":2,"starts_at":"2026-06-01"}}`,
		"campaigns": `{"partner":"acme","id":"a","path":"partners/acme/campaigns/a.yaml","topic":"Webinars","starts_on":"2026-05-04","ends_on":"2026-06-26",` +
			`"amount":12000,"currency":"USD","stage":"proposed","waits_for":"the approval of the spend by Acme","issue":"https://gitlab.example/1","findings":0,` +
			`"record":{"budget":{"amount":12000,"currency":"USD"},"issue":"https://gitlab.example/1","kind":"campaign",` +
			`"marketing_targets":[{"metric":"registrations","target":2.5}],"timeline":{"ends_on":"2026-06-26","starts_on":"2026-05-04"},"topic":"Webinars"}}`,
		"kpis": `{"month":"2026-05","path":"partners/_program/kpis/2026-05.yaml","active_installations":{"acme":2,"total":2},"active_smau":{"total":0},` +
			`"downloads":{"total":0},"findings":0}`,
	}
	for name, item := range want {
		// How many findings there are is the handbook's matter.
		got := regexpFindings.ReplaceAllString(files["api/v1/"+name+".json"], `"findings":0`)
		text := `{"version":1,"as_of":"2026-06-15","items":[` + "\n" + regexpFindings.ReplaceAllString(item, `"findings":0`) + "\n]}\n"
		if diff := cmp.Diff(text, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestIndex makes sure that the index names every file for programs.
func TestIndex(t *testing.T) {
	shown := hostileSite(t)
	files := sitetest.Files(t, shown)
	var index struct {
		Version, Findings       int
		AsOf                    string `json:"as_of"`
		Documentation, Calendar string
		Files, CSV              []struct{ Path string }
		Private                 *bool
	}
	if err := json.Unmarshal([]byte(files["api/v1/index.json"]), &index); err != nil {
		t.Fatal(err)
	}
	named := []string{"api/v1/index.json", strings.TrimPrefix(index.Calendar, "../../")}
	for _, file := range index.Files {
		named = append(named, "api/v1/"+file.Path)
	}
	for _, file := range index.CSV {
		named = append(named, strings.TrimPrefix(file.Path, "../../"))
	}
	slices.Sort(named)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(files)), named); diff != "" {
		t.Errorf("(-written +named):\n%s", diff)
	}
	if index.Version != feed.APIVersion || index.AsOf != shown.AsOf || index.Documentation != "../../about.html#programs" || index.Findings != shown.Findings || index.Private != nil {
		t.Errorf("%+v", index)
	}
}

func TestAPIOfHostileTexts(t *testing.T) {
	shown := hostileSite(t)
	for name, data := range sitetest.Files(t, shown) {
		if !strings.HasSuffix(name, ".json") {
			continue
		}
		var list map[string]any
		if err := json.Unmarshal([]byte(data), &list); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(data, "<script") {
			t.Errorf("%s could be read as a page", name)
		}
	}
	if c := shown.Campaigns[0]; c.Issue != "" || c.Currency != "" {
		t.Errorf("took %q and %q", c.Issue, c.Currency)
	}
}

func TestCSV(t *testing.T) {
	shown := hostileSite(t)
	for name, data := range sitetest.Files(t, shown) {
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		if strings.Count(data, "\n") != strings.Count(data, "\r\n") || !strings.HasSuffix(data, "\r\n") {
			t.Errorf("%s: lines do not end as RFC 4180 has it", name)
		}
		text, marked := strings.CutPrefix(data, "\uFEFF")
		if !marked {
			t.Errorf("%s: nothing tells Excel that it is UTF-8", name)
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Fatalf("%s: %d rows, %v", name, len(rows), err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(strings.TrimLeft(cell, " ")[:1], "=+-@%|\t") {
					t.Errorf("%s: a formula: %.40q", name, cell)
				}
				if strings.ContainsAny(cell, "\r\n\t\x00\u202e\u2028") {
					t.Errorf("%s: characters that do not show: %.40q", name, cell)
				}
			}
		}
	}
}

// unfold returns the lines of a calendar, apart from what wrote it.
func unfold(t *testing.T, data string) (lines []string) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSuffix(data, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("%d octets: %q", len(line), line)
		}
		if rest, folded := strings.CutPrefix(line, " "); folded {
			lines[len(lines)-1] += rest
		} else {
			lines = append(lines, line)
		}
	}
	return lines
}

// TestCalendarOfHostileTexts reads a calendar line by line, apart from what wrote
// it.
func TestCalendarOfHostileTexts(t *testing.T) {
	data := sitetest.Files(t, hostileSite(t))["calendar.ics"]
	if !strings.HasSuffix(data, "\r\n") || strings.Count(data, "\r") != strings.Count(data, "\r\n") || strings.Count(data, "\n") != strings.Count(data, "\r\n") {
		t.Error("lines do not end as RFC 5545 has it")
	}
	unfolded := unfold(t, data)
	known := []string{
		"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "UID", "DTSTAMP",
		"DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP", "ACTION", "TRIGGER",
	}
	alarms := 0
	for _, line := range unfolded {
		name, _, _ := strings.Cut(line, ":")
		name, _, _ = strings.Cut(name, ";")
		if !slices.Contains(known, name) {
			t.Errorf("a line of its own: %q", line)
		}
		if strings.HasPrefix(line, "BEGIN:VALARM") {
			alarms++
		}
	}
	if alarms != 1 {
		t.Errorf("%d alarms for one licence", alarms)
	}
	for _, line := range []string{"METHOD:PUBLISH", "X-WR-CALNAME:Alliances", "REFRESH-INTERVAL;VALUE=DURATION:P1D", "DTSTAMP:20260615T000000Z"} {
		if !slices.Contains(unfolded, line) {
			t.Errorf("no line %s", line)
		}
	}
}

func TestCalendar(t *testing.T) {
	shown := sitetest.Collected(t, sitetest.InputOf(t, map[string]string{
		"partners/acme/partner.yaml":         strings.Replace(sitetest.Acme, "Acme", "'Acme; Sons, & \\Co'", 1),
		"partners/acme/licenses/a.yaml":      sitetest.Between("2026-06-01", "2026-12-01", ""),
		"partners/acme/licenses/b.yaml":      strings.Replace(sitetest.Between("2026-06-01", "2026-12-01", "revoked: {date: 2026-07-01, reason: It ended.}\n"), "seats: 2", "seats: 1", 1),
		"partners/acme/licenses/c.yaml":      sitetest.Between("2026-06-01", "soon", ""),
		"partners/acme/campaigns/a.yaml":     sitetest.Campaign,
		"partners/acme/campaigns/last.yaml":  strings.NewReplacer("2026-05-04", "9999-12-30", "2026-06-26", "9999-12-31").Replace(sitetest.Campaign),
		"partners/acme/campaigns/wrong.yaml": strings.Replace(sitetest.Campaign, "2026-06-26", "2026-05-01", 1),
		"partners/acme/campaigns/never.yaml": strings.Replace(sitetest.Campaign, "2026-05-04", "soon", 1),
	}))
	var got []string
	for _, line := range unfold(t, sitetest.Files(t, shown)["calendar.ics"]) {
		name, value, _ := strings.Cut(line, ":")
		name, _, _ = strings.Cut(name, ";")
		if slices.Contains([]string{"UID", "DTSTART", "DTEND", "SUMMARY", "TRIGGER"}, name) {
			got = append(got, name+" "+value)
		}
	}
	want := []string{
		`UID partners%2Facme%2Fcampaigns%2Fa.yaml@alliances.example`, `DTSTART 20260504`, `DTEND 20260627`, `SUMMARY Campaign of Acme\; Sons\, & \\Co: Webinars`,
		`UID partners%2Facme%2Fcampaigns%2Fwrong.yaml@alliances.example`, `DTSTART 20260504`, `DTEND 20260505`, `SUMMARY Campaign of Acme\; Sons\, & \\Co: Webinars`,
		`UID partners%2Facme%2Flicenses%2Fb.yaml@alliances.example`, `DTSTART 20260701`, `DTEND 20260702`, `SUMMARY Licence of Acme\; Sons\, & \\Co ends: 1 seat`, `TRIGGER -P1W`,
		`UID partners%2Facme%2Flicenses%2Fa.yaml@alliances.example`, `DTSTART 20261201`, `DTEND 20261202`, `SUMMARY Licence of Acme\; Sons\, & \\Co ends: 2 seats`, `TRIGGER -P1W`,
		`UID partners%2Facme%2Fcampaigns%2Flast.yaml@alliances.example`, `DTSTART 99991230`, `SUMMARY Campaign of Acme\; Sons\, & \\Co: Webinars`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestJoiners makes sure that letters and pictures which are joined stay so in
// every file.
func TestJoiners(t *testing.T) {
	for _, name := range []string{"می\u200cخواهم", "क्\u200dष", "👩\u200d💻"} {
		quoted, _ := json.Marshal(name)
		files := sitetest.Files(t, sitetest.Collected(t, sitetest.InputOf(t, map[string]string{
			"partners/acme/partner.yaml":    strings.Replace(sitetest.Acme, "Acme", string(quoted), 1),
			"partners/acme/licenses/a.yaml": sitetest.Between("2026-06-01", "2026-12-01", ""),
		})))
		if got := strings.Count(files["api/v1/partners.json"], name); got != 2 {
			t.Errorf("%+q is %d times in the JSON, want 2", name, got)
		}
		shown := source.Readable(name)
		for file, text := range map[string]string{"data/partners.csv": shown, "calendar.ics": shown} {
			if !strings.Contains(files[file], text) {
				t.Errorf("%+q is not in %s", text, file)
			}
		}
	}
}
