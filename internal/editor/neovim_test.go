package editor

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asEditor opens a record, waits for what is found in it, has the first of it put right
// and waits until that is seen.
const asEditor = `
local function found() return vim.diagnostic.get(0) end
local function patiently(what, is)
  if not vim.wait(60000, is) then error("it never comes: " .. what) end
end

vim.cmd("edit partners/example-ci/licenses/2026-03-runner.yaml")
patiently("a finding", function() return #found() == 1 end)
local first = found()[1]
local at = { line = first.lnum, character = first.col }
local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", {
  textDocument = vim.lsp.util.make_text_document_params(),
  range = { start = at, ["end"] = at },
  context = { diagnostics = {}, only = { "quickfix" } },
}, 60000)
local _, answer = next(answers)
vim.lsp.util.apply_workspace_edit(answer.result[1].edit, "utf-16")
patiently("that nothing is found", function() return #found() == 0 end)
vim.fn.writefile({ vim.fn.json_encode({
  rule = first.code, line = first.lnum, column = first.col, source = first.source, title = answer.result[1].title,
  text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n"),
}) }, "seen.json")
`

// TestNeovim drives Neovim, set up as schemas/README.md says, from opening a record to
// having it put right.
func TestNeovim(t *testing.T) {
	program := os.Getenv("ALLIANCES_NEOVIM")
	if program == "" {
		t.Skip("ALLIANCES_NEOVIM names no Neovim (nvim) to edit records with")
	}
	bin, dir := t.TempDir(), t.TempDir()
	if output, err := exec.Command("go", "build", "-o", bin, "../../cmd/alliances").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	const license = "kind: license\nproduct: self-managed\nplan: ultimate\nseats_requested: unknown\nseats: 8\n" +
		"starts_at: 2026-08-31\nexpires_at: 2027-02-28\npurpose: Build and test the integration of Example CI with GitLab runners."
	for name, text := range map[string]string{
		"partners/example-ci/partner.yaml":                 "kind: partner\nname: Example CI\ntype: integrated\nstatus: prospective\n",
		"partners/example-ci/licenses/2026-03-runner.yaml": license + "\n",
		"init.lua": configuration(t),
		"edit.lua": "local done, problem = pcall(function(...)\n" + asEditor + "\nend)\n" +
			"if not done then vim.fn.writefile({ tostring(problem) }, \"problem\") end\nvim.cmd(\"qall!\")\n",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.CommandContext(t.Context(), program, "--headless", "--clean", "-u", "init.lua", "-c", "luafile edit.lua")
	command.Dir = dir
	command.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "HOME="+bin, "XDG_STATE_HOME="+bin)
	output, err := command.CombinedOutput()
	if problem, none := os.ReadFile(filepath.Join(dir, "problem")); err != nil || none == nil {
		t.Fatalf("%v\n%s\n%s", err, output, problem)
	}
	data, err := os.ReadFile(filepath.Join(dir, "seen.json"))
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	var seen object
	if err := json.Unmarshal(data, &seen); err != nil {
		t.Fatal(err)
	}
	want := object{
		"rule": "license/default_seats", "line": 4.0, "column": 7.0, "source": "alliances", "title": "Write 5",
		"text": strings.Replace(license, "seats: 8", "seats: 5", 1),
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("(-want +seen):\n%s", diff)
	}
}

// configuration returns what schemas/README.md has for a Neovim that is as old as
// Debian's.
func configuration(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../../schemas/README.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)0\\.7 to 0\\.10.*?```lua\n(.*?)```").FindSubmatch(page)
	if block == nil {
		t.Fatal("schemas/README.md has no lines for Neovim 0.7")
	}
	return "vim.cmd('filetype on')\n" + string(block[1])
}
