package check

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// A Shard is one of the parts that the folders are divided into, or, where it is
// zero, all of them. Whoever judges all parts finds what one run finds, each
// finding once.
type Shard struct {
	Index, Count int // the first has the index 1
}

// IsPart reports whether the folders are divided.
func (s Shard) IsPart() bool { return s.Count > 0 }

// Holds reports whether a folder is in the part. That depends on its name alone,
// so that a folder stays where it is when others come and go.
func (s Shard) Holds(folder string) bool {
	if !s.IsPart() {
		return true
	}
	sum := sha256.Sum256([]byte(folder))
	return binary.BigEndian.Uint64(sum[:])%uint64(s.Count) == uint64(s.Index-1)
}

// isFirst reports whether what is about no folder is found in this part.
func (s Shard) isFirst() bool { return !s.IsPart() || s.Index == 1 }

// digestRest takes the folders that are not judged into the digest of all.
func (r *run) digestRest(ctx context.Context, judged []string) error {
	if !r.Digest {
		return nil
	}
	return parallel.Each(ctx, r.Jobs, len(r.names), func(i int) error {
		if _, done := slices.BinarySearch(judged, r.names[i]); done {
			return nil
		}
		f, files, err := r.tree.LoadTexts(r.names[i])
		if err == nil {
			r.take(f, files)
		}
		return err
	})
}

// take takes what a folder holds into the digest of all.
func (r *run) take(f *repo.Folder, files []repo.File) {
	if i, found := slices.BinarySearch(r.names, f.Name); r.Digest && found {
		r.digests[i] = digest(f, files)
	}
}

// digest returns a hash of all that the verdict on a folder can depend on that is in
// the folder itself.
func digest(f *repo.Folder, files []repo.File) [sha256.Size]byte {
	h := sha256.New()
	write := func(text []byte) {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(text)))
		h.Write(size[:])
		h.Write(text)
	}
	write([]byte(f.Name))
	for _, found := range f.Findings {
		write([]byte(found.File))
		write([]byte(found.Message))
	}
	for _, file := range files {
		write([]byte(file.Path))
		write(file.Text)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// digestOfAll returns the digest of what all folders hold, "" where it was not asked
// for.
func (r *run) digestOfAll() string {
	if !r.Digest {
		return ""
	}
	h := sha256.New()
	for i := range r.digests {
		h.Write(r.digests[i][:])
	}
	return hex.EncodeToString(h.Sum(nil))
}
