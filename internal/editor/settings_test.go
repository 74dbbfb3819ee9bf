package editor

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// TestSettingsKnowAllKinds makes sure that VS Code finds the schema of a record
// by its path: of each kind, where its schema says that its records live.
func TestSettingsKnowAllKinds(t *testing.T) {
	set, err := schema.Load(schemas.Files)
	if err != nil {
		t.Fatal(err)
	}
	want := object{}
	for _, kind := range set.Kinds() {
		want["./schemas/"+kind+".schema.json"] = placeholder.ReplaceAllString(placeOf(set, kind), "*")
	}
	if diff := cmp.Diff(want, readSettings(t)["yaml.schemas"]); diff != "" {
		t.Errorf(`"yaml.schemas" in .vscode/settings.json is not what "x-place" of the schemas says (-want +got):`+"\n%s", diff)
	}
}

// TestNoStrangers makes sure that an editor asks nobody else for schemas: they
// would judge records by their names, and be told of them.
func TestNoStrangers(t *testing.T) {
	settings := readSettings(t)
	for _, store := range []string{"yaml.schemaStore.enable", "yaml.kubernetesCRDStore.enable"} {
		if settings[store] != false {
			t.Errorf("%s is %v", store, settings[store])
		}
	}
}

// TestSettingsAgreeWithEditorConfig makes sure that VS Code writes files alike
// with and without an extension that reads .editorconfig. In a browser there is
// none.
func TestSettingsAgreeWithEditorConfig(t *testing.T) {
	config, settings := readEditorConfig(t), readSettings(t)
	for _, same := range []struct {
		section, property, text string
		language, setting       string
		value                   any
	}{
		{"*", "charset", "utf-8", "", "files.encoding", "utf8"},
		{"*", "end_of_line", "lf", "", "files.eol", "\n"},
		{"*", "insert_final_newline", "true", "", "files.insertFinalNewline", true},
		{"*", "trim_trailing_whitespace", "true", "", "files.trimTrailingWhitespace", true},
		{"*.{yaml,yml,json}", "indent_style", "space", "[yaml]", "editor.insertSpaces", true},
		{"*.{yaml,yml,json}", "indent_size", "2", "[yaml]", "editor.tabSize", 2.0},
		{"*.{yaml,yml,json}", "indent_style", "space", "[json][jsonc]", "editor.insertSpaces", true},
		{"*.{yaml,yml,json}", "indent_size", "2", "[json][jsonc]", "editor.tabSize", 2.0},
		{"{*.go,*.rego,go.mod}", "indent_style", "tab", "[go][go.mod][rego]", "editor.insertSpaces", false},
		{".ci/{run,release,completions,fuzz}", "indent_style", "space", "[shellscript]", "editor.insertSpaces", true},
		{".ci/{run,release,completions,fuzz}", "indent_size", "2", "[shellscript]", "editor.tabSize", 2.0},
		{"**/testdata/**", "insert_final_newline", "unset", "[plaintext]", "files.insertFinalNewline", false},
		{"**/testdata/**", "trim_trailing_whitespace", "unset", "[plaintext]", "files.trimTrailingWhitespace", false},
		{"*.md", "trim_trailing_whitespace", "false", "[markdown]", "files.trimTrailingWhitespace", false},
	} {
		if got := config[same.section][same.property]; got != same.text {
			t.Errorf(".editorconfig: [%s] %s = %q, not %q", same.section, same.property, got, same.text)
		}
		if got := settings.of(same.language)[same.setting]; got != same.value {
			t.Errorf(".vscode/settings.json: %s %s is %v, not %v", same.language, same.setting, got, same.value)
		}
	}
}

// TestExtensions makes sure that VS Code recommends what the settings are for.
func TestExtensions(t *testing.T) {
	var extensions struct{ Recommendations []string }
	readJSON(t, "extensions.json", &extensions)
	if !slices.Contains(extensions.Recommendations, "redhat.vscode-yaml") {
		t.Errorf(".vscode/extensions.json recommends %q alone", extensions.Recommendations)
	}
}

// readEditorConfig returns the properties of each section of .editorconfig.
func readEditorConfig(t *testing.T) map[string]map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../.editorconfig")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]map[string]string{}
	section := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(name, "]")
			sections[section] = map[string]string{}
		} else if name, value, ok := strings.Cut(line, " = "); ok && section != "" {
			sections[section][name] = value
		}
	}
	return sections
}

// placeOf returns where records of a kind live.
func placeOf(set *schema.Set, kind string) string {
	place, _ := set.Document(kind)["x-place"].(string)
	return place
}

// settings are those of .vscode/settings.json, by their full names.
type settings map[string]any

func readSettings(t *testing.T) settings {
	t.Helper()
	var s settings
	readJSON(t, "settings.json", &s)
	return s
}

func readJSON(t *testing.T, name string, value any) {
	t.Helper()
	text, err := os.ReadFile("../../.vscode/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, value); err != nil {
		t.Fatalf(".vscode/%s: %v", name, err)
	}
}

// of returns the settings for a language, such as "[yaml]", or all for "".
func (s settings) of(language string) object {
	if language == "" {
		return object(s)
	}
	inner, _ := s[language].(object)
	return inner
}

// section returns the settings that VS Code gives to a server that asks for
// those below a name: "yaml" is what all names that begin with "yaml." say.
func (s settings) section(name string) any {
	if value, ok := s[name]; ok {
		return value
	}
	section := object{}
	for full, value := range s {
		if rest, ok := strings.CutPrefix(full, name+"."); ok {
			set(section, strings.Split(rest, "."), value)
		}
	}
	return section
}

func set(section object, path []string, value any) {
	if len(path) == 1 {
		section[path[0]] = value
		return
	}
	inner, ok := section[path[0]].(object)
	if !ok {
		inner = object{}
		section[path[0]] = inner
	}
	set(inner, path[1:], value)
}
