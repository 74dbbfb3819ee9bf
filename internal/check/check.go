// Package check judges a repository: it reads every record, asks its schema
// and the policies, and returns one sorted list of findings.
package check

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

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
	parsed, unparsed := policy.Parse(policies) // on all processors
	kinds := sync.OnceValues(func() (*schema.Parsed, error) { return schema.Parse(schemas) })
	compiled := sync.OnceValues(func() (*schema.Set, error) { return compile(kinds()) })
	go compiled() // while the policies are, which takes one processor, and longer
	var set *policy.Set
	var broken error
	if unparsed == nil {
		set, broken = parsed.Compile(func() map[string]map[string]any { return typesOf(kinds()) })
	}
	schemaSet, err := compiled()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(unparsed, incomplete(schemaSet.Kinds(), schemas, policies)); err != nil {
		return nil, err
	}
	if broken != nil {
		return nil, broken
	}
	schemaSet.FillFrom(set.Handbook.Newest().Scalar)
	return &Rulebook{schemaSet, set}, nil
}

// compile compiles kinds that could be read.
func compile(kinds *schema.Parsed, err error) (*schema.Set, error) {
	if err != nil {
		return nil, err
	}
	return kinds.Compile()
}

// typesOf returns the types of kinds that could be read. Of others, compile has the
// error.
func typesOf(kinds *schema.Parsed, err error) map[string]map[string]any {
	if err != nil {
		return nil
	}
	return kinds.Types()
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
	Read     func(records, largest int) // called, from time to time, with how many records were read by then, and how many are in the largest folder; may be nil
	Visit    func(*Folder)              // called, by several goroutines, with each folder once it is judged for good; may be nil
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
	r := newRun(tree, options)
	r.loaded = make(chan struct{})
	go func() {
		defer close(r.loaded)
		r.rules, r.unloaded = rules()
	}()
	places, err := r.judge(ctx)
	if err := r.ready(); err != nil {
		return Result{}, err
	}
	if err != nil {
		return Result{}, err
	}
	r.visit(places)
	r.keep(places)
	result := r.result(places)
	return result, r.nothing(places, &result)
}

// A run is the state of one call of Run.
type run struct {
	Options
	tree         *repo.Tree
	loaded       chan struct{} // closed once the rules are there, or known to be wrong
	rules        *Rulebook
	unloaded     error                      // why there are none
	names        []string                   // of all folders, sorted
	touched      []string                   // names of the folders that the change touches, sorted
	renamed      map[string]string          // the names of those that had another one, to that one
	partners     map[string]*policy.Partner // data.partners, once they are known
	digests      [][sha256.Size]byte        // by folder, as in names, where they were asked for
	copied       []policy.License           // of which another partner has one like it, once they are known
	othersDigest func() []byte              // of all that is known of all partners
	growth
}

func newRun(tree *repo.Tree, options Options) *run {
	r := &run{tree: tree, Options: options}
	r.othersDigest = sync.OnceValue(r.digestOfOthers)
	if options.Base != nil {
		r.touched = options.Base.Paths.Folders()
		r.tree.Keep(r.touched) // each is asked for more than once
		r.Base.Tree.Keep(r.touched)
	}
	return r
}

// ready waits for the rules.
func (r *run) ready() error {
	<-r.loaded
	return r.unloaded
}

// A place is what a run knows of one folder. There are as many as folders.
type place struct {
	listed   *repo.Folder
	chosen   bool             // whether it is to be judged
	clean    *clean           // what is remembered of it, which it need not be judged for; nil where that is nothing
	partner  *policy.Partner  // what others have to know of it; nil where it has none
	licenses []policy.License // likewise
	judged   bool
	asked    policy.Asked // of others, while they were not known
	found    *outcome     // nil where there is nothing to tell
}

// failure returns the error of the rules on a folder, if they failed.
func (p *place) failure() error {
	if p.found == nil {
		return nil
	}
	return p.found.err
}

// An outcome is what there is to tell of a folder that was judged.
type outcome struct {
	findings []finding.Finding
	waived   []finding.Waived
	err      error   // of the rules
	against  Verdict // by Options.Against
	memory   *remembrance
	folder   *Folder // for Options.Visit
}

func (o *outcome) isNothing() bool {
	return len(o.findings)+len(o.waived)+len(o.against.Findings) == 0 &&
		o.err == nil && o.against.Err == nil && o.memory == nil && o.folder == nil
}

// judge asks schemas and policies about every record of the chosen folders.
func (r *run) judge(ctx context.Context) (places []place, err error) {
	if r.names, err = r.tree.Folders(); err != nil {
		return nil, err
	}
	r.digests = make([][sha256.Size]byte, len(r.names))
	if r.seesAll() {
		return r.survey(ctx)
	}
	if err := r.ready(); err != nil {
		return nil, err
	}
	return r.judgeAffected(ctx)
}

// judges are those of a run: one by its rules, and one by Options.Against, or nil.
type judges struct{ by, against *judge }

// judges returns the judges of a run, by what policies make of what is known.
func (r *run) judges(with func(*policy.Set) *policy.Judge) judges {
	j := judges{by: &judge{r, r.rules, with(r.rules.Policies)}}
	if r.Against != nil {
		j.against = &judge{r, r.Against, with(r.Against.Policies)}
	}
	return j
}

// answers reports whether something that was asked has an answer now.
func (j judges) answers(asked policy.Asked) bool {
	return j.by.policies.Answers(asked) || j.against != nil && j.against.policies.Answers(asked)
}

// judgeFolder has the records of a folder judged, which are in these files.
func (r *run) judgeFolder(ctx context.Context, judges judges, p *place, files []repo.File) error {
	folder, err := judges.by.folder(ctx, p.listed, files)
	if folder == nil {
		return err
	}
	against, asked := judges.against.verdict(ctx, p.listed, files)
	p.judged, p.found = true, nil
	p.licenses, p.asked = folder.licenses, append(folder.asked, asked...)
	found := outcome{
		findings: folder.Findings, waived: folder.Waived, err: err, against: against, memory: r.maybeClean(p, folder, files),
	}
	if r.Visit != nil {
		found.folder = folder
	}
	if !found.isNothing() {
		p.found = &found
	}
	return nil
}

// visit calls Options.Visit.
func (r *run) visit(places []place) {
	if r.Visit == nil {
		return
	}
	_ = parallel.Each(context.Background(), r.Jobs, len(places), func(i int) error {
		if found := places[i].found; found != nil {
			r.Visit(found.folder)
		}
		return nil
	})
}

// result joins what was found in each of the chosen folders.
func (r *run) result(places []place) Result {
	result := Result{Partial: r.Base == nil && r.partners == nil, Rules: r.rules, Digest: r.digestOfAll()}
	result.Records = make([]string, 0, recordsIn(places))
	var against []Verdict
	for i := range places {
		p := &places[i]
		if !p.chosen {
			continue
		}
		result.Records = append(result.Records, p.listed.Records...)
		if p.listed.Partner {
			result.Partners++
		}
		if found := p.found; found != nil {
			result.Findings = append(result.Findings, found.findings...)
			result.Waived = append(result.Waived, found.waived...)
			against = append(against, found.against)
		}
	}
	if r.Shard.isFirst() {
		result.Findings = append(result.Findings, r.Base.findings()...)
	}
	finding.Sort(result.Findings)
	finding.SortWaived(result.Waived)
	slices.Sort(result.Records)
	result.Against = join(against)
	return result
}

// recordsIn returns how many records the chosen folders hold.
func recordsIn(places []place) (n int) {
	for i := range places {
		if places[i].chosen {
			n += len(places[i].listed.Records)
		}
	}
	return n
}

// isChosen reports whether a folder is judged, of those that the change can affect.
func (r *run) isChosen(name string) bool {
	return (len(r.Only) == 0 || slices.Contains(r.Only, name)) && r.Shard.Holds(name)
}

// nothing returns the error that there was nothing to judge, if so.
func (r *run) nothing(places []place, result *Result) error {
	if (r.Base != nil || r.Shard.IsPart()) && len(result.Records) == 0 {
		return r.nothingAtAll()
	}
	if len(result.Records) == 0 {
		return noRecords(result.Findings)
	}
	i := slices.IndexFunc(places, func(p place) bool { return p.chosen && len(p.listed.Records) == 0 })
	if r.Base == nil && len(r.Only) > 0 && i >= 0 {
		return fmt.Errorf("%w in %s/%s: there is no record", repo.ErrNoRecords, layout.Partners, places[i].listed.Name)
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
