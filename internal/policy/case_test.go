package policy

import (
	"context"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// What is missing and expected has a path of its own, by which it can be written;
// what is missing and not known is missing in what there is.
func TestPlaceOfWhatIsMissing(t *testing.T) {
	for body, want := range map[string]string{
		`violation contains {"path": ["name"], "message": "m", "expected": "a"}`:      "thing/size /name m",
		`violation contains {"path": ["name"], "message": "m"}`:                       "thing/size  m",
		`violation contains {"path": ["name", "b"], "message": "m", "expected": "a"}`: "thing/size  m",
		`violation contains {"path": ["size"], "message": "m", "expected": 1}`:        "thing/size /size m",
	} {
		found, err := judgeThing(t, policiesWith(body), "size: 5", true)
		if err != nil || len(found) != 1 || found[0] != want {
			t.Errorf("%s: %q, %v", body, found, err)
		}
	}
}

// A rule sees where a record was, if that is elsewhere.
func TestBeforePath(t *testing.T) {
	const here, there = "partners/example/things/a.yaml", "partners/former/things/a.yaml"
	rec, _ := record.Load(here, []byte("size: 5"))
	thing := &TypedRecord{rec, "thing", true}
	folder := load(t, goodPolicies()).Judge(nil).Folder(Contents{Records: []TypedRecord{*thing}, Before: []TypedRecord{*thing}})
	for _, was := range []string{"", there} {
		c := Case{Now: thing, Before: thing, Was: was}
		input, err := folder.Input(c)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := input.(map[string]any)["before_path"].(string); got != was {
			t.Errorf("before_path is %q, want %q", got, was)
		}
		if _, err := folder.Judge(context.Background(), c); err != nil {
			t.Error(err)
		}
	}
}
