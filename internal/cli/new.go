package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gitlab.com/gitlab-com/alliances/internal/draft"
	"gitlab.com/gitlab-com/alliances/internal/form"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/pointer"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

func (p *Program) newCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new KIND [--FIELD VALUE]…",
		Short: "Write a new record, with the handbook's defaults filled in",
		Long: `New writes a record where its kind lives: with the values that are given, the
handbook's defaults for others, and a comment where it has chosen one. On a
terminal it asks for what is missing, line by line if ACCESSIBLE is set. It never
overwrites a file, and what it writes is judged at once.

With --from, it takes what no flag gives from the text of an issue, in which values
stand below headings that are titles of fields.

The kinds are those of schemas/; ` + "`alliances new KIND --help`" + ` lists the fields of one.`,
		Example: `  alliances new partner --name "Example Builds" --type integrated
  alliances new license --partner example-ci --seats 8 --purpose "Build and test the runner integration"
  alliances new request --from issue.md --dry-run
  alliances new campaign --help`,
		// What flags there are depends on the kind.
		DisableFlagParsing: true,
		RunE: func(command *cobra.Command, args []string) error {
			dir, kind, rest, err := splitNew(args)
			if err != nil {
				return err
			}
			if kind == "" && asksHelp(rest) {
				return command.Help()
			}
			return p.new(command.Context(), dir, kind, rest)
		},
	}
}

// splitNew finds the kind among the arguments, and the folder wherever it is
// named: without them it is not known what flags there are. rest is all else.
func splitNew(args []string) (dir, kind string, rest []string, err error) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		value, joined := strings.CutPrefix(arg, "--dir=")
		short := strings.HasPrefix(arg, "-C")
		switch {
		case joined:
			dir = value
		case arg == "-C" || arg == "--dir":
			if i++; i == len(args) {
				return "", "", nil, errors.New("-C takes a folder; see `alliances new --help`")
			}
			dir = args[i]
		case short:
			dir = strings.TrimPrefix(strings.TrimPrefix(arg, "-C"), "=")
		case kind == "" && !strings.HasPrefix(arg, "-"):
			kind = arg
		case takesNext(arg) && i+1 < len(args):
			rest = append(rest, arg, args[i+1])
			i++
		default:
			rest = append(rest, arg)
		}
	}
	return dir, kind, rest, nil
}

func asksHelp(args []string) bool {
	return slices.ContainsFunc(args, func(arg string) bool { return arg == "-h" || arg == "--help" })
}

// takesNext reports whether the argument behind this one is its value.
func takesNext(arg string) bool {
	return strings.HasPrefix(arg, "--") && !strings.Contains(arg, "=") && !slices.Contains([]string{"--", "--dry-run", "--propose", "--help"}, arg)
}

// A newRecord is a record on its way to a file.
type newRecord struct {
	*draft.Draft
	program  *Program
	space    *workspace
	schemas  *schema.Set
	handbook policy.Handbook
	flags    *pflag.FlagSet
	partner  string // names that its place is made of, as far as they are given
	id       string
	taken    []string // paths of the records that have the ids that it would have had
	from     string   // the file with the text of an issue, - for standard input, or ""
	dryRun   bool
	propose  bool
	inTable  bool              // whether it comes from a row, and not from flags
	terminal *form.Terminal    // nil where nobody can be asked
	asked    map[string]bool   // for what somebody was asked, by its flag
	flagOf   map[string]string // names of flags, by JSON Pointer of the fields
}

func (p *Program) new(ctx context.Context, dir, kind string, args []string) error {
	open := p.open
	if asksHelp(args) {
		open = p.openAnywhere
	}
	space, err := open(dir)
	if err != nil {
		return err
	}
	defer space.Close()
	n, err := p.draft(space, kind)
	if err != nil {
		return err
	}
	switch err := n.flags.Parse(args); {
	case errors.Is(err, pflag.ErrHelp):
		return n.help()
	case err != nil:
		return fmt.Errorf("%w%s; see `alliances new %s --help`", err, flagMeant(n.flags, err), n.Kind)
	case n.dryRun && n.propose:
		return errors.New("--dry-run writes nothing that could be proposed: leave out --propose")
	case n.flags.NArg() > 0:
		return fmt.Errorf("%q belongs to no flag; see `alliances new %s --help`", n.flags.Arg(0), n.Kind)
	}
	if n.from != "" {
		if err := n.takeIssue(); err != nil {
			return err
		}
	}
	return n.write(ctx)
}

// draft returns an empty record of the kind that somebody named, and the flags
// that fill it.
func (p *Program) draft(space *workspace, name string) (*newRecord, error) {
	rules, err := space.rulebook()
	if err != nil {
		return nil, err
	}
	kinds := rules.Schemas
	if name == "" {
		return nil, fmt.Errorf("say what kind of record, such as `alliances new license`; there are %s", strings.Join(kinds.Kinds(), ", "))
	}
	kind, err := lookup.Kind(kinds, name)
	if err != nil {
		return nil, err
	}
	n := &newRecord{Draft: draft.New(kinds, kind), program: p, space: space, schemas: kinds, handbook: rules.Policies.Handbook, terminal: p.terminal(),
		asked: map[string]bool{}, flagOf: map[string]string{}}
	n.flags = pflag.NewFlagSet("new", pflag.ContinueOnError)
	n.flags.StringP("dir", "C", "", dirUsage) // for the help: it has been read by now
	n.addFlags()
	return n, nil
}

// terminal returns where to ask, or nil where there is nobody.
func (p *Program) terminal() *form.Terminal {
	in, ok := p.Stdin.(*os.File)
	accessible := p.Env("ACCESSIBLE") != "" // a screen reader's program may read from anything
	if !ok || !isTerminal(in) || !isTerminal(p.Stderr) && !accessible {
		return nil
	}
	return &form.Terminal{In: p.Stdin, Out: p.Stderr, Accessible: accessible}
}

// addFlags adds a flag for each field, and for what the record's place is made
// of.
func (n *newRecord) addFlags() {
	n.flags.SortFlags = false
	n.flags.Usage = func() {}
	for _, name := range n.schemas.Placeholders(n.Kind) {
		switch {
		case name == "partner" && n.Kind == layout.PartnerKind:
			n.flags.StringVar(&n.partner, name, "", "The `NAME` of the partner's folder; left out, it is made from the partner's name.")
		case name == "partner":
			n.flags.StringVar(&n.partner, name, "", requiredMark+"The `NAME` of the partner that the record belongs to, or of its folder.")
		case name == "id":
			n.flags.StringVar(&n.id, name, "", "The `NAME` of the record's file; left out, it is made from the record.")
		}
	}
	n.fieldFlags(n.Fields, nil, true)
	n.flags.StringVar(&n.from, "from", "", "take what is left out from the text of an issue in `FILE`, or from standard input for -; its headings are titles of fields")
	n.flags.BoolVar(&n.dryRun, "dry-run", false, "print the record and write nothing")
	n.flags.BoolVar(&n.propose, "propose", false, "open a merge request of it, as alliances propose does")
}

// fieldFlags adds a flag for each of these fields. required tells that the record
// cannot be without what they belong to.
func (n *newRecord) fieldFlags(fields []schema.Field, above []string, required bool) {
	for i := range fields {
		f := &fields[i]
		required := required && f.Required
		path := append(above[:len(above):len(above)], f.Name)
		if f.Type == "object" && f.Others == nil {
			n.fieldFlags(f.Fields, path, required)
			continue
		}
		name := flagName(path)
		for n.flags.Lookup(name) != nil || slices.Contains(ownFlags, name) {
			name = n.Kind + "-" + name // a field named like a flag that there is for something else
		}
		n.flagOf[pointer.Of(path)] = name
		what, usage := flagUsage(f)
		if required && len(f.Defaults) == 0 {
			usage = requiredMark + usage
		}
		n.flags.Var(&fieldFlag{what, func(text string) error { return n.Give(path, text) }}, name, usage)
	}
}

// ownFlags are those of the command itself.
var ownFlags = []string{"from", "dry-run", "propose", "help"}

func flagName(path []string) string {
	return strings.ReplaceAll(strings.Join(path, "-"), "_", "-")
}

// A fieldFlag is a flag that gives a field of a record.
type fieldFlag struct {
	what string // what its value is called in the help
	give func(text string) error
}

// Set implements pflag.Value.
func (f *fieldFlag) Set(text string) error { return f.give(text) }

// String implements pflag.Value: a field has no value of its own yet.
func (f *fieldFlag) String() string { return "" }

// Type implements pflag.Value.
func (f *fieldFlag) Type() string { return f.what }

// requiredMark begins the usage of a flag that a record cannot do without.
const requiredMark = "(required) "

// flagUsage says what the value of a field is called, and what the field is.
func flagUsage(f *schema.Field) (what, usage string) {
	what, usage = "VALUE", strings.ReplaceAll(f.Description, "`", "")
	values := f
	switch {
	case f.Type == "array":
		usage += " Repeat it for more."
		if f.Items == nil {
			break
		}
		if values = f.Items; len(values.Fields) > 0 {
			return "ENTRY", usage + " An entry is written as " + entryForm(values.Fields) + "."
		}
	case f.Type == "object":
		return "NAME=VALUE", usage + " Repeat it for more."
	}
	if len(values.Choices) > 0 && len(values.Choices) <= maxNamed {
		usage += " One of " + strings.Join(values.Texts(), ", ") + "."
	}
	return what, usage
}

// entryForm shows how an entry of these fields is written.
func entryForm(fields []schema.Field) string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.Name + "=…"
	}
	return strings.Join(parts, ",")
}

// maxNamed is up to how many values the help names.
const maxNamed = 12

func (n *newRecord) help() error {
	_, err := fmt.Fprintf(n.program.Stdout, "Write a new record of the kind %s.\n\nUsage:\n  alliances new %s [--FIELD VALUE]…\n\nFields:\n%s",
		n.Kind, n.Kind, n.flags.FlagUsagesWrapped(n.program.helpWidth()))
	return err
}
