package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
)

// A quarter of the faults are of each kind of record: those of campaigns and of
// one of the licences break rules, the others their schema.
const (
	wholeRecords  = 10_000
	wholeBySchema = wholeRecords / 200
	wholeByRules  = wholeRecords / 200
)

// BenchmarkWhole compares whole processes with those of two programs that do a part
// of the work each: kubeconform, which knows schemas alone, and conftest with ten
// of the rules. They take turns, so that what else the machine does slows all of
// them; the metrics say how many times as long as this program they take.
func BenchmarkWhole(b *testing.B) {
	dir := b.TempDir()
	if err := corpus.Write(dir, wholeRecords); err != nil {
		b.Fatal(err)
	}
	ours := process{
		[]string{build(b), "validate", "-C", dir},
		fmt.Sprintf("%d errors", corpus.Findings(wholeRecords)),
	}
	b.Run("kubeconform", func(b *testing.B) {
		needs(b, "kubeconform", "github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0")
		compare(b, "kubeconform", ours, kubeconform(b)...)
	})
	b.Run("conftest", func(b *testing.B) {
		needs(b, "conftest", "github.com/open-policy-agent/conftest@v0.71.1")
		rules := filepath.Join("testdata", "conftest", "rules.rego")
		compare(b, "conftest", ours, process{
			[]string{"conftest", "test", "--no-color", "--policy", rules, dir},
			fmt.Sprintf("%d failures", wholeByRules),
		})
	})
}

// needs leaves a benchmark out where a program is not there.
func needs(b *testing.B, program, module string) {
	if _, err := exec.LookPath(program); err != nil {
		b.Skipf("there is no %s on the PATH; to install it: go install %s", program, module)
	}
}

// kubeconform returns it with several numbers of workers. It wants records to have
// an apiVersion, which the schemas then have to know.
func kubeconform(b *testing.B) (all []process) {
	dir, schemas := b.TempDir(), b.TempDir()
	for path, text := range corpus.Files(wholeRecords) {
		writeFile(b, filepath.Join(dir, path), strings.Replace(text, "kind: ", "apiVersion: alliances.example/v1\nkind: ", 1))
	}
	names, err := filepath.Glob("../../schemas/*.schema.json")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		writeFile(b, filepath.Join(schemas, filepath.Base(name)), withVersion(b, name))
	}
	for _, workers := range []string{"2", "4", "8"} {
		all = append(all, process{
			[]string{
				"kubeconform", "-n", workers, "-summary", "-schema-location", schemas + "/{{.ResourceKind}}.schema.json", dir,
			},
			fmt.Sprintf("Valid: %d, Invalid: %d, Errors: 0, Skipped: 0", wholeRecords-wholeBySchema, wholeBySchema),
		})
	}
	return all
}

// withVersion returns a schema that knows the field apiVersion.
func withVersion(b *testing.B, name string) string {
	text, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(text, &schema); err != nil {
		b.Fatal(err)
	}
	schema["properties"].(map[string]any)["apiVersion"] = true
	text, err = json.Marshal(schema)
	if err != nil {
		b.Fatal(err)
	}
	return string(text)
}

// A process is a command, and what it prints if it does what it is to.
type process struct {
	command []string
	want    string
}

// A cost is what a process takes.
type cost struct{ wall, cpu time.Duration }

func (p process) run(b *testing.B) cost {
	command := exec.Command(p.command[0], p.command[1:]...)
	begin := time.Now()
	out, err := command.CombinedOutput() // findings are exit status 1
	wall := time.Since(begin)
	if !strings.Contains(string(out), p.want) {
		b.Fatalf("%v: no %q in %.1000s", err, p.want, out)
	}
	return cost{wall, command.ProcessState.UserTime() + command.ProcessState.SystemTime()}
}

// compare has this program and others take turns, and reports the medians, and
// those of the fastest of the others as multiples.
func compare(b *testing.B, name string, ours process, others ...process) {
	all := append([]process{ours}, others...)
	costs := make([][]cost, len(all))
	for b.Loop() {
		for i, p := range all {
			costs[i] = append(costs[i], p.run(b))
		}
	}
	walls, cpus := make([]float64, len(all)), make([]float64, len(all))
	for i := range all {
		walls[i] = median(costs[i], func(c cost) time.Duration { return c.wall })
		cpus[i] = median(costs[i], func(c cost) time.Duration { return c.cpu })
	}
	fastest := 1 + slices.Index(walls[1:], slices.Min(walls[1:]))
	b.ReportMetric(0, "ns/op") // it is the sum of all
	b.ReportMetric(walls[0], "alliances-s")
	b.ReportMetric(walls[fastest], name+"-s")
	b.ReportMetric(walls[fastest]/walls[0], name+"/alliances")
	b.ReportMetric(cpus[fastest]/cpus[0], name+"/alliances-cpu")
}

// median returns the median of costs in seconds.
func median(costs []cost, of func(cost) time.Duration) float64 {
	var all []float64
	for _, c := range costs {
		all = append(all, of(c).Seconds())
	}
	slices.Sort(all)
	return all[len(all)/2]
}
