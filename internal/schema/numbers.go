package schema

import (
	"regexp"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
)

var (
	currency = lazy.Pattern(`(?i)^(?:US\$|[€$£¥]|eur|usd|gbp|chf)|(?:[€$£¥]|eur|usd|gbp|chf|euros?|dollars?)$`)
	grouped  = lazy.Pattern(`^-?[1-9][0-9]{0,2}(?:,[0-9]{3})+$|^-?[1-9][0-9]{0,2}(?:['’ ][0-9]{3})+$|^-?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}$`)
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
	text = strings.TrimSpace(currency().ReplaceAllString(text, ""))
	if m := either.FindStringSubmatch(text); m != nil {
		if strings.Trim(m[2], "0") != "" {
			return []string{m[1] + m[2], text}
		}
		return []string{m[1], m[1] + m[2]}
	}
	if m := cents.FindStringSubmatch(text); m != nil {
		text = m[1]
		if m := either.FindStringSubmatch(text); m != nil { // in front of cents, it stands between groups
			text = m[1] + m[2]
		}
	}
	if grouped().MatchString(text) {
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
