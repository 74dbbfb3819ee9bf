package cli

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"gitlab.com/gitlab-com/alliances/internal/memory"
)

// checkCache returns an error where a cache makes no sense.
func (f *validateFlags) checkCache() error {
	switch {
	case !f.given("cache"):
		return nil
	case f.cache == "":
		return errors.New("--cache is empty: name a folder to keep what was found clean in")
	case f.fix:
		return errors.New("--fix judges files as it writes them: leave out --cache")
	case f.given("base"):
		return errors.New("--base judges only what changed, which no cache makes faster: leave out --cache")
	}
	return nil
}

// memory returns what earlier runs of this very program found clean by these rules,
// or nil where the program is not known.
func (w *workspace) memory(dir string) (*memory.Memory, error) {
	program, ok := programDigest()
	if !ok {
		return nil, nil
	}
	rules, err := w.rulesDigest()
	if err != nil {
		return nil, err
	}
	return memory.Open(dir, sha256.Sum256([]byte(program+rules))), nil
}

// rulesDigest returns a hash of what judges.
func (w *workspace) rulesDigest() (string, error) {
	judge := w.state
	if w.judge != nil {
		judge = w.judge
	}
	rules, err := judge.Rules()
	if err != nil {
		return "", err
	}
	return rules.Digest()
}

// saveMemory tells why nothing could be kept, which is no failure.
func (p *Program) saveMemory(m *memory.Memory) {
	if m == nil {
		return
	}
	if err := m.Save(); err != nil {
		fmt.Fprintf(p.Stderr, "alliances: --cache keeps nothing, the next run will judge everything: %s\n", visibleLines(err.Error()))
	}
}

// programDigest returns a hash of the program, whose version does not tell a build
// with changed sources.
var programDigest = sync.OnceValues(func() (digest string, known bool) {
	name, err := os.Executable()
	if err != nil {
		return "", false
	}
	file, err := os.Open(name)
	if err != nil {
		return "", false
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", false
	}
	return string(h.Sum(nil)), true
})
