package cli

import (
	"runtime/debug"
	"testing"
)

func TestMemory(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	percent := debug.SetGCPercent(100)
	defer func() { debug.SetMemoryLimit(before); debug.SetGCPercent(percent) }()
	env := map[string]string{}
	p := &Program{Env: func(name string) string { return env[name] }}
	p.tuneMemory(judgeMemory)
	for _, step := range []struct {
		records, largest int
		want             int64
	}{
		{100_000, 4, judgeMemory + 18_000_000},
		{10, 4, judgeMemory + 18_000_000}, // it keeps what it has taken
		{10_000, 10_000, judgeMemory + 10_000*(keptMemory+recordMemory)},
	} {
		p.takeMemory(step.records, step.largest)
		if got := debug.SetMemoryLimit(-1); got != step.want {
			t.Errorf("%d records, %d in a folder: %d bytes, want %d", step.records, step.largest, got, step.want)
		}
	}
	p.takeText(1 << 20)
	if got, want := debug.SetMemoryLimit(-1), int64(judgeMemory+10_000*(keptMemory+recordMemory)); got != want {
		t.Errorf("a large record after many small ones: %d bytes, want %d", got, want)
	}
	p.takeText(2 << 20)
	if got, want := debug.SetMemoryLimit(-1), int64(judgeMemory+textMemory*2<<20); got != want {
		t.Errorf("a larger record: %d bytes, want %d", got, want)
	}
	env["GOGC"], env["GOMEMLIMIT"] = "50", "1GiB" // which the runtime has obeyed
	debug.SetMemoryLimit(1 << 30)
	debug.SetGCPercent(50)
	p.tuneMemory(judgeMemory)
	p.takeMemory(100_000_000, 4)
	p.takeText(1 << 30)
	if limit, percent := debug.SetMemoryLimit(-1), debug.SetGCPercent(50); limit != 1<<30 || percent != 50 {
		t.Errorf("%d bytes, %d %%: the environment has no say", limit, percent)
	}
}
