package release

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// A gitlab takes releases, and nothing else, from a job's token.
type gitlab struct {
	*testing.T
	*httptest.Server
	lock        sync.Mutex
	description string
	files       map[string]string // by their names
	links       map[string]string // the addresses of files, by their names
}

const jobToken = "job-token"

func newGitLab(t *testing.T) *gitlab {
	t.Helper()
	g := &gitlab{T: t, files: map[string]string{}, links: map[string]string{}}
	mux := http.NewServeMux()
	const project = "/api/v4/projects/tools%2Falliances"
	mux.HandleFunc("GET "+project+"/releases/{tag}", http.NotFound)
	mux.HandleFunc("POST "+project+"/releases", g.takeRelease)
	mux.HandleFunc("PUT "+project+"/packages/generic/alliances/1.2.3/{file}", g.takeFile)
	mux.HandleFunc("POST "+project+"/releases/"+tag+"/assets/links", g.takeLink)
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("JOB-TOKEN"); got != jobToken {
			t.Errorf("%s has the token %q", r.URL, got)
		}
		g.lock.Lock()
		defer g.lock.Unlock()
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(g.Close)
	return g
}

// env returns what a job knows of its GitLab.
func (g *gitlab) env() []string {
	return []string{
		"CI_API_V4_URL=" + g.URL + "/api/v4", "CI_SERVER_URL=" + g.URL, "CI_SERVER_VERSION=18.0.0",
		"CI_PROJECT_NAMESPACE=tools", "CI_PROJECT_NAME=alliances", "CI_JOB_TOKEN=" + jobToken, "GITLAB_TOKEN=" + jobToken,
	}
}

func (g *gitlab) takeRelease(w http.ResponseWriter, r *http.Request) {
	var release struct {
		Tag         string `json:"tag_name"`
		Description string `json:"description"`
	}
	g.decode(r, &release)
	if release.Tag != tag {
		g.Errorf("there is a release of %q, want %q", release.Tag, tag)
	}
	g.description = release.Description
	created(w)
}

func (g *gitlab) takeFile(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		g.Error(err)
	}
	g.files[r.PathValue("file")] = string(text)
	created(w)
}

func (g *gitlab) takeLink(w http.ResponseWriter, r *http.Request) {
	var link struct{ Name, URL string }
	g.decode(r, &link)
	g.links[link.Name] = link.URL
	created(w)
}

func (g *gitlab) decode(r *http.Request, to any) {
	if err := json.NewDecoder(r.Body).Decode(to); err != nil {
		g.Errorf("%s: %v", r.URL, err)
	}
}

func created(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_, _ = io.WriteString(w, "{}")
}

// holds makes sure that the release has these files of a clone, each with a link to
// it, and says what the changelog does.
func (g *gitlab) holds(names []string, c *clone) {
	g.Helper()
	if got, want := strings.TrimSpace(g.description), notes; got != want {
		g.Errorf("the release says %q, want %q", got, want)
	}
	if len(g.files) != len(names) || len(g.links) != len(names) {
		g.Errorf("there are %d files and %d links, want %d", len(g.files), len(g.links), len(names))
	}
	for _, name := range names {
		if g.files[name] != c.read(name) {
			g.Errorf("%s was not put up as it is", name)
		}
		link, err := url.PathUnescape(g.links[name])
		if want := g.URL + "/api/v4/projects/tools/alliances/packages/generic/alliances/1.2.3/" + name; err != nil || link != want {
			g.Errorf("%s is linked to %q (%v), want %s", name, link, err, want)
		}
	}
}
