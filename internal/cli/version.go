package cli

import (
	"cmp"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"gitlab.com/gitlab-com/alliances/internal/format"
)

// versionFormats are the formats that `alliances version` writes.
var versionFormats = format.Set[func(w io.Writer, b build) error]{
	{Name: "text", Writer: func(w io.Writer, b build) error {
		_, err := fmt.Fprintln(w, b)
		return err
	}},
	{Name: "json", Writer: func(w io.Writer, b build) error { return format.JSON(w, b) }},
}

func (p *Program) versionCommand() *cobra.Command {
	var chosen string
	command := &cobra.Command{
		Use:   "version",
		Short: "Say which version this is",
		Long: `Version says which version of the program this is, of which commit it was built,
and by which version of Go. One that was built of files that are in no commit has
+dirty in its version; (devel) is one of which Go noted no version, as of go run.`,
		Example: `  alliances version
  alliances version --format json`,
		Args: arguments(0, 0, "give it nothing: `alliances version` speaks of the program alone"),
		RunE: func(*cobra.Command, []string) error {
			write, err := versionFormats.Get(chosen)
			if err != nil {
				return err
			}
			return write(p.Stdout, thisBuild())
		},
	}
	addFormat(command, &chosen, versionFormats.Names(), "write it")
	return command
}

// A build is what the Go toolchain noted of the program when it built it.
type build struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
	Dirty   bool   `json:"dirty"` // built of files that are in no commit
	Go      string `json:"go"`
}

func thisBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return build{Version: "(unknown version)"}
	}
	return buildOf(info)
}

func buildOf(info *debug.BuildInfo) build {
	b := build{Version: cmp.Or(info.Main.Version, "(devel)"), Go: info.GoVersion}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			b.Commit = setting.Value
		case "vcs.modified":
			b.Dirty = setting.Value == "true"
		}
	}
	return b
}

// String tells the build on a line, by which `merge` knows it.
func (b build) String() string {
	text := "alliances " + b.Version
	for _, more := range []string{b.Commit, b.Go} {
		if more != "" {
			text += " " + more
		}
	}
	return text
}

// number returns the version as programs compare it (semver.org): that of a build
// without one is 0.0.0.
func (b build) number() string {
	if number, ok := strings.CutPrefix(b.Version, "v"); ok {
		return number
	}
	return "0.0.0"
}

// homepage returns the address of the program's project, which is that of its
// module.
func homepage() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Path == "" {
		return ""
	}
	return "https://" + info.Main.Path
}
