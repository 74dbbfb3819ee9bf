// Package repo walks a tree of partner folders: which records there are, and
// which files have no business among them.
package repo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/dirfs"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// ErrNoRecords says that there is nothing to judge, which is no pass.
var ErrNoRecords = errors.New("nothing to judge")

// A Tree is a repository's records, in whatever holds them: a working tree, a
// commit, a test's map. It is safe for use by several goroutines at once, as long
// as each works on folders of its own.
type Tree struct {
	fsys    fs.FS
	modules func() ([]string, error) // paths of the submodules in partners/
	past    bool                     // whether its records are those of an earlier time
	large   func(bytes int)          // see OnLarge

	lock sync.Mutex
	kept map[string]*Folder // nil until the folder is listed
}

// New returns the tree in fsys, whose root holds partners/.
func New(fsys fs.FS) *Tree {
	return WithModules(fsys, func() ([]string, error) { return nil, nil })
}

// WithModules returns the tree in fsys, whose root holds partners/. modules returns
// the paths of the submodules in it, which in fsys look like plain folders, or are
// not there.
func WithModules(fsys fs.FS, modules func() ([]string, error)) *Tree {
	return &Tree{fsys: fsys, modules: modules, large: func(int) {}, kept: map[string]*Folder{}}
}

// OnLarge has a function called before a text is read that is as large as hardly any
// record is: with that in memory, all else has to leave it room.
func (t *Tree) OnLarge(large func(bytes int)) { t.large = large }

// largeText is how large.
const largeText = 1 << 16

// ReadPast has the tree read its records as those of an earlier time.
func (t *Tree) ReadPast() { t.past = true }

// Keep has the tree remember what these folders hold: whoever lists or reads one
// again gets what was read the first time. It does nothing where they are so many
// that they would take more memory than reading them again is worth.
func (t *Tree) Keep(names []string) {
	if len(names) > maxKept {
		return
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	for _, name := range names {
		if _, known := t.kept[name]; !known {
			t.kept[name] = nil
		}
	}
}

// keeps reports whether what the folder holds is remembered.
func (t *Tree) keeps(name string) bool {
	t.lock.Lock()
	defer t.lock.Unlock()
	_, keep := t.kept[name]
	return keep
}

// maxKept is how many folders are remembered at the most.
const maxKept = 512

// A Folder is what one folder in partners/ holds. Its name is "" for what lies
// in partners/ itself.
type Folder struct {
	Name     string
	Records  []string // paths of the records, sorted
	Partner  bool     // whether it has a partner.yaml, readable or not
	Findings []finding.Finding

	keep  bool   // whether what is read of it is remembered
	files []File // once they are read, if they are kept
}

// PartnerPath returns where the folder's partner record is.
func (f *Folder) PartnerPath() string { return path.Join(layout.Partners, f.Name, layout.PartnerFile) }

// Missing returns the finding that the folder has records and no partner, if
// so. readable says how many of its records could be read.
func (f *Folder) Missing(readable int) []finding.Finding {
	if f.Partner || f.Name == "" || f.Name == layout.Program || readable == 0 {
		return nil
	}
	place := finding.Place{File: f.PartnerPath(), Span: source.Start}
	return []finding.Finding{finding.New(missingPartnerRule, place,
		fmt.Sprintf("%s/ holds records, but no %s says whose they are", path.Join(layout.Partners, f.Name), layout.PartnerFile))}
}

// Folders returns the names of the folders in partners/, sorted, and "" in
// front for partners/ itself. At an earlier time there may have been none of these.
func (t *Tree) Folders() ([]string, error) {
	info, err := fs.Lstat(t.fsys, layout.Partners)
	switch {
	case errors.Is(err, fs.ErrNotExist) && t.past:
		return nil, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: there is no folder %s/ here", ErrNoRecords, layout.Partners)
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, fmt.Errorf("%w: %s is no folder (and links are never followed)", ErrNoRecords, layout.Partners)
	}
	entries, err := fs.ReadDir(t.fsys, layout.Partners)
	if err != nil {
		return nil, err
	}
	modules, err := t.modules()
	if err != nil {
		return nil, err
	}
	names := []string{""}
	for _, entry := range entries {
		switch {
		case entry.Name() == gitFolder:
			return nil, fmt.Errorf("%w: %s is a git repository of its own, which is never looked into", ErrNoRecords, layout.Partners)
		case entry.IsDir():
			names = append(names, entry.Name())
		}
	}
	for _, module := range modules {
		name, _ := layout.FolderOf(module + "/")
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// gitFolder is what makes a folder a git repository of its own.
const gitFolder = ".git"

// List returns what a folder holds: nothing, where there is none. What is behind
// a link is not there.
func (t *Tree) List(name string) (*Folder, error) {
	t.lock.Lock()
	folder, keep := t.kept[name]
	t.lock.Unlock()
	if folder != nil {
		return folder, nil
	}
	folder, err := t.list(name, func(dirfs.Folder, string) error { return nil })
	if keep && err == nil {
		folder.keep = true
		t.lock.Lock()
		t.kept[name] = folder
		t.lock.Unlock()
	}
	return folder, err
}

// unjudged is what follows for a folder whose name is refused.
const unjudged = "nothing in it can be judged"

// list returns what a folder holds. It calls found with the path of each record, and
// with the folder that it is in, which is open for as long.
func (t *Tree) list(name string, found func(in dirfs.Folder, path string) error) (*Folder, error) {
	folder := &Folder{Name: name}
	dir := path.Join(layout.Partners, name)
	if folder.refuse(dir, "folder", unjudged) {
		return folder, nil
	}
	modules, err := t.modulesIn(name)
	if err != nil {
		return nil, err
	}
	for _, module := range modules {
		folder.reportModule(module)
	}
	if slices.Contains(modules, dir) {
		return folder, nil
	}
	in, err := dirfs.Open(t.fsys, dir)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, dirfs.ErrNoFolder):
		return folder, nil
	case err != nil:
		return nil, readError(err)
	}
	err = walk(in, func(in dirfs.Folder, path string, entry fs.DirEntry) (bool, error) {
		switch {
		case entry.IsDir():
			return !slices.Contains(modules, path) && !folder.refuse(path, "folder", unjudged), nil
		case folder.add(path, entry):
			return false, found(in, path)
		}
		return false, nil
	}, folder.reportModule)
	if err != nil {
		return nil, err
	}
	slices.Sort(folder.Records)
	folder.nameRecords()
	return folder, nil
}

// otherExt is an ending that programs and systems give to a record of theirs.
var otherExt = regexp.MustCompile(`(?i)(\.ya?ml)?(\.ya?ml|\.txt)$`)

// nameRecords says what to rename to what is a record but for its name's ending.
func (f *Folder) nameRecords() {
	for i, found := range f.Findings {
		ext := otherExt.FindString(found.File)
		right := strings.TrimSuffix(found.File, ext) + layout.RecordExt
		if found.Rule != unexpectedFileRule.ID || ext == "" || strings.EqualFold(ext, ".txt") {
			continue
		}
		if _, taken := slices.BinarySearch(f.Records, right); !taken {
			f.Findings[i].Help = fmt.Sprintf("Rename it to `%s`.", path.Base(right))
		}
	}
}

// add takes up what is no folder, and reports whether it is a record.
func (f *Folder) add(name string, entry fs.DirEntry) bool {
	if entry.Name() == layout.PartnerFile && name == f.PartnerPath() {
		f.Partner = true
	}
	switch base := entry.Name(); {
	case strings.HasPrefix(base, layout.FixPrefix):
		f.report(unexpectedFileRule, name, "this is what a run of --fix that was killed has left")
	case base == ".gitattributes", base == ".gitmodules":
		f.report(unexpectedFileRule, name, "this changes how git and GitLab treat the records beside it")
	case strings.HasPrefix(base, "."):
	case f.refuse(name, "file", "it cannot be judged"):
	case !entry.Type().IsRegular():
		f.report(symlinkRule, name, "this is "+describe(entry.Type())+", which is never followed")
	case base == "README.md":
	case path.Ext(base) != layout.RecordExt:
		f.report(unexpectedFileRule, name, "this is no record: the name of a record ends in "+layout.RecordExt)
	default:
		f.Records = append(f.Records, name)
		return true
	}
	return false
}

// modulesIn returns the paths of the submodules in a folder, or the path of the
// folder itself where it is one.
func (t *Tree) modulesIn(folder string) ([]string, error) {
	all, err := t.modules()
	var modules []string
	for _, module := range all {
		if name, _ := layout.FolderOf(module + "/"); name == folder {
			modules = append(modules, module)
		}
	}
	return modules, err
}

// reportModule says that what is at a path is another git repository.
func (f *Folder) reportModule(name string) {
	f.report(symlinkRule, name, "this is a git repository of its own (a submodule), which is never looked into")
}

func describe(mode fs.FileMode) string {
	switch mode.Type() {
	case fs.ModeSymlink:
		return "a symbolic link"
	case fs.ModeNamedPipe:
		return "a named pipe"
	case fs.ModeSocket:
		return "a socket"
	case fs.ModeIrregular:
		return "no plain file (a submodule, say)"
	}
	return "no plain file"
}

func (f *Folder) report(rule *finding.Rule, file, message string) {
	f.Findings = append(f.Findings, finding.New(rule, finding.Place{File: file, Span: source.Start}, message))
}

// ID returns what tells all that a folder holds from whatever else it could hold, if
// what holds the tree knows that without a look into the folder.
func (t *Tree) ID(name string) (id string, known bool) {
	if identified, ok := t.fsys.(interface {
		ID(name string) (string, bool)
	}); ok {
		return identified.ID(path.Join(layout.Partners, name))
	}
	return "", false
}

// isFolder reports whether there is a folder at a path, and no link.
func (t *Tree) isFolder(dir string) (bool, error) {
	info, err := fs.Lstat(t.fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, readError(err)
	}
	return info.IsDir(), nil
}

// ListPartner returns what List does as if there were only the partner.
func (t *Tree) ListPartner(name string) (*Folder, error) {
	folder := &Folder{Name: name}
	dir := path.Join(layout.Partners, name)
	if folder.refuse(dir, "folder", unjudged) {
		return folder, nil
	}
	if is, err := t.isFolder(dir); !is || err != nil {
		return folder, err
	}
	info, err := fs.Lstat(t.fsys, folder.PartnerPath())
	switch {
	case err == nil && !info.IsDir():
		folder.add(folder.PartnerPath(), fs.FileInfoToDirEntry(info))
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, readError(err)
	}
	return folder, nil
}

// Files returns the paths of all files in partners/, whatever they are, and of git
// repositories within, listing as many folders at a time as jobs says.
func (t *Tree) Files(ctx context.Context, jobs int) ([]string, error) {
	names, err := t.Folders()
	if err != nil {
		return nil, err
	}
	modules, err := t.modules()
	if err != nil {
		return nil, err
	}
	files := make([][]string, len(names))
	err = parallel.Each(ctx, jobs, len(names), func(i int) error {
		if slices.Contains(modules, path.Join(layout.Partners, names[i])) {
			return nil // it need not be there
		}
		in, err := dirfs.Open(t.fsys, path.Join(layout.Partners, names[i]))
		if err != nil {
			return readError(err)
		}
		return walk(in, func(_ dirfs.Folder, path string, entry fs.DirEntry) (bool, error) {
			if !entry.IsDir() {
				files[i] = append(files[i], path)
			}
			return entry.IsDir(), nil
		}, func(module string) { files[i] = append(files[i], module) })
	})
	return slices.Concat(files...), err
}

// walk calls found for everything in a folder, and goes into the folders of which it
// says so, but not into those in partners/: each is on its own. Of a folder that is a
// git repository of its own it calls module instead. It closes each when it is done.
func walk(in dirfs.Folder, found func(in dirfs.Folder, path string, entry fs.DirEntry) (into bool, err error), module func(path string)) error {
	defer in.Close()
	entries, err := in.ReadDir()
	if err != nil {
		return readError(err)
	}
	if slices.ContainsFunc(entries, func(entry fs.DirEntry) bool { return entry.Name() == gitFolder }) {
		module(in.Path())
		return nil
	}
	for _, entry := range entries {
		if entry.IsDir() && in.Path() == layout.Partners {
			continue
		}
		into, err := found(in, in.Path()+"/"+entry.Name(), entry)
		if err != nil {
			return err
		}
		if !into {
			continue
		}
		inner, err := in.Open(entry.Name())
		if err != nil {
			return readError(err)
		}
		if err := walk(inner, found, module); err != nil {
			return err
		}
	}
	return nil
}

// Text returns the bytes of the record at name, or, of a file that is larger
// than a record may be, one byte more than that.
func (t *Tree) Text(name string) ([]byte, error) {
	text, err := dirfs.Text(t.fsys, name, mostBytes)
	return text, readError(err)
}

// mostBytes is how much of a file is read: whatever is as large is too large.
const mostBytes = record.MaxBytes + 1

// readError adds what to do about an error, if there is one.
func readError(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w: make it readable, and run again", err)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: it was there when the folder was listed; run again when nothing changes the files", err)
	}
	return err
}
