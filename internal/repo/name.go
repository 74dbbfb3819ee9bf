package repo

import (
	"path"
	"strings"
	"unicode/utf8"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// refuse reports the file or folder at a path if reports cannot name it, and says
// whether it did so. follows says what follows from that.
func (f *Folder) refuse(name, what, follows string) bool {
	switch base := path.Base(name); {
	case !utf8.ValidString(base):
		f.report(record.PathRule, name, "the name of this "+what+" is no UTF-8: "+follows)
	case strings.Contains(base, `\`):
		f.refuseIn(name, what, "has a backslash, which not all programs take for a part of a name: "+follows)
	case source.Visible(base) != base:
		f.refuseIn(name, what, "has characters that do not show: "+follows)
	default:
		return false
	}
	return true
}

// refuseIn reports a name at the folder that holds it: the forms of GitLab have
// no place for the name itself.
func (f *Folder) refuseIn(name, what, why string) {
	f.report(record.PathRule, path.Dir(name), "the name of the "+what+" "+source.Visible(path.Base(name))+" "+why)
}
