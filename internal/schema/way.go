package schema

import "slices"

// A step is a keyword on the way through a schema, and where it leads.
type step struct {
	holder  map[string]any // the schema that has the keyword
	keyword string
	name    string   // the field or branch, where the keyword has several
	value   any      // what the keyword says, of that field or branch
	at      []string // the path of the value that the holder is about
}

// way reads a keyword's location by what the words in it are: names of fields are
// no keywords, even where they look like some. References are followed.
func (d document) way(location []string) []step {
	var steps []step
	var at any = map[string]any(d)
	for len(location) > 0 {
		holder, ok := at.(map[string]any)
		if !ok {
			break
		}
		s := step{holder: holder, keyword: location[0], value: holder[location[0]]}
		location = location[1:]
		if shape := keywords[s.keyword]; len(location) > 0 && shape != oneSchema && shape != reference && shape != noSchema {
			s.name, s.value = location[0], LookUp(s.value, location[:1])
			location = location[1:]
		}
		if keywords[s.keyword] == named && len(location) > 0 {
			s.value = LookUp(s.value, location[:1])
			location = location[1:]
		}
		at = s.value
		if ref, ok := s.value.(string); ok && keywords[s.keyword] == reference {
			path, _ := d.target(ref)
			at = d.lookUp(path)
		}
		steps = append(steps, s)
	}
	return steps
}

// descends reports whether the schema that a step leads to is about a field or
// an entry of the value.
func (s *step) descends() bool {
	switch s.keyword {
	case "properties", "patternProperties", "additionalProperties", "propertyNames", "unevaluatedProperties",
		"items", "prefixItems", "contains", "unevaluatedItems":
		return true
	}
	return false
}

// align notes for each step of a way which value it is about, and returns the
// path of the last one's. The library's own path to that value is without the
// fields whose name is empty.
func align(way []step, given []string, value any) []string {
	left := 0 // how many names of the path are needed
	for i := range way {
		if way[i].descends() && way[i].leads(i == len(way)-1) {
			left++
		}
	}
	var path []string
	for i := range way {
		s := &way[i]
		s.at = path
		if !s.descends() || !s.leads(i == len(way)-1) {
			continue
		}
		name := ""
		_, hasNameless := asObject(LookUp(value, path))[""]
		if len(given) > 0 && !(hasNameless && (s.keyword == "properties" && s.name == "" || len(given) < left)) {
			name, given = given[0], given[1:]
		}
		left--
		path = append(slices.Clip(path), name)
	}
	return append(slices.Clip(path), given...)
}

// leads reports whether the failure of a step, the last one or not, is told of
// the field or the entry that it leads to: where it is the last one, only if
// nothing at all may be there.
func (s *step) leads(last bool) bool {
	return !last || s.refuses() || s.name != ""
}

func asObject(value any) map[string]any {
	object, _ := value.(map[string]any)
	return object
}

// last returns the keyword that fails, or an empty step: the schema as a whole.
func (f *failure) last() step {
	if len(f.way) == 0 {
		return step{}
	}
	return f.way[len(f.way)-1]
}

// branches reports whether it is an anyOf or oneOf as a whole that fails.
func (f *failure) branches() bool {
	last := f.last()
	return (last.keyword == "anyOf" || last.keyword == "oneOf") && last.name == ""
}

// refuses reports whether a step leads to the schema false, which no value fits.
func (s *step) refuses() bool { return s.value == false && s.keyword != "additionalProperties" }
