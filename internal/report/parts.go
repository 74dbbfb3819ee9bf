package report

import (
	"fmt"
	"io"
	"path"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// place is where something is, as editors and terminals link it.
func place(p *finding.Place) string {
	return fmt.Sprintf("%s:%d:%d", source.Visible(p.File), p.Span.Start.Line, p.Span.Start.Column)
}

// advice says how to put a finding right and what asks for it, a line each.
func advice(f *finding.Finding) []string {
	var lines []string
	if f.Help != "" {
		lines = append(lines, "To put it right: "+source.Inline(f.Help))
	}
	if f.Handbook != "" {
		lines = append(lines, "Handbook: "+source.Inline(f.Handbook))
	}
	return lines
}

// decision says who decided that a finding does not count, when, and until when.
func decision(w *finding.Waiver) string {
	text := fmt.Sprintf("allowed by %s on %s", source.Inline(w.By), source.Inline(w.On))
	if w.Until != "" {
		text += " until " + source.Inline(w.Until)
	}
	return text
}

// A group is the findings in one partner's folder.
type group struct {
	folder   string
	findings []*finding.Finding
}

// verdict says how much was found in the folder.
func (g *group) verdict() string {
	var errors, warnings int
	for _, f := range g.findings {
		if f.Severity == finding.Error {
			errors++
		} else {
			warnings++
		}
	}
	return source.Counted(errors, "error") + ", " + source.Counted(warnings, "warning")
}

// byFolder returns the findings that are wanted by partner's folder, each
// folder where its first finding is.
func byFolder(findings []finding.Finding, wanted func(*finding.Finding) bool) []*group {
	var groups []*group
	known := map[string]*group{}
	for i := range findings {
		f := &findings[i]
		if !wanted(f) {
			continue
		}
		folder := folderOf(f.File)
		if known[folder] == nil {
			known[folder] = &group{folder: folder}
			groups = append(groups, known[folder])
		}
		known[folder].findings = append(known[folder].findings, f)
	}
	return groups
}

// folderOf returns the partner's folder that a file is in: the first two
// segments of its path, or fewer where it is in no partner's folder.
func folderOf(file string) string {
	segments := strings.SplitN(file, "/", 3)
	if len(segments) < 3 {
		return path.Dir(file)
	}
	return segments[0] + "/" + segments[1]
}

// texts returns the text of one file after another, reading each once.
type texts struct {
	source func(file string) *source.File
	file   string
	text   *source.File
}

func (o *Options) texts() *texts { return &texts{source: o.Source} }

// of returns the text of a file, or nil where there is none to show.
func (t *texts) of(file string) *source.File {
	if t.source != nil && t.file != file {
		t.file, t.text = file, t.source(file)
	}
	return t.text
}

// A budget passes on whole pieces until one is too large for the room that is
// left. From then on it counts what it leaves out.
type budget struct {
	out     io.Writer
	room    int // bytes
	leftOut int // pieces
}

// write takes what makes the piece, which is not asked for where there is no
// room in any case.
func (b *budget) write(piece func() string) bool {
	if b.room > 0 {
		text := piece()
		if len(text) <= b.room {
			b.room -= len(text)
			io.WriteString(b.out, text)
			return true
		}
		b.room = 0
	}
	b.leftOut++
	return false
}
