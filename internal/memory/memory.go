// Package memory keeps from one run to the next what was found out, by a hash of
// all that it depends on.
//
// It never fails: of a file that is damaged, cut off, of another version or none at
// all, nothing is remembered. The sum over the file is no signature: who can write
// the file can have anything remembered.
package memory

import (
	"crypto/sha256"
	"sync"
)

// A Key is a hash of all that a value depends on.
type Key [sha256.Size]byte

// A Memory is safe for use by several goroutines at once.
type Memory struct {
	dir   string
	world Key

	lock    sync.Mutex
	entries map[Key]*entry
	changed bool // whether the file would be another one
}

// An entry is what is remembered under a key.
type entry struct {
	value []byte
	age   byte // for how many runs it was not asked for
}

// maxAge is how many runs an entry may go without being asked for.
const maxAge = 8

// Open returns what is remembered in the folder dir. world is a hash of what every
// value depends on: what was found out in another one is forgotten.
func Open(dir string, world Key) *Memory {
	m := &Memory{dir: dir, world: world}
	m.entries = m.read()
	for _, e := range m.entries {
		e.age++
	}
	return m
}

// Recall returns the value that was kept under a key. It must not be changed.
func (m *Memory) Recall(key Key) (value []byte, known bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	e := m.entries[key]
	if e == nil {
		return nil, false
	}
	m.changed = m.changed || e.age > 1
	e.age = 0
	return e.value, true
}

// Keep keeps a value under a key.
func (m *Memory) Keep(key Key, value []byte) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.entries[key] = &entry{value: value}
	m.changed = true
}

// IsEmpty reports whether nothing is remembered.
func (m *Memory) IsEmpty() bool {
	m.lock.Lock()
	defer m.lock.Unlock()
	return len(m.entries) == 0
}
