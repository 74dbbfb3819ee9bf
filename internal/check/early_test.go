package check

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// manyPartners returns more partners than are read ahead, of whom one is wrong.
func manyPartners() fstest.MapFS {
	files := map[string]string{}
	for i := range 2 * mostAhead {
		files[fmt.Sprintf("partners/example-%d/partner.yaml", i)] = fmt.Sprintf(
			"kind: partner\nname: Example %d\ntype: cloud\nstatus: active\npriority: critical\ncriteria: [adoption]\n"+
				"delivery_models: [gitlab.com]\nwebsite: https://example-%d.example\n", i, i)
	}
	files["partners/example-7/licenses/one.yaml"] = "kind: license\nseats: 11\n"
	return tree(files)
}

// TestReadAhead holds that folders are read while the rules are not there yet, and no more
// than a few, and that what is found in them is the same.
func TestReadAhead(t *testing.T) {
	files := manyPartners()
	want := judged(t, files, Options{Jobs: 2})
	for _, jobs := range []int{1, 3} {
		var opened atomic.Int64
		late := func() (*Rulebook, error) {
			for begin := time.Now(); opened.Load() < mostAhead; time.Sleep(time.Millisecond) {
				if time.Since(begin) > time.Minute {
					return nil, errors.New("nothing is read ahead")
				}
			}
			return realRules()
		}
		got, err := Run(t.Context(), repo.New(identified{files, &opened}), late, Options{Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Findings, got.Findings, cmp.AllowUnexported(finding.Value{})); diff != "" || len(want.Findings) == 0 {
			t.Errorf("%d jobs: something else is found (-want +got):\n%s", jobs, diff)
		}
	}
}

// TestReadAheadEnds holds that rules that are wrong end a run that waits for them.
func TestReadAheadEnds(t *testing.T) {
	var opened atomic.Int64
	wrong := errors.New("wrong rules")
	late := func() (*Rulebook, error) {
		time.Sleep(10 * time.Millisecond)
		return nil, wrong
	}
	_, err := Run(t.Context(), repo.New(identified{manyPartners(), &opened}), late, Options{Jobs: 2})
	if !errors.Is(err, wrong) {
		t.Errorf("%v, want %v", err, wrong)
	}
	if opened.Load() > mostAhead+10 {
		t.Errorf("%d records were read for rules that are wrong", opened.Load())
	}
}
