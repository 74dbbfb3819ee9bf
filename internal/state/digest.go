package state

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
)

// Digest returns a hash of all schemas and policies.
func (r RuleFiles) Digest() (string, error) {
	h := sha256.New()
	for _, files := range []fs.FS{r.Schemas, r.Policies} {
		err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := fs.ReadFile(files, name)
			if !entry.Type().IsRegular() { // a link that leads nowhere, say
				err = nil
			}
			fmt.Fprintf(h, "%q %d\n%s", name, len(text), text)
			return err
		})
		if err != nil {
			return "", err
		}
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
