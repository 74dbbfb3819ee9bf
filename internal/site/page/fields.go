package page

import (
	"html/template"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// facts tells single values from those that have values of their own.
func facts(fields []site.Field) (single, several []site.Field) {
	for _, f := range fields {
		if len(f.Fields) == 0 {
			single = append(single, f)
		} else {
			several = append(several, f)
		}
	}
	return single, several
}

// A grid is objects that are alike, as a table.
type grid struct {
	Named   bool // whether each row has a name of its own
	Columns []string
	Rows    []gridRow
}

// A gridRow is one of the objects.
type gridRow struct {
	Name  string
	Cells []site.Field
}

// gridOf returns the objects in a list or in an object as a table, where each
// has single values alone; else nil. Those in an object have names.
func gridOf(f site.Field) *grid {
	columns := map[string]int{}
	g := &grid{Named: !f.List}
	for _, entry := range f.Fields {
		if len(entry.Fields) == 0 {
			return nil
		}
		for _, value := range entry.Fields {
			if len(value.Fields) > 0 {
				return nil
			}
			if _, known := columns[value.Title]; !known {
				columns[value.Title] = len(g.Columns)
				g.Columns = append(g.Columns, value.Title)
			}
		}
	}
	for _, entry := range f.Fields {
		row := gridRow{entry.Title, make([]site.Field, len(g.Columns))}
		for _, value := range entry.Fields {
			row.Cells[columns[value.Title]] = value
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// A run is fields that stand one after the other: some with nothing but a text,
// which are most, written as HTML at once, or a single one for the templates.
type run struct {
	Plain template.HTML
	Field site.Field
	Long  bool
}

func runsOf(fields []site.Field) []run {
	var runs []run
	var plain strings.Builder
	end := func() {
		if plain.Len() > 0 {
			runs = append(runs, run{Plain: template.HTML(plain.String())})
			plain.Reset()
		}
	}
	for _, f := range fields {
		if len(f.Fields) == 0 && f.URL == "" && f.Text != "" {
			writePlain(&plain, f)
			continue
		}
		end()
		runs = append(runs, run{Field: f, Long: isLong(f)})
	}
	end()
	return runs
}

// asText makes a text one of HTML, as the package html/template does.
var asText = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")

func writePlain(out *strings.Builder, f site.Field) {
	out.WriteString("\n<div")
	if isLong(f) {
		out.WriteString(` class="long"`)
	}
	out.WriteString("><dt>")
	asText.WriteString(out, f.Title)
	out.WriteString(`</dt><dd><span class="lines">`)
	asText.WriteString(out, f.Text)
	out.WriteString("</span></dd></div>")
}

// isLong reports whether a field takes the whole width of a page.
func isLong(f site.Field) bool {
	const long = 120 // bytes
	return len(f.Fields) > 0 || len(f.Text) > long
}
