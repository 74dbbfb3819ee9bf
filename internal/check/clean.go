package check

import (
	"encoding/binary"

	"gitlab.com/gitlab-com/alliances/internal/policy"
)

// A clean folder is one in which nothing was found, with all that has to be known of
// it where it is not judged again.
type clean struct {
	records  []string // their paths
	listed   bool     // whether it has a partner.yaml
	partner  *policy.Partner
	licenses []policy.License
	others   []byte       // the digest of the partners that it was judged by; empty where rules do not compare it with them
	early    bool         // whether it was judged as if there were no others
	asked    policy.Asked // of these then
}

// encode returns the folder as decodeClean reads it.
func (c *clean) encode() []byte {
	var w encoder
	w.texts(c.records)
	w.flag(c.listed)
	w.flag(c.partner != nil)
	if c.partner != nil {
		for _, field := range partnerTexts(c.partner) {
			w.text(*field)
		}
		w.flag(c.partner.Aliases != nil)
		w.texts(c.partner.Aliases)
	}
	w.number(uint64(len(c.licenses)))
	for _, license := range c.licenses {
		w.text(license.Path)
		w.number(license.Issue)
		w.number(license.Purpose)
	}
	w.text(string(c.others))
	w.flag(c.early)
	w.number(uint64(len(c.asked)))
	for _, question := range c.asked {
		w.number(question)
	}
	return w
}

// decodeClean returns the folder that was encoded, or nil where it was none.
func decodeClean(data []byte) *clean {
	r := decoder{data: data}
	c := &clean{records: r.texts(), listed: r.flag()}
	if r.flag() {
		c.partner = &policy.Partner{}
		for _, field := range partnerTexts(c.partner) {
			*field = r.text()
		}
		hasAliases := r.flag()
		if aliases := r.texts(); hasAliases {
			c.partner.Aliases = aliases
		}
	}
	for range r.count() {
		c.licenses = append(c.licenses, policy.License{Path: r.text(), Issue: r.number(), Purpose: r.number()})
	}
	c.others = []byte(r.text())
	c.early = r.flag()
	for range r.count() {
		c.asked = append(c.asked, r.number())
	}
	if r.failed || len(r.data) > 0 {
		return nil
	}
	return c
}

func partnerTexts(p *policy.Partner) []*string {
	return []*string{&p.Name, &p.Type, &p.Status, &p.MergedInto, &p.Website}
}

// An encoder writes numbers and texts one after another.
type encoder []byte

func (w *encoder) number(n uint64) { *w = binary.AppendUvarint(*w, n) }

func (w *encoder) text(s string) {
	w.number(uint64(len(s)))
	*w = append(*w, s...)
}

func (w *encoder) texts(all []string) {
	w.number(uint64(len(all)))
	for _, s := range all {
		w.text(s)
	}
}

func (w *encoder) flag(is bool) {
	if is {
		w.number(1)
	} else {
		w.number(0)
	}
}

// A decoder reads what an encoder wrote. Once it has failed, all is empty.
type decoder struct {
	data   []byte
	failed bool
}

func (r *decoder) number() uint64 {
	number, size := binary.Uvarint(r.data)
	if size <= 0 {
		r.data, r.failed = nil, true
		return 0
	}
	r.data = r.data[size:]
	return number
}

// count returns a number of things, each of which takes a byte at least.
func (r *decoder) count() int {
	n := r.number()
	if n > uint64(len(r.data)) {
		r.data, r.failed = nil, true
		return 0
	}
	return int(n)
}

func (r *decoder) text() string {
	size := r.count()
	text := string(r.data[:size])
	r.data = r.data[size:]
	return text
}

func (r *decoder) texts() []string {
	all := make([]string, r.count())
	for i := range all {
		all[i] = r.text()
	}
	return all
}

func (r *decoder) flag() bool { return r.number() == 1 }
