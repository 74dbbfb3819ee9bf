package cli

import (
	"runtime/debug"
	"testing"
)

func TestBuild(t *testing.T) {
	noted := func(version string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: version}, Settings: settings}
	}
	for name, test := range map[string]struct {
		info         *debug.BuildInfo
		want         build
		text, number string
	}{
		"a release": {
			noted("v1.2.3", debug.BuildSetting{Key: "vcs.revision", Value: "0123abc"}, debug.BuildSetting{Key: "vcs.modified", Value: "false"}),
			build{Version: "v1.2.3", Commit: "0123abc", Go: "go1.26.8"},
			"alliances v1.2.3 0123abc go1.26.8", "1.2.3",
		},
		"go install of a version": {
			noted("v1.2.3"), build{Version: "v1.2.3", Go: "go1.26.8"}, "alliances v1.2.3 go1.26.8", "1.2.3",
		},
		"go build of changed files": {
			noted("v1.2.4-0.20261129-0123abc+dirty", debug.BuildSetting{Key: "vcs.revision", Value: "0123abc"}, debug.BuildSetting{Key: "vcs.modified", Value: "true"}),
			build{Version: "v1.2.4-0.20261129-0123abc+dirty", Commit: "0123abc", Dirty: true, Go: "go1.26.8"},
			"alliances v1.2.4-0.20261129-0123abc+dirty 0123abc go1.26.8", "1.2.4-0.20261129-0123abc+dirty",
		},
		"go run":  {noted("(devel)"), build{Version: "(devel)", Go: "go1.26.8"}, "alliances (devel) go1.26.8", "0.0.0"},
		"go test": {noted(""), build{Version: "(devel)", Go: "go1.26.8"}, "alliances (devel) go1.26.8", "0.0.0"},
	} {
		t.Run(name, func(t *testing.T) {
			got := buildOf(test.info)
			if got != test.want || got.String() != test.text || got.number() != test.number {
				t.Errorf("got %+v, %s, %s; want %+v, %s, %s", got, got, got.number(), test.want, test.text, test.number)
			}
		})
	}
}
