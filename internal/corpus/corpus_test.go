package corpus

import (
	"maps"
	"testing"
)

func TestFilesAreTheSameEveryTime(t *testing.T) {
	first := maps.Collect(Files(1000))
	if len(first) != 1000 {
		t.Fatalf("%d files, want 1000", len(first))
	}
	for path, text := range Files(1000) {
		if first[path] != text {
			t.Fatalf("%s differs between two runs", path)
		}
	}
}
