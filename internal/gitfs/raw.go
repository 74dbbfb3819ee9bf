package gitfs

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// rawFlags make git's comparisons say what differs and no more, and look into
// no file on the way: no renames, no diff programs, and no more of a submodule
// than which commit it is at.
var rawFlags = []string{
	"-r", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color",
	"--ignore-submodules=dirty",
}

// A difference is one path of a comparison.
type difference struct {
	path          string // from the top of the repository
	before, after side
}

// A side is what is at a path before or after.
type side struct {
	mode uint64 // 0 if nothing is there
	id   string
}

// unknown reports whether git did not look: the file's contents would tell.
func (s side) unknown() bool { return strings.Trim(s.id, "0") == "" }

// is reports whether the side's type is one of git's.
func (s side) is(kind uint64) bool { return s.mode&typeMask == kind }

// isNothing reports whether nothing is there.
func (s side) isNothing() bool { return s.mode == 0 }

// blob returns the id of a plain file's contents, and "" of anything else.
func (s side) blob() string {
	if !s.is(typePlain) {
		return ""
	}
	return s.id
}

// readDifference reads one of git's raw differences, or io.EOF where none is
// left.
func readDifference(in *bufio.Reader) (difference, error) {
	head, err := in.ReadString(0)
	if errors.Is(err, io.EOF) && head != "" {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return difference{}, err
	}
	fields := strings.Split(strings.TrimSuffix(head, "\x00"), " ")
	if len(fields) != 5 || !strings.HasPrefix(head, ":") {
		return difference{}, fmt.Errorf("%q is no difference: install another version of git", head)
	}
	name, err := in.ReadString(0)
	if err != nil {
		return difference{}, io.ErrUnexpectedEOF
	}
	before, err1 := strconv.ParseUint(fields[0][1:], 8, 32)
	after, err2 := strconv.ParseUint(fields[1], 8, 32)
	return difference{name[:len(name)-1], side{before, fields[2]}, side{after, fields[3]}}, errors.Join(err1, err2)
}

// readDifferences reads all of them.
func readDifferences(out []byte) ([]difference, error) {
	in := bufio.NewReader(bytes.NewReader(out))
	var all []difference
	for {
		d, err := readDifference(in)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("what git printed: %w", err)
		}
		all = append(all, d)
	}
}
