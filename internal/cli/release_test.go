package cli

import "testing"

func TestIsOlder(t *testing.T) {
	for _, test := range []struct {
		version, than string
		want          bool
	}{
		{"v1.2.3", "v1.2.4", true}, {"v1.9.0", "v1.10.0", true}, {"v1.2.3", "v2.0.0", true},
		{"v1.2.3", "v1.2.3", false}, {"v1.10.0", "v1.9.9", false}, {"v1.2.3-rc.1", "v1.2.2", false},
		{"v1.2.3-rc.1", "v1.2.3", true}, {"v1.2.3-rc.9", "v1.2.3-rc.10", true}, {"v1.2.3", "v1.2.3-rc.1", false},
		{"main", "v1.0.0", false}, {"v1.0.0", "main", false},
	} {
		if got := isOlder(test.version, test.than); got != test.want {
			t.Errorf("%s is older than %s: %v", test.version, test.than, got)
		}
	}
}
