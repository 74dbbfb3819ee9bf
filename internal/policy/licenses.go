package policy

import (
	"bytes"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/naming"
)

// A License is what is compared of a licence with those of other partners, as
// hashes: there may be very many. 0 is for what it does not have.
type License struct {
	Path           string
	Issue, Purpose uint64 // the purpose together with the contact
}

// MayBeLicense reports whether the text of a record could be a licence's. False is
// for sure: the word can only be written as it is, or with a backslash.
func MayBeLicense(text []byte) bool {
	return bytes.Contains(text, []byte("license")) || bytes.IndexByte(text, '\\') >= 0
}

// Licensed returns what is compared of a record, if it is a licence.
func Licensed(r TypedRecord) (License, bool) {
	if r.Kind != "license" {
		return License{}, false
	}
	license := License{Path: r.Path}
	if issue, _, _ := strings.Cut(r.Root.Field("issue").AsText(), "#"); issue != "" {
		license.Issue = hash([]byte(strings.Replace(strings.TrimRight(issue, "/"), "/-/", "/", 1)))
	}
	if contact, purpose := r.Root.Field("contact").AsText(), r.Root.Field("purpose").AsText(); contact != "" && purpose != "" {
		license.Purpose = hashOfPurpose(contact, purpose)
	}
	return license, true
}

func hash(text []byte) uint64 {
	h := fnv.New64a()
	h.Write(text)
	return h.Sum64()
}

// hashOfPurpose returns the hash of a contact and the key of a purpose.
func hashOfPurpose(contact, purpose string) uint64 {
	var room [1024]byte // for most of them, without a place on the heap
	text := append(room[:0], strings.ToLower(contact)...)
	return hash(naming.AppendKey(append(text, '\n'), purpose))
}

// Copied returns, sorted by path, the licences of which another partner has one
// like it.
func Copied(all []License) []License {
	owners := map[uint64]string{}
	several := map[uint64]bool{}
	for _, license := range all {
		slug, _ := layout.FolderOf(license.Path)
		for _, key := range [...]uint64{license.Issue, license.Purpose} {
			if owner, known := owners[key]; known && owner != slug {
				several[key] = true
			}
			owners[key] = slug
		}
	}
	delete(several, 0)
	copied := slices.DeleteFunc(slices.Clone(all), func(l License) bool { return !several[l.Issue] && !several[l.Purpose] })
	slices.SortFunc(copied, func(a, b License) int { return strings.Compare(a.Path, b.Path) })
	return copied
}

// likeLicenses returns the likes among licences by their paths, by kind.
func likeLicenses(licenses []License) map[string]likes {
	return map[string]likes{
		"issue":   group(pathsBy(licenses, func(l License) uint64 { return l.Issue }), nil, ownKey),
		"purpose": group(pathsBy(licenses, func(l License) uint64 { return l.Purpose }), nil, ownKey),
	}
}

func pathsBy(licenses []License, key func(License) uint64) []name {
	var paths []name
	for _, license := range licenses {
		if k := key(license); k != 0 {
			slug, _ := layout.FolderOf(license.Path)
			paths = append(paths, name{slug: slug, text: license.Path, key: strconv.FormatUint(k, 16)})
		}
	}
	return paths
}
