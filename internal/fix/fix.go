// Package fix puts records right where a finding knows the right value: it
// writes this one value anew and leaves every other byte of the file alone. It
// works on a tree of its own above the files, and writes none.
package fix

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/overlay"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// maxRounds bounds how often what was put right is judged again. Rules that
// want one value after the other end sooner: at a text that was there before.
const maxRounds = 10

// A Tree is a tree of files with what has been put right in them.
type Tree struct {
	*overlay.FS
	files map[string]*file // those with anything put right
}

// A file is a record's text, and what became of it.
type file struct {
	before, now []byte
	seen        map[string]bool // the texts it has had
	places      map[string]bool // what was written anew
}

// New returns the tree of the files in fsys, with nothing put right yet.
func New(fsys fs.FS) *Tree { return &Tree{overlay.New(fsys), map[string]*file{}} }

// Run has the tree judged and puts right what is found, in turn, until nothing
// more can be. judge is told the paths of what has changed since it was asked
// last, sorted; it returns the findings in their order.
func (t *Tree) Run(judge func(changed []string) ([]finding.Finding, error)) error {
	var changed []string
	for round := 0; ; round++ {
		found, err := judge(changed)
		if err != nil || round == maxRounds {
			return err
		}
		if changed, err = t.round(found); err != nil || len(changed) == 0 {
			return err
		}
	}
}

// Settle does what Run does, and takes back what was no use.
func (t *Tree) Settle(judge func(changed []string) ([]finding.Finding, error)) error {
	var first, last []finding.Finding
	judged := func(changed []string) (found []finding.Finding, err error) {
		if last, err = judge(changed); changed == nil {
			first = last
		}
		return last, err
	}
	err := t.Run(judged)
	for err == nil {
		undone := t.TakeBack(first, last)
		if len(undone) == 0 {
			break
		}
		_, err = judged(undone)
	}
	return err
}

// TakeBack gives the files their text back that have no fewer findings now than at
// first, and returns their paths, sorted: what was put right there was no use. Of a
// file that could not be read, more may be known now.
func (t *Tree) TakeBack(first, now []finding.Finding) []string {
	before, after := count(first), count(now)
	var undone []string
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		if after[name] >= before[name] && isReadable(name, t.files[name].before) {
			t.Set(name, t.files[name].before)
			delete(t.files, name)
			undone = append(undone, name)
		}
	}
	return undone
}

func isReadable(name string, text []byte) bool {
	r, _ := record.Load(name, text)
	return r != nil
}

// count returns how many findings there are in each file.
func count(findings []finding.Finding) map[string]int {
	n := map[string]int{}
	for i := range findings {
		n[findings[i].File]++
	}
	return n
}

// round puts right what findings know, and returns the files it changed.
func (t *Tree) round(findings []finding.Finding) (changed []string, err error) {
	wanted := ready(findings)
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		text, err := t.read(name)
		if err != nil {
			return nil, err
		}
		fixed, places := putRight(name, text, wanted[name])
		if len(places) > 0 && t.take(name, text, fixed, places) {
			changed = append(changed, name)
		}
	}
	return changed, nil
}

// ready returns, by file, the findings that can be put right before any other is.
func ready(findings []finding.Finding) map[string][]finding.Finding {
	wanted := map[string][]finding.Finding{}
	refused, misnamed := refusedFiles(findings), misnamedFiles(findings)
	for _, f := range findings {
		known := f.IsFixable() || isUnreadable(&f)
		waits := misnamed[f.File] || refused[f.File] && isReckoned(f.Expected)
		if known && (isOfRecord(&f) || !waits) {
			wanted[f.File] = append(wanted[f.File], f)
		}
	}
	return wanted
}

// One returns a file's text with one of the findings put right, and nothing else. It is
// not ok where Run would not do so, or only once others are put right.
func One(text []byte, f *finding.Finding, findings []finding.Finding) (fixed []byte, ok bool) {
	wanted := ready(findings)[f.File]
	isIt := func(other finding.Finding) bool { return other.Fingerprint == f.Fingerprint }
	if !slices.ContainsFunc(wanted, isIt) || slices.ContainsFunc(wanted, disagreeing(f)) {
		return nil, false
	}
	fixed, places := putRight(f.File, text, []finding.Finding{*f})
	return fixed, len(places) > 0
}

// refusedFiles returns the files in which a value is refused by itself: what policies
// reckon from such a record waits until it is right.
func refusedFiles(findings []finding.Finding) map[string]bool {
	refused := map[string]bool{}
	for i := range findings {
		f := &findings[i]
		if isOfRecord(f) && f.Severity == finding.Error && f.Rule != "schema/required" && !f.AtKey {
			refused[f.File] = true
		}
	}
	return refused
}

// misnamedFiles returns the files in which a field gets its right name: what it says may
// be what a policy misses.
func misnamedFiles(findings []finding.Finding) map[string]bool {
	misnamed := map[string]bool{}
	for i := range findings {
		if f := &findings[i]; isOfRecord(f) && f.AtKey && f.IsFixable() {
			misnamed[f.File] = true
		}
	}
	return misnamed
}

// isOfRecord reports whether a finding is about a record's text or its form, and not
// about what it says.
func isOfRecord(f *finding.Finding) bool {
	return strings.HasPrefix(f.Rule, "yaml/") || strings.HasPrefix(f.Rule, "schema/")
}

// isReckoned reports whether a value is one that rules reckon from others: a number or
// a day.
func isReckoned(expected finding.Value) bool {
	switch value := expected.JSON().(type) {
	case string:
		return record.IsDate(value)
	case bool:
		return false
	}
	return true
}

// isUnreadable reports whether a finding keeps a text from being a record: what puts
// it right is known to those who read it.
func isUnreadable(f *finding.Finding) bool {
	return strings.HasPrefix(f.Rule, "yaml/") && f.Severity == finding.Error
}

// read returns a record's text as it is now.
func (t *Tree) read(name string) ([]byte, error) {
	opened, err := t.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w: it was there when it was judged; run again when nothing changes the files", err)
	}
	defer opened.Close()
	return io.ReadAll(io.LimitReader(opened, record.MaxBytes+1))
}

// take notes a file's new text, unless the file has had it before: then its
// rules want one thing after the other, and would do so for ever.
func (t *Tree) take(name string, before, fixed []byte, places []string) bool {
	f := t.files[name]
	if f == nil {
		f = &file{before: before, seen: map[string]bool{string(before): true}, places: map[string]bool{}}
	}
	if f.seen[string(fixed)] {
		return false
	}
	f.now, f.seen[string(fixed)] = fixed, true
	for _, place := range places {
		f.places[place] = true
	}
	t.files[name] = f
	t.Set(name, fixed)
	return true
}

// A Change is a file with something put right in it.
type Change struct {
	Path          string
	Before, After []byte
	Values        int // how many values and names were written anew
}

// Changes returns what was put right, sorted by path.
func (t *Tree) Changes() []Change {
	var changes []Change
	for name, f := range t.files {
		if !bytes.Equal(f.before, f.now) {
			changes = append(changes, Change{name, f.before, f.now, len(f.places)})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return changes
}
