package guide

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// Targets tell where that is which a guide names. Each returns "" where there is
// nothing to lead to.
type Targets struct {
	File    func(name, place string) string // the address of a file or folder of the repository, and of a place in it
	Picture func(name string) string        // the address of a picture in the repository
	Code    func(text string) string        // the address of what explains a name that is written as code
}

// address returns where a link leads to, or "".
func (r *reader) address(destination string) string {
	to, err := url.Parse(destination)
	switch {
	case err != nil:
		return ""
	case isElsewhere(destination):
		return destination
	case to.Scheme != "" || to.Host != "":
		return ""
	case to.Path == "":
		return r.targets.File(r.name, to.Fragment)
	}
	name, inside := r.within(to.Path)
	if !inside {
		return ""
	}
	return r.targets.File(name, to.Fragment)
}

// isElsewhere reports whether an address is that of another site, which has to be an
// encrypted one.
func isElsewhere(address string) bool {
	to, err := url.Parse(address)
	return err == nil && to.Scheme == "https" && to.Host != "" && to.User == nil
}

// picture returns the address of a picture, or "".
func (r *reader) picture(destination string) string {
	to, err := url.Parse(destination)
	if err != nil || to.Scheme != "" || to.Host != "" {
		return ""
	}
	name, inside := r.within(to.Path)
	if !inside {
		return ""
	}
	return r.targets.Picture(name)
}

// within returns the name, from the root of the repository, of what a guide names
// from its own folder or from the root, and whether that is in the repository.
func (r *reader) within(to string) (name string, inside bool) {
	if from, ok := strings.CutPrefix(to, "/"); ok {
		name = path.Clean(from)
	} else {
		name = path.Join(path.Dir(r.name), to)
	}
	return name, filepath.IsLocal(filepath.FromSlash(name))
}
