package schema

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

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
const wrapping = " \t\u00a0\"'`|,;<>“”„‟«»‘’‚‛"

// unwrapped returns what a text says without what it was copied with: `| 4 |` and
// `4,` are 4, and Tom &amp; Co is Tom & Co.
func unwrapped(text string) string {
	return strings.Trim(html.UnescapeString(text), wrapping)
}

// hyphens are the dashes that word processors write for a hyphen.
var hyphens = strings.NewReplacer("‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "−", "-")

// textsMeant returns texts that are written like a field's example, or as its format
// asks for.
func textsMeant(text, form, example string) []string {
	if noAnswer.MatchString(text) {
		return nil
	}
	texts := []string{text, hyphens.Replace(text)}
	switch {
	case form == "date":
		return append(texts, daysMeant(text)...)
	case form == "uri" && address.MatchString(text):
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
	noAnswer = regexp.MustCompile(`(?i)^(?:|-+|\?+|n\.?/?a\.?|none|nobody|no one|nil|null|tbd|tba|todo|open|unknown|unclear|pending|later|soon)$`)

	// address is that of a website without its scheme.
	address = regexp.MustCompile(`^[\pL\d-]+(?:\.[\pL\d-]+)+(?:[/?#]\S*)?$`)

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

var (
	digitsOnly = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	yearFirst  = regexp.MustCompile(`^([0-9]{4})[-./ ]([0-9]{1,2})[-./ ]([0-9]{1,2})$`)
	yearLast   = regexp.MustCompile(`^([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})$`)
	withTime   = regexp.MustCompile(`^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)? ?(?:[Zz]|[-+][0-9:]+)?$`)
	dayFirst   = regexp.MustCompile(`^([0-9]{1,2})(?:st|nd|rd|th|\.)?[- ](?:of )?(\pL+)[., -]+([0-9]{4})$`)
	nameFirst  = regexp.MustCompile(`^(\pL+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?[, ]+([0-9]{4})$`)
	nameLater  = regexp.MustCompile(`^([0-9]{4})[- ](\pL+)[.]?[- ]([0-9]{1,2})$`)
)

// daysMeant returns the days that a date in another form may be, as YYYY-MM-DD.
func daysMeant(text string) []string {
	text = hyphens.Replace(strings.TrimSpace(text))
	if m := withTime.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	var days []string
	for _, form := range []struct {
		of               *regexp.Regexp
		year, month, day int
	}{
		{digitsOnly, 1, 2, 3}, {yearFirst, 1, 2, 3}, {yearLast, 3, 2, 1}, {yearLast, 3, 1, 2},
		{dayFirst, 3, 2, 1}, {nameFirst, 3, 1, 2}, {nameLater, 1, 2, 3},
	} {
		m := form.of.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		day := fmt.Sprintf("%s-%s-%s", m[form.year], monthNumber(m[form.month]), m[form.day])
		if at, err := time.Parse("2006-1-2", day); err == nil {
			days = append(days, at.Format(time.DateOnly))
		}
	}
	return slices.Compact(days)
}

// monthNumber returns the number of a month that is given by its name or the first
// letters of it, and any other text as it is.
func monthNumber(name string) string {
	for month := time.January; month <= time.December; month++ {
		if len(name) >= 3 && len(name) <= len(month.String()) && strings.EqualFold(name, month.String()[:len(name)]) ||
			month == time.September && strings.EqualFold(name, "Sept") {
			return strconv.Itoa(int(month))
		}
	}
	return name
}

var (
	monthLast  = regexp.MustCompile(`^([0-9]{4})[-./ ]([0-9]{1,2}|\pL+)(?:-[0-9]{2})?$`)
	monthFirst = regexp.MustCompile(`^([0-9]{1,2}|\pL+)[-./ ]+([0-9]{4})$`)
)

// monthsMeant returns the month that a text in another form is, as YYYY-MM.
func monthsMeant(text string) []string {
	year, month := "", ""
	if m := monthLast.FindStringSubmatch(text); m != nil {
		year, month = m[1], m[2]
	} else if m := monthFirst.FindStringSubmatch(text); m != nil {
		year, month = m[2], m[1]
	}
	at, err := time.Parse("2006-1", year+"-"+monthNumber(month))
	if err != nil {
		return nil
	}
	return []string{at.Format("2006-01")}
}

var (
	currency = regexp.MustCompile(`(?i)^(?:US\$|[€$£¥]|eur|usd|gbp|chf)|(?:[€$£¥]|eur|usd|gbp|chf|euros?|dollars?)$`)
	grouped  = regexp.MustCompile(`^-?[1-9][0-9]{0,2}(?:,[0-9]{3})+$|^-?[1-9][0-9]{0,2}(?:['’ ][0-9]{3})+$|^-?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}$`)
	either   = regexp.MustCompile(`^(-?[1-9][0-9]{0,2})\.([0-9]{3})$`)
	cents    = regexp.MustCompile(`^(.*[0-9])[.,](?:0{1,2}|-+)$`)
	thousand = regexp.MustCompile(`(?i)^([0-9]{1,6}) ?(k|m)$`)
	spaces   = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ")
	groups   = strings.NewReplacer(",", "", ".", "", "'", "", "’", "", " ", "")
)

// numbersMeant returns the numbers that a text may be: 8000 for `8,000`, `8 000`,
// `€8000` and `8k`, 4 for `four`, and both 8 and 8000 for `8.000`.
func numbersMeant(text string) []string {
	text = strings.TrimSpace(hyphens.Replace(spaces.Replace(text)))
	text = strings.TrimSpace(currency.ReplaceAllString(text, ""))
	if m := either.FindStringSubmatch(text); m != nil {
		if strings.Trim(m[2], "0") != "" {
			return []string{m[1] + m[2], text}
		}
		return []string{m[1], m[1] + m[2]}
	}
	if m := cents.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	if grouped.MatchString(text) {
		text = groups.Replace(text)
	}
	if m := thousand.FindStringSubmatch(text); m != nil {
		text = m[1] + map[string]string{"k": "000", "m": "000000"}[strings.ToLower(m[2])]
	}
	if number, ok := numberWords[strings.ToLower(text)]; ok {
		text = strconv.Itoa(number)
	}
	if !isNumber(text, false) {
		return nil
	}
	return []string{text}
}

// numberWords are the numbers that people write as words.
var numberWords = func() map[string]int {
	words := map[string]int{"a hundred": 100, "one hundred": 100, "a thousand": 1000, "one thousand": 1000, "a dozen": 12}
	for n, word := range strings.Fields(`zero one two three four five six seven eight nine ten eleven twelve thirteen
		fourteen fifteen sixteen seventeen eighteen nineteen`) {
		words[word] = n
	}
	for tens, ten := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		words[ten] = 10 * (tens + 2)
		for n, word := range strings.Fields("one two three four five six seven eight nine") {
			words[ten+"-"+word] = 10*(tens+2) + n + 1
		}
	}
	return words
}()
