// Package site renders the records into a static site: pages for people, and
// JSON, CSV and a calendar for other programs.
package site

import (
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A Site is all that the pages show. Lists are sorted as they are shown, and
// hold only what may be published, unless the site is a private one.
type Site struct {
	AsOf      string // the day for which it is true, YYYY-MM-DD
	Private   bool   // whether it shows what the schemas mark private
	SeatCap   int    // that the handbook gives; 0 where it is not known
	Partners  []*Partner
	Licenses  []*License  // by their first day, the latest first, then by path
	Campaigns []*Campaign // by their first day, the latest first, then by path
	Months    []*Month    // of figures, by month
	Platforms []string    // of the figures, in the order of the charts; other and unknown last
	Methods   []string    // of downloads, in the order of the charts
	Models    []*Model    // the delivery models, as the handbook tables them
	Kinds     []*Kind     // those that have no pages of their own, by name
	Rules     []*policy.Rule
	Built     []*finding.Rule // the validator's own rules
	Handbook  policy.Handbook
	Findings  int               // in all records; 0 unless they are allowed
	Unplaced  []finding.Finding // those of files that no page is about
	Sections  map[string]string // the addresses of the handbook's sections that rules name
}

// A Record is what all records have in common.
type Record struct {
	Kind     string
	Path     string  // from the root of the repository
	Folder   string  // in partners/
	ID       string  // the file's name without its extension
	Summary  string  // what it says of itself in a line
	Fields   []Field // what it says, in the order of the schema, with the names that people have for it
	Findings []finding.Finding
	Root     *record.Node // what may be published of it
}

// A Field is a value with its name.
type Field struct {
	Title  string
	Text   string  // of a scalar, or of a list of them
	URL    string  // where the text is an https address, that address
	Fields []Field // of an object, or of the entries of a list
}

// A Partner is a partner with everything in its folder.
type Partner struct {
	Record
	Name          string
	Aliases       []string
	Type          string // such as cloud
	TypeTitle     string // such as Cloud partner
	Category      string // such as technology
	CategoryTitle string
	Status        string
	Priority      string // critical or standard
	Criteria      []string
	Models        []string // names of delivery models
	Licenses      []*License
	Campaigns     []*Campaign
	Requests      []*Request
	Proposals     []*Proposal
	Others        []*Record // of kinds without pages of their own
	SeatsInUse    int       // on the day of the site
	Seats         []Step    // how many seats run, from the first to the last change
	History       []Event   // the newest first; nil where there is no git
}

// A Step is from when on how many seats run.
type Step struct {
	Day   string
	Seats int
}

// An Event is a thing that happened to a record of a partner.
type Event struct {
	Day, Path, Verb, Text, Author, Reference, Commit string
}

// A License is one free licence.
type License struct {
	Record
	Partner                *Partner
	Product, Plan, Purpose string
	Seats                  int // 0 where they cannot be counted
	StartsAt, ExpiresAt    string
	End                    string // the first day on which it no longer runs
	Revoked                string // the day of its revocation, or ""
	RevokedFor             string
	State                  string // planned, running, expired, revoked
	DaysLeft               int    // while it runs
}

// A Campaign is one MDF campaign.
type Campaign struct {
	Record
	Partner                *Partner
	Topic                  string
	StartsOn, EndsOn       string
	Amount                 string // of the budget, with its currency apart
	Currency               string
	Approved, Acknowledged string // amounts, "" where there is none
	Stage                  string // proposed, approved, acknowledged
	WaitsFor               string
	Issue                  string // an https address, or ""
}

// A Request is one inbound request.
type Request struct {
	Record
	Partner                                     *Partner
	Type, ReceivedOn, Description, Status, Lead string
	NextSteps                                   []string
}

// A Proposal is one partnership proposal.
type Proposal struct {
	Record
	Partner     *Partner
	ContactedOn string
}

// A Month is a month's figures; a count that is not there is not in its map.
type Month struct {
	Record
	Month         string
	Installations map[string]int64 // by platform, and total
	SMAU          map[string]int64
	Downloads     map[string]int64 // by method, and total
	Restated      string
}

// A Model is a way in which customers get GitLab, and who sells it.
type Model struct {
	Name     string
	Title    string
	State    string
	Fields   []Field // the other rows of the handbook's table
	Partners []*Partner
}

// A Kind is a kind of record without pages of its own.
type Kind struct {
	Name, Title, Description string
	Columns                  []string // titles of what the list shows
	Records                  []*Record
}

// A File is one file of the site.
type File struct {
	Name string // with slashes, from the site's root
	Data []byte
}
