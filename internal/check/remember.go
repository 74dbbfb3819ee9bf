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

// recallByID takes up what is remembered of a folder that has an id, and reports whether
// that was anything.
func (r *run) recallByID(p *place, name string) bool {
	if !r.recalls(name) {
		return false
	}
	id, ok := r.tree.ID(name)
	if !ok {
		return false
	}
	known := r.fromMemory(keyOf(name, id))
	if known != nil {
		p.recall(&repo.Folder{Name: name, Records: known.records, Partner: known.listed}, known)
	}
	return known != nil
}

// recallByText takes up what is remembered of a folder that was read, and reports
// whether that was anything.
func (r *run) recallByText(p *place, files []repo.File) bool {
	if !r.recalls(p.listed.Name) || len(p.listed.Findings) > 0 {
		return false
	}
	known := r.fromMemory(digest(p.listed, files))
	if known != nil {
		p.recall(p.listed, known)
	}
	return known != nil
}

// recalls reports whether anything could be remembered of a folder.
func (r *run) recalls(name string) bool { return r.remembers() && name != "" && !r.Memory.IsEmpty() }

// recall takes up what is remembered of a clean folder.
func (p *place) recall(listed *repo.Folder, known *clean) {
	p.listed, p.clean, p.partner, p.licenses = listed, known, known.partner, known.licenses
}

func (r *run) fromMemory(key memory.Key) *clean {
	value, known := r.Memory.Recall(key)
	if !known {
		return nil
	}
	return decodeClean(value)
}

func keyOf(name, id string) memory.Key { return sha256.Sum256([]byte(name + "\x00" + id)) }

// isStillClean reports whether what is remembered of a folder holds. Where its rules
// compare it with all partners, these and their licences must be as they were, or still
// have no answer to what was asked.
func (r *run) isStillClean(c *clean, known func() judges) bool {
	return len(c.others) == 0 || bytes.Equal(c.others, r.othersDigest()) || c.early && !known().answers(c.asked)
}

// A remembrance is what there is to remember of a folder in which nothing was found.
type remembrance struct {
	key      memory.Key
	clean    clean
	compares bool // whether its rules compare it with all partners
}

// maybeClean returns what there is to remember of a folder that was judged, nil where
// something was found in it, or could be with the day.
func (r *run) maybeClean(p *place, judged *Folder, files []repo.File) *remembrance {
	f := p.listed
	if !r.remembers() || f.Name == "" || len(judged.Findings) > 0 || judged.waivers != nil {
		return nil
	}
	key := memory.Key(digest(f, files))
	if id, ok := r.tree.ID(f.Name); ok {
		key = keyOf(f.Name, id)
	}
	comparing := func(item change.Item) bool { return r.rules.Policies.ReadsPartners(item.Kind) }
	return &remembrance{
		key:      key,
		clean:    clean{records: f.Records, listed: f.Partner, partner: p.partner, licenses: judged.licenses, early: r.partners == nil, asked: p.asked},
		compares: slices.ContainsFunc(judged.Records, comparing),
	}
}

// keep remembers the folders in which nothing was found.
func (r *run) keep(places []place) {
	for i := range places {
		found := places[i].found
		if found == nil || found.memory == nil {
			continue
		}
		m := found.memory
		if m.compares {
			m.clean.others = r.othersDigest()
		}
		r.Memory.Keep(m.key, m.clean.encode())
	}
}

// digestOfOthers returns a hash of all that is known of all partners, and of their
// licences.
func (r *run) digestOfOthers() []byte {
	h := sha256.New()
	copied := clean{licenses: r.copied}
	h.Write(copied.encode())
	for _, name := range r.names {
		if partner, known := r.partners[name]; known {
			c := clean{records: []string{name}, partner: partner}
			h.Write(c.encode())
		}
	}
	return h.Sum(nil)
}
