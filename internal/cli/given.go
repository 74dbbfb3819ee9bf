package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

var errTooLarge = errors.New("it is too large")

// readGiven reads a file that somebody names, or what comes in where it is called -.
func (p *Program) readGiven(file string, most int) ([]byte, error) {
	in := p.Stdin
	if file != "-" {
		opened, err := os.Open(filepath.FromSlash(file))
		if err != nil {
			return nil, err
		}
		defer opened.Close()
		in = opened
	}
	data, err := io.ReadAll(io.LimitReader(in, int64(most)+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > most:
		return nil, fmt.Errorf("%s: %w, more than %d MiB", file, errTooLarge, most>>20)
	}
	return data, nil
}
