package cli

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/internal/source"
	"gitlab.com/gitlab-com/alliances/internal/table"
)

func (p *Program) exportCommand() *cobra.Command {
	var dir string
	command := &cobra.Command{
		Use:   "export KIND",
		Short: "Print the records of a kind as a table",
		Long: `Export prints all records of a kind as CSV, a row each, for a spreadsheet. What it
prints, ` + "`alliances import --update`" + ` reads: where nothing was changed there, it
changes nothing.

A record that cannot be read, or that holds what its kind does not have, is left out
and named; the exit status is then 1. Nothing is kept back: contacts and notes are
in it.`,
		Example: `  alliances export license
  alliances export partner > partners.csv`,
		Args: arguments(1, 1, "name a kind, such as `alliances export partner`"),
		RunE: func(command *cobra.Command, args []string) error {
			return p.export(command.Context(), dir, args[0])
		},
	}
	command.Flags().StringVarP(&dir, "dir", "C", "", dirUsage)
	return command
}

func (p *Program) export(ctx context.Context, dir, kind string) error {
	p.tuneMemory(usualMemory)
	space, err := p.open(dir)
	if err != nil {
		return err
	}
	defer space.Close()
	rules, kind, err := space.kind(kind)
	if err != nil {
		return err
	}
	fields := tableFields(rules.Schemas, kind)
	records, left, err := space.recordsOf(ctx, rules.Schemas, kind, fields)
	if err != nil {
		return err
	}
	for _, why := range left {
		fmt.Fprintf(p.Stderr, "alliances: %s\n", source.Visible(why))
	}
	if err := p.writeTable(fields, records, false); err != nil {
		return err
	}
	if len(left) > 0 {
		return errFindings
	}
	return nil
}

// recordsOf returns the records of a kind, by their paths, and why others are left
// out.
func (w *workspace) recordsOf(ctx context.Context, schemas *schema.Set, kind string, fields *table.Fields) (records []table.Record, left []string, err error) {
	files, err := w.state.Tree().Files(ctx, 1)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range files {
		if !layout.IsRecord(name) || schemas.KindAt(name) != kind {
			continue
		}
		text, err := fs.ReadFile(w.state.Files, name)
		if err != nil {
			return nil, nil, err
		}
		rec, _ := record.Load(name, text)
		if rec == nil {
			left = append(left, name+" cannot be read; `alliances validate` says why")
			continue
		}
		if lost := table.Missing(fields, rec.Root); lost != nil {
			left = append(left, fmt.Sprintf("%s: no column can hold %s; `alliances validate` says what is wrong with it", name, strings.Join(lost, ".")))
			continue
		}
		folder, _ := layout.FolderOf(name)
		names := map[string]string{"partner": folder, "id": strings.TrimSuffix(path.Base(name), layout.RecordExt)}
		records = append(records, table.Record{Names: names, Root: rec.Root})
	}
	return records, left, nil
}

// writeTable prints records as a table.
func (p *Program) writeTable(fields *table.Fields, records []table.Record, all bool) error {
	var out bytes.Buffer
	if err := table.Write(&out, fields, records, all); err != nil {
		return err
	}
	_, err := out.WriteTo(p.Stdout)
	return err
}
