package layout

import (
	"os"
	"strings"
	"testing"
)

// TestJudgesHaveOwners holds that who owns the rules owns all that judges, and
// that whoever contributes is told of all of it.
func TestJudgesHaveOwners(t *testing.T) {
	owners, contributing := read(t, "../../.gitlab/CODEOWNERS"), read(t, "../../CONTRIBUTING.md")
	owned, _, _ := strings.Cut(owners, "[Records]")
	lines := strings.Split(owned, "\n")
	has := func(line string) bool {
		for _, l := range lines {
			if l == line || l == "/"+line || l == "/"+line+"/" {
				return true
			}
		}
		return false
	}
	for _, judge := range Judges() {
		if !has(judge) {
			t.Errorf("CODEOWNERS gives %s to nobody", judge)
		}
		if !strings.Contains(contributing, "`"+judge+"`") && !strings.Contains(contributing, "`"+judge+"/`") {
			t.Errorf("CONTRIBUTING.md does not say that %s judges the records", judge)
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestIsJudge(t *testing.T) {
	for name, want := range map[string]bool{
		"schemas": true, "schemas/license.schema.json": true, "schemas.txt": false, "vendor/a/b.go": true, ".gitmodules": true,
		".gitlab-ci.yml": true, ".gitlab/CODEOWNERS": true, "go.work.sum": true, "partners/go.mod": false, "README.md": false,
	} {
		if IsJudge(name) != want {
			t.Errorf("%s judges: %v", name, !want)
		}
	}
}

func TestFolderOf(t *testing.T) {
	for path, want := range map[string]string{
		"partners/acme/partner.yaml": "acme", "partners/acme/licenses/1.yaml": "acme", "partners/loose.yaml": "", "partners/acme/": "acme",
	} {
		if name, ok := FolderOf(path); name != want || !ok {
			t.Errorf("%s is in %q, %v", path, name, ok)
		}
	}
	if _, ok := FolderOf("partners"); ok {
		t.Error("partners is in itself")
	}
}
