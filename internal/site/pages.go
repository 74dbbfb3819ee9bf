package site

import (
	"bytes"
	"context"
	"embed"
	"html/template"
	"io/fs"
	"regexp"
	"strings"
	"sync"

	"github.com/dustin/go-humanize"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

//go:embed templates assets
var embedded embed.FS

// Assets returns the files that are the same on every site.
func Assets() []File {
	entries, err := fs.ReadDir(embedded, "assets")
	if err != nil {
		panic(err) // they are part of the program
	}
	var files []File
	for _, e := range entries {
		data, err := embedded.ReadFile("assets/" + e.Name())
		if err != nil {
			panic(err)
		}
		files = append(files, File{"assets/" + e.Name(), data})
	}
	return files
}

// Pages makes all pages of a site, with their charts and the index that the
// search looks in, on as many goroutines as jobs says, and gives each file to
// write, which has to bear being called by several of them. The files come in
// no order, but each is always the same for the same site.
func Pages(s *Site, jobs int, write func(File) error) error {
	pr, err := newPrinter(s, write)
	if err != nil {
		return err
	}
	tasks := pr.tasks()
	return parallel.Each(context.Background(), jobs, len(tasks), func(i int) error { return tasks[i]() })
}

// A printer makes the pages of one site.
type printer struct {
	site    *Site
	write   func(File) error
	shared  *template.Template // the layout and what pages have in common
	nav     []place
	records map[string]string // the page of each record, by its path
	rules   map[string]bool   // that have a page, by id

	setsLock sync.Mutex
	sets     map[setKey]*template.Template

	buffers sync.Pool
}

// A setKey names the templates of one kind of page, as links at that distance
// from the root need them.
type setKey struct{ name, root string }

// A task makes one page or a few that belong together.
type task func() error

func newPrinter(s *Site, write func(File) error) (*printer, error) {
	pr := &printer{
		site: s, write: write, records: locate(s), rules: map[string]bool{}, sets: map[setKey]*template.Template{},
		buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }},
	}
	for _, r := range s.Rules {
		pr.rules[r.ID] = true
	}
	for _, r := range s.Built {
		pr.rules[r.ID] = true
	}
	pr.nav = pr.places()
	shared, err := template.New("shared").Funcs(pr.functions("")).ParseFS(embedded, "templates/base.html", "templates/shared.html")
	pr.shared = shared
	return pr, err
}

// tasks returns what there is to do, the longest things first.
func (pr *printer) tasks() []task {
	all := []task{pr.directoryIndex, pr.overview, pr.about}
	for _, some := range [][]task{
		pr.directory(), pr.licenses(), pr.campaigns(), pr.figures(), pr.models(), pr.catalogue(), pr.kinds(), pr.wrong(), pr.partners(),
	} {
		all = append(all, some...)
	}
	return all
}

// A place is a page with the name that links to it have.
type place struct{ Page, Title string }

// places returns what the navigation of every page leads to.
func (pr *printer) places() []place {
	all := []place{
		{"index.html", "Overview"},
		{"partners/index.html", "Partners"},
		{"licenses/index.html", "Licences"},
		{"campaigns/index.html", "Campaigns"},
		{"kpis.html", "Figures"},
		{"models.html", "Delivery models"},
	}
	if len(pr.site.Kinds) > 0 {
		all = append(all, place{"kinds/index.html", "Other records"})
	}
	return append(all, place{"rules/index.html", "Rules"}, place{"about.html", "About"})
}

// A sheet is all that the layout shows of a page.
type sheet struct {
	Page     string // its name, from the site's root
	Template string
	Title    string
	Section  string // the page of the navigation that it belongs to
	Above    []place
	Search   bool // whether it has a search
	Wrong    *part[finding.Finding]
	Body     any

	Site *Site
	Nav  []place
}

// page makes a page.
func (pr *printer) page(s sheet) error {
	s.Site, s.Nav = pr.site, pr.nav
	set, err := pr.set(setKey{s.Template, upToRoot(s.Page)})
	if err != nil {
		return err
	}
	out, _ := pr.buffers.Get().(*bytes.Buffer)
	defer pr.buffers.Put(out)
	out.Reset()
	if err := set.ExecuteTemplate(out, "base.html", s); err != nil {
		return err
	}
	return pr.write(File{s.Page, bytes.Clone(out.Bytes())})
}

// set returns the templates of a kind of page.
func (pr *printer) set(key setKey) (*template.Template, error) {
	pr.setsLock.Lock()
	defer pr.setsLock.Unlock()
	if set := pr.sets[key]; set != nil {
		return set, nil
	}
	set, err := pr.shared.Clone()
	if err != nil {
		return nil, err
	}
	set, err = set.Funcs(pr.functions(key.root)).ParseFS(embedded, "templates/"+key.name+".html")
	pr.sets[key] = set
	return set, err
}

// picture writes the files of a chart.
func (pr *printer) picture(c chart, draw func() ([]byte, error)) error {
	files, err := c.files(draw)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := pr.write(f); err != nil {
			return err
		}
	}
	return nil
}

// functions returns what templates call, on pages at that distance from the
// root.
func (pr *printer) functions(root string) template.FuncMap {
	return template.FuncMap{
		"href":    func(page string) string { return root + page },
		"partner": func(p *Partner) string { return root + partnerPage(p.Folder) },
		"kind":    func(name string) string { return root + kindPage(name) },
		"record": func(path string) string {
			if page, ok := pr.records[path]; ok {
				return root + page
			}
			return ""
		},
		"rule": func(id string) string {
			if pr.rules[id] {
				return root + rulePage(id)
			}
			return ""
		},
		"https": httpsAddress, "anchor": anchor, "line": oneLine, "text": manyLines, "prose": prose, "words": words, "slug": slug,
		"count": countOf, "some": some, "money": money, "signed": signed,
		"bars":     func(list part[*License], scale *timeline, title string) barList { return barList{list, scale, title} },
		"wrongs":   func(p *Partner) int { return len(partnerFindings(p)) },
		"criteria": func(p *Partner) string { return joined(p.Criteria, pr.site.criterion) },
		"models":   func(p *Partner) string { return joined(p.Models, pr.site.model) },
	}
}

// A barList is what a template needs to list licences on a time line.
type barList struct {
	List     part[*License]
	Timeline *timeline
	Title    string
}

// joined returns the titles of some values as a text.
func joined(values []string, title func(string) string) string {
	titles := make([]string, len(values))
	for i, v := range values {
		titles[i] = oneLine(title(v))
	}
	return strings.Join(titles, ", ")
}

// oneLine returns text as it is shown on a line, with what acts on a page
// written out.
func oneLine(text string) string { return source.Visible(strings.TrimSpace(text)) }

// manyLines returns text of several lines with everything else that acts on a
// page written out.
func manyLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i := range lines {
		lines[i] = source.Visible(strings.TrimSuffix(lines[i], "\r"))
	}
	return strings.Join(lines, "\n")
}

// A stretch of prose is words or code.
type stretch struct {
	Code bool
	Text string
}

// prose takes apart text of the validator's, of rules and of schemas, which has
// code in backticks.
func prose(text string) []stretch {
	var all []stretch
	for i, part := range strings.Split(strings.ReplaceAll(text, "\n", " "), "`") {
		if part != "" {
			all = append(all, stretch{i%2 == 1, source.Visible(part)})
		}
	}
	return all
}

// words returns a value of a record's, such as in_progress, as it is read.
func words(value string) string { return source.Visible(strings.ReplaceAll(value, "_", " ")) }

var noSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug returns a value as a class or the name of a page.
func slug(value string) string {
	return strings.Trim(noSlug.ReplaceAllString(strings.ToLower(value), "-"), "-")
}

// thousands returns a number with its thousands apart.
func thousands[N int | int64](n N) string { return humanize.Comma(int64(n)) }

// countOf returns a number as templates have it.
func countOf(n any) string {
	switch n := n.(type) {
	case int:
		return thousands(n)
	case *int64:
		if n != nil {
			return thousands(*n)
		}
	case int64:
		return thousands(n)
	}
	return ""
}

// signed returns by how much a number went up or down.
func signed(n *int64) string {
	switch {
	case n == nil:
		return ""
	case *n > 0:
		return "+" + thousands(*n)
	case *n < 0:
		return "−" + thousands(-*n)
	}
	return "±0"
}

// some returns how many there are of something, such as "1 seat" or "2 seats".
func some(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}
