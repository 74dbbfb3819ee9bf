package schema

import (
	"encoding/json"
	"html"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// maxTried bounds how many bytes are judged once more to find what was meant: for
// each value that may have been, the whole record is. A small one counts as smallest.
const (
	maxTried = 64 * smallest
	smallest = 4096
)

// valuesMeant returns the values that a person may have meant by a scalar, of those that
// its schema takes: one where there is no doubt.
func (e *explainer) valuesMeant(p problem, property map[string]any) []any {
	path, found := p.path, e.at(p.path)
	if !found.IsScalar() || found.Kind == record.Null {
		return nil
	}
	form, _ := property["format"].(string)
	if p.keyword == "format" {
		form, _ = p.value.(string)
	}
	types := append(e.types(property), Texts(p.schema["type"])...)
	var all []any
	for _, value := range guesses(found.Text, form, types, example(property)) {
		if _, isText := value.(string); isText && p.keyword == "type" && !slices.Contains(types, "string") {
			continue
		}
		isThere := slices.Contains(all, value)
		if !isThere && !found.Equal(record.FromJSON(value)) && e.takes(path, value) {
			all = append(all, value)
		}
	}
	return all
}

// takes reports whether the value at path is right once it is another one.
func (e *explainer) takes(path []string, value any) bool {
	e.tried += max(smallest, len(e.record.File.Text()))
	if e.tried > maxTried {
		return false
	}
	other := e.record.Root.Clone()
	node := other.At(path)
	*node = *record.FromJSON(value)
	return !e.validator.validate(other.JSON(), e.document).touches(path)
}

// touches reports whether what fails is the value at a path, something in it, or
// one of several branches for what it is in.
func (f *failure) touches(path []string) bool {
	if f == nil {
		return false
	}
	if len(f.causes) > 0 && f.branches() {
		n := min(len(f.path), len(path))
		return slices.Equal(f.path[:n], path[:n])
	}
	return f.about(path) || slices.ContainsFunc(f.causes, func(cause failure) bool { return cause.touches(path) })
}

// offer adds the values that may have been meant to a message. Of one there is no
// doubt.
func (e *explainer) offer(message string, path []string, meant []any) (offer string, expected any, help string) {
	if len(meant) == 0 {
		return message, nil, ""
	}
	var shown []string
	for _, value := range meant {
		shown = append(shown, code(jsonText(value)))
	}
	message += "; did you mean " + list(shown, "or") + "?"
	if len(meant) > 1 {
		return message, nil, e.write(path, meant...)
	}
	return message, meant[0], e.write(path, meant[0])
}

// guesses returns what a text may have been meant to be in a field of a format, of
// some types, with such an example.
func guesses(text, form string, types []string, example string) (values []any) {
	bare := unwrapped(text)
	if slices.Contains(types, "integer") || slices.Contains(types, "number") {
		for _, number := range numbersMeant(bare) {
			values = append(values, json.Number(number))
		}
	}
	if slices.Contains(types, "boolean") {
		values = append(values, truthMeant(bare)...)
	}
	for _, other := range textsMeant(bare, form, example) {
		values = append(values, other)
	}
	return values
}

// wrapping is what a value brings along from where it was copied: quotes, the bars
// of a table, marks of code, the comma of a list.
const wrapping = " \t\u00a0\"'`|,;“”„‟«»‘’‚‛"

// unwrapped returns what a text says without what it was copied with: `| 4 |` and
// `4,` are 4, and Tom &amp; Co is Tom & Co. Alone, `<` says less than.
func unwrapped(text string) string {
	text = strings.Trim(html.UnescapeString(text), wrapping)
	if strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") {
		text = strings.Trim(text, "<>")
	}
	return strings.Trim(text, wrapping)
}

// hyphens are the dashes that word processors write for a hyphen.
var hyphens = strings.NewReplacer("‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "−", "-")

// textsMeant returns texts that are written like a field's example, or as its format
// asks for.
func textsMeant(text, form, example string) []string {
	if noAnswer().MatchString(text) {
		return nil
	}
	texts := []string{text, hyphens.Replace(text)}
	switch {
	case form == "date":
		return append(texts, daysMeant(text)...)
	case form == "uri" && address().MatchString(text):
		return append(texts, "https://"+text)
	case form == "email":
		return append(texts, strings.TrimPrefix(text, "mailto:"))
	case form != "":
		return texts
	case strings.HasPrefix(example, "@"):
		return append(texts, "@"+text)
	}
	if code := currencyCodes[strings.ToLower(text)]; code != "" {
		return append(texts, code)
	}
	texts = append(texts, monthsMeant(hyphens.Replace(text))...)
	return append(texts, strings.ToUpper(text), strings.ToLower(text))
}

var (
	// noAnswer is what people write where they do not know what to write.
	noAnswer = lazy.Pattern(`(?i)^(?:|-+|\?+|n\.?/?a\.?|none|nobody|no one|nil|null|tbd|tba|todo|open|unknown|unclear|pending|later|soon)$`)

	// address is that of a website without its scheme.
	address = lazy.Pattern(`^[\pL\d-]+(?:\.[\pL\d-]+)+(?:[/?#]\S*)?$`)

	currencyCodes = map[string]string{"€": "EUR", "euro": "EUR", "euros": "EUR", "us$": "USD", "£": "GBP"}
)

func truthMeant(text string) []any {
	switch strings.ToLower(text) {
	case "true", "yes":
		return []any{true}
	case "false", "no":
		return []any{false}
	}
	return nil
}
