package policy

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A Judge judges the records of one run by a set of policies. It is safe for
// use by several goroutines at once.
type Judge struct {
	set      *Set
	store    storage.Store // empty: a query asks it for what is not in data
	data     *data
	shared   *values
	partners bool // whether data.partners is known
	early    bool // whether it is to become known; see Early
}

// Judge returns a judge for a tree whose partners are given by slug:
// data.partners, and data.alike. Where partners is nil they are not known, and the
// rules that read them find nothing. So do those on copied licences where these
// are not given.
func (s *Set) Judge(partners map[string]*Partner, copied ...License) *Judge {
	return &Judge{set: s, store: inmem.New(), data: s.newData(partners, copied), shared: newValues(), partners: partners != nil}
}

// A Partner is what policies know of every partner: of its record these fields, as
// far as they are there and of their type, and what of its website is like
// another's. There may be many, and all are held at a time.
type Partner struct {
	Name, Type, Status, MergedInto string   // "" where there is none
	Aliases                        []string // nil where there are none
	Website                        string   // "" where there is none
}

// Contents are the records of one folder.
type Contents struct {
	Records []TypedRecord
	Partner *TypedRecord  // the partner among them, or nil
	Before  []TypedRecord // what the folder held before the change; nil where there is nothing to compare with
}

// A FolderJudge judges the records of one folder, each in its context. It is for
// one goroutine.
type FolderJudge struct {
	judge    *Judge
	contents Contents
	terms    map[*record.Record]*ast.Term
	paths    map[string]*record.Record // of the records; made when it is asked for
	context  [][2]*ast.Term
	cache    *cache
	data     topdown.BaseCache
	asked    Asked // of a judge that began early
}

// Folder returns what judges the records of a folder.
func (j *Judge) Folder(contents Contents) *FolderJudge {
	f := &FolderJudge{judge: j, contents: contents, cache: newCache(j.set.shared, j.shared, newValues()), data: j.data}
	if j.early {
		f.data, f.cache.early = noting{j.data, &f.asked}, true
	}
	f.terms = make(map[*record.Record]*ast.Term, len(contents.Records))
	f.context = [][2]*ast.Term{{folderKey, f.byKind(contents.Records)}}
	if contents.Before != nil {
		f.context = append(f.context, [2]*ast.Term{folderBeforeKey, f.byKind(contents.Before)})
	}
	if contents.Partner != nil {
		f.context = append(f.context, [2]*ast.Term{partnerKey, f.term(contents.Partner)})
	}
	return f
}

// byKind returns records by kind, then by path.
func (f *FolderJudge) byKind(records []TypedRecord) *ast.Term {
	byKind := map[string][][2]*ast.Term{}
	var kinds []string
	for i := range records {
		r := &records[i]
		if byKind[r.Kind] == nil {
			kinds = append(kinds, r.Kind)
		}
		byKind[r.Kind] = append(byKind[r.Kind], [2]*ast.Term{ast.StringTerm(r.Path), f.term(r)})
	}
	all := make([][2]*ast.Term, len(kinds))
	for i, kind := range kinds {
		all[i] = [2]*ast.Term{f.judge.set.key(kind), ast.ObjectTerm(byKind[kind]...)}
	}
	return ast.ObjectTerm(all...)
}

// term returns a record's value as a term, which is made once.
func (f *FolderJudge) term(r *TypedRecord) *ast.Term {
	term := f.terms[r.Record]
	if term == nil {
		term = f.judge.set.term(r.Root)
		f.terms[r.Record] = term
	}
	return term
}

var (
	pathKey         = ast.StringTerm("path")
	recordKey       = ast.StringTerm("record")
	beforeKey       = ast.StringTerm("before")
	beforePathKey   = ast.StringTerm("before_path")
	folderKey       = ast.StringTerm("folder")
	folderBeforeKey = ast.StringTerm("folder_before")
	partnerKey      = ast.StringTerm("partner")
)

// input returns what the rules see of a record.
func (f *FolderJudge) input(c Case) *ast.Term {
	fields := append(make([][2]*ast.Term, 0, usualFields), f.context...)
	fields = append(fields, [2]*ast.Term{pathKey, ast.StringTerm(c.Path())})
	if c.Now != nil {
		fields = append(fields, [2]*ast.Term{recordKey, f.term(c.Now)})
	}
	if c.Before != nil {
		fields = append(fields, [2]*ast.Term{beforeKey, f.term(c.Before)})
	}
	if c.Was != "" {
		fields = append(fields, [2]*ast.Term{beforePathKey, ast.StringTerm(c.Was)})
	}
	return ast.ObjectTerm(fields...)
}

// Judge returns what the rules find in records of the folder, in their order.
// The error is the policies' fault: a rule that fails, does not end, or finds
// what is no violation; it names the rule and the record.
func (f *FolderJudge) Judge(ctx context.Context, cases ...Case) ([]finding.Finding, error) {
	w := newWatch(f.limits())
	findings, err := watched(ctx, w, func() (all []finding.Finding, err error) {
		for _, c := range cases {
			if !w.next() {
				break
			}
			found, err := f.judgeCase(ctx, c, w.cancel)
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
		return all, nil
	})
	var over *overrun
	if errors.As(err, &over) {
		return nil, f.overrun(ctx, cases[w.step()], over)
	}
	return findings, err
}

func (f *FolderJudge) limits() limits {
	return f.judge.set.limits.with(len(f.contents.Records) + len(f.contents.Before))
}

func (f *FolderJudge) judgeCase(ctx context.Context, c Case, cancel topdown.Cancel) (findings []finding.Finding, err error) {
	defer explain(c.Path(), &err)
	kind := f.judge.set.kinds[c.record().Kind]
	if kind == nil {
		return nil, nil
	}
	input := f.input(c)
	f.cache.reset()
	result, builtinErrors, err := f.eval(ctx, kind.query, input, f.cache, cancel)
	if err != nil || len(builtinErrors) > 0 {
		if err := f.blame(ctx, kind, c, input, cancel); err != nil {
			return nil, err
		}
	}
	if err != nil {
		return nil, fmt.Errorf("the rules on %s fail on %s: %w", c.record().Kind, c.Path(), err)
	}
	return f.findings(kind, c, result)
}

// explain turns a panic of a library into an error that names the record.
func explain(name string, err *error) {
	if problem := recover(); problem != nil {
		*err = fmt.Errorf("judging %s failed: %v", name, problem)
	}
}

// eval asks a query, which shares values with other queries through its cache.
// Of the errors of builtins, which make a rule undefined and nothing else, it
// returns all.
func (f *FolderJudge) eval(
	ctx context.Context, query ast.Body, input *ast.Term, cache *cache, cancel topdown.Cancel,
) (result ast.Set, builtinErrors []topdown.Error, err error) {
	transaction, err := f.judge.store.NewTransaction(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer f.judge.store.Abort(ctx, transaction)
	q := topdown.NewQuery(query).
		WithCompiler(f.judge.set.compiler).
		WithStore(f.judge.store).
		WithTransaction(transaction).
		WithCancel(cancel).
		WithMetrics(metrics.NoOp()).
		WithBaseCache(f.data).
		WithInput(input).
		WithBuiltinErrorList(&builtinErrors).
		WithVirtualCache(cache)
	err = q.Iter(ctx, func(answer topdown.QueryResult) error {
		result, _ = answer[resultVar.Value.(ast.Var)].Value.(ast.Set)
		return nil
	})
	if err == nil && len(builtinErrors) == 0 {
		cache.share()
	}
	return result, builtinErrors, err
}

// evalAlone asks one rule, and shares nothing.
func (f *FolderJudge) evalAlone(ctx context.Context, rule *Rule, input *ast.Term, cancel topdown.Cancel) ([]topdown.Error, error) {
	query, err := f.judge.set.query(rule.pkg.Append(violationTerm))
	if err != nil {
		return nil, err
	}
	_, builtinErrors, err := f.eval(ctx, query, input, newCache(f.judge.set.shared, newValues(), newValues()), cancel)
	return builtinErrors, err
}

// blame asks the rules one by one to name the one that failed on a record. A
// builtin that fails is the rule's fault only where everything that the rule
// reads is as its schema says; else the schema's findings say why the rule found
// nothing.
func (f *FolderJudge) blame(ctx context.Context, kind *kindRules, c Case, input *ast.Term, cancel topdown.Cancel) error {
	for _, id := range slices.Sorted(maps.Keys(kind.rules)) {
		rule := kind.rules[id]
		builtinErrors, err := f.evalAlone(ctx, rule, input, cancel)
		switch {
		case err != nil:
			return fmt.Errorf("rule %s on %s: %w", rule.ID, c.Path(), err)
		case len(builtinErrors) > 0 && f.readsValid(rule, c):
			return fmt.Errorf("rule %s on %s: %w", rule.ID, c.Path(), &builtinErrors[0])
		}
	}
	return nil
}

// overrun asks the rules one by one to name the one that exceeded a limit on a
// record.
func (f *FolderJudge) overrun(ctx context.Context, c Case, over *overrun) error {
	kind, input := f.judge.set.kinds[c.record().Kind], f.input(c)
	for _, id := range slices.Sorted(maps.Keys(kind.rules)) {
		rule := kind.rules[id]
		w := newWatch(f.limits().alone())
		_, err := watched(ctx, w, func() (_ []topdown.Error, err error) {
			defer explain(c.Path(), &err)
			return f.evalAlone(ctx, rule, input, w.cancel)
		})
		if errors.As(err, new(*overrun)) {
			return fmt.Errorf("rule %s on %s: %w: %s", rule.ID, c.Path(), over, rule.File)
		}
	}
	return fmt.Errorf("the rules on %s on %s: %w", c.record().Kind, c.Path(), over)
}

// readsValid reports whether all that a rule reads for a record passes its
// schema. data.partners always does.
func (f *FolderJudge) readsValid(rule *Rule, c Case) bool {
	invalid := func(r TypedRecord) bool { return !r.Valid }
	partner := f.contents.Partner
	switch {
	case !c.valid():
		return false
	case rule.reads&readsFolder != 0:
		return !slices.ContainsFunc(f.contents.Records, invalid) && !slices.ContainsFunc(f.contents.Before, invalid)
	case rule.reads&readsPartner != 0:
		return partner == nil || partner.Valid
	}
	return true
}

// findings turns the pairs of a rule's id and a violation into findings.
func (f *FolderJudge) findings(kind *kindRules, c Case, verdict ast.Set) ([]finding.Finding, error) {
	if verdict == nil {
		return nil, fmt.Errorf("the rules on %s give no answer for %s", c.record().Kind, c.Path())
	}
	var findings []finding.Finding
	for _, pair := range verdict.Slice() {
		id, _ := pair.Value.(*ast.Array).Elem(0).Value.(ast.String)
		rule := kind.rules[string(id)]
		if rule.reads&readsPartners != 0 && !f.judge.partners {
			continue
		}
		v, err := readViolation(pair.Value.(*ast.Array).Elem(1))
		if err == nil {
			err = c.checkMessage(v.message)
		}
		if err != nil {
			return nil, fmt.Errorf("rule %s on %s: %w", rule.ID, c.Path(), err)
		}
		related, err := f.related(c, v)
		if err != nil {
			return nil, fmt.Errorf("rule %s on %s: %w", rule.ID, c.Path(), err)
		}
		findings = append(findings, finding.New(&rule.Rule, c.place(v), v.message).WithExpected(v.expected).WithRelated(related...))
	}
	return findings, nil
}
