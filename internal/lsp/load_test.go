package lsp

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/layout"
)

const ruleFile = "policies/rules/license/seat_cap/seat_cap.rego"

// withRules returns a repository with rules of its own, and how often they were
// compiled.
func withRules(t *testing.T, files *tree) (*Repository, *atomic.Int64) {
	t.Helper()
	for _, root := range []string{layout.Schemas, layout.Policies} {
		err := fs.WalkDir(os.DirFS("../.."), root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(path.Join("../..", name))
			files.write(name, string(data))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	compiled := new(atomic.Int64)
	r := repository(files)
	r.Rules = func() (*check.Rulebook, error) {
		compiled.Add(1)
		schemas, err := fs.Sub(files, layout.Schemas)
		if err != nil {
			return nil, err
		}
		policies, err := fs.Sub(files, layout.Policies)
		if err != nil {
			return nil, err
		}
		return check.Load(schemas, policies)
	}
	return r, compiled
}

func (c *client) save(name string) {
	c.t.Helper()
	c.notify("textDocument/didSave", object{"textDocument": object{"uri": uri(name)}})
}

// told waits until so many messages were shown, and returns the last one.
func (c *client) told(n int) showMessageParams {
	c.t.Helper()
	c.eventually("a message", func() bool { return len(c.shown) >= n })
	c.lock.Lock()
	defer c.lock.Unlock()
	if len(c.shown) != n {
		c.t.Fatalf("shown are %+v", c.shown)
	}
	return c.shown[n-1]
}

// TestBrokenRule edits a rule while the server runs: what does not compile is told
// once, in the rule's file, too, and the records are judged by the rules of before.
func TestBrokenRule(t *testing.T) {
	files := example()
	r, _ := withRules(t, files)
	right := string(files.files[ruleFile].Data)
	c := connect(t, r, nil)
	c.open(licenseFile, licenseText)
	c.want(licenseFile, "4:7 license/default_seats", "4:7 license/seat_cap")

	files.write(ruleFile, strings.Replace(right, "violation contains", "violation contains contains", 1))
	c.save(ruleFile)
	if message := c.told(1); message.Type != isError || !strings.Contains(message.Message, ruleFile) {
		t.Errorf("shown is %+v", message)
	}
	c.eventually("a mark in the rule", func() bool { return len(c.marks[uri(ruleFile)]) == 1 })
	c.save(ruleFile)
	c.want(licenseFile, "4:7 license/default_seats", "4:7 license/seat_cap")

	files.write(ruleFile, right+"\n# put right\n")
	c.save(ruleFile)
	if message := c.told(2); message.Type != isInfo {
		t.Errorf("shown is %+v", message)
	}
	c.eventually("no mark in the rule", func() bool { return len(c.marks[uri(ruleFile)]) == 0 })
}

// TestRuleWrittenElsewhere makes sure that a client which tells of no files is not judged
// by rules that are gone.
func TestRuleWrittenElsewhere(t *testing.T) {
	files := example()
	r, _ := withRules(t, files)
	c := connect(t, r, nil)
	c.open(licenseFile, licenseText)
	c.want(licenseFile, "4:7 license/default_seats", "4:7 license/seat_cap")
	files.write("policies/handbook/license.yaml", strings.Replace(string(files.files["policies/handbook/license.yaml"].Data), "10", "100", 1))
	c.write(licenseFile, 2, licenseText+"# typed\n")
	c.eventually("another cap", func() bool { return len(c.marks[uri(licenseFile)]) == 1 })
}

// TestBrokenFromTheFirst opens a repository whose rules do not compile.
func TestBrokenFromTheFirst(t *testing.T) {
	files := example()
	r, _ := withRules(t, files)
	right := string(files.files[ruleFile].Data)
	files.write(ruleFile, "package rules.license.seat_cap\n\nviolation if {\n")
	c := connect(t, r, nil)
	c.open(licenseFile, licenseText)
	c.told(1)
	for _, method := range []string{"hover", "completion", "definition", "documentSymbol", "codeAction"} {
		c.call("textDocument/"+method, object{"textDocument": object{"uri": uri(licenseFile)}}, nil)
	}
	files.write(ruleFile, right)
	c.save(ruleFile)
	c.told(2)
	c.want(licenseFile, "4:7 license/default_seats", "4:7 license/seat_cap")
}

// TestRuleWithoutTest makes sure that what is wrong with the rules and stands in no line
// is told as well.
func TestRuleWithoutTest(t *testing.T) {
	files := example()
	r, _ := withRules(t, files)
	c := connect(t, r, nil)
	c.open(licenseFile, licenseText)
	c.want(licenseFile, "4:7 license/default_seats", "4:7 license/seat_cap")
	files.remove("policies/rules/license/seat_cap/seat_cap_test.rego")
	c.save(ruleFile)
	message := c.told(1)
	if !strings.Contains(message.Message, "seat_cap") {
		t.Errorf("shown is %+v", message)
	}
}

// TestFilesComeAndGo has others write records while the server runs.
func TestFilesComeAndGo(t *testing.T) {
	files := example()
	r, compiled := withRules(t, files)
	c := connect(t, r, nil)
	c.open(partnerFile, partnerText)
	c.want(partnerFile)
	twin := "partners/example-twin/partner.yaml"
	files.write(twin, partnerText)
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uri(twin), "type": 1}}})
	c.eventually("a finding about two partners", func() bool { return len(c.marks[uri(partnerFile)]) > 0 })
	files.remove(twin)
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []object{{"uri": uri(twin), "type": 3}}})
	c.eventually("no finding any more", func() bool { return len(c.marks[uri(partnerFile)]) == 0 })
	if times := compiled.Load(); times != 1 {
		t.Errorf("the same rules are compiled %d times", times)
	}
}

// TestManyEdits types faster than anybody can: what counts is the last text.
func TestManyEdits(t *testing.T) {
	c := connect(t, repository(example()), nil)
	c.open(licenseFile, licenseText)
	for version := range 2000 {
		c.write(licenseFile, version+2, licenseText+strings.Repeat("#", version))
	}
	c.write(licenseFile, 2002, strings.Replace(licenseText, "99", "5", 1))
	c.want(licenseFile)
	c.lock.Lock()
	defer c.lock.Unlock()
	if published := c.times[uri(licenseFile)]; published > 1000 {
		t.Errorf("%d texts were judged, of which one counts", published)
	}
}

// TestLargeText opens texts as large as a record may be, and larger.
func TestLargeText(t *testing.T) {
	c := connect(t, repository(example()), nil)
	for version, size := range []int{1 << 20, 1<<20 + 1} {
		text := licenseText + "# " + strings.Repeat("é😀", size/6)
		c.open(licenseFile, text[:min(size, len(text))])
		marks := c.settled(licenseFile)
		large := slices.ContainsFunc(marks, func(d diagnostic) bool { return strings.HasPrefix(d.Code, "yaml/") })
		if large != (version == 1) {
			t.Errorf("in a text of %d bytes is found %v", size, codes(marks))
		}
	}
}
