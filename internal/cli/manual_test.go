package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// TestCommandsOf makes sure that the manual has every command, with all that its
// help says, and that no machine's own numbers are in it.
func TestCommandsOf(t *testing.T) {
	program := Program{Env: func(string) string { return "" }}
	all := commandsOf(program.root())
	var check func(above *cobra.Command)
	check = func(above *cobra.Command) {
		for _, c := range above.Commands() {
			i := slices.IndexFunc(all, func(about site.Command) bool { return "alliances "+about.Name == c.CommandPath() })
			if i < 0 {
				t.Errorf("the manual has no %s", c.CommandPath())
				continue
			}
			checkCommand(t, c, &all[i])
			check(c)
		}
	}
	check(program.root())
}

func checkCommand(t *testing.T, c *cobra.Command, about *site.Command) {
	t.Helper()
	if about.Short == "" || about.Short != c.Short || about.Long != c.Long || about.Example != c.Example || !strings.HasPrefix(about.Usage, "alliances "+about.Name) {
		t.Errorf("the manual says of %s %+v", c.CommandPath(), about)
	}
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		i := slices.IndexFunc(about.Flags, func(flag site.Flag) bool { return flag.Name == "--"+f.Name })
		switch {
		case f.Name == "help":
		case i < 0:
			t.Errorf("the manual has no flag --%s of %s", f.Name, c.CommandPath())
		case f.Name == "jobs" && !strings.HasSuffix(about.Flags[i].Usage, "(default: as many as there are processors)"):
			t.Errorf("the manual says of --jobs: %s", about.Flags[i].Usage)
		}
	})
}
