package chronicle

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/policies"
)

// tables is a handbook as it was first.
const tables = `
license: {seats: 10, terms: [3, 6], purpose: build}
types: {cloud: {title: Cloud, platform: true}, training: {title: Training, platform: false}}
words:
  license.seats: a licence has at most {value} seats
  types.*.platform: "that {name} is a platform is {value}"
`

// handbook returns a handbook with what is different from each of the days on.
func handbook(t *testing.T, first string, days map[string]string) policy.Handbook {
	t.Helper()
	fsys := fstest.MapFS{"handbook/all.yaml": {Data: []byte(first)}}
	for day, text := range days {
		fsys["handbook/"+day+"/all.yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	h, err := policy.ReadHandbook(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestCompare(t *testing.T) {
	none := map[string]string{}
	eight := map[string]string{"2027-01-01": "license: {seats: 8}"}
	tests := []struct {
		name    string
		was, is map[string]string
		want    []string
	}{
		{"nothing", eight, eight, nil},
		{"a new day", none, eight, []string{"From 2027-01-01 a licence has at most 8 seats, 10 before"}},
		{"a new day behind another", eight, map[string]string{"2027-01-01": eight["2027-01-01"], "2028-01-01": "license: {seats: 10}"},
			[]string{"From 2028-01-01 a licence has at most 10 seats, 8 before"}},
		{"another value", eight, map[string]string{"2027-01-01": "license: {seats: 7}"},
			[]string{"From 2027-01-01 a licence has at most 7 seats, 10 before; it was to be 8"}},
		{"a day less", eight, none, []string{"The handbook's license.seats no longer becomes 8 on 2027-01-01"}},
		{"another day", eight, map[string]string{"2027-06-01": eight["2027-01-01"]}, []string{
			"The handbook's license.seats no longer becomes 8 on 2027-01-01",
			"From 2027-06-01 a licence has at most 8 seats, 10 before",
		}},
		{"what was so before", none, map[string]string{"2027-01-01": "license: {seats: 10}"}, nil},
		{"what has no words", none, map[string]string{"2027-01-01": "license: {purpose: try, terms: [3]}"}, []string{
			"From 2027-01-01 the handbook's license.terms is 3; before: 3, 6",
			"From 2027-01-01 the handbook's license.purpose is try, build before",
		}},
		{"an entry", none, map[string]string{"2027-01-01": "types: {training: {platform: true}, broker: {title: Broker, platform: false}}"}, []string{
			"From 2027-01-01 that training is a platform is true, false before",
			"From 2027-01-01 the handbook has types.broker",
		}},
	}
	for _, test := range tests {
		var got []string
		for _, turn := range Compare(handbook(t, tables, test.was), handbook(t, tables, test.is)) {
			got = append(got, turn.Text)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestCompareFirst makes sure that what was so from the first is told of without
// a day, and that a day is not told of that has nothing to do with it.
func TestCompareFirst(t *testing.T) {
	days := map[string]string{"2027-01-01": "license: {seats: 8}"}
	told := Compare(handbook(t, tables, days), handbook(t, strings.Replace(tables, "seats: 10", "seats: 12", 1), days))
	if len(told) != 1 || told[0].Since != "" || told[0].Text != "" || told[0].Before.Text != "10" || told[0].After.Text != "12" {
		t.Errorf("it tells %+v", told)
	}
}

func TestNumbers(t *testing.T) {
	h := handbook(t, tables, map[string]string{
		"2027-01-01": "license: {seats: 8}\ntypes: {broker: {title: Broker, platform: false}}",
		"2028-01-01": "license: {seats: 10}\ntypes: {cloud: {platform: false}}",
	})
	var got []string
	for _, number := range Numbers(h, [][]string{{"license", "purpose"}, {"license", "seats"}, {"license", "seats"}, {"types"}}) {
		got = append(got, number.Text)
	}
	want := []string{
		"The handbook's license.purpose is build",
		"A licence has at most 10 seats, 8 from 2027-01-01, 10 from 2028-01-01",
		"The handbook has types.broker from 2027-01-01",
		"That cloud is a platform is true, false from 2028-01-01",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestWordsAreOfNumbers makes sure that the handbook has a value for each of its
// words: those of one that is not there would never be said.
func TestWordsAreOfNumbers(t *testing.T) {
	h, err := policy.ReadHandbook(policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	newest := h.Newest()
	for _, field := range newest.Root.Field("words").Fields {
		path := strings.Split(field.Key, ".")
		for i, name := range path {
			if name == "*" {
				path[i] = newest.Root.At(path[:i]).Fields[0].Key
			}
		}
		if newest.Root.At(path) == nil {
			t.Errorf("there is no %s in the handbook", field.Key)
		}
		if !strings.Contains(field.Value.Text, "{value}") {
			t.Errorf("the words for %s leave out its value", field.Key)
		}
	}
}
