package pipeline

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// template is the component's file.
const template = "templates/validate/template.yml"

// component is how the pipelines of other projects include it.
var component = regexp.MustCompile(`component: \$CI_SERVER_FQDN/gitlab-com/alliances/validate@(\S+)\n`)

// fetched has a pipeline take the component from its own project, in the place of
// GitLab, which fetches it.
func fetched(pipeline string) string {
	return component.ReplaceAllString(pipeline, "local: /"+template+"\n")
}

// example returns the pipeline that README.md shows to other projects.
func example(t *testing.T) string {
	t.Helper()
	for block := range strings.SplitSeq(read(t, "README.md"), "```yaml\n") {
		block, _, _ = strings.Cut(block, "```")
		if component.MatchString(block) {
			return block
		}
	}
	t.Fatal("README.md does not show how to include the component")
	return ""
}

// A consumer is another project, which holds records and nothing that judges them, and
// includes the component as README.md shows.
type consumer struct {
	records   []string // that a merge request brings along, as name and text in turn
	inputs    []string // besides those that README.md gives
	variables []string
}

// run runs a job of the component in the project that is returned.
func (c consumer) run(t *testing.T, job string) (p *project, output string, passed bool) {
	t.Helper()
	p = begin(t, []string{"partners"}, template)
	p.Write(c.records...)
	p.Commit("Change it")
	pipeline := fetched(example(t))
	if c.inputs != nil {
		pipeline += "    inputs:\n      " + strings.Join(c.inputs, "\n      ") + "\n"
	}
	p.Write(".gitlab-ci.yml", pipeline)
	output, passed = p.run(".gitlab-ci.yml", job, c.variables...)
	return p, output, passed
}

var (
	five   = []string{grant, strings.ReplaceAll(seats, "11", "5")}
	eleven = []string{grant, seats}

	// doubtful is worth a warning.
	doubtful = []string{grant, strings.Replace(five[1], "Build and", "Build &amp;", 1)}

	// waived are eleven seats, and a waiver of them that has ended.
	longAgo = strings.NewReplacer("203", "202")
	waived  = []string{longAgo.Replace(grant), longAgo.Replace(seats), longAgo.Replace(waiver), longAgo.Replace(ended)}
)

// TestComponent has the component judge the records of another project.
func TestComponent(t *testing.T) {
	needsRunner(t)
	alliances := "ALLIANCES=" + program(t)
	onMain := []string{alliances, "CI_PIPELINE_SOURCE=push", "CI_MERGE_REQUEST_DIFF_BASE_SHA="}
	inMergeRequest, scheduled := onMain[:1], append(slices.Clone(onMain), "CI_PIPELINE_SOURCE=schedule")
	reports := []string{"reports/alliances.md", "reports/codequality.json", "reports/junit.xml"}
	for name, test := range map[string]struct {
		consumer
		passed bool
		word   string
		files  []string
	}{
		"a right grant":            {consumer{five, nil, inMergeRequest}, true, "by the rules built in", reports},
		"eleven seats":             {consumer{eleven, nil, inMergeRequest}, false, "license/seat_cap", reports},
		"right on the branch":      {consumer{five, nil, onMain}, true, " partners", reports},
		"wrong on the branch":      {consumer{eleven, nil, onMain}, false, "license/seat_cap", reports},
		"an ended waiver":          {consumer{waived, nil, onMain}, true, "1 waived", reports},
		"the same in a schedule":   {consumer{waived, nil, scheduled}, false, "the waiver of it ended on 2021-03-01", reports},
		"a warning":                {consumer{doubtful, nil, inMergeRequest}, true, "1 warning", reports},
		"a warning that blocks":    {consumer{doubtful, []string{"fail-on: warning"}, inMergeRequest}, false, "1 warning", reports},
		"a severity that is not":   {consumer{five, []string{"fail-on: never"}, inMergeRequest}, false, "not in the list of allowed options", nil},
		"another folder and stage": {consumer{five, []string{"reports: out/of.records", "stage: deploy"}, inMergeRequest}, true, "(deploy)", []string{"out/of.records/junit.xml"}},
		"compared with nothing":    {consumer{five, []string{`base: ""`}, inMergeRequest}, true, " partners", reports},
	} {
		t.Run(name, func(t *testing.T) {
			p, output, passed := test.run(t, "validate")
			if passed != test.passed || !strings.Contains(output, test.word) {
				t.Errorf("passed is %v, want %v, and %q in\n%s", passed, test.passed, test.word, output)
			}
			for _, file := range test.files {
				if _, err := os.Stat(filepath.Join(p.Dir, file)); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestChanges has the component tell what a merge request of another project means.
func TestChanges(t *testing.T) {
	needsRunner(t)
	p, output, passed := consumer{records: five, variables: []string{"ALLIANCES=" + program(t)}}.run(t, "changes")
	if !passed || !strings.Contains(p.read("reports/changes.md"), "5 seats") {
		t.Errorf("passed is %v in\n%s", passed, output)
	}
}

// A registry stands in for GitLab's package registry: what it holds, by its address.
type registry map[string][]byte

func (r registry) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	_, token, _ := request.BasicAuth()
	content, found := r[request.URL.EscapedPath()]
	if !found || token != "job-token" {
		http.NotFound(w, request)
		return
	}
	_, _ = w.Write(content)
}

// publish adds a release of a project, and the checksum of what its archive should be.
func (r registry) publish(project, version string, archive, meant []byte) {
	release := "/api/v4/projects/" + project + "/packages/generic/alliances/" + version + "/"
	name := fmt.Sprintf("alliances_%s_%s_%s.tar.gz", version, runtime.GOOS, runtime.GOARCH)
	r[release+name] = archive
	r[release+"checksums.txt"] = fmt.Appendf(nil, "%x  alliances_%s_windows_amd64.zip\n%x  %s\n", sha256.Sum256(nil), version, sha256.Sum256(meant), name)
}

// packed returns a program in the archive of a release.
func packed(t *testing.T, program string) []byte {
	t.Helper()
	binary, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	compressed := gzip.NewWriter(&archive)
	files := tar.NewWriter(compressed)
	release := fstest.MapFS{"alliances": {Data: binary, Mode: 0o755}, "README.md": {}}
	if err := errors.Join(files.AddFS(release), files.Close(), compressed.Close()); err != nil {
		t.Fatal(err)
	}
	return archive.Bytes()
}

// TestRelease has the component fetch the program that judges.
func TestRelease(t *testing.T) {
	needsRunner(t)
	archive, own := packed(t, program(t)), strings.TrimPrefix(version(t), "v")
	packages := registry{}
	packages.publish("gitlab-com%2Falliances", own, archive, archive)
	packages.publish("gitlab-com%2Falliances", "1.2.3-rc.1", archive, archive)
	packages.publish("tools%2Fmirrors%2Falliances", own, archive, archive)
	packages.publish("gitlab-com%2Falliances", "0.0.1", append(slices.Clone(archive), 0), archive)
	server := httptest.NewServer(packages)
	defer server.Close()
	for name, test := range map[string]struct {
		inputs []string
		passed bool
		word   string
	}{
		"its own":              {nil, true, "alliances_" + own + "_"},
		"another one":          {[]string{"version: v1.2.3-rc.1"}, true, "alliances_1.2.3-rc.1_"},
		"one of a mirror":      {[]string{"project: tools/mirrors/alliances"}, true, "no errors"},
		"one that is not":      {[]string{"version: v9.9.9"}, false, "404"},
		"one that was altered": {[]string{"version: v0.0.1"}, false, "FAILED"},
	} {
		t.Run(name, func(t *testing.T) {
			variables := []string{"CI_API_V4_URL=" + server.URL + "/api/v4", "CI_JOB_TOKEN=job-token", "NO_PROXY=*"}
			_, output, passed := consumer{five, test.inputs, variables}.run(t, "validate")
			if passed != test.passed || !strings.Contains(output, test.word) {
				t.Errorf("passed is %v, want %v, and %q in\n%s", passed, test.passed, test.word, output)
			}
		})
	}
}
