package page

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// partnerPage returns where the page of a partner stands, from the site's root.
func partnerPage(folder string) string { return "partners/" + fileName(folder) + ".html" }

// OfRule returns where the page of a rule stands, from the site's root.
func OfRule(id string) string { return "rules/" + id + ".html" }

// kindPage returns where the first page of a list of a kind stands.
func kindPage(kind string) string { return "kinds/" + fileName(kind) + "/index.html" }

// pageOf returns the name of the n-th page, from 1, of a list that starts on
// the page first and goes on in files that begin with stem.
func pageOf(first, stem string, n int) string {
	if n == 1 {
		return first
	}
	return stem + "_" + strconv.Itoa(n) + ".html"
}

var plainName = regexp.MustCompile(`^_?[a-z0-9]+(-[a-z0-9]+)*$`)

// maxName leaves room in the 255 bytes of a file's name for an ending.
const maxName = 120

// fileName returns a name that any file system and any address takes as it is.
// Names that are as the validator wants them stay; another one becomes like it,
// and a hash tells it from all others. None is that of a page of a list: those
// are named index or have a number behind an underscore.
func fileName(name string) string {
	if plainName.MatchString(name) && len(name) <= maxName && name != "index" {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	readable := slug(name)
	return readable[:min(len(readable), maxName)] + "_" + hex.EncodeToString(sum[:6]) + "x"
}

// anchor returns the name of a record's place on a page of the site.
func anchor(kind, id string) string { return fileName(kind) + "-" + fileName(id) }

// upToRoot returns what stands before a name from the site's root in a link on
// the page of that name.
func upToRoot(page string) string { return strings.Repeat("../", strings.Count(page, "/")) }

// locate returns the page of every record, by its path, and where on it the
// record stands.
func locate(s *site.Site) map[string]string {
	pages := map[string]string{}
	for _, p := range s.Partners {
		pages[p.Path] = partnerPage(p.Folder)
		for i, l := range p.Licenses {
			pages[l.Path] = onPartner(p, "licenses", i, &l.Exhibit)
		}
		for i, c := range p.Campaigns {
			pages[c.Path] = onPartner(p, "campaigns", i, &c.Exhibit)
		}
		for i, r := range p.Requests {
			pages[r.Path] = onPartner(p, "requests", i, &r.Exhibit)
		}
		for i, r := range p.Proposals {
			pages[r.Path] = onPartner(p, "proposals", i, &r.Exhibit)
		}
	}
	for i, m := range s.Months {
		pages[m.Path] = monthPage(s, i)
	}
	locateKinds(s, pages)
	return pages
}

// onPartner returns where the i-th record of a list of a partner's stands.
func onPartner(p *site.Partner, list string, i int, r *site.Exhibit) string {
	return pageOf(partnerPage(p.Folder), partnerStem(p, list), i/partnerList+1) + "#" + anchor(r.Kind, r.ID)
}

func partnerStem(p *site.Partner, list string) string {
	return "partners/" + fileName(p.Folder) + "/" + list
}

// locateKinds finds the records that have a page each. Two that would share one
// are told apart by a number: folders within the partner's folder have no part
// in the name.
func locateKinds(s *site.Site, pages map[string]string) {
	taken := map[string]int{}
	for _, k := range s.Kinds {
		for _, r := range k.Records {
			name := fmt.Sprintf("kinds/%s/%s/%s", fileName(k.Name), fileName(r.Folder), fileName(r.ID))
			taken[name]++
			pages[r.Path] = pageOf(name+".html", name, taken[name])
		}
	}
}
