package mergerequest

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestOptions(t *testing.T) {
	full := Request{Target: "main", Title: "Grant\nlicence", Description: "One\n\nTwo", Labels: []string{"license", "partner"}, Draft: true}
	want := []string{
		"merge_request.create", "merge_request.target=main", "merge_request.title=Grant licence", `merge_request.description=One\n\nTwo`,
		"merge_request.label=license", "merge_request.label=partner", "merge_request.draft",
	}
	if diff := cmp.Diff(want, full.Options()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again := Request{Target: "main"}
	if diff := cmp.Diff(want[:2], again.Options()); diff != "" {
		t.Errorf("of one that is there (-want +got):\n%s", diff)
	}
}

func TestTemplate(t *testing.T) {
	files := fstest.MapFS{
		templates + "/Default.md":       {Data: []byte("default\n")},
		templates + "/Licence grant.md": {Data: []byte("licence\r\ngrant\r\n")},
		templates + "/Licences.md":      {Data: []byte("all licences\n")},
		templates + "/partner":          {Data: []byte("no template\n")},
	}
	for _, test := range []struct {
		names []string
		want  string
	}{
		{[]string{"license", "Licence"}, "licence\ngrant"}, {[]string{"partner"}, "default"}, {nil, "default"}, {[]string{"Licences.md"}, "default"},
	} {
		if got, err := Template(files, test.names); got != test.want || err != nil {
			t.Errorf("%q: %q, want %q (%v)", test.names, got, test.want, err)
		}
	}
	if got, err := Template(fstest.MapFS{}, []string{"license"}); got != "" || err != nil {
		t.Errorf("without templates: %q, %v", got, err)
	}
}
