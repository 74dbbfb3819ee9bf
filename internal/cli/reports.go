package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/report"
	"gitlab.com/gitlab-com/alliances/internal/spelling"
)

// A reportFile is a report to be written into a file.
type reportFile struct {
	format, path string
}

// parseReports reads what --report is given, FORMAT=FILE each, and makes sure
// that each could be written: a run that takes long must not end with that.
func parseReports(specs []string) ([]reportFile, error) {
	var files []reportFile
	taken := map[string]bool{}
	for _, spec := range specs {
		format, path, ok := strings.Cut(spec, "=")
		switch {
		case !ok || path == "":
			return nil, fmt.Errorf("--report takes FORMAT=FILE, not %q", spec)
		case !slices.Contains(report.Formats(), format):
			return nil, fmt.Errorf("--report: %w", spelling.Unknown("format", format, report.Formats()))
		}
		full, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		switch {
		case taken[full]:
			return nil, fmt.Errorf("--report: two reports cannot go to one file, %s", path)
		case !isFolder(filepath.Dir(full)):
			return nil, fmt.Errorf("--report: there is no folder %s for %s; make it first", filepath.Dir(path), filepath.Base(path))
		case isFolder(full):
			return nil, fmt.Errorf("--report: %s is a folder; name a file", path)
		}
		taken[full] = true
		files = append(files, reportFile{format, full})
	}
	return files, nil
}

// write writes the report into its file, whole or not at all: into a new file
// beside it, which then takes its name.
func (f *reportFile) write(found *report.Report, options report.Options) (err error) {
	temporary, err := os.CreateTemp(filepath.Dir(f.path), ".alliances-report-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temporary.Name()))
		}
	}()
	err = report.Write(f.format, temporary, found, options)
	if err = errors.Join(err, temporary.Chmod(0o644), temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), f.path)
}
