package site_test

import (
	"strings"
	"testing"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/gitfs"
	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/ledger"
	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
)

// pathOf returns where a record of this text lives.
func pathOf(text string) string {
	if strings.HasPrefix(text, "kind: request") {
		return "partners/acme/requests/a.yaml"
	}
	return "partners/acme/licenses/a.yaml"
}

// The history tells what is public of a change, and that there was one where
// nothing of it is.
func TestHistory(t *testing.T) {
	in := sitetest.InputOf(t, map[string]string{"partners/acme/partner.yaml": sitetest.Acme})
	pairs := []struct{ before, after, want string }{
		{"", sitetest.Between("2026-06-01", "2026-12-01", "contact: a@b.example\n"), "granted: 2 seats of ultimate, self-managed, 2026-06-01 to 2026-12-01: Build and test the plugin."},
		{sitetest.Between("2026-06-01", "2026-12-01", ""), sitetest.Between("2026-06-01", "2026-12-01", "contact: a@b.example\n"), "changed: only what is not published"},
		{sitetest.Between("2026-06-01", "2026-12-01", ""), sitetest.Between("2026-06-01", "2026-12-02", "contact: a@b.example\n"), "changed: Expires on: 2026-12-01 → 2026-12-02"},
		{sitetest.Between("2026-06-01", "2026-12-01", ""), "# a\n" + sitetest.Between("2026-06-01", "2026-12-01", ""), "written differently: with the same values"},
		{sitetest.Between("2026-06-01", "2026-12-01", ""), "a: 1\na: 2", "became unreadable: "},
		{"a: 1\na: 2", "", "deleted: what it said is not known"},
		{"kind: request\nstatus: new\nretired: x", "kind: request\nstatus: declined\nretired: y", "declined: was new"},
		{"kind: request\nstatus: new\nretired: x", "kind: request\nstatus: new", "changed: only what is not published"},
		{"kind: partner\nname: a", "kind: partner\nname: b", "changed: "}, // in another kind's place
		{"kind: gone\nname: a", "kind: gone\nname: b", "changed: "},
		{"", "kind: gone\nname: b", "added: "},
		{"kind: gone\nname: b", "", "deleted: "},
	}
	in.Past = func(yield func(history.Entry) error) error {
		for _, pair := range pairs {
			var p change.Pair
			path := pathOf(pair.before + pair.after)
			if pair.before != "" {
				item := change.NewItem(path, []byte(pair.before), in.Rules.Schemas.Read)
				p.Before = &item
			}
			if pair.after != "" {
				item := change.NewItem(path, []byte(pair.after), in.Rules.Schemas.Read)
				p.After = &item
			}
			err := yield(history.Entry{
				RecordChange: ledger.Describe(in.Rules.Schemas, p), Time: time.Date(2026, 6, 1, 23, 0, 0, 0, time.FixedZone("", -7200)),
				Commit: &gitfs.Commit{ID: "abc", Author: gitfs.Person{Name: "Alex\nExample", Email: "alex@company.example"}}, Reference: "group/project!1",
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
	p := sitetest.Collected(t, in).Partners[0]
	if len(p.History) != len(pairs) {
		t.Fatalf("%d events, want %d: %v", len(p.History), len(pairs), p.History)
	}
	for i, pair := range pairs {
		want := site.PastEvent{"2026-06-02", pathOf(pair.before + pair.after), "", "", "Alex Example", "group/project!1", "abc"}
		want.Verb, want.Text, _ = strings.Cut(pair.want, ": ")
		if p.History[i] != want {
			t.Errorf("got %+v, want %+v", p.History[i], want)
		}
	}
}
