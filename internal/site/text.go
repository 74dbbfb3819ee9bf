package site

import (
	"net/url"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// flat returns a text on one line.
func flat(text string) string {
	if short := strings.Join(strings.Fields(text), " "); short != text {
		return short
	}
	return text // the same memory
}

// line returns a text on one line, with everything in it to be seen.
func line(text string) string { return source.Readable(flat(text)) }

// lines returns what line does, but keeps line breaks.
func lines(text string) string {
	all := strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), "\n")
	for i := range all {
		all[i] = source.Readable(strings.TrimRight(all[i], " \t"))
	}
	return strings.Join(all, "\n")
}

// text returns the text of the scalar at a path on one line, "" where there is
// none. It is a value: who shows it sees to what does not show.
func text(n *record.Node, path ...string) string {
	value := n.At(path)
	if value == nil || !value.IsScalar() || value.Kind == record.Null {
		return ""
	}
	return flat(value.Text)
}

// day returns the day at a path, "" where there is none.
func day(n *record.Node, path ...string) string {
	if text := text(n, path...); record.IsDay(text) {
		return text
	}
	return ""
}

// texts returns the texts of a list.
func texts(n *record.Node) []string {
	if n == nil {
		return nil
	}
	var all []string
	for _, item := range n.Items {
		if text := text(item); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// Address returns a text if it is an https address that says where it leads, and
// "" for any other.
func Address(text string) string {
	address, err := url.Parse(text)
	switch {
	case err != nil || address.Scheme != "https" || address.Hostname() == "" || address.User != nil:
		return ""
	case source.Visible(text) != text || strings.ContainsAny(text, " \\\"<>"):
		return ""
	}
	return text
}
