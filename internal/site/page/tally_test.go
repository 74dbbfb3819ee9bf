package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// TestTypes makes sure that partners are counted by category and type, with bars
// of one scale.
func TestTypes(t *testing.T) {
	partner := func(category, kind, status string) *site.Partner {
		return &site.Partner{Category: category, Type: kind, TypeTitle: kind, Status: status}
	}
	pr := &printer{site: &site.Site{Partners: []*site.Partner{
		partner("tech", "cloud", "active"), partner("tech", "upstream", "former"), partner("tech", "upstream", "active"),
		partner("tech", "upstream", "active"), partner("tech", "upstream", "unheard of"), partner("sales", "training", "prospective"), partner("", "", ""),
	}}}
	got := map[string][]bar{}
	var order []string
	for _, g := range pr.types([]tally{{Name: "tech", Title: "Tech"}, {Name: "sales", Title: "Sales"}, {Name: "none"}, {Name: "", Title: "Else"}}) {
		for _, p := range g.Types {
			order = append(order, g.Title+" "+p.Title)
			got[p.Name] = p.Bars
		}
	}
	if diff := cmp.Diff([]string{"Tech upstream", "Tech cloud", "Sales training", "Else " + noType}, order); diff != "" {
		t.Error(diff)
	}
	want := map[string][]bar{
		"cloud":    {{X: "0.0", Width: "25.0", Class: "bar-active"}},
		"upstream": {{X: "0.0", Width: "50.0", Class: "bar-active"}, {X: "50.0", Width: "25.0", Class: "bar-former"}},
		"training": {{X: "0.0", Width: "25.0", Class: "bar-prospective"}},
		"":         nil,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestGauge(t *testing.T) {
	for _, test := range []struct {
		inUse, limit, most int
		want               gauge
		over               int
	}{
		{5, 0, 9, gauge{InUse: 5, Width: "0"}, 0},
		{0, 10, 0, gauge{InUse: 0, Limit: 10, Width: "0.0", Class: "bar-running"}, 0},
		{10, 10, 10, gauge{InUse: 10, Limit: 10, Width: "100.0", Class: "bar-full"}, 0},
		{5, 10, 20, gauge{InUse: 5, Limit: 10, Width: "25.0", Mark: "50.0", Class: "bar-running"}, 0},
		{16, 10, 0, gauge{InUse: 16, Limit: 10, Width: "100.0", Mark: "62.5", Class: "bar-over"}, 6},
	} {
		got := newGauge(test.inUse, test.limit, test.most)
		if diff := cmp.Diff(test.want, *got); diff != "" || got.Over() != test.over {
			t.Errorf("%d of %d: %d too many, %s", test.inUse, test.limit, got.Over(), diff)
		}
	}
}

// TestWholeStep makes sure that scales go by 1, 2 or 5 with zeros behind.
func TestWholeStep(t *testing.T) {
	for highest, want := range map[int64]int64{0: 1, 1: 1, 5: 1, 6: 2, 10: 2, 11: 5, 25: 5, 26: 10, 165: 50, 3300: 1000} {
		if got := wholeStep(highest, 5); got != want {
			t.Errorf("up to %d: %d, want %d", highest, got, want)
		}
	}
}
