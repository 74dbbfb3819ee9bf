// Package corpus makes repositories of any size to measure with: for each
// partner two licences and one campaign, and one record in a hundred faulty.
// The same size always gives the same files. It is for tests and benchmarks.
package corpus

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"time"
)

// faultEvery is how many records there are for each faulty one.
const faultEvery = 100

// Findings returns how many findings a corpus of that many records has: each
// faulty record has one, of a rule or of its schema.
func Findings(records int) int { return records / faultEvery }

// Files returns the path and the text of each record of a corpus. It rounds
// records up to whole partners, that is, to a multiple of four.
func Files(records int) iter.Seq2[string, string] {
	return func(yield func(path, text string) bool) {
		g := &generator{random: rand.New(rand.NewPCG(1, 2))}
		for partner := 0; g.written < records; partner++ {
			folder := fmt.Sprintf("partners/example-%05d/", partner)
			for _, f := range g.partner(partner) {
				if !yield(folder+f.path, f.text) {
					return
				}
			}
		}
	}
}

// Write writes a corpus into the folder dir.
func Write(dir string, records int) error {
	for path, text := range Files(records) {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// FS returns a corpus in memory.
func FS(records int) fstest.MapFS {
	files := fstest.MapFS{}
	for path, text := range Files(records) {
		files[path] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return files
}

// Grants returns the folder of one partner with that many grants, one of which
// starts each month, so that six run at a time: from the third on, each one is
// above the seat cap for the partner.
func Grants(n int) fstest.MapFS {
	g := &generator{random: rand.New(rand.NewPCG(3, 4))}
	files := fstest.MapFS{}
	add := func(path, text string) {
		files["partners/example-grants/"+path] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	add("partner.yaml", g.partnerRecord("Example Grants", ""))
	for i := range n {
		start := time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC).AddDate(0, i, 0)
		add(fmt.Sprintf("licenses/grant-%05d.yaml", i), g.license(start, 5))
	}
	return files
}

type file struct{ path, text string }

type generator struct {
	random  *rand.Rand
	written int
}

// partner returns the records of the n-th partner, by their path in its folder.
func (g *generator) partner(n int) []file {
	start := time.Date(2020+n%5, time.Month(1+n%12), 1+n%28, 0, 0, 0, 0, time.UTC)
	second := start.AddDate(0, 6, 0)
	files := []file{{path: "campaigns/" + start.Format("2006-01") + "-launch.yaml"}}
	files[0].text = g.campaign(start, pick(g.next(), 200, 100))
	files = append(files,
		file{"licenses/" + start.Format("2006-01") + "-build.yaml", g.license(start, pick(g.next(), 99, 5))},
		file{"licenses/" + second.Format("2006-01") + "-test.yaml", g.license(second, pick(g.next(), 0, 5))},
		file{"partner.yaml", g.partnerRecord(fmt.Sprintf("Example %05d", n), pick(g.next(), "region: europe\n", ""))})
	return files
}

// next counts a record, and reports whether it is to be faulty.
func (g *generator) next() bool {
	g.written++
	return g.written%faultEvery == faultEvery/2+(g.written/faultEvery)%4
}

func pick[T any](faulty bool, wrong, right T) T {
	if faulty {
		return wrong
	}
	return right
}

func (g *generator) partnerRecord(name, extra string) string {
	return fmt.Sprintf(`# yaml-language-server: $schema=../../schemas/partner.schema.json
kind: partner
name: %[1]s
aliases:
  - %[1]s Cloud
type: cloud
status: active
priority: critical
criteria:
  - adoption
  - revenue
regions: [europe, asia]
lead: "@alliance-manager"
%[2]swebsite: https://%[4]s.example/partners
alliance_folder:
  name: %[1]s
  url: https://drive.example/folders/alliance
documents:
  - name: %[1]s and GitLab
    url: https://docs.example/d/shared
    audience: partner
    sharing: anyone_with_link
notes: |
%[3]s`, name, extra, g.text(), strings.ReplaceAll(strings.ToLower(name), " ", "-"))
}

func (g *generator) license(start time.Time, seats int) string {
	return fmt.Sprintf(`# yaml-language-server: $schema=../../../schemas/license.schema.json
kind: license
product: self-managed
plan: ultimate
seats_requested: 99
seats: %d
starts_at: %s
expires_at: %s
purpose: |
%scontact: integrations@cloud.example
issue: https://gitlab.example/alliances/licenses/-/issues/%d
`, seats, start.Format(time.DateOnly), monthsLater(start, 6).Format(time.DateOnly), g.text(), 1+g.random.IntN(1<<40))
}

func (g *generator) campaign(start time.Time, spent int) string {
	return fmt.Sprintf(`# yaml-language-server: $schema=../../../schemas/campaign.schema.json
kind: campaign
topic: Launch of a joint offer
timeline:
  starts_on: %s
  ends_on: %s
budget:
  amount: 100
  currency: EUR
marketing_targets:
  - metric: sign-ups
    target: %d
  - metric: %s
    target: 0.5
issue: https://gitlab.example/alliances/campaigns/-/issues/%d
spend_approval:
  by: The provider's partner team
  date: %s
  amount: %d
  reference: example-approval
`, start.Format(time.DateOnly), start.AddDate(0, 0, 20).Format(time.DateOnly), 1+g.random.IntN(500),
		g.words(20), 1+g.random.IntN(9999), start.AddDate(0, 0, -7).Format(time.DateOnly), spent)
}

// monthsLater returns the same day some months later, or the last day of that
// month where it is shorter.
func monthsLater(day time.Time, months int) time.Time {
	later := day.AddDate(0, months, 0)
	if later.Day() != day.Day() {
		later = later.AddDate(0, 0, -later.Day())
	}
	return later
}

var vocabulary = strings.Fields("the integration builds packages and deploys them to clusters of both partners " +
	"where every merge request runs its pipeline against a sandbox that is torn down after the review é 日本")

// text returns one to fourteen indented lines of about ten words each.
func (g *generator) text() string {
	var b strings.Builder
	for range 1 + g.random.IntN(14) {
		b.WriteString("  " + g.words(10) + "\n")
	}
	return b.String()
}

func (g *generator) words(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = vocabulary[g.random.IntN(len(vocabulary))]
	}
	return strings.Join(words, " ")
}
