package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/draft"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/lookup"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/table"
)

// importFlags are what `alliances import` can be told.
type importFlags struct {
	dir      string
	columns  map[string]string
	dryRun   bool
	update   bool
	template bool
}

func (p *Program) importCommand() *cobra.Command {
	var flags importFlags
	command := &cobra.Command{
		Use:   "import KIND FILE.csv",
		Short: "Write the records that a spreadsheet holds",
		Long: `Import reads a table that a spreadsheet has saved as CSV, and writes a record of
each row as ` + "`alliances new`" + ` does, with the handbook's defaults: all of them, or
none. What is wrong is told by row and heading.

The first row says which field each column is, by its path or its title (name,
alliance_folder.url, Partner type). The entries of a list are parted by ; or |,
those that have parts stand in columns of their own, by number (documents.1.name).
The column partner says to which partner a record belongs, the column id what its
file is called. Empty cells say nothing.

Dates are written as 2026-03-31. Digits may be grouped where the whole column can be
read in one way only. What is there already is left as it is, or, with --update,
gets the values that the row has; the numbers of entries are then those that the
record's entries have.`,
		Example: `  alliances import --template partner > partners.csv
  alliances import partner partners.csv --dry-run
  alliances import partner partners.csv --update`,
		Args: arguments(1, 2, "name a kind and a file, such as `alliances import partner partners.csv`"),
		RunE: func(command *cobra.Command, args []string) error {
			if flags.template != (len(args) == 1) {
				return errors.New("name a kind and a file, such as `alliances import partner partners.csv`; --template takes the kind alone; see `alliances import --help`")
			}
			if flags.template {
				return p.importTemplate(flags.dir, args[0])
			}
			return p.importFile(command.Context(), &flags, args[0], args[1])
		},
	}
	set := command.Flags()
	set.StringVarP(&flags.dir, "dir", "C", "", dirUsage)
	set.StringToStringVar(&flags.columns, "column", nil, "take the column with this heading for a field, given as `FIELD=HEADING`; repeat it for more")
	set.BoolVar(&flags.dryRun, "dry-run", false, "say what would be written, and write nothing")
	set.BoolVar(&flags.update, "update", false, "give records that are there already the values that their rows have")
	set.BoolVar(&flags.template, "template", false, "print a table with all headings of the kind and one example")
	return command
}

// importTemplate prints the headings of a kind, and its example as a row.
func (p *Program) importTemplate(dir, kind string) error {
	space, err := p.openAnywhere(dir)
	if err != nil {
		return err
	}
	defer space.Close()
	rules, kind, err := space.kind(kind)
	if err != nil {
		return err
	}
	files, err := space.state.Rules()
	if err != nil {
		return err
	}
	example, err := exampleOf(files.Schemas, kind)
	if err != nil {
		return err
	}
	fields := tableFields(rules.Schemas, kind)
	names := map[string]string{"partner": "example-cloud", "id": "example"} // the partner of the examples
	return p.writeTable(fields, []table.Record{{Names: names, Root: example}}, true)
}

// importFile writes the records that a table holds.
func (p *Program) importFile(ctx context.Context, flags *importFlags, kind, file string) error {
	ctx, stop := interruptible(ctx)
	defer stop()
	p.tuneMemory(usualMemory)
	space, err := p.open(flags.dir)
	if err != nil {
		return err
	}
	defer space.Close()
	imported, err := p.newImport(space, flags, kind, file)
	if err != nil {
		return err
	}
	if err := imported.draftAll(ctx); err != nil {
		return err
	}
	if err := imported.judge(ctx); err != nil {
		return err
	}
	if imported.tell(p.Stderr) {
		return errFindings
	}
	if !flags.dryRun {
		if err := imported.write(ctx); err != nil {
			return err
		}
	}
	return imported.tellWritten(p.Stdout)
}

// newImport reads the table.
func (p *Program) newImport(space *workspace, flags *importFlags, kind, file string) (*imported, error) {
	rules, kind, err := space.kind(kind)
	if err != nil {
		return nil, err
	}
	data, err := p.readTable(file)
	if err != nil {
		return nil, err
	}
	fields := tableFields(rules.Schemas, kind)
	sheet, err := table.Read(data, fields.IsHeading)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	columns, err := fields.Columns(sheet, flags.columns)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w; `alliances import --template %s` prints all headings", file, err, kind)
	case len(sheet.Rows) == 0:
		return nil, fmt.Errorf("%s: there is no row below the headings", file)
	}
	partners, err := lookup.Partners(space.state.Tree())
	if err != nil && !errors.Is(err, repo.ErrNoRecords) {
		return nil, err
	}
	return &imported{
		program: p, space: space, rules: rules, kind: kind, flags: flags, file: file, partners: partners,
		sheet: sheet, fields: fields, reading: table.NewReading(sheet, columns),
		blank: draft.New(rules.Schemas, kind),
	}, nil
}

// readTable reads a table's file.
func (p *Program) readTable(file string) ([]byte, error) {
	data, err := p.readGiven(file, table.MaxBytes)
	switch {
	case errors.Is(err, errTooLarge):
		return nil, fmt.Errorf("%w: split it", err)
	case err != nil:
		return nil, err
	case strings.HasPrefix(string(data), "PK\x03\x04"), strings.HasPrefix(string(data), "\xd0\xcf\x11\xe0"):
		return nil, fmt.Errorf("%s is a spreadsheet, not CSV: save it as CSV UTF-8 there, and name that file", file)
	}
	return data, nil
}

// exampleOf returns the example of a kind.
func exampleOf(schemas fs.FS, kind string) (*record.Node, error) {
	name := "examples/" + kind + layout.RecordExt
	text, err := fs.ReadFile(schemas, name)
	if err != nil {
		return nil, err
	}
	rec, problems := record.Load(name, text)
	if rec == nil {
		return nil, fmt.Errorf("%s/%s: %s", layout.Schemas, name, problems[0].Message)
	}
	return rec.Root, nil
}
