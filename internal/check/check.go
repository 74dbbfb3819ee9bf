// Package check judges a repository: it reads every record, asks its schema
// and the policies, and returns one sorted list of findings.
package check

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/memory"
	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

// A Rulebook is what records are judged by. It is safe for use by several
// goroutines at once.
type Rulebook struct {
	Schemas  *schema.Set
	Policies *policy.Set
}

// Load compiles the schemas and the policies, each from its own folder. A kind
// has a rule and an example: the error names all that is missing.
func Load(schemas, policies fs.FS) (*Rulebook, error) {
	var parsed *policy.Parsed
	var unparsed error
	var parsing, compiling sync.WaitGroup
	parsing.Go(func() { parsed, unparsed = policy.Parse(policies) })
	kinds, err := schema.Parse(schemas)
	parsing.Wait()
	if err != nil {
		return nil, err
	}
	rules := &Rulebook{}
	var invalid error
	compiling.Go(func() { rules.Schemas, invalid = kinds.Compile() })
	err = errors.Join(unparsed, incomplete(kinds.Kinds(), schemas, policies))
	if err == nil {
		rules.Policies, err = parsed.Compile(kinds.Types())
	}
	compiling.Wait()
	if err := cmp.Or(invalid, err); err != nil {
		return nil, err
	}
	rules.Schemas.FillFrom(rules.Policies.Handbook.Newest().Scalar)
	return rules, nil
}

// Options say what to judge, and how.
type Options struct {
	Jobs     int                        // how many folders to judge at a time; at least 1
	Only     []string                   // names of the folders to judge; all where it is empty
	Base     *Base                      // what to compare with; may be nil
	AsOf     string                     // the day, YYYY-MM-DD, on which waivers may have ended; none has where it is ""
	Local    bool                       // whether to judge, among many partners, without reading them all
	Shard    Shard                      // which part of these to judge
	Digest   bool                       // whether to tell what records these are, for Result.Digest
	Memory   *memory.Memory             // of what was found clean; may be nil, and is not asked where there is a Base, Against or Visit
	Against  *Rulebook                  // to judge by as well, for Result.Against; may be nil
	Begin    func(records, largest int) // called with how many records are judged, and how many are in the largest folder; may be nil
	Visit    func(*Folder)              // called, by several goroutines, with each folder that was judged; may be nil
	Progress func(done, total int)      // called, by several goroutines, after each folder; may be nil
}

// A Result is what a run found.
type Result struct {
	Partners int      // whose folders were judged
	Records  []string // the paths of the records that were judged, sorted
	Findings []finding.Finding
	Waived   []finding.Waived // what would be among them, had not somebody decided otherwise
	Partial  bool             // whether, being Local, it is without what compares a partner with all others
	Rules    *Rulebook        // by which
	Against  Verdict          // by Options.Against
	Digest   string           // of all that is in the folders, those of other parts too, where it was asked for
}

// Catalogue returns what can be found, sorted by id.
func (r *Rulebook) Catalogue() []*finding.Rule {
	all := slices.Concat(record.Rules(), repo.Rules(), schema.Rules(), []*finding.Rule{unusedRule})
	for _, rule := range r.Policies.Rules() {
		all = append(all, &rule.Rule)
	}
	slices.SortFunc(all, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Title returns the title of a rule, or its id where it has none.
func (r *Rulebook) Title(id string) string {
	for _, rule := range r.Catalogue() {
		if rule.ID == id && rule.Title != "" {
			return rule.Title
		}
	}
	return id
}

// Run judges the records of a tree. rules is called once, while the tree is
// listed. The error is not about the records: there are none, a file cannot be
// read, the rules do not compile or fail.
func Run(ctx context.Context, tree *repo.Tree, rules func() (*Rulebook, error), options Options) (Result, error) {
	loaded := make(chan error, 1)
	r := newRun(tree, options)
	go func() {
		var err error
		r.rules, err = rules()
		loaded <- err
	}()
	listed := r.list(ctx)
	if err := <-loaded; err != nil {
		return Result{}, err
	}
	if listed != nil {
		return Result{}, listed
	}
	return r.judge(ctx)
}

// A run is the state of one call of Run.
type run struct {
	Options
	tree           *repo.Tree
	rules          *Rulebook
	names          []string                  // of all folders, sorted
	touched        []string                  // names of the folders that the change touches, sorted
	renamed        map[string]string         // the names of those that had another one, to that one
	folders        []*repo.Folder            // all of them, where they are listed beforehand
	partners       map[string]policy.Partner // data.partners, once they are known
	licenses       [][]policy.License        // by folder, where all are judged
	others         []policy.License          // of the folders of other parts
	digests        [][sha256.Size]byte       // by folder, as in names, where they were asked for
	judged         []*judgedFolder           // by folder, as they were chosen: what there is to remember of it
	recalled       []*clean                  // by folder, as in names: what is remembered of it; nil where that is nothing
	partnersDigest func() []byte             // of all partners
}

func newRun(tree *repo.Tree, options Options) *run {
	r := &run{tree: tree, Options: options}
	r.partnersDigest = sync.OnceValue(r.digestOfPartners)
	if options.Base != nil {
		r.touched = options.Base.Paths.Folders()
		r.tree.Keep(r.touched) // each is asked for more than once
		r.Base.Tree.Keep(r.touched)
	}
	return r
}

// list finds the folders there are and, if that is not better left until it is
// known what the change can affect, reads what is to be known of all partners.
func (r *run) list(ctx context.Context) (err error) {
	if r.names, err = r.tree.Folders(); err != nil {
		return err
	}
	r.digests = make([][sha256.Size]byte, len(r.names))
	if r.indexesAnyway() {
		return r.index(ctx)
	}
	return nil
}

// judge asks schemas and policies about every record of the chosen folders.
func (r *run) judge(ctx context.Context) (Result, error) {
	chosen, err := r.choose(ctx)
	if err != nil {
		return Result{}, err
	}
	r.begin(chosen)
	judge := sync.OnceValue(func() *judge { return r.judgeBy(r.rules) }) // takes long, and may not be needed
	against := r.judgeBy(r.Against)
	r.licenses = make([][]policy.License, len(chosen))
	r.judged = make([]*judgedFolder, len(chosen))
	found := make([]outcome, len(chosen))
	others := make([]Verdict, len(chosen))
	var done atomic.Int64
	if err := r.readOthers(ctx); err != nil {
		return Result{}, err
	}
	err = parallel.Each(ctx, r.Jobs, len(chosen), func(i int) (err error) {
		if !r.isClean(i, chosen[i]) {
			found[i], others[i], err = r.judgeFolder(ctx, judge(), against, i, chosen[i])
		}
		if r.Progress != nil {
			r.Progress(int(done.Add(1)), len(chosen))
		}
		return err
	})
	if err != nil {
		return Result{}, err
	}
	if err := r.copied(ctx, chosen, found); err != nil {
		return Result{}, err
	}
	r.keep(found)
	result := r.result(chosen, found)
	result.Against = join(others)
	return result, r.nothing(chosen, &result)
}

// begin tells how much there is to judge.
func (r *run) begin(chosen []*repo.Folder) {
	if r.Begin == nil {
		return
	}
	records, largest := 0, 0
	for _, f := range chosen {
		records += len(f.Records)
		largest = max(largest, len(f.Records))
	}
	r.Begin(records, largest)
}

// judgeFolder reads the i-th of the chosen folders and has it judged. against may be
// nil.
func (r *run) judgeFolder(ctx context.Context, judge, against *judge, i int, f *repo.Folder) (outcome, Verdict, error) {
	files, err := r.tree.Read(f)
	if err != nil {
		return outcome{}, Verdict{}, err
	}
	r.take(f, files)
	judged, err := judge.folder(ctx, f, files)
	if err != nil {
		return outcome{}, Verdict{}, err
	}
	if r.comparesLicenses() {
		r.licenses[i] = judged.licenses
	}
	r.judged[i] = r.maybeClean(judged, files)
	if r.Visit != nil {
		r.Visit(judged)
	}
	return outcome{judged.Findings, judged.Waived, judged.waivers}, against.verdict(ctx, f, files), nil
}

// An outcome is what is kept of a folder that was judged.
type outcome struct {
	findings []finding.Finding
	waived   []finding.Waived
	waivers  *waivers
}

// result joins what was found in each of the chosen folders.
func (r *run) result(chosen []*repo.Folder, found []outcome) Result {
	result := Result{Partial: r.Base == nil && r.partners == nil, Rules: r.rules, Digest: r.digestOfAll()}
	for _, f := range found {
		result.Findings = append(result.Findings, f.findings...)
		result.Waived = append(result.Waived, f.waived...)
	}
	if r.Shard.isFirst() {
		result.Findings = append(result.Findings, r.Base.findings()...)
	}
	finding.Sort(result.Findings)
	finding.SortWaived(result.Waived)
	for _, f := range chosen {
		result.Records = append(result.Records, f.Records...)
		if f.Partner {
			result.Partners++
		}
	}
	slices.Sort(result.Records)
	return result
}

// choose returns the folders to judge, sorted by name.
func (r *run) choose(ctx context.Context) ([]*repo.Folder, error) {
	names := r.names
	if r.Base != nil {
		var err error
		if names, err = r.affected(ctx); err != nil {
			return nil, err
		}
	}
	var chosen []*repo.Folder
	for _, name := range names {
		if len(r.Only) > 0 && !slices.Contains(r.Only, name) || !r.Shard.Holds(name) {
			continue
		}
		f, err := r.folder(name)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, f)
	}
	return chosen, nil
}

// folder returns what a folder holds: nothing, where the change deletes it.
func (r *run) folder(name string) (*repo.Folder, error) {
	i, found := slices.BinarySearch(r.names, name)
	switch {
	case !found:
		return &repo.Folder{Name: name}, nil
	case r.folders != nil:
		return r.folders[i], nil
	}
	return r.tree.List(name)
}

// nothing returns the error that there was nothing to judge, if so.
func (r *run) nothing(chosen []*repo.Folder, result *Result) error {
	if (r.Base != nil || r.Shard.IsPart()) && len(result.Records) == 0 {
		return r.nothingAtAll()
	}
	if len(result.Records) == 0 {
		return noRecords(result.Findings)
	}
	i := slices.IndexFunc(chosen, func(f *repo.Folder) bool { return len(f.Records) == 0 })
	if r.Base == nil && len(r.Only) > 0 && i >= 0 {
		return fmt.Errorf("%w in %s/%s: there is no record", repo.ErrNoRecords, layout.Partners, chosen[i].Name)
	}
	return nil
}

func noRecords(findings []finding.Finding) error {
	if len(findings) > 0 {
		first := findings[0]
		return fmt.Errorf("%w: there is no record, though there is %s: %s", repo.ErrNoRecords, first.File, first.Message)
	}
	return fmt.Errorf("%w: there is no record, that is, no .yaml file in a partner's folder", repo.ErrNoRecords)
}
