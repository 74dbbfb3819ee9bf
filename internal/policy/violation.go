package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A violation is what a rule says of a record.
type violation struct {
	path     []string
	message  string
	expected any
	atKey    bool
	related  []relatedPlace
}

// A relatedPlace is where a rule says to look, too.
type relatedPlace struct {
	record  string // the path of a record of the folder; "" is the one that is judged
	path    []string
	message string
}

func readViolation(term *ast.Term) (violation, error) {
	var v violation
	object, ok := term.Value.(ast.Object)
	if !ok {
		return v, fmt.Errorf(`a violation is {"path": […], "message": "…"}, not %v`, term)
	}
	err := object.Iter(func(key, value *ast.Term) (err error) {
		switch name, _ := ast.JSON(key.Value); name {
		case "path":
			v.path, err = readPath(value)
		case "message":
			text, _ := value.Value.(ast.String)
			v.message = string(text)
		case "expected":
			v.expected, err = ast.JSON(value.Value)
		case "at":
			if v.atKey = value.Equal(keyTerm); !v.atKey {
				err = fmt.Errorf(`"at" is "key" or absent, not %v`, value)
			}
		case "related":
			v.related, err = readRelated(value)
		default:
			err = fmt.Errorf("a violation has no field %v", key)
		}
		return err
	})
	switch {
	case err != nil:
		return v, err
	case v.path == nil:
		return v, fmt.Errorf(`the violation %v has no "path"`, term)
	case strings.TrimSpace(v.message) == "":
		return v, fmt.Errorf(`the violation %v has no "message"`, term)
	}
	return v, nil
}

var (
	keyTerm       = ast.StringTerm("key")
	violationTerm = ast.StringTerm("violation")
)

func readRelated(term *ast.Term) ([]relatedPlace, error) {
	list, ok := term.Value.(*ast.Array)
	if !ok {
		return nil, fmt.Errorf(`"related" is a list of places, not %v`, term)
	}
	related := make([]relatedPlace, list.Len())
	for i := range related {
		place, err := readRelatedPlace(list.Elem(i))
		if err != nil {
			return nil, err
		}
		related[i] = place
	}
	return related, nil
}

func readRelatedPlace(term *ast.Term) (relatedPlace, error) {
	var place relatedPlace
	object, ok := term.Value.(ast.Object)
	if !ok {
		return place, fmt.Errorf(`a related place is {"path": […], "message": "…"}, not %v`, term)
	}
	err := object.Iter(func(key, value *ast.Term) (err error) {
		text, _ := value.Value.(ast.String)
		switch name, _ := ast.JSON(key.Value); name {
		case "record":
			if place.record = string(text); text == "" {
				err = fmt.Errorf(`the "record" of a related place is the path of one, not %v`, value)
			}
		case "path":
			place.path, err = readPath(value)
		case "message":
			place.message = string(text)
		default:
			err = fmt.Errorf("a related place has no field %v", key)
		}
		return err
	})
	switch {
	case err != nil:
		return place, err
	case place.path == nil:
		return place, fmt.Errorf(`the related place %v has no "path"`, term)
	case strings.TrimSpace(place.message) == "":
		return place, fmt.Errorf(`the related place %v has no "message"`, term)
	}
	return place, nil
}

// related returns where a violation says to look, too.
func (f *FolderJudge) related(c Case, v violation) ([]finding.Related, error) {
	var related []finding.Related
	for _, r := range v.related {
		place := c.locate(r.path, false)
		if r.record != "" {
			other := f.byPath(r.record)
			if other == nil {
				return nil, fmt.Errorf(`the "record" of a related place is %q, which is no record of the folder`, r.record)
			}
			place = other.Locate(r.path, false)
		}
		related = append(related, finding.Related{Place: place, Message: r.message})
	}
	return related, nil
}

// byPath returns the folder's record at a path, or nil.
func (f *FolderJudge) byPath(path string) *record.Record {
	if f.paths == nil {
		f.paths = make(map[string]*record.Record, len(f.contents.Records))
		for _, r := range f.contents.Records {
			f.paths[r.Path] = r.Record
		}
	}
	return f.paths[path]
}

func readPath(term *ast.Term) ([]string, error) {
	segments, ok := term.Value.(*ast.Array)
	if !ok {
		return nil, fmt.Errorf(`"path" is a list of names and indices, not %v`, term)
	}
	path := make([]string, 0, segments.Len())
	for i := range segments.Len() {
		switch segment := segments.Elem(i).Value.(type) {
		case ast.String:
			path = append(path, string(segment))
		case ast.Number:
			index, ok := segment.Int()
			if !ok {
				return nil, errors.New(`"path" holds a number that is no index: ` + json.Number(segment).String())
			}
			path = append(path, strconv.Itoa(index))
		default:
			return nil, fmt.Errorf(`"path" is a list of names and indices, not %v`, term)
		}
	}
	return path, nil
}
