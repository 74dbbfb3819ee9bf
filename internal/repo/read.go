package repo

import (
	"path"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/dirfs"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A File is a record's file as it was read.
type File struct {
	Path     string // from the root of the tree
	Text     []byte
	Record   *record.Record    // nil where the text is no record that can be relied on
	Problems []finding.Finding // why it is none
}

// NewFile reads the text of the record at path.
func NewFile(path string, text []byte) File {
	rec, problems := record.Load(path, text)
	return File{path, text, rec, problems}
}

// PastFile reads the text that the record at path had at an earlier time.
func PastFile(path string, text []byte) File {
	rec, problems := record.LoadPast(path, text)
	return File{path, text, rec, problems}
}

// Load returns what List does, and then Read, but reads each record while the folder
// that it is in is open.
func (t *Tree) Load(name string) (*Folder, []File, error) {
	if t.keeps(name) {
		return t.listThen(name, t.Read)
	}
	folder, files, err := t.LoadTexts(name)
	t.ParseAll(files)
	return folder, files, err
}

// LoadTexts returns what List does, and then Texts, as Load does.
func (t *Tree) LoadTexts(name string) (*Folder, []File, error) {
	if t.keeps(name) {
		return t.listThen(name, t.Texts)
	}
	files := []File{}
	folder, err := t.list(name, func(in dirfs.Folder, file string) error {
		text, err := in.Text(path.Base(file), mostBytes)
		files = append(files, File{Path: file, Text: text})
		return readError(err)
	})
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return folder, files, nil
}

// listThen lists a folder, and reads its records then.
func (t *Tree) listThen(name string, read func(*Folder) ([]File, error)) (*Folder, []File, error) {
	folder, err := t.List(name)
	if err != nil {
		return nil, nil, err
	}
	files, err := read(folder)
	return folder, files, err
}

// Read returns the records of a folder of this tree, in the order of their paths.
func (t *Tree) Read(folder *Folder) ([]File, error) {
	if folder.files != nil {
		return folder.files, nil
	}
	files := make([]File, len(folder.Records))
	for i, path := range folder.Records {
		text, err := t.Text(path)
		if err != nil {
			return nil, err
		}
		files[i] = t.Parse(path, text)
	}
	if folder.keep {
		folder.files = files
	}
	return files, nil
}

// Texts returns the records of a folder of this tree as Read does, but of each only
// its path and its text.
func (t *Tree) Texts(folder *Folder) ([]File, error) {
	files := make([]File, len(folder.Records))
	for i, path := range folder.Records {
		text, err := t.Text(path)
		if err != nil {
			return nil, err
		}
		files[i] = File{Path: path, Text: text}
	}
	return files, nil
}

// ReadPartner returns the partner's record of a folder of this tree, or nil where
// there is none that could be read as a file.
func (t *Tree) ReadPartner(folder *Folder) (*File, error) {
	path := folder.PartnerPath()
	i, found := slices.BinarySearch(folder.Records, path)
	if !found {
		return nil, nil // a link, say
	}
	if folder.keep {
		files, err := t.Read(folder)
		if err != nil {
			return nil, err
		}
		return &files[i], nil
	}
	text, err := t.Text(path)
	if err != nil {
		return nil, err
	}
	file := t.Parse(path, text)
	return &file, nil
}

// ParseAll parses records of this tree of which only the texts were read.
func (t *Tree) ParseAll(files []File) {
	for i, file := range files {
		files[i] = t.Parse(file.Path, file.Text)
	}
}

// Parse reads the text of a record of this tree.
func (t *Tree) Parse(path string, text []byte) File {
	if len(text) > largeText {
		t.lock.Lock()
		t.large(len(text))
		t.lock.Unlock()
	}
	if t.past {
		return PastFile(path, text)
	}
	return NewFile(path, text)
}
