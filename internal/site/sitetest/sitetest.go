// Package sitetest makes sites for tests.
package sitetest

import (
	"context"
	"io/fs"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/history"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/site/feed"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// Rules returns the rules of this repository.
var Rules = sync.OnceValues(func() (*check.Rulebook, error) { return check.Load(schemas.Files, policies.Files) })

// Input is what a site is made of.
type Input struct {
	Tree    *repo.Tree
	Rules   *check.Rulebook
	Options site.Options
	Jobs    int               // how many folders are judged at a time
	More    []finding.Finding // beside those that the rules have
	Past    func(yield func(history.Entry) error) error
}

// InputOf returns what a site of some files is made of.
func InputOf(t testing.TB, files map[string]string) Input {
	t.Helper()
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return InputOfTree(t, tree)
}

// InputOfTree returns what a site of a tree is made of.
func InputOfTree(t testing.TB, tree fs.FS) Input {
	t.Helper()
	rules, err := Rules()
	if err != nil {
		t.Fatal(err)
	}
	options := site.Options{AsOf: "2026-06-15", Manual: site.Sources{Files: tree, Examples: schemas.Files}}
	return Input{Tree: repo.New(tree), Rules: rules, Options: options, Jobs: 2}
}

// Collected returns a site.
func Collected(t testing.TB, in Input) *site.Site {
	t.Helper()
	made, _ := Judged(t, in)
	return made
}

// Judged returns a site, and what is wrong with its records.
func Judged(t testing.TB, in Input) (*site.Site, []finding.Finding) {
	t.Helper()
	made, found, err := in.Collect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return made, found
}

// Files returns all files that other programs read, by name.
func Files(t testing.TB, shown *site.Site) map[string]string {
	t.Helper()
	files, err := feed.Files(shown, 2)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, file := range files {
		all[file.Name] = string(file.Data)
	}
	return all
}

// Collect judges the records and makes a site of them.
func (in Input) Collect(ctx context.Context) (*site.Site, []finding.Finding, error) {
	collector, err := site.NewCollector(in.Rules, in.Options)
	if err != nil {
		return nil, nil, err
	}
	more := map[string][]finding.Finding{}
	for _, f := range in.More {
		name, _ := layout.FolderOf(f.File)
		more[name] = append(more[name], f)
	}
	visit := func(f *check.Folder) {
		with := *f
		with.Findings = slices.Concat(f.Findings, more[f.Listed.Name])
		collector.Add(&with)
	}
	rules := func() (*check.Rulebook, error) { return in.Rules, nil }
	result, err := check.Run(ctx, in.Tree, rules, check.Options{Jobs: in.Jobs, Visit: visit})
	if err != nil {
		return nil, nil, err
	}
	made, err := collector.Finish(in.Past)
	return made, append(result.Findings, in.More...), err
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
