package release

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

func (c *clone) checkArchive(target string) {
	c.Helper()
	want := []string{
		"CHANGELOG.md", "README.md", "alliances",
		"completions/_alliances", "completions/alliances.bash", "completions/alliances.fish", "completions/alliances.ps1",
	}
	list := c.inTar
	if isWindows(target) {
		list, want[2] = c.inZip, "alliances.exe"
	}
	got, err := list(archive(target))
	slices.Sort(got)
	if err != nil || !slices.Equal(got, want) {
		c.Errorf("%s holds %q (%v), want %q", archive(target), got, err, want)
	}
}

func (c *clone) inTar(name string) (names []string, err error) {
	file, err := os.Open(c.path(name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	for entries := tar.NewReader(plain); ; {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			return names, nil
		}
		if err != nil {
			return nil, err
		}
		names = append(names, entry.Name)
	}
}

func (c *clone) inZip(name string) (names []string, err error) {
	file, err := zip.OpenReader(c.path(name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for _, entry := range file.File {
		names = append(names, entry.Name)
	}
	return names, nil
}

// checkPackage makes sure that Debian's package has each file in its place.
func (c *clone) checkPackage(target string) {
	c.Helper()
	reader, err := exec.LookPath("dpkg-deb")
	if err != nil || !hasPackage(target) {
		return
	}
	list := c.mustRun(reader, nil, "--contents", c.path(prefix+target+".deb"))
	for _, want := range []string{
		"./usr/bin/alliances\n", "./usr/share/bash-completion/completions/alliances\n",
		"./usr/share/zsh/vendor-completions/_alliances\n", "./usr/share/fish/vendor_completions.d/alliances.fish\n",
		"./usr/share/doc/alliances/README.md\n", "./usr/share/doc/alliances/CHANGELOG.md\n",
	} {
		if !strings.Contains(list, want) {
			c.Errorf("the package for %s has no %s:\n%s", target, want, list)
		}
	}
}

// checkParts makes sure that the list of what the program is made of names this
// version, and the libraries that it cannot be without.
func (c *clone) checkParts(target string) {
	c.Helper()
	var list struct {
		BOMFormat string
		Metadata  struct {
			Component struct{ Version string }
		}
		Components []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(c.read(prefix+target+".cdx.json")), &list); err != nil {
		c.Fatal(err)
	}
	if list.BOMFormat != "CycloneDX" || list.Metadata.Component.Version != tag {
		c.Errorf("%s: it is a %s of %s", target, list.BOMFormat, list.Metadata.Component.Version)
	}
	names := map[string]bool{}
	for _, part := range list.Components {
		names[part.Name] = true
	}
	for _, name := range []string{"std", "github.com/open-policy-agent/opa", "gopkg.in/yaml.v3"} {
		if !names[name] {
			c.Errorf("%s: there is no %s in %v", target, name, names)
		}
	}
}
