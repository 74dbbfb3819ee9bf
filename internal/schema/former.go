package schema

import (
	"fmt"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// formerKeyword lists the names that a field had before, in the field's own
// schema. A record that still has one reads as if it had the new name, so that a
// rename is three changes that can each be judged: the schema takes both names,
// the records get the new one, and the schema forgets the old one.
const formerKeyword = "x-was"

// formerNames are those of fields, as deep as there are any.
type formerNames struct {
	now    map[string]string // by the former one
	fields map[string]*formerNames
	items  *formerNames // of a list
}

// maxFormerDepth bounds how deep former names are looked for: a schema can refer
// to itself.
const maxFormerDepth = 16

// formerNames returns the former names in what the document says of a value, or
// nil where it has none.
func (d document) formerNames(of description, depth int) (*formerNames, error) {
	n := &formerNames{now: map[string]string{}, fields: map[string]*formerNames{}}
	if depth > maxFormerDepth {
		return nil, nil
	}
	for _, schema := range slices.Concat(of.always, of.perhaps) {
		properties, _ := schema["properties"].(map[string]any)
		for _, name := range sortedKeys(properties) {
			if err := n.add(name, LookUp(properties, []string{name, formerKeyword}), properties); err != nil {
				return nil, err
			}
			inner, err := d.formerNames(d.child(of, name), depth+1)
			if err != nil {
				return nil, err
			}
			if inner != nil {
				n.fields[name] = inner
			}
		}
	}
	var err error
	if entry := d.child(of, "0"); len(entry.always)+len(entry.perhaps) > 0 {
		n.items, err = d.formerNames(entry, depth+1)
	}
	if len(n.now)+len(n.fields) == 0 && n.items == nil {
		return nil, err
	}
	return n, err
}

// add notes the former names of a field.
func (n *formerNames) add(name string, written any, properties map[string]any) error {
	if written == nil {
		return nil
	}
	former := Texts(written)
	if list, ok := written.([]any); !ok || len(former) != len(list) || len(former) == 0 {
		return fmt.Errorf(`"%s" of %q is a list of the names that it had, such as ["old_name"]`, formerKeyword, name)
	}
	for _, old := range former {
		if _, taken := properties[old]; taken || n.now[old] != "" && n.now[old] != name {
			return fmt.Errorf(`"%s" of %q names %q, which is another field's name`, formerKeyword, name, old)
		}
		n.now[old] = name
	}
	return nil
}

// Read returns the kind that a record says it is, "" where there is no such kind,
// and the record with the names that its fields have now.
func (s *Set) Read(r *record.Record) (kind string, current *record.Record) {
	stated := s.stated(r)
	if stated == nil {
		return "", r
	}
	current, _ = stated.current(r)
	return stated.name, current
}

// renamed is a field that a record has under a former name.
type renamed struct {
	path []string // as it is written
	now  string
}

// current returns a record with the names that its fields have now, and which of
// them it has under a former one.
func (k *kind) current(r *record.Record) (*record.Record, []renamed) {
	if k.former == nil {
		return r, nil
	}
	var all []renamed
	root := k.former.rename(r.Root, nil, &all)
	if len(all) == 0 {
		return r, nil
	}
	current := *r
	current.Root = root
	return &current, all
}

// rename returns a value with the names that its fields have now. Where a value
// has a field under both names, the former one stays, as one that is unknown.
func (n *formerNames) rename(value *record.Node, path []string, all *[]renamed) *record.Node {
	if n == nil {
		return value
	}
	if value.Kind == record.List {
		other := *value
		other.Items = slices.Clone(value.Items)
		for i, item := range value.Items {
			other.Items[i] = n.items.rename(item, append(slices.Clip(path), fmt.Sprint(i)), all)
		}
		return &other
	}
	other := *value
	other.Fields = slices.Clone(value.Fields)
	for i := range other.Fields {
		field := &other.Fields[i]
		at := append(slices.Clip(path), field.Key)
		if now := n.now[field.Key]; now != "" && other.Field(now) == nil {
			*all = append(*all, renamed{at, now})
			field.Key = now
		}
		field.Value = n.fields[field.Key].rename(field.Value, at, all)
	}
	return &other
}

// formerRule is the one warning of schemas: nothing is wrong yet.
var formerRule = &finding.Rule{
	ID: "schema/" + formerKeyword, Severity: finding.Warning,
	Title:       "Fields by the names that they have now",
	Description: "A field has another name now. For a while the schema takes the former one, too.",
	Help:        "Write the name that the field has now.",
}

// renames returns a finding for each field that a record has under a former name.
func (k *kind) renames(r *record.Record, all []renamed) []finding.Finding {
	var findings []finding.Finding
	for _, f := range all {
		message := fmt.Sprintf("`%s` is called `%s` now", f.path[len(f.path)-1], f.now)
		findings = append(findings, finding.New(formerRule, r.Locate(f.path, true), message).WithExpected(f.now))
	}
	return findings
}
