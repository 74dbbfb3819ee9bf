package page

import (
	"html/template"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

// A long page begins with an index: one that has many sections, or some that take
// several screens.
const (
	manySections = 4
	longText     = 15_000 // bytes of HTML
)

// A section is a heading of a page, or of a part of a long table, as the index
// names it.
type section struct {
	ID   string
	Name template.HTML
}

// headings matches what the index names: the id, and the words before the next tag.
var headings = lazy.Pattern(`<(?:h2|th scope="rowgroup") id="([^"]+)"[^>]*>([^<]+)`)

// indexOf returns the sections of a page, if it is long. A heading is named by its
// words before what it has in tags.
func indexOf(main string) []section {
	found := headings().FindAllStringSubmatch(main, -1)
	if len(found) < manySections && (len(found) < 2 || len(main) < longText) {
		return nil
	}
	sections := make([]section, len(found))
	for i, h := range found {
		sections[i] = section{h[1], template.HTML(strings.TrimSpace(h[2]))}
	}
	return sections
}
