package site_test

import (
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
)

const deckWaiver = `kind: waiver
rule: partner/document_name
record: partner.yaml
reason: Partners have the link already
approved_by: "@vp-alliances"
approved_on: 2026-03-02
`

// withDeck returns a partner whose document has a name that is waived.
func withDeck(more, waiver string) map[string]string {
	return map[string]string{
		"partners/acme/partner.yaml": sitetest.Acme + more +
			"documents: [{name: Deck, url: 'https://docs.example/1', audience: internal, sharing: gitlab}]\n",
		"partners/acme/waivers/deck.yaml": waiver,
	}
}

func TestWaived(t *testing.T) {
	for end, want := range map[string]struct {
		until string
		ended bool
		left  int
	}{
		"":                          {"", false, -1},
		"expires_at: 2026-06-16\n":  {"2026-06-16", false, 1},
		"expires_at: 2026-06-15\n":  {"2026-06-15", true, -1},
		"expires_at: '2026-06-1'\n": {}, // an error, so that it waives nothing
	} {
		p := sitetest.Collected(t, sitetest.InputOf(t, withDeck("", deckWaiver+end))).Partners[0]
		if strings.Contains(end, "'") {
			if len(p.Waived) > 0 {
				t.Errorf("%q waives something", end)
			}
			continue
		}
		if len(p.Waived) != 1 || len(p.Findings) > 0 {
			t.Fatalf("%q: %d waived, %d findings", end, len(p.Waived), len(p.Findings))
		}
		w := p.Waived[0]
		left := -1
		if w.DaysLeft != nil {
			left = *w.DaysLeft
		}
		if w.Until != want.until || w.HasEnded != want.ended || left != want.left {
			t.Errorf("%q: %+v", end, w)
		}
		if w.Partner != p || w.Waiver.Path != "partners/acme/waivers/deck.yaml" || w.By != "@vp-alliances" || w.Reason != "Partners have the link already" {
			t.Errorf("%+v", w)
		}
	}
}

// TestWaivedIsPrivate makes sure that what is waived tells nothing of a record in a
// place of no kind, all of which may be private.
func TestWaivedIsPrivate(t *testing.T) {
	files := map[string]string{
		"partners/acme/partner.yaml":   sitetest.Acme,
		"partners/acme/stray/1.yaml":   strings.ReplaceAll(sitetest.Between("2026-03-05", "2026-09-05", ""), "2\n", "12\n"),
		"partners/acme/waivers/1.yaml": strings.NewReplacer("partner/document_name", "license/seat_cap", "partner.yaml", "stray/1.yaml").Replace(deckWaiver),
	}
	for _, private := range []bool{false, true} {
		in := sitetest.InputOf(t, files)
		in.Options.Private = private
		all := sitetest.Collected(t, in).Partners[0].Waived
		if len(all) != 1 || strings.Contains(all[0].Finding.Message, "12") != private {
			t.Errorf("private: %t: it tells %+v", private, all)
		}
	}
}
