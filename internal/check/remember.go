package check

import (
	"bytes"
	"crypto/sha256"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/change"
	"gitlab.com/gitlab-com/alliances/internal/memory"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// What was found clean is not judged again. Of a clean folder is remembered what
// others are judged by; one with findings or waivers is judged each time, so that no
// finding ever comes from memory. A folder in a commit goes by its id, and nothing in it is
// read; another one by a digest of what is in it.

// remembers reports whether the run can leave out what is known to be clean.
func (r *run) remembers() bool {
	return r.Memory != nil && r.Base == nil && r.Against == nil && r.Visit == nil && !r.Local
}

// recall returns the i-th folder and what is remembered of it. Both may be nil: then
// it has to be listed, or read.
func (r *run) recall(i int) (*repo.Folder, *clean, error) {
	name := r.names[i]
	if !r.remembers() || name == "" || r.Memory.IsEmpty() {
		return nil, nil, nil
	}
	if id, ok := r.tree.ID(name); ok {
		known := r.fromMemory(keyOf(name, id))
		if known == nil {
			return nil, nil, nil
		}
		return &repo.Folder{Name: name, Records: known.records, Partner: known.listed}, known, nil
	}
	f, err := r.tree.List(name)
	if err != nil || len(f.Findings) > 0 {
		return f, nil, err
	}
	files, err := r.tree.Texts(f)
	if err != nil {
		return nil, nil, err
	}
	r.take(f, files)
	return f, r.fromMemory(digest(f, files)), nil
}

func (r *run) fromMemory(key memory.Key) *clean {
	value, known := r.Memory.Recall(key)
	if !known {
		return nil
	}
	return decodeClean(value)
}

func keyOf(name, id string) memory.Key { return sha256.Sum256([]byte(name + "\x00" + id)) }

// remembered returns what is remembered of a folder, or nil.
func (r *run) remembered(name string) *clean {
	i, found := slices.BinarySearch(r.names, name)
	if !found || r.recalled == nil {
		return nil
	}
	return r.recalled[i]
}

// isClean reports whether nothing is found in the i-th of the chosen folders, as is
// remembered. Where its rules compare it with all partners, these must be as they
// were. A folder that holds nothing, as partners/ itself mostly does, needs no judge.
func (r *run) isClean(i int, f *repo.Folder) bool {
	if r.remembers() && len(f.Records)+len(f.Findings) == 0 {
		r.take(f, nil)
		return true
	}
	c := r.remembered(f.Name)
	if c == nil || len(c.others) > 0 && !bytes.Equal(c.others, r.partnersDigest()) {
		return false
	}
	if r.comparesLicenses() {
		r.licenses[i] = c.licenses
	}
	return true
}

// A judgedFolder is what there is to remember of a folder in which nothing was found.
type judgedFolder struct {
	key   memory.Key
	value []byte // of a clean folder
}

// maybeClean returns what there is to remember of a folder that was judged, nil where
// something was found in it already, or could be with the day.
func (r *run) maybeClean(judged *Folder, files []repo.File) *judgedFolder {
	f := judged.Listed
	if !r.remembers() || f.Name == "" || len(judged.Findings) > 0 || judged.waivers != nil {
		return nil
	}
	key := memory.Key(digest(f, files))
	if id, ok := r.tree.ID(f.Name); ok {
		key = keyOf(f.Name, id)
	}
	c := &clean{records: f.Records, listed: f.Partner, licenses: judged.licenses}
	for _, file := range files {
		if _, known := r.partners[f.Name]; known && file.Path == f.PartnerPath() {
			c.partner = summary(file.Record)
		}
	}
	if slices.ContainsFunc(judged.Records, func(item change.Item) bool { return r.rules.Policies.ReadsPartners(item.Kind) }) {
		c.others = r.partnersDigest()
	}
	return &judgedFolder{key, c.encode()}
}

// keep remembers the folders in which nothing was found by now.
func (r *run) keep(found []outcome) {
	for i, f := range r.judged {
		if f != nil && len(found[i].findings) == 0 {
			r.Memory.Keep(f.key, f.value)
		}
	}
}

// digestOfPartners returns a hash of all that is known of all partners.
func (r *run) digestOfPartners() []byte {
	h := sha256.New()
	for _, name := range r.names {
		if partner, known := r.partners[name]; known {
			c := clean{records: []string{name}, partner: &partner}
			h.Write(c.encode())
		}
	}
	return h.Sum(nil)
}
