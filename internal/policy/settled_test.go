package policy

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestSettled makes sure that a verdict has the numbers of the record's day, even
// where they are written into it.
func TestSettled(t *testing.T) {
	fsys := policiesWith(`import data.lib.handbook

violation contains {"path": [], "message": message} if {
	book := handbook.in_force
	numbers := [handbook.in_force.largest, book.largest, handbook.newest.largest, handbook.newest.names[1]]
	message := sprintf("%v", [numbers])
}

violation contains {"path": [], "message": "replaced"} if {
	handbook.newest.largest == 7 with data.handbook as {"largest": 7}
}
`)
	for name, text := range handbookLibrary(t) {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	fsys["handbook/things.yaml"] = &fstest.MapFile{Data: []byte("largest: 5\nnames: [a, b]\n")}
	find := func(day, want string) {
		t.Helper()
		got, err := judgeThing(t, fsys, "starts_at: "+day, true)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"thing/size  " + want, "thing/size  replaced"}, got); diff != "" {
			t.Errorf("of %s is found (-want +got):\n%s", day, diff)
		}
	}
	find("2027-03-01", `[5, 5, 5, "b"]`)
	fsys["handbook/2027-01-01/things.yaml"] = &fstest.MapFile{Data: []byte("largest: 8\n")}
	find("2027-03-01", `[8, 8, 8, "b"]`)
	find("2026-03-01", `[5, 5, 8, "b"]`)
}
