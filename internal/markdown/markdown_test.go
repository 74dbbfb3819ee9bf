package markdown

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/markdown/markdowntest"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

var forgeries = []string{
	"[click](https://evil.example) ![i](x) https://evil.example www.evil.example *b* _i_ ~~s~~ | a | b |\n# h\n- [ ] x\n```\n~~~",
	"@all #1 !2 ~label %3 &4 $5 ^6 :tada: ABC-123 0123abc group/project#1 a@evil.example [[_TOC_]] {+ + } $`a`$",
	"unpaired ` backtick `` and ``` more `@all`@all``#1",
	"/close\n/merge\n\n/assign @all",
	"<script>alert(1)</script> <img src=x onerror=y> &lt;&copy; <!-- x",
	"\x00\x0b\x1f\x7f\u0085\ufffe\uffff\u2028\u202e\xff and \ufffd",
	`a \| b \\| c`,
}

func TestInert(t *testing.T) {
	for _, test := range []struct {
		name, text, want string
	}{
		{"prose", "11 seats (of five) aren't the default; a 6-month term isn't, “either”.", "11 seats (of five) aren't the default; a 6-month term isn't, “either”."},
		{"code", "`seats` must be `a @b`, not `x`", "`seats` must be `a @b`, not `x`"},
		{"date", "ends on 2026-09-02, not then", "ends on 2026-09-02, not then"},
		{"mention", "ask @all.", "ask `@all`."},
		{"references", "#1 !2 ~l %3 &4 $5 group/p#1 ABC-123", "`#1` `!2` `~l` `%3` `&4` `$5` `group/p#1` `ABC-123`"},
		{"commits", "defaced 0123abc DEADBEEF-x 123456", "`defaced` `0123abc` `DEADBEEF-x` 123456"},
		{"emoji", ":tada: and: so ;)", "`:tada`: and: so `;`)"},
		{"link", "[a](https://b.example) www.b.example", "`[a](https://b.example`) `www.b.example`"},
		{"emphasis", "*a* _b_ ~~c~~ a_b", "`*a*` `_b_` `~~c~~` `a_b`"},
		{"HTML", "<b>x</b> &lt;", "`<b>x</b>` `&lt`;"},
		{"table", "a | b", "a `|` b"},
		{"lines", "a\n/close", "`a\\n/close`"},
		{"escapes", `a\*b`, "`a\\*b`"},
		{"unpaired backtick", "a ` b", "a `` ` `` b"},
		{"fence", "```x", "```` ```x ````"},
		{"code that touches", "`a`@b`c`", "`a@bc`"},
		{"words that touch", "`a`s, (`b`)", "`a`s, (`b`)"},
		{"math", "$`a`$", "`$a$`"},
		{"full-width at sign", "a＠b", "`a＠b`"},
		{"invisible", "a\u202eb\u200b", "`a\\u202eb\\u200b`"},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Inert(test.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzInert holds that nothing of any text keeps a meaning, and that no
// character of it is lost but backticks.
func FuzzInert(f *testing.F) {
	for _, seed := range append(forgeries, "", "` ", " `", "`` ` ``", "a`b``c```d", "`a` `b`", " `a` ") {
		f.Add(seed)
	}
	inertLine := regexp.MustCompile(`^` + markdowntest.Prose + `$`)
	f.Fuzz(func(t *testing.T, text string) {
		outside, shown := markdowntest.ReadCode(Inert(text))
		if !inertLine.MatchString(strings.ReplaceAll(outside, "□", "")) {
			t.Errorf("%q is written %q", text, Inert(text))
		}
		withoutTicks := func(s string) string { return strings.ReplaceAll(s, "`", "") }
		if want := withoutTicks(source.Visible(text)); withoutTicks(shown) != want {
			t.Errorf("%q is shown as %q", text, shown)
		}
	})
}

// TestCell makes sure that no text ends a table's cell or its line.
func TestCell(t *testing.T) {
	for _, text := range append(forgeries, "|", `\|`, "a|b", "`|`") {
		cell := Cell(text)
		if strings.ContainsAny(cell, "|\n\r") {
			t.Errorf("%q is written %q", text, cell)
		}
	}
	if diff := cmp.Diff("`a@b`&#124;c", Cell("a@b|c")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
