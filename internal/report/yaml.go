package report

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// yamlScalar returns a JSON value as a record would have it, and whether it
// fits in a line.
func yamlScalar(value any) (text string, ok bool) {
	switch value := value.(type) {
	case string:
		return yamlString(value), true
	case bool:
		return strconv.FormatBool(value), true
	case int, int64, float64, json.Number:
		text = fmt.Sprint(value)
		return text, plainNumber.MatchString(text)
	}
	return "", false
}

// Records write numbers as plain decimals, and dates without quotes. Plain
// text here is less than YAML allows: it is plain in brackets too, and in
// every version of YAML.
var (
	plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	plainDate   = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	plainText   = regexp.MustCompile(`^[\pL/][\pL\pM\pN _./+()&'-]*(:[\pL\pM\pN_./+()&'-]+)*$`)
	otherType   = regexp.MustCompile(`(?i)^(true|false|yes|no|on|off|y|n|null)$`)
)

// yamlString quotes text only where YAML would take it for something else. The
// escapes of what cannot be seen are the ones that it reads in double quotes.
func yamlString(text string) string {
	if plainDate.MatchString(text) || plainText.MatchString(text) && !otherType.MatchString(text) && !strings.HasSuffix(text, " ") {
		return text
	}
	return `"` + source.Visible(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text)) + `"`
}
