// Package layout holds where in a repository things are: the records, what judges
// them, and what their files are called.
package layout

import (
	"path"
	"slices"
	"strings"
)

const (
	// Partners is the folder that holds all records.
	Partners = "partners"

	// PartnerFile is the record that makes a folder a partner's.
	PartnerFile = "partner.yaml"

	// PartnerKind is the kind of that record.
	PartnerKind = "partner"

	// WaiverKind is the kind of the records by which findings are set aside.
	WaiverKind = "waiver"

	// KindField is the field by which a record says what it is.
	KindField = "kind"

	// Program is the one folder in Partners that is no partner's.
	Program = "_program"

	// RecordExt is what the name of every record ends in.
	RecordExt = ".yaml"

	// FixPrefix is what the name of a file begins with that is to take the place
	// of a record.
	FixPrefix = ".alliances-fix-"

	// Schemas is the folder that holds the schemas, one for each kind of record.
	Schemas = "schemas"

	// SchemaExt is what the name of every schema ends in.
	SchemaExt = ".schema.json"

	// Policies is the folder that holds the handbook and the rules.
	Policies = "policies"

	// Forms is the folder that holds the templates of issues and of merge requests.
	Forms = ".gitlab"

	// SumFile tells what `alliances init` wrote, for `alliances upgrade`.
	SumFile = ".gitlab/alliances/sum"

	// Bases is the folder that holds, by their paths, the texts that edits were merged
	// with. Git has no others of them.
	Bases = ".gitlab/alliances/base"
)

// Judges returns what judges the records: files, and folders with all they hold.
// What runs the validator, builds it or tells git how to read its files is among
// them.
func Judges() []string {
	return []string{
		".ci", ".gitattributes", ".gitlab", ".gitlab-ci.yml", ".gitmodules", "cmd", "go.mod", "go.sum", "go.work",
		"go.work.sum", "internal", Policies, Schemas, "templates", "vendor",
	}
}

// IsJudge reports whether the file at a path is one that judges the records.
func IsJudge(name string) bool {
	return slices.ContainsFunc(Judges(), func(judge string) bool { return isIn(name, judge) })
}

// IsRule reports whether the file at a path is a schema or a policy, or stands in
// the place of all of them.
func IsRule(name string) bool { return isIn(name, Schemas) || isIn(name, Policies) }

func isIn(name, folder string) bool { return name == folder || strings.HasPrefix(name, folder+"/") }

// IsRecord reports whether the file at a path is a record, by its place and its
// name.
func IsRecord(name string) bool {
	_, ok := FolderOf(name)
	return ok && path.Ext(name) == RecordExt && !strings.HasPrefix(path.Base(name), ".")
}

// IsPartners reports whether a folder in Partners is a partner's.
func IsPartners(name string) bool { return name != "" && name != Program }

// FolderOf returns the name of the folder in Partners that the file at a path
// lies in, if it lies in Partners at all.
func FolderOf(path string) (name string, ok bool) {
	below, ok := strings.CutPrefix(path, Partners+"/")
	name, _, nested := strings.Cut(below, "/")
	if !nested {
		name = ""
	}
	return name, ok
}

// SchemaFile returns the path of a kind's schema.
func SchemaFile(kind string) string { return path.Join(Schemas, kind+SchemaExt) }
