package check

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// Inspect returns the input that policies get for the record at path, as
// encoding/json writes it. Where there is a base to compare with, that may be a
// record which the change deletes; of one that becomes another kind of record,
// it is what it is now. It reads the record's folder alone. The error says why
// policies do not see the file.
func Inspect(tree *repo.Tree, rules *Rulebook, path string, base *Base) (any, error) {
	r := newRun(tree, Options{Base: base})
	r.rules = rules
	name, ok := layout.FolderOf(path)
	if !ok {
		return nil, fmt.Errorf("%s is not in %s/, where the records are", path, layout.Partners)
	}
	var err error
	if r.names, err = tree.Folders(); err != nil {
		return nil, err
	}
	if err := r.findRenames(); err != nil {
		return nil, err
	}
	if now := r.newName(name); now != "" {
		return nil, fmt.Errorf("the change moves %s to %s; name that", path, moved(path, name, now))
	}
	f, err := r.folder(name)
	if err != nil {
		return nil, err
	}
	judge := &judge{r, rules, rules.Policies.Judge(r.partners)}
	files, err := tree.Read(f)
	if err != nil {
		return nil, err
	}
	now, err := judge.contents(files)
	if err != nil {
		return nil, err
	}
	seen, cases, err := judge.inContext(f, now)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		if c.Path() == path {
			return judge.policies.Folder(seen).Input(c)
		}
	}
	return nil, r.unseen(f, now, cases, path)
}

// Data returns the data that policies read beside their own files: what is known
// of all partners, and of all licences, as encoding/json writes it. It reads so many
// folders at a time as jobs says.
func Data(ctx context.Context, tree *repo.Tree, rules *Rulebook, jobs int) (any, error) {
	x, err := NewIndex(ctx, tree, rules, jobs)
	if err != nil {
		return nil, err
	}
	return rules.Policies.Data(x.partners, x.copied()...)
}

// unseen returns why policies do not see the file at path: as a rule, a finding
// says it.
func (r *run) unseen(f *repo.Folder, now *contents, cases []policy.Case, path string) error {
	wasThere := func(c policy.Case) bool { return c.Was == path }
	if i := slices.IndexFunc(cases, wasThere); i >= 0 {
		return fmt.Errorf("the change moves %s to %s; name that", path, cases[i].Path())
	}
	findings := slices.Concat(f.Findings, now.findings)
	finding.Sort(findings)
	about := func(f finding.Finding) bool { return f.File == path }
	if i := slices.IndexFunc(findings, about); i >= 0 {
		return fmt.Errorf("%s:%d: %s [%s]", path, findings[i].Span.Start.Line, findings[i].Message, findings[i].Rule)
	}
	if _, err := r.tree.Text(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is no record, that is, no .yaml file in a partner's folder", path)
	}
	if r.Base != nil {
		return fmt.Errorf("there is no file %s, and the change deletes none of that path", path)
	}
	return fmt.Errorf("there is no file %s; what a change deletes can be seen with --base", path)
}
