// Package site makes of the records what a site of them shows. Its packages page
// and feed write that down: page for people, feed for other programs.
package site

import (
	"gitlab.com/gitlab-com/alliances/internal/agenda"
	"gitlab.com/gitlab-com/alliances/internal/catalogue"
	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// A Site is all that the pages show. Lists are sorted as they are shown, and
// hold only what may be published, unless the site is a private one. Texts of
// records are values, in which there may be what does not show.
type Site struct {
	AsOf      string // the day for which it is true, YYYY-MM-DD
	Private   bool   // whether it shows what the schemas mark private
	Commit    string // whose records they are; "" where nobody says
	Links     Links  // to where in GitLab the records are
	SeatCap   int    // on that day; 0 where the handbook does not say
	Caps      []Step // how many seats may run, from when on
	Partners  []*Partner
	Licenses  []*License  // by their first day, the latest first, then by path
	Campaigns []*Campaign // by their first day, the latest first, then by path
	Months    []*Month    // of figures, by month
	Platforms []string    // of the figures, in the order of the charts; other and unknown last
	Methods   []string    // of downloads, in the order of the charts
	Models    []*Model    // the delivery models, as the handbook tables them
	Kinds     []*Kind     // those that have no pages of their own, by name
	Rules     []catalogue.Explanation
	Manual    Manual
	Handbook  policy.Edition // the newest, by which partners and what has no day are told of
	Titles    Titles
	Findings  int               // in all records; 0 unless they are allowed
	Unplaced  []finding.Finding // those of files that no page is about
}

// An Exhibit is a record as the site shows it: what all records have in common.
type Exhibit struct {
	Kind     string
	Path     string  // from the root of the repository
	Folder   string  // in partners/
	ID       string  // the file's name without its extension
	Summary  string  // what it says of itself in a line
	Fields   []Field // what it says, in the order of the schema, with the names that people have for it
	Findings []finding.Finding
	Due      *agenda.Item // what of it has to be seen to on the day of the site; nil where that is nothing
	Root     *record.Node // what may be published of it
}

// A Field is a value with its name. Both are as they can be shown, with all that
// acts on a page written out.
type Field struct {
	Title  string
	Text   string  // of a scalar, or of a list of them
	URL    string  // where the text is an https address, that address
	Fields []Field // of an object, or of the entries of a list
	List   bool    // whether it is a list
}

// A Partner is a partner with everything in its folder.
type Partner struct {
	Exhibit
	Name          string
	Aliases       []string
	Type          string // such as cloud
	TypeTitle     string // such as Cloud partner
	Category      string // such as technology
	CategoryTitle string
	Status        string
	Priority      string   // critical or standard
	Lead          string   // who looks after the partner
	Missing       []string // what it lacks to become active, if it is to
	Starts        []Start  // records that it can get; nil where they cannot be written in GitLab
	Criteria      []string
	Models        []string // names of delivery models
	Licenses      []*License
	Campaigns     []*Campaign
	Requests      []*Request
	Proposals     []*Proposal
	Others        []*Exhibit  // of kinds without pages of their own
	Waived        []*Waived   // what was allowed last first
	SeatsInUse    int         // on the day of the site
	Seats         []Step      // how many seats run, from the first to the last change
	History       []PastEvent // the newest first; nil where there is no git
}

// A Step is from when on how many seats run, or may run.
type Step struct {
	Day   string
	Seats int
}

// A PastEvent is a thing that happened to a record of a partner.
type PastEvent struct {
	Day, Path, Verb, Text, Author, Reference, Commit string
}

// A License is one free licence.
type License struct {
	Exhibit
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
	Exhibit
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
	Exhibit
	Type, ReceivedOn, Description, Status, Lead string
}

// A Proposal is one partnership proposal.
type Proposal struct {
	Exhibit
	ContactedOn string
}

// A Month is a month's figures; a count that is not there is not in its map.
type Month struct {
	Exhibit
	Month         string
	Installations map[string]int64 // by platform, and total
	SMAU          map[string]int64
	Downloads     map[string]int64 // by method, and total
	Restated      string
}

// A Model is a way in which customers get the product, and who sells it.
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
	Records                  []*Exhibit
}

// EachFindings calls f with the findings of every record.
func (s *Site) EachFindings(f func([]finding.Finding)) {
	f(s.Unplaced)
	for _, month := range s.Months {
		f(month.Findings)
	}
	for _, kind := range s.Kinds {
		for _, r := range kind.Records {
			f(r.Findings)
		}
	}
	for _, p := range s.Partners {
		for _, r := range p.Records() {
			f(r.Findings)
		}
	}
}

// Records returns the partner's own record and those in its folder of kinds with
// pages of their own.
func (p *Partner) Records() []*Exhibit {
	all := []*Exhibit{&p.Exhibit}
	for _, l := range p.Licenses {
		all = append(all, &l.Exhibit)
	}
	for _, c := range p.Campaigns {
		all = append(all, &c.Exhibit)
	}
	for _, r := range p.Requests {
		all = append(all, &r.Exhibit)
	}
	for _, r := range p.Proposals {
		all = append(all, &r.Exhibit)
	}
	return all
}

// A File is one file of the site.
type File struct {
	Name string // with slashes, from the site's root
	Data []byte
}
