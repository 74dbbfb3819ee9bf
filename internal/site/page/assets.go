package page

import (
	"embed"
	"io/fs"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

//go:embed templates assets
var embedded embed.FS

// assets writes the files that are the same on every site.
func (pr *printer) assets() error {
	entries, err := fs.ReadDir(embedded, "assets")
	if err != nil {
		return err
	}
	for _, e := range entries {
		data, err := embedded.ReadFile("assets/" + e.Name())
		if err != nil {
			return err
		}
		if err := pr.write(site.File{Name: "assets/" + e.Name(), Data: data}); err != nil {
			return err
		}
	}
	return nil
}
