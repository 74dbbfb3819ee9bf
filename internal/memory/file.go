package memory

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// The file holds a line that says what it is, the world, the entries in the order of
// their keys (key, age, size, value), and a SHA-256 sum over all that.
const (
	fileName = "alliances.cache"
	version  = "alliances cache 1\n"
	maxBytes = 512 << 20
)

// path returns where the file is.
func (m *Memory) path() string { return filepath.Join(m.dir, fileName) }

// read returns the entries of the file, none where there is anything odd about it.
func (m *Memory) read() map[Key]*entry {
	about, err := os.Lstat(m.path())
	if err != nil || !about.Mode().IsRegular() || about.Size() > maxBytes {
		return map[Key]*entry{}
	}
	data, err := os.ReadFile(m.path())
	if err != nil {
		return map[Key]*entry{}
	}
	entries, ok := m.parse(data)
	if !ok {
		return map[Key]*entry{}
	}
	return entries
}

func (m *Memory) parse(data []byte) (entries map[Key]*entry, ok bool) {
	end := len(data) - sha256.Size
	if end < 0 || sha256.Sum256(data[:end]) != [sha256.Size]byte(data[end:]) {
		return nil, false
	}
	data, ok = bytes.CutPrefix(data[:end], append([]byte(version), m.world[:]...))
	entries = map[Key]*entry{}
	for ok && len(data) > 0 {
		if len(data) <= len(Key{}) {
			return nil, false
		}
		key, age := Key(data[:len(Key{})]), data[len(Key{})]
		data = data[len(Key{})+1:]
		size, n := binary.Uvarint(data)
		if n <= 0 || size > uint64(len(data)-n) {
			return nil, false
		}
		entries[key] = &entry{value: data[n : n+int(size)], age: age}
		data = data[n+int(size):]
	}
	return entries, ok
}

// Save replaces the file as a whole, where that would change it. Of several runs at
// the same time, what the last one knows is remembered. The error says why nothing
// could be written.
func (m *Memory) Save() error {
	m.lock.Lock()
	defer m.lock.Unlock()
	for key, e := range m.entries {
		m.changed = m.changed || e.age > 0
		if e.age > maxAge {
			delete(m.entries, key)
		}
	}
	if !m.changed {
		return nil
	}
	if err := os.MkdirAll(m.dir, 0o777); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(m.dir, "."+fileName+"-*")
	if err != nil {
		return err
	}
	_, err = temporary.Write(m.file())
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), m.path())
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	m.changed = false
	return nil
}

// file returns the bytes of the file.
func (m *Memory) file() []byte {
	data := append([]byte(version), m.world[:]...)
	keys := slices.SortedFunc(maps.Keys(m.entries), func(a, b Key) int { return bytes.Compare(a[:], b[:]) })
	for _, key := range keys {
		e := m.entries[key]
		data = append(append(data, key[:]...), e.age)
		data = append(binary.AppendUvarint(data, uint64(len(e.value))), e.value...)
	}
	sum := sha256.Sum256(data)
	return append(data, sum[:]...)
}
