package schema

import (
	"maps"
	"regexp/syntax"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// A vetter finds what in a schema judges nothing, or without end.
type vetter struct {
	document
	*text
	known map[string]any // the schemas there are, by their pointers
	sizes map[string]int // how many schemas each is, with all that it refers to
	ends  map[string]bool
}

// maxSize is how many schemas one may be in all, with what it refers to counted
// each time.
const maxSize = 10_000

// vet returns what is wrong with a schema that JSON Schema itself allows, with
// its place: a word that is no keyword, a reference to what is no schema of
// this document or leads back to where it comes from.
func vet(d document, t *text) error {
	v := vetter{d, t, map[string]any{}, map[string]int{}, map[string]bool{}}
	if err := v.words(map[string]any(d), nil); err != nil {
		return err
	}
	inOrder := slices.SortedFunc(maps.Keys(v.known), v.byOffset)
	for _, at := range inOrder {
		if err := v.references(v.known[at], pointer.Path(at)); err != nil {
			return err
		}
	}
	for _, at := range inOrder {
		if err := v.endless(v.known[at], pointer.Path(at), nil); err != nil {
			return err
		}
	}
	_, err := v.size(map[string]any(d), nil)
	return err
}

func (v *vetter) byOffset(a, b string) int { return int(v.offsets[a] - v.offsets[b]) }

// words looks for what is no keyword in a schema and all below it.
func (v *vetter) words(schema any, path []string) error {
	v.known[pointer.Of(path)] = schema
	object, ok := schema.(map[string]any)
	if !ok {
		return nil
	}
	for _, word := range sortedKeys(object) {
		if err := v.word(word, object[word], append(slices.Clip(path), word)); err != nil {
			return err
		}
	}
	for _, b := range schemasIn(object, path) {
		if err := v.words(b.schema, b.path); err != nil {
			return err
		}
	}
	return nil
}

// obsolete are keywords of earlier drafts, with what is written now.
var obsolete = map[string]string{
	"definitions": "$defs", "dependencies": "dependentRequired` or `dependentSchemas", "additionalItems": "items",
	"$recursiveRef": "$ref", "$recursiveAnchor": "$anchor", "id": "$id",
}

func (v *vetter) word(word string, value any, path []string) error {
	_, known := keywords[word]
	switch {
	case word == dueKeyword && len(path) > 1:
		return v.errorf(path, "`%s` says nothing here: it stands at the record, beside `x-place`", word)
	case strings.HasPrefix(word, "x-"):
		return nil
	case !known && obsolete[word] != "":
		return v.errorf(path, "`%s` is a word of an earlier JSON Schema; write `%s`", word, obsolete[word])
	case !known:
		return v.errorf(path, "`%s` is no keyword of JSON Schema%s", word, orMeant(word, slices.Collect(maps.Keys(keywords))))
	}
	return v.value(word, value, path)
}

// value looks at the value of a keyword.
func (v *vetter) value(word string, value any, path []string) error {
	text, _ := value.(string)
	switch word {
	case "$schema":
		if strings.TrimSuffix(text, "#") != draft {
			return v.errorf(path, "schemas here are of JSON Schema 2020-12; write `%s`", draft)
		}
	case "$id":
		if len(path) > 1 {
			return v.errorf(path, "a schema within another one has no `$id`; name it in `$defs` or by `$anchor`")
		}
	case "$vocabulary":
		return v.errorf(path, "`$vocabulary` is for schemas of schemas; leave it out")
	case "format":
		if _, ok := formats[text]; !ok && text != "" {
			return v.errorf(path, "there is no format `%s`%s", text, orMeant(text, slices.Collect(maps.Keys(formats))))
		}
	case "pattern":
		return v.pattern(text, path)
	case "patternProperties":
		object, _ := value.(map[string]any)
		for _, name := range sortedKeys(object) {
			if err := v.pattern(name, append(slices.Clip(path), name)); err != nil {
				return err
			}
		}
	}
	return nil
}

const draft = "https://json-schema.org/draft/2020-12/schema"

func (v *vetter) pattern(text string, path []string) error {
	if _, err := syntax.Parse(text, syntax.Perl); err != nil { // as regexp.Compile does first
		return v.noSchema(path, "`%s` is no pattern that is understood here, which are those of RE2: %w", text, err)
	}
	return nil
}

// orMeant returns the words that name what was most likely meant, if anything
// was.
func orMeant(word string, words []string) string {
	if near := spelling.Nearest(word, words, max(1, len(word)/3)); len(near) > 0 {
		slices.Sort(near)
		return "; did you mean `" + near[0] + "`?"
	}
	return ""
}

// references makes sure that what a schema refers to is a schema of this
// document.
func (v *vetter) references(schema any, path []string) error {
	object, _ := schema.(map[string]any)
	for _, keyword := range []string{"$dynamicRef", "$ref"} {
		ref, ok := object[keyword].(string)
		if !ok {
			continue
		}
		at := append(slices.Clip(path), keyword)
		target, ok := v.target(ref)
		switch {
		case !strings.HasPrefix(ref, "#"):
			return v.noSchema(at, "it refers to %s; a schema refers to its own $defs only", ref)
		case !ok:
			return v.noSchema(at, "there is no anchor `%s`", ref[1:])
		case len(target) == 0:
			return v.errorf(at, "`%s` is the whole record, which cannot hold itself; put what comes again into `$defs`", ref)
		}
		if _, known := v.known[pointer.Of(target)]; !known {
			return v.noSchema(at, "it refers to %s, where there is no schema", ref)
		}
	}
	return nil
}

// size returns how many schemas the one at path is in all; one that it comes from
// is one. The error is that it has no end, or is more than anybody can wait for.
func (v *vetter) size(schema any, path []string) (int, error) {
	at := pointer.Of(path)
	if size, ok := v.sizes[at]; ok {
		return size, nil
	}
	object, _ := schema.(map[string]any)
	v.sizes[at] = 1 // to who asks on the way
	size := 1
	for _, b := range v.follow(object, path) {
		more, err := v.size(b.schema, b.path)
		if err != nil {
			return 0, err
		}
		if size += more; size > maxSize {
			return 0, v.errorf(b.from(path), "with all that it refers to, this is more than %d schemas: refer to fewer", maxSize)
		}
	}
	v.sizes[at] = size
	return size, nil
}

// endless returns the error that a schema asks of a value what it asks of it
// already.
func (v *vetter) endless(schema any, path []string, asked []string) error {
	at := pointer.Of(path)
	object, _ := schema.(map[string]any)
	if v.ends[at] {
		return nil
	}
	asked = append(slices.Clip(asked), at)
	for _, b := range v.follow(object, path) {
		switch {
		case !inPlace[b.keyword]:
			continue
		case slices.Contains(asked, pointer.Of(b.path)):
			return v.errorf(b.from(path), "this leads back to itself without end")
		}
		if err := v.endless(b.schema, b.path, asked); err != nil {
			return err
		}
	}
	v.ends[at] = true
	return nil
}

// follow returns the schemas in one, and those that it refers to.
func (v *vetter) follow(schema map[string]any, path []string) []below {
	all := schemasIn(schema, path)
	for _, keyword := range []string{"$dynamicRef", "$ref"} {
		if ref, ok := schema[keyword].(string); ok {
			target, _ := v.target(ref)
			all = append(all, below{keyword, ref, target, v.known[pointer.Of(target)]})
		}
	}
	return all
}

// from returns where in the schema at path it says that b belongs to it.
func (b *below) from(path []string) []string {
	if keywords[b.keyword] == reference {
		return append(slices.Clip(path), b.keyword)
	}
	return b.path
}
