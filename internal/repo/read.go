package repo

import (
	"slices"

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

// Read returns the records of a folder of this tree, in the order of their paths.
func (t *Tree) Read(folder *Folder) ([]File, error) {
	if folder.files != nil {
		return folder.files, nil
	}
	files := make([]File, len(folder.Records))
	for i, path := range folder.Records {
		var err error
		if files[i], err = t.file(path); err != nil {
			return nil, err
		}
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
	file, err := t.file(path)
	return &file, err
}

// file reads one record.
func (t *Tree) file(path string) (File, error) {
	text, err := t.Text(path)
	if err != nil {
		return File{}, err
	}
	if len(text) > largeText {
		t.lock.Lock()
		t.large(len(text))
		t.lock.Unlock()
	}
	if t.past {
		return PastFile(path, text), nil
	}
	return NewFile(path, text), nil
}
