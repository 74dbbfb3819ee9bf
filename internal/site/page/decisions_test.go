package page

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
)

const request = "kind: request\ntype: license\nreceived_on: 2026-06-%02d\ndescription: Number %d.\nannouncement: https://chat.example/1\nstatus: %s\n"

const seatsWaiver = "kind: waiver\nrule: license/seat_cap\nrecord: licenses/d.yaml\nreason: Twelve developers port the integration\n" +
	"approved_by: '@vp-alliances'\napproved_on: 2024-01-15\n"

// siteOn returns the site of some records on a day.
func siteOn(t *testing.T, day string, files map[string]string) *site.Site {
	t.Helper()
	in := sitetest.InputOf(t, files)
	in.Options.AsOf = day
	return sitetest.Collected(t, in)
}

func TestDecisions(t *testing.T) {
	campaign := func(starts, ends string) string {
		return strings.NewReplacer("2026-05-04", starts, "2026-06-26", ends).Replace(sitetest.Campaign)
	}
	s := siteOn(t, "2026-06-15", map[string]string{
		"partners/acme/partner.yaml":          sitetest.Acme,
		"partners/acme/campaigns/ended.yaml":  campaign("2026-04-04", "2026-06-14"),
		"partners/acme/campaigns/begun.yaml":  campaign("2026-06-15", "2026-06-26"),
		"partners/acme/campaigns/later.yaml":  campaign("2026-06-16", "2026-06-26"),
		"partners/acme/campaigns/agreed.yaml": sitetest.Campaign + "spend_approval: {by: A team, date: 2026-04-20, amount: 10000, reference: R1}\n",
		"partners/acme/licenses/d.yaml":       strings.ReplaceAll(sitetest.Between("2024-01-15", "2024-07-15", ""), "2\n", "12\n"),
		"partners/acme/waivers/a.yaml":        seatsWaiver + "expires_at: 2026-07-15\n",
		"partners/acme/waivers/b.yaml":        strings.ReplaceAll(seatsWaiver, "license/seat_cap", "license/term") + "expires_at: 2026-07-16\n",
		"partners/acme/licenses/a.yaml":       sitetest.Between("2026-01-15", "2026-07-15", ""),
		"partners/acme/licenses/b.yaml":       sitetest.Between("2026-01-16", "2026-07-16", ""),
		"partners/acme/licenses/c.yaml":       sitetest.Between("2025-12-15", "2026-06-15", ""),
		"partners/acme/requests/a.yaml":       fmt.Sprintf(request, 2, 1, "new"),
		"partners/acme/requests/b.yaml":       fmt.Sprintf(request, 1, 2, "in_progress"),
		"partners/acme/requests/c.yaml":       fmt.Sprintf(request, 1, 3, "in_progress") + "lead: '@lead'\n",
		"partners/acme/requests/d.yaml":       fmt.Sprintf(request, 1, 4, "declined"),
		"partners/_program/kpis/2026-03.yaml": "kind: kpi\nmonth: 2026-03\n",
	})
	var got []string
	shown, more := firstDecisions(s)
	for _, d := range shown {
		got = append(got, strings.Join([]string{d.Sort, d.Title, d.Why, d.Day}, "; "))
	}
	want := []string{
		"Campaign; Webinars; 2026-04-04 to 2026-06-14, 12000 USD; needs the approval of the spend by its first day, 72 days ago; 2026-04-04",
		"Campaign; Webinars; 2026-06-15 to 2026-06-26, 12000 USD; needs the approval of the spend by its first day, today; 2026-06-15",
		"Campaign; Webinars; 2026-05-04 to 2026-06-26, 12000 USD; waits for the acknowledgement of the credits by the production team lead, for 56 days; 2026-04-20",
		"Campaign; Webinars; 2026-06-16 to 2026-06-26, 12000 USD; needs the approval of the spend by its first day, in 1 day; 2026-06-16",
		"Licence; 2 seats of Ultimate, GitLab self-managed, 2025-12-15 to 2026-06-15: Build and test the plugin.; ends, today; 2026-06-15",
		"Licence; 2 seats of Ultimate, GitLab self-managed, 2026-01-15 to 2026-07-15: Build and test the plugin.; ends, in 30 days; 2026-07-15",
		"Partner; Acme: Cloud partner, Active; has no alliance manager; ",
		"Request; Licence, 2026-06-01: Number 2.; has no lead, for 14 days; 2026-06-01",
		"Request; Licence, 2026-06-01: Number 3.; has no next step, for 14 days; 2026-06-01",
		"Request; Licence, 2026-06-02: Number 1.; has no lead, for 13 days; 2026-06-02",
		"Waiver; licenses/d.yaml against license/seat_cap, by @vp-alliances on 2024-01-15: Twelve developers port the integration; ends, and what it allows counts again, in 30 days; 2026-07-15",
		"Figures; Figures of 2026-03; are the latest: those of 2026-04 to 2026-05 are missing; ",
	}
	if diff := cmp.Diff(want, got); diff != "" || more != 0 {
		t.Errorf("%d more (-want +got):\n%s", more, diff)
	}
	for month, old := range map[string]bool{"2026-06-30": true, "2026-05-01": true, "2026-04-30": false} {
		if s.AsOf = month; isOld(s) != old {
			t.Errorf("on %s the figures of March are old: %v", month, !old)
		}
	}
}

// TestManyDecisions makes sure that those which the overview has no room for are
// on a page of their own.
func TestManyDecisions(t *testing.T) {
	files := map[string]string{"partners/acme/partner.yaml": sitetest.Acme}
	for i := range 7 {
		files[fmt.Sprintf("partners/acme/requests/r%d.yaml", i)] = fmt.Sprintf(request, i+1, i, "new")
	}
	pages := rendered(t, siteOn(t, "2026-06-15", files), 1)
	for page, want := range map[string]int{"index.html": overviewDecisions, "decisions.html": 7} {
		if got := strings.Count(pages[page], "has no lead"); got != want {
			t.Errorf("%s lists %d, want %d", page, got, want)
		}
	}
	if !strings.Contains(pages["index.html"], `<a href="decisions.html">All decisions</a>, 2 more`) {
		t.Error("the overview does not lead to all of them")
	}
}

// TestNothing makes sure that what there is nothing of takes a line, not a card.
func TestNothing(t *testing.T) {
	pages := rendered(t, siteOn(t, "2026-06-15", map[string]string{"partners/acme/partner.yaml": sitetest.Acme + "lead: '@lead'\n"}), 1)
	text := pages["index.html"]
	cards := regexp.MustCompile(`class="card[ "][^>]*>`).FindAllString(text, -1)
	if diff := cmp.Diff([]string{`class="card whole" aria-labelledby="types">`}, cards); diff != "" {
		t.Errorf("cards of the overview (-want +got):\n%s", diff)
	}
	for _, want := range []string{"Nothing needs a decision", "Nothing starts or ends", "No seats", "no campaigns", "no figures"} {
		if !strings.Contains(text, want) {
			t.Errorf("the overview does not say: %s", want)
		}
	}
	if strings.Contains(pages["licenses/index.html"], "vertical line") {
		t.Error("the licences' page explains time lines that it does not have")
	}
}
