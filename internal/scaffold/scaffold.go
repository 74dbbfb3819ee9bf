// Package scaffold holds what a repository of alliances begins with, and works out
// what a newer version changes in one that people have edited since.
package scaffold

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// own are the files that a new repository has of its own, as those of a company and
// a version that stand for any.
//
//go:embed all:files
var own embed.FS

const (
	anyCompany = "Example Corp"
	anyVersion = "v0.0.0"
)

// Sources are the files that a new repository has in common with the one in which the
// program is made.
type Sources struct {
	Schemas, Policies fs.FS
	Forms             fs.FS // for issues and merge requests
}

// An Origin is what a repository was written of, and for whom.
type Origin struct {
	Version string // a tag of the program, or a branch
	Company string
}

// Files are texts by their paths.
type Files map[string][]byte

// Files returns what a new repository holds. Of a handbook that comes with the
// policies, it has what is in force from the first: what changes on a day is the
// company's own.
func (s Sources) Files(o Origin) (Files, error) {
	files, mine := Files{}, Files{}
	folder, err := fs.Sub(own, "files")
	err = errors.Join(err, mine.add(folder, "."),
		files.add(s.Schemas, layout.Schemas), files.add(s.Policies, layout.Policies), files.add(s.Forms, layout.Forms))
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(files, func(name string, _ []byte) bool {
		ofDay, _ := path.Match(handbook+"/*/*", name)
		return ofDay
	})
	files.replace(layout.Schemas+"/examples/", exampleWords(files, mine))
	maps.Copy(files, mine)
	files.replace("", []string{anyCompany, o.Company, anyVersion, o.Version})
	return files, nil
}

// add adds the files of fsys, in a folder.
func (f Files) add(fsys fs.FS, folder string) error {
	return fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		f[path.Join(folder, name)] = text
		return err
	})
}

// replace replaces words, given as old and new in turn, in the files whose paths begin
// so.
func (f Files) replace(prefix string, words []string) {
	replacer := strings.NewReplacer(words...)
	for name, text := range f {
		if strings.HasPrefix(name, prefix) {
			f[name] = []byte(replacer.Replace(string(text)))
		}
	}
}

const handbook = layout.Policies + "/handbook"

// exampleWords returns what examples say since they are right by one handbook, and what
// makes them right by another, in turn.
func exampleWords(from, to Files) (words []string) {
	for _, value := range [][]string{{"document", "name"}, {"license", "plan_change", "project"}} {
		file := handbook + "/" + value[0] + ".yaml"
		old, now := exampleWord(file, from[file], value), exampleWord(file, to[file], value)
		if old != "" {
			words = append(words, old, now)
		}
	}
	return words
}

// exampleWord returns a value of the handbook as examples have it.
func exampleWord(file string, text []byte, path []string) string {
	data, _ := record.Load(file, text)
	if data == nil {
		return ""
	}
	return strings.ReplaceAll(data.Root.At(path).AsText(), "{partner}", "Example Cloud")
}

// maxName is how many characters the name of a company may have.
const maxName = 100

// CheckCompany returns what is wrong with the name of a company, which stands in
// YAML, in Markdown and in sentences.
func CheckCompany(name string) error {
	strange := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .,&'’+-/()!", r)
	}
	at := strings.IndexFunc(name, strange)
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("the company has no name")
	case name != strings.TrimSpace(name):
		return errors.New("the name of the company begins or ends with a blank")
	case utf8.RuneCountInString(name) > maxName:
		return fmt.Errorf("the name of the company has more than %d characters", maxName)
	case at >= 0:
		r, _ := utf8.DecodeRuneInString(name[at:])
		return fmt.Errorf("the name of the company holds %q: write it with letters, digits, blanks and common punctuation", r)
	}
	return nil
}
