package check

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// A Base is what a change started from.
type Base struct {
	Tree  *repo.Tree // before the change
	Paths []string   // of the files that the change touches, from the root of the tree
}

// Touched returns the names of the folders in partners/ that the change
// touches, sorted.
func (b *Base) Touched() []string {
	var names []string
	for _, path := range b.Paths {
		if name, ok := repo.FolderOf(path); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TouchesRules reports whether the change touches schemas or policies, by which
// every record is judged.
func (b *Base) TouchesRules() bool {
	return slices.ContainsFunc(b.Paths, func(path string) bool {
		return strings.HasPrefix(path, "schemas/") || strings.HasPrefix(path, "policies/")
	})
}

// findings returns what is wrong with the change as a whole.
func (b *Base) findings() []finding.Finding {
	if b == nil {
		return nil
	}
	return repo.MixedChange(b.Paths)
}

// smallTree is up to how many folders reading all partners takes less time than
// could be noticed.
const smallTree = 1024

// judgesAll reports whether every folder is judged.
func (r *run) judgesAll() bool { return r.Base == nil || r.Base.TouchesRules() }

// indexesAnyway reports whether all partners are to be read, whatever it is
// that the change touches.
func (r *run) indexesAnyway() bool {
	return r.judgesAll() || len(r.names) <= smallTree || len(r.Base.Touched()) > smallTree
}

// affected returns the names of the folders that the change can affect, sorted:
// those that it touches; the alliance program's figures, which tell by partner,
// where a partner comes, goes or becomes of another type; and all of them where
// the rules change. It indexes all partners if a changed record is judged by
// them; what rules find in one that has not changed is not the change's doing.
func (r *run) affected(ctx context.Context) ([]string, error) {
	names := r.Base.Touched()
	program, indexed := false, r.partners != nil
	for _, name := range names {
		was, is, err := r.partnerTypes(name)
		if err != nil {
			return nil, err
		}
		program = program || was != is
		if !indexed {
			if indexed, err = r.needsPartners(name); err != nil {
				return nil, err
			}
		}
	}
	if program {
		names = append(names, repo.Program)
	}
	if r.judgesAll() {
		names = append(names, r.names...)
	}
	slices.Sort(names)
	if indexed && r.partners == nil {
		return slices.Compact(names), r.index(ctx)
	}
	return slices.Compact(names), nil
}

// partnerTypes returns the type of a folder's partner before and after the
// change, as far as it is known, and "-" where there is no partner.
func (r *run) partnerTypes(name string) (before, after string, err error) {
	if !isPartnerFolder(name) {
		return "", "", nil
	}
	file := (&repo.Folder{Name: name}).PartnerPath()
	if before, err = typeOf(r.Base.Tree, file); err != nil {
		return "", "", err
	}
	after, err = typeOf(r.tree, file)
	return before, after, err
}

func typeOf(tree *repo.Tree, partner string) (string, error) {
	data, err := tree.Read(partner)
	if errors.Is(err, fs.ErrNotExist) {
		return "-", nil
	}
	if err != nil {
		return "", err
	}
	rec, _ := record.Load(partner, data)
	if rec == nil {
		return "", nil
	}
	return summary(rec).Fields["type"], nil
}

// needsPartners reports whether the change touches a record in a folder that is
// judged by what is known of all partners.
func (r *run) needsPartners(name string) (bool, error) {
	f, err := r.folder(name)
	if err != nil {
		return false, err
	}
	before, err := r.listBefore(name)
	if err != nil {
		return false, err
	}
	paths := slices.Concat(f.Records, before.Records)
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		needs, err := r.recordNeedsPartners(path)
		if needs || err != nil {
			return needs, err
		}
	}
	return false, nil
}

func (r *run) recordNeedsPartners(path string) (bool, error) {
	var texts [2][]byte
	for i, tree := range []*repo.Tree{r.Base.Tree, r.tree} {
		data, err := tree.Read(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
		texts[i] = data
	}
	if bytes.Equal(texts[0], texts[1]) {
		return false, nil
	}
	return slices.ContainsFunc(texts[:], func(text []byte) bool {
		rec, _ := record.Load(path, text)
		return rec != nil && r.rules.Policies.ReadsPartners(r.rules.Schemas.Kind(rec))
	}), nil
}

// readBefore reads what a folder held before the change: where the change does
// not touch it, what it holds now.
func (r *run) readBefore(f *folder, now *contents) (*contents, error) {
	if _, touched := slices.BinarySearch(r.Base.Touched(), f.Name); !touched {
		return now, nil
	}
	before, err := r.listBefore(f.Name)
	if err != nil {
		return nil, err
	}
	return r.read(r.Base.Tree, before)
}

// listBefore lists a folder as it was, which is empty where it was not there.
func (r *run) listBefore(name string) (*folder, error) {
	listed, err := r.Base.Tree.List(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &folder{Folder: &repo.Folder{Name: name}}, nil
	}
	return &folder{Folder: listed}, err
}

// nothingAtAll returns the error that there is no record to judge in the whole
// tree, if so.
func (r *run) nothingAtAll() error {
	for _, name := range r.names {
		f, err := r.folder(name)
		if err != nil {
			return err
		}
		if len(f.Records) > 0 {
			return nil
		}
	}
	return noRecords(nil)
}
