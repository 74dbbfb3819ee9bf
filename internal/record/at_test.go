package record_test

import (
	"slices"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// TestPathAt leads from each place of a record back to what is there.
func TestPathAt(t *testing.T) {
	r, problems := record.Load("a.yaml", []byte("kind: partner\nname: \"日本 😀\"\nalliance_folder: {name: a, url: \"https://a.example\"}\n"+
		"documents:\n- name: a\n  url: b\n- name: c\nregions:\n  - asia\n  - europe\nnotes: |\n  one\n  two\n"))
	if r == nil {
		t.Fatal(problems)
	}
	for _, test := range []struct {
		path  []string
		atKey bool
	}{
		{[]string{"kind"}, true}, {[]string{"kind"}, false}, {[]string{"name"}, false},
		{[]string{"alliance_folder", "url"}, true}, {[]string{"alliance_folder", "url"}, false},
		{[]string{"documents", "0", "url"}, true}, {[]string{"documents", "1", "name"}, false},
		{[]string{"regions"}, true}, {[]string{"regions", "1"}, false}, {[]string{"notes"}, false},
	} {
		path, atKey := r.PathAt(r.Locate(test.path, test.atKey).Span.Start)
		if !slices.Equal(path, test.path) || atKey != test.atKey {
			t.Errorf("at %v, %v is %v, %v", test.path, test.atKey, path, atKey)
		}
	}
}
