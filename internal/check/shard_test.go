package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
)

// everySort returns records with findings of every sort: the wrong example of each
// rule that needs no base in folders of its own, so that partners have the names and
// licences of others, and files that are no records or none that can be read.
func everySort(t *testing.T) map[string]string {
	t.Helper()
	rules, err := realRules()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"partners/loose.yaml":             "kind: partner\n",
		"partners/broken/partner.yaml":    "kind: [\n",
		"partners/lost/licenses/one.yaml": "kind: license\nseats: 11\n",
		"partners/stray/notes.txt":        "notes",
		"partners/stray/partner.yaml":     "kind: partner\nname: Stray\ntype: clowd\nstatus: active\n",
		"partners/\xff/partner.yaml":      "kind: partner\n",
		"partners/_program/nothing.yaml":  "",
	}
	for i, rule := range rules.Policies.Rules() {
		if rule.Before != nil {
			continue
		}
		for name, text := range rule.Wrong {
			folder, _ := layout.FolderOf(name)
			if layout.IsPartners(folder) {
				name = strings.Replace(name, folder, fmt.Sprintf("%s-%d", folder, i), 1)
			}
			files[name] = text
		}
	}
	return files
}

func TestShards(t *testing.T) {
	files := everySort(t)
	whole := judged(t, tree(files), Options{Jobs: 2, Digest: true})
	for _, rule := range []string{"license/copied", "partner/similar_name", "repo/unexpected_file", "repo/missing_partner", "yaml/syntax"} {
		if !slices.Contains(ruleIDs(whole.Findings), rule) {
			t.Errorf("nothing breaks %s, only %v", rule, ruleIDs(whole.Findings))
		}
	}
	for count := 1; count <= 5; count++ {
		var sum Result
		for index := count; index >= 1; index-- {
			part := judged(t, tree(files), Options{Jobs: 2, Digest: true, Shard: Shard{index, count}})
			if part.Digest != whole.Digest {
				t.Errorf("part %d of %d is of other records", index, count)
			}
			sum.Partners += part.Partners
			sum.Records = append(sum.Records, part.Records...)
			sum.Findings = append(sum.Findings, part.Findings...)
		}
		slices.Sort(sum.Records)
		finding.Sort(sum.Findings)
		if sum.Partners != whole.Partners || !slices.Equal(sum.Records, whole.Records) {
			t.Errorf("%d parts judge %d records of %d partners, want %d of %d", count, len(sum.Records), sum.Partners, len(whole.Records), whole.Partners)
		}
		if diff := cmp.Diff(whole.Findings, sum.Findings, cmp.AllowUnexported(finding.Value{})); diff != "" {
			t.Errorf("%d parts find something else (-want +got):\n%s", count, diff)
		}
	}
}

// A change as a whole is the first part's, and of a change each part judges what is
// its own.
func TestShardsOfChange(t *testing.T) {
	before := everySort(t)
	after := maps.Clone(before)
	for name, text := range after {
		if folder, _ := layout.FolderOf(name); len(folder)%2 == 0 {
			after[name] = text + "# changed\n"
		}
	}
	change := func() *Base {
		b := base(before, after)
		b.Paths = append(b.Paths, "schemas/partner.schema.json")
		return b
	}
	whole := judged(t, tree(after), Options{Jobs: 2, Base: change(), Digest: true})
	var sum []finding.Finding
	for index := 1; index <= 3; index++ {
		part := judged(t, tree(after), Options{Jobs: 2, Base: change(), Digest: true, Shard: Shard{index, 3}})
		sum = append(sum, part.Findings...)
		if part.Digest != whole.Digest {
			t.Errorf("part %d is of other records", index)
		}
	}
	finding.Sort(sum)
	if diff := cmp.Diff(whole.Findings, sum, cmp.AllowUnexported(finding.Value{})); diff != "" {
		t.Errorf("the parts find something else (-want +got):\n%s", diff)
	}
	if !slices.Contains(ruleIDs(whole.Findings), "repo/mixed_change") {
		t.Errorf("there is nothing about the change as a whole, only %v", ruleIDs(whole.Findings))
	}
}

// Other records have another digest, wherever they are.
func TestDigest(t *testing.T) {
	files := everySort(t)
	digest := func() string {
		return judged(t, tree(files), Options{Jobs: 2, Digest: true, Shard: Shard{1, 9}}).Digest
	}
	first := digest()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := files[name]
		if layout.IsRecord(name) && name != "partners/\xff/partner.yaml" {
			files[name] = text + "#\n"
			if digest() == first {
				t.Errorf("another %s is not noticed", name)
			}
		}
		files[name] = text
	}
}

func TestShardHolds(t *testing.T) {
	for count := 1; count <= 7; count++ {
		for i := range 50 {
			name, holders := fmt.Sprintf("example-%d", i), 0
			for index := 1; index <= count; index++ {
				if (Shard{index, count}).Holds(name) {
					holders++
				}
			}
			if holders != 1 {
				t.Errorf("%s is in %d of %d parts", name, holders, count)
			}
		}
	}
}
