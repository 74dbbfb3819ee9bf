package memory

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

var world, otherWorld = Key{1}, Key{2}

func key(i int) Key { return sha256.Sum256(fmt.Append(nil, i)) }

func value(i int) []byte { return bytes.Repeat([]byte{byte(i)}, i) }

// filled returns a folder in which n values were kept, and the path of its file.
func filled(t *testing.T, n int) (dir, file string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "made", "by itself")
	m := Open(dir, world)
	for i := range n {
		m.Keep(key(i), value(i))
	}
	save(t, m)
	return dir, m.path()
}

func save(t *testing.T, m *Memory) {
	t.Helper()
	if err := m.Save(); err != nil {
		t.Fatal(err)
	}
}

// knows returns which of n values are remembered, and fails where one is wrong.
func knows(t *testing.T, m *Memory, n int) (known int) {
	t.Helper()
	for i := range n {
		got, ok := m.Recall(key(i))
		if ok && !bytes.Equal(got, value(i)) {
			t.Fatalf("%d is remembered as %v", i, got)
		}
		if ok {
			known++
		}
	}
	return known
}

func TestMemory(t *testing.T) {
	dir, _ := filled(t, 300)
	if known := knows(t, Open(dir, world), 301); known != 300 {
		t.Errorf("%d of 300 are remembered", known)
	}
	if known := knows(t, Open(dir, otherWorld), 300); known != 0 {
		t.Errorf("in another world %d are remembered", known)
	}
	if known := knows(t, Open(t.TempDir(), world), 300); known != 0 {
		t.Errorf("elsewhere %d are remembered", known)
	}
}

// What is not asked for falls out after some runs, and one that is asked for stays.
func TestAge(t *testing.T) {
	dir, _ := filled(t, 2)
	for run := 1; run <= maxAge+1; run++ {
		m := Open(dir, world)
		if _, known := m.Recall(key(0)); !known {
			t.Fatalf("what is asked for has fallen out in run %d", run)
		}
		if _, there := m.entries[key(1)]; !there {
			t.Fatalf("what is not asked for has fallen out in run %d", run)
		}
		save(t, m)
	}
	if m := Open(dir, world); len(m.entries) != 1 {
		t.Errorf("%d entries are left", len(m.entries))
	}
}

// A file that would be the same is left alone.
func TestSaveNothingNew(t *testing.T) {
	dir, file := filled(t, 3)
	before, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	m := Open(dir, world)
	knows(t, m, 3)
	save(t, m)
	after, err := os.Stat(file)
	if err != nil || !os.SameFile(before, after) {
		t.Errorf("the file was replaced (%v)", err)
	}
}

// Of a file that is damaged, nothing is remembered.
func TestDamaged(t *testing.T) {
	dir, file := filled(t, 20)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	damage := map[string]func() []byte{
		"flipped": func() []byte {
			data := bytes.Clone(whole)
			data[random.IntN(len(data))] ^= byte(1 << random.IntN(8))
			return data
		},
		"cut off":  func() []byte { return whole[:random.IntN(len(whole))] },
		"extended": func() []byte { return append(bytes.Clone(whole), whole[:1+random.IntN(len(whole))]...) },
	}
	for name, damaged := range damage {
		for range 500 {
			if err := os.WriteFile(file, damaged(), 0o644); err != nil {
				t.Fatal(err)
			}
			if known := knows(t, Open(dir, world), 20); known > 0 {
				t.Fatalf("of a file that is %s, %d are remembered", name, known)
			}
		}
	}
}

// What stands in the place of the file is not looked into.
func TestNoFile(t *testing.T) {
	elsewhere, kept := filled(t, 5)
	for name, make := range map[string]func(file string) error{
		"a link":   func(file string) error { return os.Symlink(kept, file) },
		"a folder": func(file string) error { return os.Mkdir(file, 0o755) },
	} {
		dir := t.TempDir()
		if err := make(filepath.Join(dir, fileName)); err != nil {
			t.Fatal(err)
		}
		if known := knows(t, Open(dir, world), 5); known > 0 {
			t.Errorf("through %s, %d are remembered", name, known)
		}
	}
	if known := knows(t, Open(elsewhere, world), 5); known != 5 {
		t.Errorf("%d of 5 are left", known)
	}
}

func TestSaveFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	m := Open(file, world)
	m.Keep(key(1), value(1))
	if err := m.Save(); err == nil {
		t.Error("a file was taken for a folder")
	}
}

// Several runs may read and replace the file at the same time: each finds a whole
// one.
func TestConcurrent(t *testing.T) {
	dir, _ := filled(t, 20)
	var runs sync.WaitGroup
	for run := range 8 {
		runs.Go(func() {
			for i := range 20 {
				m := Open(dir, world)
				if known := knows(t, m, 20); known != 20 {
					t.Errorf("%d of 20 are remembered", known)
				}
				m.Keep(key(100+run), value(run))
				if err := m.Save(); err != nil {
					t.Errorf("%d: %v", i, err)
				}
			}
		})
	}
	runs.Wait()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind are %v (%v)", left, err)
	}
}

// FuzzParse looks for a file with the right sum that is not taken as it is written.
func FuzzParse(f *testing.F) {
	m := &Memory{world: world, entries: map[Key]*entry{key(1): {value(1), 0}, key(9): {value(9), 3}}}
	file := m.file()
	f.Add(file[:len(file)-sha256.Size])
	f.Fuzz(func(t *testing.T, data []byte) {
		sum := sha256.Sum256(data)
		m := &Memory{world: world}
		var ok bool
		if m.entries, ok = m.parse(append(data, sum[:]...)); !ok {
			return
		}
		again := &Memory{world: world}
		if again.entries, ok = again.parse(m.file()); !ok || len(again.entries) != len(m.entries) {
			t.Errorf("%d entries become %d", len(m.entries), len(again.entries))
		}
	})
}
