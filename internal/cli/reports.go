package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
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
	through      bool      // whether it is a device or a pipe, which stays what it is
	stream       io.Writer // of this program's own, where it is one; or nil
}

// parseReports reads what --report is given, FORMAT=FILE each, and makes sure
// that each could be written: a run that takes long must not end with that.
func (p *Program) parseReports(specs []string) ([]reportFile, error) {
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
		file := reportFile{format: format, path: path}
		if err := file.find(p.Stdout, p.Stderr); err != nil {
			return nil, fmt.Errorf("--report: %w", err)
		}
		if taken[file.path] && !file.through {
			return nil, fmt.Errorf("--report: two reports cannot go to one file, %s", path)
		}
		taken[file.path] = true
		files = append(files, file)
	}
	return files, nil
}

// find finds out what there is at the path: nothing yet, a plain file, perhaps
// behind links, or what is written through.
func (f *reportFile) find(streams ...io.Writer) error {
	named := f.path
	full, err := filepath.Abs(named)
	if err != nil {
		return err
	}
	f.path = full
	about, err := os.Stat(full)
	if errors.Is(err, fs.ErrNotExist) {
		return f.mayBeMade(named)
	}
	if err != nil {
		return err
	}
	f.stream = sameFile(about, streams)
	switch mode := about.Mode(); {
	case mode.IsDir():
		return fmt.Errorf("%s is a folder; name a file", named)
	case mode&(fs.ModeDevice|fs.ModeNamedPipe) != 0 || f.stream != nil:
		f.through = true
	case !mode.IsRegular():
		return fmt.Errorf("%s is no plain file, device or pipe; name another", named)
	default:
		f.path, err = filepath.EvalSymlinks(full)
	}
	return err
}

// mayBeMade returns an error where no file can be made at the path.
func (f *reportFile) mayBeMade(named string) error {
	if _, err := os.Lstat(f.path); err == nil {
		return fmt.Errorf("%s is a link that leads nowhere; name a file", named)
	}
	if !isFolder(filepath.Dir(f.path)) {
		return fmt.Errorf("there is no folder %s for %s; make it first", filepath.Dir(named), filepath.Base(named))
	}
	return nil
}

// sameFile returns the one of the streams that a file is, as behind /dev/stdout,
// or nil. It knows how far it has been written, which no other does.
func sameFile(about fs.FileInfo, streams []io.Writer) io.Writer {
	for _, stream := range streams {
		file, ok := stream.(*os.File)
		if !ok {
			continue
		}
		if open, err := file.Stat(); err == nil && os.SameFile(about, open) {
			return stream
		}
	}
	return nil
}

// write writes the report. Into a plain file it comes whole or not at all: in a
// new file beside it, which then takes its name.
func (f *reportFile) write(found *report.Report, options report.Options) error {
	if f.stream != nil {
		return report.Write(f.format, f.stream, found, options)
	}
	if f.through {
		return f.writeThrough(found, options)
	}
	return f.replace(found, options)
}

func (f *reportFile) writeThrough(found *report.Report, options report.Options) error {
	out, err := os.OpenFile(f.path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(report.Write(f.format, out, found, options), out.Close())
}

func (f *reportFile) replace(found *report.Report, options report.Options) (err error) {
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
