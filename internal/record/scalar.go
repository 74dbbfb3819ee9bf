package record

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// Scalar returns a JSON value as a record would have it anywhere, also inside
// brackets, and whether it fits in a line.
func Scalar(value any) (text string, ok bool) {
	switch value := value.(type) {
	case string:
		return scalarText(value), true
	case bool:
		return strconv.FormatBool(value), true
	case int, int64, float64, json.Number:
		text = fmt.Sprint(value)
		return text, IsDecimal(text)
	}
	return "", false
}

// Records write numbers as plain decimals, and dates without quotes. Plain
// text here is less than YAML allows: it is plain in brackets too, and in
// every version of YAML.
var (
	plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
	plainDate   = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	plainText   = lazy.Pattern(`^[\pL/][\pL\pM\pN _./+()&'-]*(:[\pL\pM\pN_./+()&'-]+)*$`)
	otherType   = regexp.MustCompile(`(?i)^(true|false|yes|no|on|off|y|n|null)$`)
)

// IsDate reports whether text is written like a day, YYYY-MM-DD. The calendar need
// not have it.
func IsDate(text string) bool { return plainDate.MatchString(text) }

// IsDay reports whether text is a day of the calendar, YYYY-MM-DD, so that it can be
// compared with others as text.
func IsDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// IsDecimal reports whether text is a number as records write them: digits, perhaps
// with a sign and a fraction.
func IsDecimal(text string) bool { return plainNumber.MatchString(text) }

// scalarText quotes text only where YAML would take it for something else.
func scalarText(text string) string {
	if IsDate(text) || plainText().MatchString(text) && !otherType.MatchString(text) && !strings.HasSuffix(text, " ") {
		return text
	}
	return inDoubleQuotes(text)
}

// inDoubleQuotes escapes what cannot be seen as YAML reads it there.
func inDoubleQuotes(text string) string {
	return `"` + source.Visible(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text)) + `"`
}

func inSingleQuotes(text string) string {
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// plainLine is text that needs no quotes outside of brackets: it starts like a
// word of every version of YAML, and nothing in it ends it.
var plainLine = lazy.Pattern(`^(?:[\pL/]|[0-9]+[\pL\pM]{2})`)

func isPlainLine(text string) bool {
	kind, _ := plainKind(text)
	return kind == String && plainLine().MatchString(text) && !otherType.MatchString(text) &&
		!strings.HasSuffix(text, " ") && !strings.HasSuffix(text, ":") &&
		!strings.Contains(text, ": ") && !strings.Contains(text, " #") && source.Visible(text) == text
}
