package record

import "gitlab.com/gitlab-com/alliances/internal/finding"

// Rules are the demands on a record's text, in the order of their ids.
func Rules() []*finding.Rule {
	return []*finding.Rule{
		aliasRule, booleanRule, commentRule, duplicateKeyRule, emptyRule, encodingRule, entityRule, keyRule,
		limitRule, multipleDocumentsRule, numberRule, quotesRule, syntaxRule, tagRule,
	}
}

// PathRule is the demand on a record's path, which is what it is known by.
var PathRule = &finding.Rule{
	ID: "repo/path", Severity: finding.Error,
	Title:       "Every record is where its kind lives",
	Description: "A record is known by its path: the partner's folder and the file's name are part of what it says.",
	Help:        "Move or rename it, in lower-case letters, digits and single hyphens, or correct the field that its path repeats.",
}

var (
	aliasRule = &finding.Rule{
		ID: "yaml/alias", Severity: finding.Error,
		Title:       "No anchors, aliases or merge keys",
		Description: "A record is read by people: what holds is written where it holds, not pulled in from elsewhere.",
		Help:        "Write the value out where it belongs.",
	}
	booleanRule = &finding.Rule{
		ID: "yaml/boolean", Severity: finding.Error,
		Title:       "Yes and no are in quotes",
		Description: "The words y, yes, on, n, no and off are text to some programs, and true or false to others: of a country code `NO` they make false.",
		Help:        "Put the word in quotes; write true or false if that is what is meant.",
	}
	commentRule = &finding.Rule{
		ID: "yaml/comment", Severity: finding.Warning,
		Title:       "No text is cut off by a number sign",
		Description: "Behind a blank, `#` begins a comment: of `Build job #42 and test`, the record holds `Build job`.",
		Help:        "Put the whole text in quotes if what is behind `#` belongs to it; type a space behind `#` if it does not.",
	}
	duplicateKeyRule = &finding.Rule{
		ID: "yaml/duplicate_key", Severity: finding.Error,
		Title:       "No field twice",
		Description: "Of two lines for one field, tools take the last and readers the first.",
		Help:        "Keep the line that is right and delete the other one.",
	}
	emptyRule = &finding.Rule{
		ID: "yaml/empty", Severity: finding.Error,
		Title:       "No empty record",
		Description: "A file that holds nothing records nothing.",
		Help:        "Write the record, or delete the file.",
	}
	encodingRule = &finding.Rule{
		ID: "yaml/encoding", Severity: finding.Error,
		Title:       "Records are UTF-8 text",
		Description: "Anything but UTF-8 text without control characters is read differently by different programs, and what cannot be seen is read by no reviewer.",
		Help:        "Save the file as UTF-8 with the line ends LF or CR LF, and delete characters that cannot be seen.",
	}
	entityRule = &finding.Rule{
		ID: "yaml/entity", Severity: finding.Warning,
		Title:       "Characters are written as they are",
		Description: "`&amp;` and `&#39;` are how the source of a web page writes `&` and `'`: in a record they are letters like any other.",
		Help:        "Write the character itself.",
	}
	keyRule = &finding.Rule{
		ID: "yaml/key", Severity: finding.Error,
		Title:       "Names of fields are text",
		Description: "A name that YAML reads as a number, a truth value, a list or nothing is no field of any record.",
		Help:        "Write the field's name, in quotes if it looks like a number or like true, false or null.",
	}
	limitRule = &finding.Rule{
		ID: "yaml/limit", Severity: finding.Error,
		Title:       "Records are small",
		Description: "A record is one fact. Files beyond the limits of size, depth, entries and findings are accidents.",
		Help:        "Split the file into records, or take out what is not part of one.",
	}
	multipleDocumentsRule = &finding.Rule{
		ID: "yaml/multiple_documents", Severity: finding.Error,
		Title:       "One file, one record",
		Description: "Many tools read only the first document of a file and skip the rest in silence.",
		Help:        "Move the second record to a file of its own and delete the line `---` between them.",
	}
	numberRule = &finding.Rule{
		ID: "yaml/number", Severity: finding.Error,
		Title:       "Numbers are plain decimals",
		Description: "Some spellings are one number to one program, another number to the next and text to a third.",
		Help:        "Write a plain number, such as 12 or 0.5; put it in quotes if it is meant as text.",
	}
	quotesRule = &finding.Rule{
		ID: "yaml/quotes", Severity: finding.Warning,
		Title:       "Quotes around a text are no part of it",
		Description: "Typographic quotes are letters to YAML, and so is a plain one at the end alone: they become part of the name or the text.",
		Help:        "Delete the quotes, or type plain ones (\").",
	}
	syntaxRule = &finding.Rule{
		ID: "yaml/syntax", Severity: finding.Error,
		Title:       "Records are YAML",
		Description: "A file that is no YAML cannot be read at all.",
		Help:        "Compare the line, and the one above it, with its neighbours: indentation, a missing blank behind a colon, an open quote or bracket. Text with `: ` or ` #` in it needs quotes.",
	}
	tagRule = &finding.Rule{
		ID: "yaml/tag", Severity: finding.Error,
		Title:       "No tags",
		Description: "A tag changes what a value is without changing how it reads.",
		Help:        "Delete the word that starts with `!`; put the value in quotes if it is text.",
	}
)
