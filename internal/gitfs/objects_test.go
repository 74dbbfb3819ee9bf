package gitfs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
)

func TestBlob(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		g := newRepo(t, "--object-format="+format)
		g.commit("a", "text\n")
		r := g.open()
		id := r.BlobID([]byte("text\n"))
		if want := g.Git("rev-parse", "HEAD:a"); id != want {
			t.Errorf("the id is %s, not %s", id, want)
		}
		if text, err := r.Blob(t.Context(), id); err != nil || string(text) != "text\n" {
			t.Errorf("%s: %q, %v", id, text, err)
		}
		if _, err := r.Blob(t.Context(), r.BlobID(nil)); !errors.Is(err, ErrNotHere) {
			t.Errorf("of what is not there: %v", err)
		}
		if _, err := r.Blob(t.Context(), "HEAD:a"); err == nil {
			t.Error("what is no id has a text")
		}
	}
}

func TestBlobs(t *testing.T) {
	g := newRepo(t)
	var files, want []string
	for i := range 2000 {
		text := strings.Repeat("x", i%700) + fmt.Sprint(i)
		files, want = append(files, fmt.Sprintf("d%d/f%d", i%10, i), text), append(want, text)
	}
	want = append(want, "", strings.Repeat("large\n", 500000))
	g.commit(append(files, "empty", "", "large", want[len(want)-1])...)
	var names strings.Builder
	for i := 0; i < len(files); i += 2 {
		names.WriteString("HEAD:" + files[i] + " ")
	}
	ids := strings.Fields(g.Git(append([]string{"rev-parse"}, strings.Fields(names.String()+"HEAD:empty HEAD:large")...)...))
	r := g.open()
	var got []string
	var kept [][]byte
	err := r.Blobs(t.Context(), ids, func(i int, data []byte) error {
		if i != len(got) {
			t.Fatalf("index %d, want %d", i, len(got))
		}
		got, kept = append(got, string(data)), append(kept, data)
		return nil
	})
	equal(t, "contents", want, got, err)
	for i, data := range kept {
		if string(data) != want[i] {
			t.Fatalf("%d: the data changed later", i)
		}
	}
	if err := r.Blobs(t.Context(), nil, nil); err != nil {
		t.Errorf("none: %v", err)
	}
}

func TestBlobsErrors(t *testing.T) {
	g := newRepo(t)
	g.commit("a", "1", "dir/b", "2")
	blob, tree := g.Git("rev-parse", "HEAD:a"), g.Git("rev-parse", "HEAD:dir")
	gone := strings.Repeat("0", 39) + "1"
	r := g.open()
	stop := errors.New("stop")
	many := make([]string, 50000)
	for i := range many {
		many[i] = blob
	}
	for name, test := range map[string]struct {
		ids   []string
		fail  error
		calls int
		words []string
	}{
		"missing":      {[]string{blob, gone, blob}, nil, 1, []string{gone + " is not in this clone", "git fetch origin " + gone}},
		"a folder":     {[]string{blob, tree}, nil, 1, []string{tree + " is a tree, not a blob"}},
		"no id":        {[]string{blob, "HEAD:a"}, nil, 0, []string{`"HEAD:a" is no object's id`}},
		"two in one":   {[]string{blob + "\n" + blob}, nil, 0, []string{"is no object's id"}},
		"the caller's": {many, stop, 1, []string{"stop"}},
	} {
		calls := 0
		err := r.Blobs(t.Context(), test.ids, func(int, []byte) error { calls++; return test.fail })
		fails(t, name, err, test.words...)
		equal(t, name+": calls", test.calls, calls, nil)
		if test.fail != nil && err != test.fail {
			t.Errorf("%s: the error is not the caller's own: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := r.Blobs(ctx, many, func(i int, _ []byte) error {
		if i == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := r.Blobs(ctx, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
}

// Whatever git does in the middle of its answers, there is an error that says
// so, and nothing waits for ever.
func TestDyingGit(t *testing.T) {
	g := newRepo(t)
	g.commit("a", "1")
	blob := g.Git("rev-parse", "HEAD:a")
	for name, test := range map[string]struct {
		script string // of cat-file
		words  []string
	}{
		"at once":       {`echo "fatal: out of luck" >&2; exit 128`, []string{"git cat-file: fatal: out of luck (exit status 128)"}},
		"in the header": {`read id; printf "$id bl"; echo "fatal: out of luck" >&2; exit 128`, []string{"fatal: out of luck (exit status 128)"}},
		"in the data":   {`read id; printf "$id blob 100\nonly this"; exit 1`, []string{"git cat-file ended without a word (exit status 1)", "git fsck"}},
		"successfully":  {`read id; printf "$id blob 100\nonly this"`, []string{"git cat-file ended in the middle of its answer", "git fsck"}},
		"by a signal":   {`read id; kill -9 $$`, []string{"signal: killed"}},
		"talking":       {`read id; echo "hello, world"; exec sleep 100`, []string{`git cat-file: its answer is "hello, world"`}},
		"boasting":      {`read id; echo "$id blob 99999999999999"; exit 1`, []string{"exit status 1"}},
		"undecided":     {`while read id; do echo "$id ambiguous"; done`, []string{"could mean more than one object"}},
	} {
		t.Run(name, func(t *testing.T) {
			fake(t, `case "$*" in *cat-file*) ;; *) exec "$git" "$@";; esac`+"\n"+test.script)
			r, err := Open(t.Context(), g.Dir)
			if err != nil {
				t.Fatal(err)
			}
			defer r.objects.drop()
			_, err = r.object(t.Context(), "blob", blob, everything)
			fails(t, "object", err, test.words...)
			_, err = r.Commit(t.Context(), "HEAD")
			fails(t, "commit", err)
			fails(t, "blobs", r.Blobs(t.Context(), []string{blob}, func(int, []byte) error { return nil }), test.words...)
		})
	}
}

// The context that a question came with does not end git for the next one.
func TestQuestionsAfterACancelledOne(t *testing.T) {
	g := newRepo(t)
	id := g.commit("a", "1")
	r := g.open()
	ctx, cancel := context.WithCancel(t.Context())
	fsys, err := r.FS(ctx, g.id("HEAD"))
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := fs.ReadFile(fsys, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	got, err := r.Commit(t.Context(), "HEAD")
	equal(t, "commit", CommitID(id), got, err)
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	got, err = r.Commit(t.Context(), "HEAD")
	equal(t, "commit after Close", CommitID(id), got, err)
}
