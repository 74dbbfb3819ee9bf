package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/report"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// mergeFlags are what `alliances merge` can be told.
type mergeFlags struct {
	format  string
	reports []string
	failOn  string // "" for that of the parts
	verbose bool
	waived  bool
}

func (p *Program) mergeCommand() *cobra.Command {
	var flags mergeFlags
	command := &cobra.Command{
		Use:   "merge REPORT.json…",
		Short: "Join the reports of the parts of a run",
		Long: `Merge joins the JSON reports of all parts of a run, which ` + "`alliances validate`" + `
wrote with --shard, and writes what one run would have written, byte for byte, in any
format. The time is that of all parts together. It needs neither the records nor git.

Parts that are missing, given twice, or of other records, rules, options or another
version of the program are refused, and so is a report that is not as it was written.

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 the parts cannot be joined:
the message says what to do.`,
		Example: `  alliances validate --shard 1/2 --report json=part-1.json
  alliances validate --shard 2/2 --report json=part-2.json
  alliances merge part-1.json part-2.json
  alliances merge part-1.json part-2.json --report junit=junit.xml`,
		RunE: func(command *cobra.Command, args []string) error {
			if !command.Flags().Changed("fail-on") {
				flags.failOn = ""
			}
			if len(args) == 0 {
				return errors.New("name the reports of all parts, such as `alliances merge part-*.json`; see `alliances merge --help`")
			}
			return p.merge(flags, args)
		},
	}
	addFormat(command, &flags.format, report.Formats(), "write the findings to standard output")
	addReports(command, &flags.reports)
	addFailOn(command, &flags.failOn)
	failOn := command.Flags().Lookup("fail-on")
	failOn.DefValue, failOn.Usage = "", failOn.Usage+" (default: that of the parts)"
	addVerbose(command, &flags.verbose)
	addShowWaived(command, &flags.waived)
	return command
}

func (p *Program) merge(flags mergeFlags, names []string) error {
	p.tuneMemory(usualMemory)
	files, err := p.parseReports(flags.reports)
	if err != nil {
		return fmt.Errorf("%w; see `alliances merge --help`", err)
	}
	parts := make([]*report.Stored, len(names))
	for i, name := range names {
		if parts[i], err = readPart(name); err != nil {
			return err
		}
	}
	whole, run, err := report.Join(parts)
	if err != nil {
		return err
	}
	if own := thisBuild().String(); run.Validator != own {
		return fmt.Errorf("the parts were judged by %q, and this is %q: join with the program that judged", run.Validator, own)
	}
	if flags.failOn == "" {
		flags.failOn = string(run.FailOn)
	}
	options := p.surroundings()
	options.Source, options.LinkBase, options.Elapsed = whole.Source, run.LinkBase, whole.Elapsed
	options.FailOn, options.Verbose, options.ShowWaived = finding.Severity(flags.failOn), flags.verbose, flags.waived
	if err := p.write(flags.format, files, &whole.Report, options); err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	return verdict(whole.Findings, options.FailOn)
}

// maxPart is how many bytes the report of a part may have.
const maxPart = 256 << 20

func readPart(name string) (*report.Stored, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxPart+1))
	if err != nil {
		return nil, err
	}
	shown := source.Visible(name)
	if len(data) > maxPart {
		return nil, fmt.Errorf("%s has more than %d MiB: judge in more parts", shown, maxPart>>20)
	}
	return report.ReadPart(shown, data)
}
