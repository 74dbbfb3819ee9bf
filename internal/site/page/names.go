package page

import (
	"cmp"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// shortName returns the name of a partner for a list, where one that is very long
// would leave no room for the others.
func shortName(p *site.Partner) string {
	const most = 80 // characters
	return source.Shorten(oneLine(p.Name), most)
}

// title returns what people call a value of a field, with what does not show
// written out.
func (pr *printer) title(kind, field, value string) string {
	return cmp.Or(oneLine(pr.site.Titles.Of(kind, field, value)), words(value))
}

// kindTitle returns what people call a kind, or another word that stands for what
// rules are about.
func (pr *printer) kindTitle(name string) string {
	return cmp.Or(oneLine(pr.site.Titles.Of(name)), words(name))
}

// criterion returns what people call a success criterion.
func (pr *printer) criterion(name string) string {
	return cmp.Or(pr.site.Handbook.Text("criteria", name, "title"), words(name))
}

// model returns what people call a delivery model.
func (pr *printer) model(name string) string {
	for _, m := range pr.site.Models {
		if m.Name == name {
			return m.Title
		}
	}
	return words(name)
}

// figureName returns what people call a hosting platform or a method: the
// handbook's title, the schema's, the name of the partner, or the word itself.
func (pr *printer) figureName(key string) string {
	if title := pr.site.Handbook.Text("kpi", "distribution_methods", key); title != "" {
		return oneLine(title)
	}
	for _, field := range []string{"active_installations", "downloads"} {
		if title := pr.site.Titles.Of("kpi", field, key); title != "" {
			return oneLine(title)
		}
	}
	for _, p := range pr.site.Partners {
		if p.Folder == key && p.Name != "" {
			return oneLine(p.Name)
		}
	}
	return words(key)
}

// titlesOf returns the titles of some values as a text.
func titlesOf(values []string, title func(string) string) string {
	titles := make([]string, len(values))
	for i, v := range values {
		titles[i] = oneLine(title(v))
	}
	return strings.Join(titles, ", ")
}
