package pipeline

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// issues stands in for GitLab's API of a project's issues, as far as the job calls
// it.
type issues struct {
	lock    sync.Mutex // held but while the job runs
	t       *testing.T
	all     []issue
	calls   []string
	failing bool
}

type issue struct {
	IID         int      `json:"iid"`
	State       string   `json:"state"`
	Author      string   `json:"author"` // by the token
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Labels      []string `json:"labels"`

	confidential string
}

const issuesPath = "/api/v4/projects/7/issues"

func (s *issues) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.calls = append(s.calls, r.Method)
	token := r.Header.Get("PRIVATE-TOKEN")
	switch number, isOne := strings.CutPrefix(r.URL.Path, issuesPath+"/"); {
	case token == "":
		http.Error(w, "401 Unauthorized", http.StatusUnauthorized)
	case s.failing:
		http.Error(w, "502 Bad Gateway", http.StatusBadGateway)
	case r.Method == http.MethodGet && r.URL.Path == issuesPath:
		s.list(w, r, token)
	case r.Method == http.MethodPost && r.URL.Path == issuesPath:
		s.all = append(s.all, issue{
			IID: len(s.all) + 41, State: "opened", Author: token, Title: r.PostFormValue("title"), Description: r.PostFormValue("description"),
			Labels: strings.Split(r.PostFormValue("labels"), ","), confidential: r.PostFormValue("confidential"),
		})
		w.WriteHeader(http.StatusCreated)
	case r.Method == http.MethodPut && isOne:
		i := slices.IndexFunc(s.all, func(i issue) bool { return strconv.Itoa(i.IID) == number })
		if i < 0 {
			http.NotFound(w, r)
			return
		}
		s.all[i].Description = r.PostFormValue("description")
	default:
		s.t.Errorf("%s %s", r.Method, r.URL)
		http.NotFound(w, r)
	}
}

func (s *issues) list(w http.ResponseWriter, r *http.Request, token string) {
	query := r.URL.Query()
	found := []issue{}
	for _, i := range s.all {
		mine := query.Get("scope") != "created_by_me" || i.Author == token
		if mine && i.State == query.Get("state") && slices.Contains(i.Labels, query.Get("labels")) {
			found = append(found, i)
		}
	}
	if err := json.NewEncoder(w).Encode(found); err != nil {
		s.t.Error(err)
	}
}

// script returns the script of a job of .gitlab-ci.yml.
func script(t *testing.T, job string) string {
	t.Helper()
	lines := parse(t, read(t, ".gitlab-ci.yml")).At([]string{job, "script"})
	if lines == nil {
		t.Fatalf("there is no job %s", job)
	}
	var all strings.Builder
	for _, line := range lines.Items {
		all.WriteString(line.Text + "\n")
	}
	return all.String()
}

// TestAgenda runs the job that keeps an issue of what is due, as GitLab's runner
// would: an issue is opened once, and updated until somebody closes it.
func TestAgenda(t *testing.T) {
	for _, program := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(err)
		}
	}
	p := newProject(t)
	p.Write("partners/example-ci/campaigns/2026-01-hostile.yaml", hostile)
	server := &issues{t: t}
	listening := httptest.NewServer(server)
	defer listening.Close()
	alliances, job := program(t), script(t, "agenda")
	server.lock.Lock()
	run := func(token string) (passed bool) {
		server.lock.Unlock()
		defer server.lock.Lock()
		cmd := exec.Command("bash", "-eo", "pipefail", "-c", job)
		cmd.Dir = p.Dir
		cmd.Env = append(os.Environ(), "ALLIANCES="+alliances, "AGENDA_TOKEN="+token,
			"CI_API_V4_URL="+listening.URL+"/api/v4", "CI_PROJECT_ID=7", "NO_PROXY=*")
		out, err := cmd.CombinedOutput()
		if token != "" && strings.Contains(string(out), token) {
			t.Errorf("the token is printed:\n%s", out)
		}
		return err == nil
	}
	check := func(passed, want bool, calls string, issues int) {
		t.Helper()
		if got := strings.Join(server.calls, " "); passed != want || got != calls || len(server.all) != issues {
			t.Fatalf("passed is %v after %q, with %d issues; want %v, %q, %d", passed, got, len(server.all), want, calls, issues)
		}
		server.calls = nil
	}

	check(run(""), true, "", 0)
	check(run("glpat-secret"), true, "GET POST", 1)
	first := server.all[0]
	if first.Title != "What is due" || first.confidential != "true" || !strings.Contains(first.Description, "Hands-on workshops") {
		t.Errorf("%+v", first)
	}
	for line := range strings.Lines(first.Description) {
		if quickAction.MatchString(line) {
			t.Errorf("a quick action: %q", line)
		}
	}

	server.all[0].Description = `{"iid":5} was here`
	check(run("glpat-secret"), true, "GET PUT", 1)
	if server.all[0].Description != first.Description {
		t.Error("the issue was not updated")
	}
	check(run("glpat-other"), true, "GET POST", 2)
	server.all[0].State = "closed"
	check(run("glpat-secret"), true, "GET POST", 3)

	server.failing = true
	check(run("glpat-secret"), false, "GET", 3)
}

// quickAction is a line that GitLab takes for an order.
var quickAction = regexp.MustCompile(`^\s*/[a-z]`)

// hostile is a campaign whose texts are orders to GitLab.
const hostile = `kind: campaign
topic: "Now\n/close\n/assign @all"
timeline: {starts_on: 2026-01-05, ends_on: 2026-01-09}
budget: {amount: 8000, currency: "\n/close"}
marketing_targets: [{metric: registrations, target: 300}]
issue: https://gitlab.example/alliances/campaigns/-/issues/9
`
