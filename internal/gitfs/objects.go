package gitfs

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
)

var (
	errMissing   = errors.New("is not there")
	errAmbiguous = errors.New("could mean more than one object: write more of its id")
)

// An object is what git keeps under an id.
type object struct {
	id, kind string
	size     int64
	data     []byte // nil if size is over what was asked for
}

// objects is the one git that answers for a repository's objects, one at a
// time. It starts at its first use.
type objects struct {
	git     runner
	newHash func() hash.Hash
	lock    sync.Mutex
	cat     *process // nil if none runs
}

// get returns the object that name means, in git's notation for revisions, and
// errMissing or errAmbiguous if there is none. It leaves out the data of one
// with more than limit bytes.
func (o *objects) get(ctx context.Context, name string, limit int64) (object, error) {
	o.lock.Lock()
	defer o.lock.Unlock()
	if err := o.run(ctx); err != nil {
		return object{}, err
	}
	unhook := context.AfterFunc(ctx, o.cat.stop)
	found, err := o.ask(name, limit)
	stopped := !unhook()
	switch {
	case errors.Is(err, errMissing) || errors.Is(err, errAmbiguous) || err == nil:
		if stopped {
			o.drop()
		}
		return found, err
	case ctx.Err() != nil:
		o.drop()
		return object{}, fmt.Errorf("reading %s was stopped: %w", name, ctx.Err())
	}
	err = o.cat.broken(err)
	o.cat = nil
	return object{}, err
}

// run makes sure that git runs. It outlives ctx, which is one question's.
func (o *objects) run(ctx context.Context) error {
	if o.cat != nil || ctx.Err() != nil {
		return ctx.Err()
	}
	cat, err := o.git.start(context.WithoutCancel(ctx), "cat-file", "--batch")
	o.cat = cat
	return err
}

func (o *objects) ask(name string, limit int64) (object, error) {
	if _, err := io.WriteString(o.cat.in, name+"\n"); err != nil {
		return object{}, io.EOF // git is gone, and says itself why
	}
	found, err := readHeader(o.cat.out)
	if err != nil {
		return object{}, err
	}
	if found.size > limit {
		o.drop() // sooner done than to read on to its end
		return found, nil
	}
	return found, found.read(o.cat.out, o.newHash)
}

func (o *objects) drop() {
	if o.cat != nil {
		o.cat.kill()
		o.cat = nil
	}
}

func (o *objects) close() error {
	o.lock.Lock()
	defer o.lock.Unlock()
	if o.cat == nil {
		return nil
	}
	err := o.cat.wait()
	o.cat = nil
	return err
}

// readHeader reads the line in front of an object's data: id, kind and size, or
// a name that is none.
func readHeader(out *bufio.Reader) (object, error) {
	line, err := out.ReadString('\n')
	if err != nil {
		return object{}, err
	}
	line = strings.TrimSuffix(line, "\n")
	switch {
	case strings.HasSuffix(line, " missing"):
		return object{}, errMissing
	case strings.HasSuffix(line, " ambiguous"):
		return object{}, errAmbiguous
	}
	fields := strings.Split(line, " ")
	if len(fields) == 3 {
		if size, err := strconv.ParseInt(fields[2], 10, 64); err == nil && size >= 0 {
			return object{id: fields[0], kind: fields[1], size: size}, nil
		}
	}
	return object{}, fmt.Errorf("its answer is %q: install another version of git", line)
}

// errForged says that an object is not what its id says. Git believes the name
// of a file in its folder of objects.
var errForged = errors.New("its contents are not what its id says: see what else is damaged (git fsck), and clone anew")

// read reads the object's data and the line break after it.
func (o *object) read(out *bufio.Reader, newHash func() hash.Hash) error {
	data := bytes.NewBuffer(make([]byte, 0, min(o.size+1, 1<<20))) // no damaged object takes all memory
	if n, err := io.CopyN(data, out, o.size+1); err != nil {
		return fmt.Errorf("%d of %d bytes: %w", n, o.size, err)
	}
	o.data = data.Bytes()[:o.size:o.size]
	if idOf(newHash(), o.kind, o.data) != o.id {
		return fmt.Errorf("the %s %s: %w", o.kind, o.id, errForged)
	}
	return nil
}

// object returns the object with the id, which has to be of that kind. It
// leaves out the data of one with more than limit bytes.
func (r *Repo) object(ctx context.Context, kind, id string, limit int64) (object, error) {
	found, err := r.objects.get(ctx, id, limit)
	if errors.Is(err, errMissing) {
		return object{}, r.notHere(kind, id)
	}
	if err == nil {
		err = found.mustBe(kind)
	}
	return found, err
}

func (o *object) mustBe(kind string) error {
	if o.kind == kind {
		return nil
	}
	return fmt.Errorf("the object %s is a %s, not a %s: name another", o.id, o.kind, kind)
}

// ErrNotHere says that an object is not in this clone. Nothing need be wrong: a clone
// need not hold everything.
var ErrNotHere = errors.New("is not in this clone")

func (r *Repo) notHere(kind, id string) error {
	return fmt.Errorf("the %s %s %w: fetch it (%s)", kind, id, ErrNotHere, r.fetch(id))
}

// fetch returns the command that fetches a commit or another object by its id.
// In a clone with the whole history, a depth would cut that off.
func (r *Repo) fetch(id string) string {
	if r.shallow {
		return "git fetch --depth=1 origin " + id
	}
	return "git fetch origin " + id
}

// Blob returns the contents of the files that have this id. Where they are not in this
// clone, its error is ErrNotHere.
func (r *Repo) Blob(ctx context.Context, id string) ([]byte, error) {
	if !r.isID(id) {
		return nil, fmt.Errorf("%q is no object's id: give it in full", id)
	}
	found, err := r.object(ctx, "blob", id, everything)
	return found.data, err
}

// BlobID returns the id that a file with these contents has, or would have.
func (r *Repo) BlobID(contents []byte) string {
	return idOf(r.newHash(), "blob", contents)
}

// idOf returns the id of an object of that kind with these contents.
func idOf(h hash.Hash, kind string, contents []byte) string {
	fmt.Fprintf(h, "%s %d\x00", kind, len(contents))
	h.Write(contents)
	return hex.EncodeToString(h.Sum(nil))
}

// Blobs calls each with the contents of the files that have these ids, in their
// order: with the index of the id, and with data that each may keep. It returns
// the first error of each, or its own: an object that is not there, or is no
// file's. Git finds the next ones meanwhile.
func (r *Repo) Blobs(ctx context.Context, ids []string, each func(i int, data []byte) error) error {
	for _, id := range ids {
		if !r.isID(id) {
			return fmt.Errorf("%q is no object's id: give it in full", id)
		}
	}
	if len(ids) == 0 {
		return ctx.Err()
	}
	cat, err := r.git.start(ctx, "cat-file", "--batch", "--buffer")
	if err != nil {
		return err
	}
	var writer sync.WaitGroup
	writer.Go(func() { writeLines(cat.in, ids) })
	defer writer.Wait()
	defer cat.kill()
	for i, id := range ids {
		data, err := r.nextBlob(cat, id)
		if err == nil {
			err = each(i, data)
		}
		if err != nil {
			return err
		}
	}
	return cat.wait()
}

// writeLines writes the lines and closes w. When it cannot, the reader of the
// answers learns why.
func writeLines(w io.WriteCloser, lines []string) {
	defer w.Close()
	buffered := bufio.NewWriter(w)
	for _, line := range lines {
		if _, err := buffered.WriteString(line + "\n"); err != nil {
			return
		}
	}
	_ = buffered.Flush()
}

func (r *Repo) nextBlob(cat *process, id string) ([]byte, error) {
	blob, err := readHeader(cat.out)
	if err == nil {
		err = blob.read(cat.out, r.newHash)
	}
	switch {
	case errors.Is(err, errMissing):
		return nil, r.notHere("file", id)
	case err != nil:
		return nil, cat.broken(err)
	}
	return blob.data, blob.mustBe("blob")
}

// everything is the limit of what has to be read whole.
const everything = math.MaxInt64
