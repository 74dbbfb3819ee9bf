package pointer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
)

func TestPointer(t *testing.T) {
	for _, test := range []struct {
		path []string
		want string
	}{
		{nil, ""},
		{[]string{"a", "0", "b"}, "/a/0/b"},
		{[]string{""}, "/"},
		{[]string{"a/b", "c~d", "~1"}, "/a~1b/c~0d/~01"},
		{[]string{"日本", " "}, "/日本/ "},
	} {
		if diff := cmp.Diff(test.want, pointer.Of(test.path)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.path, diff)
		}
		if diff := cmp.Diff(test.path, pointer.Path(test.want)); diff != "" {
			t.Errorf("%q, read again (-want +got):\n%s", test.want, diff)
		}
	}
}
