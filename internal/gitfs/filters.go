package gitfs

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// withoutFilters returns a runner under which none of the filters that are
// configured runs. Git would run one on a file of which it cannot tell by its
// time whether it changed, even where only names were asked for.
func (g runner) withoutFilters(ctx context.Context) (runner, error) {
	out, err := g.output(ctx, "config", "-z", "--name-only", "--get-regexp", `^filter\.`)
	if err != nil && (!exited(err) || len(out) > 0) {
		return g, err
	}
	for _, name := range filterNames(out) {
		for setting, value := range map[string]string{"clean": "", "smudge": "", "process": "", "required": "false"} {
			key := "filter." + name + "." + setting
			if g, err = g.with(ctx, key, value); err != nil {
				return g, err
			}
		}
	}
	return g, nil
}

// filterNames returns the names of the filters in a list of keys of the
// configuration, each once.
func filterNames(keys []byte) []string {
	var names []string
	for _, key := range split(keys) {
		key = strings.TrimPrefix(key, "filter.")
		if end := strings.LastIndex(key, "."); end >= 0 {
			names = append(names, key[:end])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// with returns a runner with one more setting. On the command line, the name of
// a setting ends at the first equals sign: one that holds it goes into the
// environment, after those that are there.
func (g runner) with(ctx context.Context, key, value string) (runner, error) {
	if !strings.Contains(key, "=") {
		g.config = append(slices.Clip(g.config), key+"="+value)
		return g, nil
	}
	is, err := g.version(ctx)
	if err == nil && is.before(settingsInVariables) {
		err = fmt.Errorf("git %s cannot be kept from running %q: install git %s or newer, or take that filter out of the configuration",
			is, key, settingsInVariables)
	}
	if err != nil {
		return g, err
	}
	count := 0
	for _, variable := range g.env {
		if number, found := strings.CutPrefix(variable, "GIT_CONFIG_COUNT="); found {
			_, _ = fmt.Sscan(number, &count) // what is no number, git has complained about
		}
	}
	g.env = append(slices.Clip(g.env), fmt.Sprintf("GIT_CONFIG_COUNT=%d", count+1),
		fmt.Sprintf("GIT_CONFIG_KEY_%d=%s", count, key), fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", count, value))
	return g, nil
}
