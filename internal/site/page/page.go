// Package page writes what a site shows for people: its pages, their charts and
// the index that the search looks in.
package page

import (
	"bytes"
	"context"
	"html/template"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// Write makes all pages of a site, with their charts, the index that the search
// looks in and what is the same on every site, on as many goroutines as jobs says, and gives each file to
// write, which has to bear being called by several of them. The files come in
// no order, but each is always the same for the same site.
func Write(s *site.Site, jobs int, write func(site.File) error) error {
	pr, err := newPrinter(s, write)
	if err != nil {
		return err
	}
	tasks := pr.tasks()
	return parallel.Each(context.Background(), jobs, len(tasks), func(i int) error { return tasks[i]() })
}

// A printer makes the pages of one site.
type printer struct {
	site    *site.Site
	write   func(site.File) error
	shared  *template.Template // the layout and what pages have in common
	nav     []pageLink
	records map[string]string // the page of each record, by its path
	rules   map[string]bool   // that have a page, by id

	guides   []*guideBody
	pictures map[string]string // where those stand that guides show, by their paths

	setsLock sync.Mutex
	sets     map[setKey]*template.Template

	buffers sync.Pool
}

// A setKey names the templates of one kind of page, as links at that distance
// from the root need them.
type setKey struct{ name, root string }

// A task makes one page or a few that belong together.
type task func() error

func newPrinter(s *site.Site, write func(site.File) error) (*printer, error) {
	pr := &printer{
		site: s, write: write, records: locate(s), rules: map[string]bool{}, sets: map[setKey]*template.Template{},
		buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }},
	}
	for i := range s.Rules {
		pr.rules[s.Rules[i].ID] = true
	}
	pr.nav = pr.places()
	if err := pr.readGuides(); err != nil {
		return nil, err
	}
	shared, err := template.New("shared").Funcs(pr.functions("")).ParseFS(embedded, "templates/base.html", "templates/shared.html")
	pr.shared = shared
	return pr, err
}

// tasks returns what there is to do, the longest things first.
func (pr *printer) tasks() []task {
	all := []task{pr.overview, pr.about, pr.assets}
	for _, some := range [][]task{
		pr.directory(), pr.licenses(), pr.campaigns(), pr.figures(), pr.models(), pr.rulesPages(), pr.manual(), pr.kinds(), pr.wrong(), pr.decisions(), pr.partners(),
	} {
		all = append(all, some...)
	}
	return all
}

// A sheet is all that the layout shows of a page.
type sheet struct {
	Page     string // its name, from the site's root
	Template string
	Title    string
	Section  string // the page of the navigation that it belongs to
	Above    []pageLink
	Search   bool // whether it has a search
	Wrong    *part[finding.Finding]
	Body     any

	Site  *site.Site
	Nav   []pageLink
	Main  template.HTML // what it shows below its heading
	Index []section
}

// numbered returns the page that shows a part of a list. Those behind the first
// say which they are, and lead back to it where nothing else is above them.
func (s sheet) numbered(p pager) sheet {
	s.Page = p.Page()
	if p.At > 1 {
		if s.Above == nil {
			s.Above = []pageLink{{p.Pages[0], s.Title}}
		}
		s.Title += ", page " + thousands(p.At)
	}
	return s
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
	if err := set.ExecuteTemplate(out, "main", s); err != nil {
		return err
	}
	main := out.String()
	s.Main, s.Index = template.HTML(main), indexOf(main)
	out.Reset()
	if err := set.ExecuteTemplate(out, "base.html", s); err != nil {
		return err
	}
	return pr.write(site.File{Name: s.Page, Data: bytes.Clone(out.Bytes())})
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
