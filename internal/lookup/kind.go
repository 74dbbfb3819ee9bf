package lookup

import (
	"errors"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// Kind returns the kind that somebody named: by its name or its title, in singular
// or plural.
func Kind(kinds *schema.Set, name string) (string, error) {
	if slices.Contains(kinds.Kinds(), name) {
		return name, nil
	}
	all := names{}
	for _, kind := range kinds.Kinds() {
		title, _ := kinds.Document(kind)["title"].(string)
		all.add(kind, kind, plural(kind), title, plural(title))
	}
	kind, err := all.find(name, "kind of record named")
	var unknown *UnknownError
	if errors.As(err, &unknown) {
		unknown.There = kinds.Kinds()
	}
	return kind, err
}

// plural returns the regular plural of an English noun.
func plural(noun string) string {
	switch {
	case noun == "":
		return ""
	case strings.HasSuffix(noun, "s") || strings.HasSuffix(noun, "x") || strings.HasSuffix(noun, "ch") || strings.HasSuffix(noun, "sh"):
		return noun + "es"
	case len(noun) > 1 && strings.HasSuffix(noun, "y") && !strings.ContainsRune("aeiou", rune(noun[len(noun)-2])):
		return noun[:len(noun)-1] + "ies"
	}
	return noun + "s"
}
