// Package check judges a repository: it reads every record, asks its schema
// and the policies, and returns one sorted list of findings.
package check

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// Rules are what records are judged by. They are safe for use by several
// goroutines at once.
type Rules struct {
	Schemas  *schema.Set
	Policies *policy.Set
}

// LoadRules compiles the schemas and the policies, each from its own folder.
func LoadRules(schemas, policies fs.FS) (*Rules, error) {
	var parsed *policy.Parsed
	var unparsed error
	var parsing sync.WaitGroup
	parsing.Go(func() { parsed, unparsed = policy.Parse(policies) })
	kinds, err := schema.Load(schemas)
	parsing.Wait()
	if err := cmp.Or(err, unparsed); err != nil {
		return nil, err
	}
	documents := map[string]map[string]any{}
	for _, kind := range kinds.Kinds() {
		documents[kind] = kinds.Document(kind)
	}
	rules, err := parsed.Compile(documents)
	if err != nil {
		return nil, err
	}
	return &Rules{kinds, rules}, nil
}

// Options say what to judge, and how.
type Options struct {
	Jobs     int                   // how many folders to judge at a time; at least 1
	Only     []string              // names of the folders to judge; all where it is empty
	Progress func(done, total int) // called, by several goroutines, after each folder; may be nil
}

// A Result is what a run found.
type Result struct {
	Partners int      // whose folders were judged
	Records  []string // the paths of the records that were judged, sorted
	Findings []finding.Finding
	Rules    *Rules // by which
}

// Catalogue returns what can be found, sorted by id.
func (r *Rules) Catalogue() []*finding.Rule {
	all := slices.Concat(record.Rules(), repo.Rules(), schema.Rules())
	for _, rule := range r.Policies.Rules() {
		all = append(all, &rule.Rule)
	}
	slices.SortFunc(all, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Run judges the records of a tree. rules is called once, while the tree is
// listed. The error is not about the records: there are none, a file cannot be
// read, the rules do not compile or fail.
func Run(ctx context.Context, tree *repo.Tree, rules func() (*Rules, error), options Options) (Result, error) {
	loaded := make(chan error, 1)
	r := &run{tree: tree, Options: options}
	go func() {
		var err error
		r.rules, err = rules()
		loaded <- err
	}()
	indexed := r.index(ctx)
	if err := <-loaded; err != nil {
		return Result{}, err
	}
	if indexed != nil {
		return Result{}, indexed
	}
	return r.judge(ctx)
}

// A run is the state of one call of Run.
type run struct {
	Options
	tree      *repo.Tree
	rules     *Rules
	folders   []folder
	summaries []*policy.Partner // of the folders' partners, for data.partners
	kept      atomic.Int64      // how many partner records are kept
}

// A folder is a listed folder, and its partner.
type folder struct {
	*repo.Folder
	partner *record.Record // kept from indexing; nil where it is read again
}

func (f *folder) hasRecord(name string) bool {
	_, found := slices.BinarySearch(f.Records, name)
	return found
}

// maxKept bounds how many partner records are kept between indexing and
// judging: reading them twice costs time, keeping all of a large repository's
// costs memory.
const maxKept = 3072

// judge asks schemas and policies about every record of the chosen folders.
func (r *run) judge(ctx context.Context) (Result, error) {
	chosen := r.chosen()
	judge := r.rules.Policies.Judge(r.partners())
	found := make([][]finding.Finding, len(chosen))
	var done atomic.Int64
	err := parallel.Each(ctx, r.Jobs, len(chosen), func(i int) (err error) {
		found[i], err = r.judgeFolder(ctx, judge, chosen[i])
		if r.Progress != nil {
			r.Progress(int(done.Add(1)), len(chosen))
		}
		return err
	})
	if err != nil {
		return Result{}, err
	}
	result := Result{Findings: slices.Concat(found...), Rules: r.rules}
	finding.Sort(result.Findings)
	for _, f := range chosen {
		result.Records = append(result.Records, f.Records...)
		if f.Partner {
			result.Partners++
		}
	}
	slices.Sort(result.Records)
	if len(result.Records) == 0 {
		return Result{}, noRecords(result.Findings)
	}
	if i := slices.IndexFunc(chosen, func(f *folder) bool { return len(f.Records) == 0 }); len(r.Only) > 0 && i >= 0 {
		return Result{}, fmt.Errorf("%w in %s/%s: there is no record", repo.ErrNoRecords, repo.Root, chosen[i].Name)
	}
	return result, nil
}

// chosen returns the folders to judge.
func (r *run) chosen() []*folder {
	var chosen []*folder
	for i := range r.folders {
		if len(r.Only) == 0 || slices.Contains(r.Only, r.folders[i].Name) {
			chosen = append(chosen, &r.folders[i])
		}
	}
	return chosen
}

func noRecords(findings []finding.Finding) error {
	if len(findings) > 0 {
		first := findings[0]
		return fmt.Errorf("%w: there is no record, though there is %s: %s", repo.ErrNoRecords, first.File, first.Message)
	}
	return fmt.Errorf("%w: there is no record, that is, no .yaml file in a partner's folder", repo.ErrNoRecords)
}

// judgeFolder judges the records of one folder, each in the context of all.
func (r *run) judgeFolder(ctx context.Context, judge *policy.Judge, f *folder) (findings []finding.Finding, err error) {
	findings = f.Findings
	records := make([]policy.Record, 0, len(f.Records))
	partner, readable := -1, 0
	for _, name := range f.Records {
		rec, unreadable, err := r.load(f, name)
		if err != nil {
			return nil, err
		}
		if rec == nil {
			findings = append(findings, unreadable...)
			continue
		}
		readable++
		judged, found, err := r.bySchema(rec)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
		if judged.Kind == "" {
			continue
		}
		if name == f.PartnerPath() && judged.Kind == repo.PartnerKind && isPartnerFolder(f.Name) {
			partner = len(records)
		}
		records = append(records, judged)
	}
	f.partner = nil // no longer needed
	findings = append(findings, f.Missing(readable)...)
	found, err := byPolicies(ctx, judge.Folder(records, partner), records)
	return append(findings, found...), err
}

// load reads a record, unless indexing has kept it.
func (r *run) load(f *folder, name string) (*record.Record, []finding.Finding, error) {
	if f.partner != nil && name == f.PartnerPath() {
		return f.partner, nil, nil
	}
	data, err := r.tree.Read(name)
	if err != nil {
		return nil, nil, err
	}
	rec, findings := record.Load(name, data)
	return rec, findings, nil
}

func (r *run) bySchema(rec *record.Record) (judged policy.Record, findings []finding.Finding, err error) {
	defer explain(rec.Path, &err)
	verdict := r.rules.Schemas.Judge(rec)
	return policy.Record{Record: rec, Kind: verdict.Kind, Valid: verdict.Valid}, verdict.Findings, nil
}

func byPolicies(ctx context.Context, judge *policy.Folder, records []policy.Record) (findings []finding.Finding, err error) {
	for i := range records {
		found, err := byPolicy(ctx, judge, i, records[i].Path)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

func byPolicy(ctx context.Context, judge *policy.Folder, i int, name string) (findings []finding.Finding, err error) {
	defer explain(name, &err)
	return judge.Judge(ctx, i)
}

// explain turns a panic of a library into an error that names the record.
func explain(name string, err *error) {
	if problem := recover(); problem != nil {
		*err = fmt.Errorf("judging %s failed: %v", name, problem)
	}
}

func isPartnerFolder(name string) bool { return name != "" && name != repo.Program }
