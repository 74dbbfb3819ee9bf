package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/draft"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/form"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/overlay"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/report"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// write makes the record complete, judges it, and writes it.
func (n *newRecord) write(ctx context.Context) error {
	if err := n.checkPartner(); err != nil {
		return err
	}
	name, result, err := n.compose(ctx)
	if err != nil {
		return err
	}
	if isRefused(result) {
		return errors.Join(n.showFindings(name, result), errors.New("the record was not written: give other values"))
	}
	if err := n.save(name); err != nil {
		return err
	}
	return n.tell(ctx, name, result)
}

// isRefused reports whether a record is none by its schema, or cannot be read.
func isRefused(result *check.Result) bool {
	return slices.ContainsFunc(result.Findings, func(f finding.Finding) bool {
		return strings.HasPrefix(f.Rule, "schema/") || strings.HasPrefix(f.Rule, "yaml/")
	})
}

// compose returns the record's place and what is found in it. Where somebody can
// be asked it asks, and begins anew with the answers before where one is taken
// back.
func (n *newRecord) compose(ctx context.Context) (name string, result *check.Result, err error) {
	if n.terminal == nil {
		return n.finish(ctx)
	}
	begin := *n
	for {
		n.Draft, n.partner, n.asked = begin.Clone(), begin.partner, map[string]bool{}
		name, result, err = n.ask(ctx)
		if !errors.Is(err, form.ErrBack) {
			return name, result, errors.Join(err, n.terminal.Close())
		}
		n.terminal.Again()
	}
}

// ask asks for the record, and whether it is right.
func (n *newRecord) ask(ctx context.Context) (name string, result *check.Result, err error) {
	if err := n.interview(); err != nil {
		return "", nil, err
	}
	if name, result, err = n.finish(ctx); err != nil {
		return "", nil, err
	}
	return name, result, n.confirm(name, result)
}

// finish completes the record with what follows from the rest, and with what
// turns out to be missing then.
func (n *newRecord) finish(ctx context.Context) (name string, result *check.Result, err error) {
	for range maxRounds {
		n.Fill(n.sources())
		if err := n.askForPlace(); err != nil {
			return "", nil, err
		}
		if name, err = n.place(); err != nil {
			return "", nil, err
		}
		if result, err = n.judge(ctx, name); err != nil {
			return "", nil, err
		}
		if err := n.checkFree(name); err != nil {
			return "", nil, err
		}
		missing := n.missing(result.Findings)
		switch {
		case len(missing) == 0:
			return name, result, nil
		case n.terminal == nil:
			return "", nil, n.incomplete(missing)
		}
		for _, path := range missing {
			if err := n.askAll(path); err != nil {
				return "", nil, err
			}
		}
	}
	return "", nil, n.incomplete(n.missing(result.Findings))
}

func (n *newRecord) sources() draft.Sources {
	return draft.Sources{
		Today: n.program.Now().Format("2006-01-02"), Handbook: n.inForce, Partner: n.partnerRecord(),
	}
}

// inForce returns a value of the handbook in force on a day, or nil.
func (n *newRecord) inForce(day string, names ...string) any { return n.handbook.On(day).At(names...) }

// partnerRecord returns the partner that the record belongs to, or nil.
func (n *newRecord) partnerRecord() *record.Node {
	if n.partner == "" || n.Kind == layout.PartnerKind {
		return nil
	}
	name := path.Join(layout.Partners, n.partner, layout.PartnerFile)
	data, err := fs.ReadFile(n.space.state.Files, name)
	if err != nil {
		return nil
	}
	rec, _ := record.Load(name, data)
	if rec == nil {
		return nil
	}
	return rec.Root
}

// checkPartner makes sure that the partner that a record belongs to is there.
func (n *newRecord) checkPartner() error {
	if n.partner == "" {
		return nil
	}
	if err := n.findPartner(); err != nil {
		return err
	}
	if problem := schema.CheckName("partner", n.partner); problem != "" {
		return fmt.Errorf("--partner: %s", problem)
	}
	name := path.Join(layout.Partners, n.partner, layout.PartnerFile)
	folder := path.Join(layout.Partners, n.partner)
	if about, err := fs.Lstat(n.space.state.Files, folder); err == nil && !about.IsDir() {
		return fmt.Errorf("%s is no folder (and links are never followed): nothing can be kept in it", folder)
	}
	if n.Kind == layout.PartnerKind {
		return nil
	}
	if _, err := fs.Stat(n.space.state.Files, name); err != nil {
		return fmt.Errorf("there is no partner %q: %s is missing; `alliances new partner` adds one", n.partner, name)
	}
	if n.partnerRecord() == nil {
		return fmt.Errorf("%s cannot be read; `alliances validate` says why", name)
	}
	return nil
}

// findPartner takes the folder of the partner that is named, where that is one of
// its names.
func (n *newRecord) findPartner() error {
	if n.Kind == layout.PartnerKind || !slices.Contains(n.schemas.Placeholders(n.Kind), "partner") {
		return nil
	}
	folder, err := lookup.Partner(n.space.state.Tree(), n.partner)
	switch {
	case err == nil:
		n.partner = folder
		return nil
	case lookup.Hint(err) != "" || errors.Is(err, lookup.ErrSeveral):
		return err
	}
	return nil // what is missing is told later
}

// place returns the path of the record's file.
func (n *newRecord) place() (string, error) {
	names := map[string]string{"partner": n.partner, "id": n.id}
	for _, name := range n.schemas.Placeholders(n.Kind) {
		if names[name] == "" {
			names[name] = n.nameFor(name, names)
		}
		if names[name] == "" {
			return "", fmt.Errorf("give %s, from which the record's place follows%s", n.giver(n.placeFlag(name)), n.seeHelp())
		}
		if problem := schema.CheckName(name, names[name]); problem != "" {
			return "", fmt.Errorf("%[1]s: %[2]s; name another with %[1]s", n.giver(flagName([]string{name})), problem)
		}
	}
	name := n.schemas.Place(n.Kind, names)
	if !fs.ValidPath(name) || !layout.IsRecord(name) || n.schemas.KindAt(name) != n.Kind {
		return "", fmt.Errorf("no record can be kept at %s; give other values for %s", source.Visible(name),
			strings.Join(n.schemas.Placeholders(n.Kind), " and "))
	}
	return name, nil
}

// giver says by what a name is given: a flag, or a column.
func (n *newRecord) giver(name string) string {
	if n.inTable {
		return "the column " + name
	}
	return "--" + name
}

func (n *newRecord) seeHelp() string {
	if n.inTable {
		return ""
	}
	return "; see `alliances new " + n.Kind + " --help`"
}

// checkFree makes sure that there is no record at a path yet, and none elsewhere
// that says the same, now that it is known what the new one says.
func (n *newRecord) checkFree(name string) error {
	for _, taken := range n.taken {
		if n.isThere(taken) {
			return n.there(taken)
		}
	}
	if n.space.state.Has(name) {
		return n.there(name)
	}
	return nil
}

// there says that a record is there already.
func (n *newRecord) there(name string) error {
	switch {
	case n.isThere(name):
		return fmt.Errorf("%s is there already, and says the same", name)
	case n.Kind == layout.PartnerKind:
		return fmt.Errorf("%s is there already, and says something else, and nothing is overwritten; change it there, or, for another partner, name another folder with --partner", name)
	case n.id != "":
		return fmt.Errorf("%s is there already, and says something else, and nothing is overwritten; change it there, or give another --id", name)
	}
	return fmt.Errorf("%s is there already, and says something else, and nothing is overwritten; change it there", name)
}

// isThere reports whether there is a record at a path that says what this one
// does.
func (n *newRecord) isThere(name string) bool {
	data, err := fs.ReadFile(n.space.state.Files, name)
	if err != nil {
		return false
	}
	there, _ := record.Load(name, data)
	this, _ := record.Load(name, n.Text(""))
	return there != nil && this != nil && reflect.DeepEqual(there.Root.JSON(), this.Root.JSON())
}

// nameFor returns what stands for a placeholder that was not given, or "".
func (n *newRecord) nameFor(placeholder string, names map[string]string) string {
	switch {
	case placeholder == "id":
		return n.freeID(names)
	case placeholder == "partner" && n.Kind == layout.PartnerKind:
		return draft.Slug(n.Value("name"))
	}
	return n.Value(placeholder)
}

// placeFlag names the flag that the user forgot.
func (n *newRecord) placeFlag(placeholder string) string {
	if placeholder == "partner" && n.Kind == layout.PartnerKind && n.Value("name") == "" {
		return "name"
	}
	return flagName([]string{placeholder})
}

// freeID returns an id for the record that no other has, and keeps in mind which
// others have what it would be called else.
func (n *newRecord) freeID(names map[string]string) string {
	id := n.ID(n.sources())
	n.taken = nil
	free := id
	for i := 2; ; i++ {
		place := n.schemas.Place(n.Kind, map[string]string{"partner": names["partner"], "id": free})
		if !n.space.state.Has(place) {
			return free
		}
		n.taken = append(n.taken, place)
		number := fmt.Sprintf("-%d", i)
		free = draft.Shorten(id, schema.MaxSlug-len(number)) + number
	}
}

// maxRounds bounds how often the record is corrected: one correction can call
// for another.
const maxRounds = 8

// judge judges the record in its place, and corrects what nobody gave where a
// rule or the schema knows better.
func (n *newRecord) judge(ctx context.Context, name string) (*check.Result, error) {
	folder, _ := layout.FolderOf(name)
	for range maxRounds {
		files := overlay.New(n.space.state.Files)
		files.Set(name, n.text(name))
		result, err := check.Run(ctx, n.space.state.With(files).Tree(), n.space.rulebook, check.Options{Jobs: 1, Only: []string{folder}, Local: true})
		if err != nil {
			return nil, err
		}
		result.Findings = slices.DeleteFunc(result.Findings, func(f finding.Finding) bool { return f.File != name })
		if !n.correct(&result) {
			return &result, nil
		}
	}
	return nil, errors.New("the rules contradict each other about what the record should hold; give what they are about")
}

func (n *newRecord) correct(result *check.Result) (corrected bool) {
	for _, f := range result.Findings {
		if f.IsFixable() && n.Correct(f.Path, f.Expected.JSON(), result.Rules.Title(f.Rule)+".") {
			corrected = true
		}
	}
	return corrected
}

// text returns the record's file.
func (n *newRecord) text(name string) []byte {
	line := ""
	if isFolder(filepath.Join(n.space.Dir, layout.Schemas)) {
		line = strings.Repeat("../", strings.Count(name, "/")) + layout.SchemaFile(n.Kind)
	}
	return n.Text(line)
}

// missing returns the paths of the fields that the record cannot be without.
func (n *newRecord) missing(findings []finding.Finding) [][]string {
	var paths [][]string
	for _, f := range findings {
		if f.Rule == "schema/required" {
			paths = append(paths, append(slices.Clone(f.Path), f.Subject))
		}
	}
	return paths
}

// incomplete says which flags are missing.
func (n *newRecord) incomplete(paths [][]string) error {
	var lines []string
	for _, path := range paths {
		for _, q := range n.leaves(path) {
			lines = append(lines, fmt.Sprintf("  %s: %s", n.flagFor(q.path), strings.ReplaceAll(q.field.Description, "`", "")))
		}
	}
	return fmt.Errorf("the record is not complete, and was not written; give also\n%s", strings.Join(lines, "\n"))
}

// flagFor names the flag that gives the value at a path: of a part of an entry,
// that of its list.
func (n *newRecord) flagFor(path []string) string {
	for i := range path {
		if name, ok := n.flagOf[pointer.Of(path[:i+1])]; ok && i+1 < len(path) {
			return "--" + name + " with " + path[len(path)-1] + "=…"
		} else if ok {
			return "--" + name
		}
	}
	return strings.Join(path, ".")
}

// save writes the record's file where there is none, or prints it.
func (n *newRecord) save(name string) error {
	text := n.text(name)
	if n.dryRun {
		_, err := n.program.Stdout.Write(text)
		return err
	}
	made, err := n.space.create(name, text)
	if err != nil {
		return errors.Join(err, n.space.remove(made))
	}
	return nil
}

// tell says what was written, what is wrong with it, and, where nothing is, what
// comes next, or proposes it.
func (n *newRecord) tell(ctx context.Context, name string, result *check.Result) error {
	if !n.dryRun {
		fmt.Fprintf(n.program.Stdout, "%s was written.\n", name)
	}
	if result.Partial {
		fmt.Fprintln(n.program.Stderr, "alliances: it was not compared with all other partners; `alliances validate` does that")
	}
	switch {
	case len(result.Findings) > 0:
	case n.propose:
		return n.program.propose(ctx, &proposeFlags{dir: n.space.Dir}, []string{filepath.Join(n.space.Dir, filepath.FromSlash(name))})
	case n.dryRun:
		return nil
	default:
		_, err := fmt.Fprint(n.program.Stdout, n.space.next(ctx, name))
		return err
	}
	fmt.Fprint(n.program.Stderr, "\nThis is still to be put right:\n\n")
	return errors.Join(n.showFindings(name, result), errFindings)
}

func (n *newRecord) showFindings(name string, result *check.Result) error {
	text := source.New(n.text(name))
	return report.WriteFindings(n.program.Stderr, &report.Report{Findings: result.Findings}, report.Options{
		Source: func(string) *source.File { return text }, Color: n.program.color(n.program.Stderr),
	})
}
