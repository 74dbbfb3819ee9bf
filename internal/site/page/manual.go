package page

import (
	"html/template"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/catalogue"
	"gitlab.com/gitlab-com/alliances/internal/guide"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

const manualPage = "manual/index.html"

// aboveManual is what leads back to the manual from its pages.
var aboveManual = []pageLink{{manualPage, "Manual"}}

// A manualBody is all that the manual has, for the page that leads there.
type manualBody struct {
	Guides   []*guideBody
	Records  []recordGuideBody
	Commands []site.Command
	Rules    int
}

// A guideBody is a page for people.
type guideBody struct {
	*guide.Guide
	Page string // its name, from the site's root
	Path string // from the root of the repository
}

// Body returns what stands below the title. The package guide writes HTML that has
// none of what the guide's author wrote as such.
func (g *guideBody) Body() template.HTML { return template.HTML(g.HTML) }

// Index returns the headings that the manual lists.
func (g *guideBody) Index() []guide.Section {
	return slices.DeleteFunc(slices.Clone(g.Sections), func(s guide.Section) bool { return s.Level != 2 })
}

// A recordGuideBody says how to write records of a kind.
type recordGuideBody struct {
	site.RecordGuide
	Rules []catalogue.Explanation
}

// manual returns the tasks that make the pages of the manual.
func (pr *printer) manual() []task {
	body := manualBody{Guides: pr.guides, Commands: pr.site.Manual.Commands, Rules: len(pr.site.Rules)}
	for _, r := range pr.site.Manual.Records {
		body.Records = append(body.Records, recordGuideBody{r, pr.rulesOf(r.Kind)})
	}
	tasks := []task{
		func() error {
			return pr.page(sheet{Page: manualPage, Template: "manual", Title: "Manual", Section: manualPage, Search: true, Body: body})
		},
		func() error { return pr.manualIndex(&body) },
		pr.writePictures,
	}
	for _, g := range body.Guides {
		tasks = append(tasks, pr.manualPage("guide", g.Page, g.Title, g))
	}
	for _, r := range body.Records {
		tasks = append(tasks, pr.manualPage("record-guide", recordGuidePage(r.Kind), r.Title, r))
	}
	for _, c := range body.Commands {
		tasks = append(tasks, pr.manualPage("command", commandPage(c.Name), "alliances "+c.Name, c))
	}
	return tasks
}

// manualPage returns the task that makes a page of the manual.
func (pr *printer) manualPage(template, page, title string, body any) task {
	return func() error {
		return pr.page(sheet{Page: page, Template: template, Title: title, Section: manualPage, Above: aboveManual, Body: body})
	}
}

// rulesOf returns the rules on a kind of record.
func (pr *printer) rulesOf(kind string) []catalogue.Explanation {
	return slices.DeleteFunc(policiesFirst(pr.site.Rules), func(r catalogue.Explanation) bool { return r.Kind != kind })
}

// recordGuidePage returns where the page stands that says how to write records of a
// kind.
func recordGuidePage(kind string) string { return "manual/records/" + fileName(kind) + ".html" }

// commandPage returns where the page of a command stands.
func commandPage(name string) string {
	return "manual/commands/" + fileName(strings.ReplaceAll(name, " ", "-")) + ".html"
}

// fieldAnchor returns the name of a field's place on the page of its kind.
func fieldAnchor(path []string) string {
	return "field-" + strings.Join(strings.Fields(strings.Join(path, ".")), "-")
}

// flagAnchor returns the name of a flag's place on the page of its command.
func flagAnchor(name string) string { return "flag-" + slug(name) }

// dotted returns a field's path as it is written.
func dotted(path []string) string { return strings.Join(path, ".") }
