package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"gitlab.com/gitlab-com/alliances/internal/fix"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// apply writes all changes: it adds files, which it takes back if it gets no further,
// then replaces others, and then takes some away. Its error says how far it came.
func (w *workspace) apply(ctx context.Context, changes []fix.Change) (err error) {
	var made, gone []string
	var replaced []fix.Change
	defer func() {
		if err != nil {
			err = errors.Join(err, w.remove(made))
		}
	}()
	for _, c := range changes {
		switch {
		case c.After == nil:
			gone = append(gone, c.Path)
		case c.Before != nil:
			replaced = append(replaced, c)
		default:
			err := unlessInterrupted(ctx, func() error {
				more, err := w.create(c.Path, c.After)
				made = append(made, more...)
				return err
			})
			if err != nil {
				return fmt.Errorf("%s cannot be written, and nothing has been: %w", source.Visible(c.Path), err)
			}
		}
	}
	if err := w.replace(ctx, replaced); err != nil {
		return err
	}
	made = nil
	return w.takeAway(gone)
}

// takeAway removes files, and the folders that hold nothing then.
func (w *workspace) takeAway(names []string) error {
	root, err := w.Root()
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := root.Remove(name); err != nil {
			return fmt.Errorf("%s is no part of this version any more, and cannot be removed: %w", source.Visible(name), writeError(err))
		}
		for folder := path.Dir(name); folder != "." && isEmpty(root, folder); folder = path.Dir(folder) {
			if err := root.Remove(folder); err != nil {
				return err
			}
		}
	}
	return nil
}

func isEmpty(root *os.Root, folder string) bool {
	entries, err := fs.ReadDir(root.FS(), folder)
	return err == nil && len(entries) == 0
}
