package check

import (
	"bytes"
	"context"
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

// judgesAll reports whether every folder is judged.
func (r *run) judgesAll() bool { return r.Base == nil || r.Base.TouchesRules() }

// smallTree is up to how many folders reading all partners takes less time than
// could be noticed.
const smallTree = 1024

// indexesAnyway reports whether all partners are to be read, whatever it is
// that the change touches.
func (r *run) indexesAnyway() bool {
	return r.judgesAll() && !(r.Local && len(r.names) > smallTree)
}

// affected returns the names of the folders that the change can affect, sorted:
// those that it touches; the alliance program's figures, which tell by partner,
// where a partner comes, goes or becomes of another type; and all of them where
// the rules change. It indexes all partners if a changed record is judged by
// them; what rules find in one that has not changed is not the change's doing.
func (r *run) affected(ctx context.Context) ([]string, error) {
	names := slices.Clone(r.touched)
	program, indexed := false, r.partners != nil
	for _, name := range r.touched {
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
// change, "" where it is not known, and "-" where there is no partner.
func (r *run) partnerTypes(name string) (before, after string, err error) {
	if !repo.IsPartners(name) {
		return "", "", nil
	}
	if before, err = partnerType(r.Base.Tree, name); err != nil {
		return "", "", err
	}
	after, err = partnerType(r.tree, name)
	return before, after, err
}

func partnerType(tree *repo.Tree, name string) (string, error) {
	f, err := tree.ListPartner(name)
	switch {
	case err != nil || !f.Partner:
		return "-", err
	case len(f.Records) == 0:
		return "", nil // a link, say
	}
	data, err := tree.Read(f.Records[0])
	if err != nil {
		return "", err
	}
	rec, _ := record.Load(f.Records[0], data)
	if rec == nil {
		return "", nil
	}
	return summary(rec).Fields["type"], nil
}

// needsPartners reports whether the change touches a record in a folder that is
// judged by what is known of all partners.
func (r *run) needsPartners(name string) (bool, error) {
	now, err := texts(r.tree, name)
	if err != nil {
		return false, err
	}
	before, err := texts(r.Base.Tree, name)
	if err != nil {
		return false, err
	}
	for path, text := range now {
		if !bytes.Equal(text, before[path]) && (r.comparesPartners(path, text) || r.comparesPartners(path, before[path])) {
			return true, nil
		}
		delete(before, path)
	}
	for path, text := range before { // what is gone
		if r.comparesPartners(path, text) {
			return true, nil
		}
	}
	return false, nil
}

// texts returns the text of each record in a folder.
func texts(tree *repo.Tree, name string) (map[string][]byte, error) {
	f, err := tree.List(name)
	if err != nil {
		return nil, err
	}
	texts := make(map[string][]byte, len(f.Records))
	for _, path := range f.Records {
		if texts[path], err = tree.Read(path); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// comparesPartners reports whether a record is of a kind whose rules compare it
// with all partners.
func (r *run) comparesPartners(path string, text []byte) bool {
	rec, _ := record.Load(path, text)
	return rec != nil && r.rules.Policies.ReadsPartners(r.rules.Schemas.Kind(rec))
}

// readBefore reads what a folder held before the change: where the change does
// not touch it, what it holds now.
func (r *run) readBefore(f *folder, now *contents) (*contents, error) {
	if _, touched := slices.BinarySearch(r.touched, f.Name); !touched {
		return now, nil
	}
	listed, err := r.Base.Tree.List(f.Name)
	if err != nil {
		return nil, err
	}
	return r.read(r.Base.Tree, &folder{Folder: listed})
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
