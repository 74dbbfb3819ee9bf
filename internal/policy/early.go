package policy

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Rules compare a partner with all others, and a licence with those of all others, so
// that a folder can be judged once all folders have been read. Nearly none asks for
// one that is there. A judge may therefore begin early, as if there were no others,
// and note what its rules asked of these: whoever knows them later tells by that which
// folders it has to judge again.

// Early returns a judge for a tree of whose partners nothing is known yet. What it
// finds in a folder is right unless a judge that knows them has an answer to what was
// asked.
func (s *Set) Early() *Judge {
	j := s.Judge(map[string]*Partner{})
	j.early = true
	return j
}

// Asked is what the rules on a folder asked of what is known of all partners. Each
// question is a hash: where two have the same one, a folder is judged again for
// nothing.
type Asked []uint64

// A question is of what data.partners, or a part of data.alike, has under a key; or,
// where it is zero, of more than that.
type question struct{ of, key string }

func (q question) hash() uint64 {
	text := make([]byte, 0, 128) // on the stack
	text = append(append(text, q.of...), '\n')
	return hash(append(text, q.key...))
}

// Asked returns what was asked by now, of a judge that began early.
func (f *FolderJudge) Asked() Asked { return f.asked }

// Answers reports whether something that was asked has an answer by what is known of
// the partners.
func (j *Judge) Answers(asked Asked) bool {
	answered := j.data.answered()
	return slices.ContainsFunc(asked, func(question uint64) bool { return answered[question] })
}

// answered returns the questions that have an answer.
func answered(partners map[string]*Partner, alike *ast.Term) map[uint64]bool {
	questions := make(map[uint64]bool, len(partners)+1)
	for slug := range partners {
		questions[question{"partners", slug}.hash()] = true
	}
	alike.Value.(ast.Object).Foreach(func(of, likes *ast.Term) {
		likes.Value.(ast.Object).Foreach(func(text, _ *ast.Term) {
			questions[question{string(of.Value.(ast.String)), string(text.Value.(ast.String))}.hash()] = true
		})
	})
	if len(questions) > 0 {
		questions[question{}.hash()] = true
	}
	return questions
}

// noting is data of which it is noted what rules ask of the partners.
type noting struct {
	*data
	asked *Asked
}

// Get implements topdown.BaseCache.
func (n noting) Get(ref ast.Ref) ast.Value {
	switch {
	case !mayBePartners(ref):
	case n.set.asksOfParts && ref.Equal(alikeRef):
		return notingAlike{n.data.Get(ref), n}
	default:
		n.note(questionOf(ref))
	}
	return n.data.Get(ref)
}

func (n noting) note(q question) {
	if hash := q.hash(); !slices.Contains(*n.asked, hash) {
		*n.asked = append(*n.asked, hash)
	}
}

// questionOf returns what is asked by a reference to data.partners, to data.alike, or to
// all data.
func questionOf(ref ast.Ref) question {
	at := 1 // of data.partners[slug]
	if len(ref) > 1 && !ref[1].Equal(partnersKey) {
		at = 2 // of data.alike.names[text]
	}
	if len(ref) < at+2 {
		return question{}
	}
	return questionOn(ref[at], ref[at+1])
}

func questionOn(of, key *ast.Term) question {
	name, isName := of.Value.(ast.String)
	text, isText := key.Value.(ast.String)
	if !isName || !isText {
		return question{}
	}
	return question{string(name), string(text)}
}
