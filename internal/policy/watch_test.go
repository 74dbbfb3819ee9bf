package policy

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// loadWith loads the small policies with another body of their rule.
func loadWith(t *testing.T, body string) *Set {
	t.Helper()
	fsys := goodPolicies()
	i := strings.Index(goodRule, "violation contains")
	rule := goodRule[:i] + `violation contains {"path": [], "message": "m"} if {` + body + "\n}\n"
	fsys[ruleFile] = &fstest.MapFile{Data: []byte(rule)}
	return load(t, fsys)
}

// doubled returns a body in which a value is doubled so many times.
func doubled(start, double string, times int) string {
	body := "\n\tx0 := " + start
	for i := range times {
		body += fmt.Sprintf("\n\tx%d := %s", i+1, strings.ReplaceAll(double, "x", fmt.Sprintf("x%d", i)))
	}
	return body + fmt.Sprintf("\n\tcount(x%d) == input.record.size", times)
}

// A rule that does not end is an error that names it, whatever it is at.
func TestTimeLimit(t *testing.T) {
	square := "\n\tx0 := 9999999999 + input.record.size" // whose square has twice the digits
	for i := range 27 {
		square += fmt.Sprintf("\n\tx%d := x%d * x%d", i+1, i, i)
	}
	for name, body := range map[string]string{
		"loops": `
	thousand := numbers.range(1, 1000)
	some a in thousand
	some b in thousand
	some c in thousand
	((a * b) * c) * input.record.size == -1`,
		"within a builtin": square + "\n\tx27 == 1",
	} {
		t.Run(name, func(t *testing.T) {
			set := loadWith(t, body)
			set.limits.time /= 20
			wantOverrun(t, set, "it ran out of time")
		})
	}
}

// A rule that takes more and more memory is an error that names it, too.
func TestMemoryLimit(t *testing.T) {
	for name, body := range map[string]string{
		"text":  doubled(`sprintf("%01000d", [input.record.size])`, `concat("", [x, x])`, 30),
		"list":  doubled(`[input.record.size]`, `array.concat(x, x)`, 32),
		"range": `count(numbers.range(input.record.size, 10000000000)) == 1`,
	} {
		t.Run(name, func(t *testing.T) {
			set := loadWith(t, body)
			set.limits.memory /= 4
			set.limits.time *= 20 // a busy machine fills memory slowly
			runtime.GC()          // what the last one has left
			wantOverrun(t, set, "it takes too much memory")
		})
	}
}

func wantOverrun(t *testing.T, set *Set, want string) {
	t.Helper()
	start := time.Now()
	_, err := judgeThingBy(t, set, "size: 9", true)
	if err == nil || !strings.Contains(err.Error(), "rule thing/size on partners/example/things/a.yaml: "+want) {
		t.Errorf("error %v", err)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("that took %s", took)
	}
}

// A person who writes a rule finds in the README what it can call.
func TestFunctionsAreListed(t *testing.T) {
	text, err := os.ReadFile("../../policies/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## What a rule can call\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var listed []string
	for _, match := range regexp.MustCompile("`([a-z0-9_.]+)`").FindAllStringSubmatch(section, -1) {
		listed = append(listed, match[1])
	}
	slices.Sort(listed)
	if !slices.Equal(listed, functions) {
		t.Errorf("listed are %v\nrules can call %v", listed, functions)
	}
}

// A look that comes late, since the machine has much else to do, counts no more
// than one that comes in time.
func TestLateLooks(t *testing.T) {
	w := newWatch(limits{time: time.Second, memory: 1 << 40})
	now := time.Now()
	for range 10 {
		if over := w.look(now); over != nil {
			t.Fatal(over)
		}
		now = now.Add(time.Minute)
	}
	var over error
	for range 2 * int(time.Second/lookAfter) {
		over = w.look(now)
		now = now.Add(lookAfter)
	}
	if over == nil {
		t.Error("it never runs out of time")
	}
}
