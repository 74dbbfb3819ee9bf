// Package sitetest makes sites for tests.
package sitetest

import (
	"sync"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// Rules returns the rules of this repository.
var Rules = sync.OnceValues(func() (*check.Rules, error) { return check.LoadRules(schemas.Files, policies.Files) })

// InputOf returns what a site of some files is made of, with the findings in
// them.
func InputOf(t testing.TB, files map[string]string) site.Input {
	t.Helper()
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return InputOfTree(t, repo.New(tree))
}

// InputOfTree returns what a site of a tree is made of, with the findings in it.
func InputOfTree(t testing.TB, tree *repo.Tree) site.Input {
	t.Helper()
	rules, err := Rules()
	if err != nil {
		t.Fatal(err)
	}
	return Judged(t, site.Input{Tree: tree, Rules: rules, AsOf: "2026-06-15", Jobs: 2})
}

// Judged returns an input with what is wrong with its records.
func Judged(t testing.TB, in site.Input) site.Input {
	t.Helper()
	result, err := check.Run(t.Context(), in.Tree, func() (*check.Rules, error) { return in.Rules, nil }, check.Options{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	in.Findings = result.Findings
	return in
}

// Collected returns a site.
func Collected(t testing.TB, in site.Input) *site.Site {
	t.Helper()
	made, err := site.Collect(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// Records that there is nothing wrong with.
const (
	Acme = "kind: partner\nname: Acme\ntype: cloud\nstatus: active\npriority: critical\ncriteria: [adoption]\n" +
		"delivery_models: [gitlab.com]\nwebsite: https://acme.example\n"
	license = "kind: license\nproduct: self-managed\nplan: ultimate\nseats_requested: 2\nseats: 2\n" +
		"purpose: Build and test the plugin.\n"
)

// Between returns a licence that runs between two days, and says more.
func Between(starts, ends, more string) string {
	return license + "starts_at: " + starts + "\nexpires_at: " + ends + "\n" + more
}

// Campaign is a campaign that is proposed.
const Campaign = `kind: campaign
topic: Webinars
timeline: {starts_on: 2026-05-04, ends_on: 2026-06-26}
budget: {amount: 12000, currency: USD}
marketing_targets: [{metric: registrations, target: 2.5}]
issue: https://gitlab.example/1
`
