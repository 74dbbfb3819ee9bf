package repo

import "gitlab.com/gitlab-com/alliances/internal/finding"

// Rules are the demands on the files in partners/, in the order of their ids.
func Rules() []*finding.Rule {
	return []*finding.Rule{missingPartnerRule, mixedChangeRule, symlinkRule, unexpectedFileRule}
}

var (
	missingPartnerRule = &finding.Rule{
		ID: "repo/missing_partner", Severity: finding.Error,
		Title:       "Every folder has its partner",
		Description: "Licences, campaigns and the rest belong to the partner whose folder they are in.",
		Help:        "Add the partner's record, or move the records to the folder of the partner they belong to.",
	}
	mixedChangeRule = &finding.Rule{
		ID: "repo/mixed_change", Severity: finding.Error,
		Title: "Rules land on their own",
		Description: "Records are judged by the rules of their own change. Whoever changes both at once could make the " +
			"rule that they break go away.",
		Help: "Put what judges the records into a merge request of its own, and have it merged first.",
	}
	symlinkRule = &finding.Rule{
		ID: "repo/symlink", Severity: finding.Error,
		Title:       "Plain files and folders only",
		Description: "What a link or a submodule leads to is not in the history of the record.",
		Help:        "Replace it by the files that it leads to, or delete it.",
	}
	unexpectedFileRule = &finding.Rule{
		ID: "repo/unexpected_file", Severity: finding.Error,
		Title:       "Nothing but records",
		Description: "A file that looks like a record and is none would be passed over in silence.",
		Help:        "Give a record a name that ends in .yaml; delete copies and backups; keep other files elsewhere.",
	}
)
