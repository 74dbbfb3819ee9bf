package report

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/finding"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

// readCode returns a line of Markdown without its code, and what is shown of
// the line, code and all; both as CommonMark (section 6.1) has it.
func readCode(line string) (outside, shown string) {
	for line != "" {
		before, rest, found := strings.Cut(line, "`")
		outside, shown = outside+before, shown+before
		if !found {
			break
		}
		length := 1 + len(rest) - len(strings.TrimLeft(rest, "`"))
		rest = strings.TrimLeft(rest, "`")
		end := closing(rest, length)
		if end < 0 {
			outside, shown = outside+strings.Repeat("`", length), shown+strings.Repeat("`", length)
			line = rest
			continue
		}
		code := rest[:end]
		if strings.HasPrefix(code, " ") && strings.HasSuffix(code, " ") && strings.Trim(code, " ") != "" {
			code = code[1 : len(code)-1]
		}
		outside, shown = outside+"□", shown+code
		line = rest[end+length:]
	}
	return outside, shown
}

// closing returns where as many backticks stand together, or -1.
func closing(text string, length int) int {
	for i := 0; i < len(text); i++ {
		run := len(text[i:]) - len(strings.TrimLeft(text[i:], "`"))
		if run == length {
			return i
		}
		i += run
	}
	return -1
}

// scaffold is what the lines of a report are made of, code aside.
var scaffold = regexp.MustCompile(`^(` + strings.Join([]string{
	`- \*\*(error|warning)\*\* (□|\[□\]\(https://gitlab\.example/[^() ]*#L[0-9]+\)): ` + prose + ` \(□\)`,
	`  - To put it right: ` + prose,
	`  - Handbook: \[` + prose + `\]\(https://handbook\.example/alliances/#[a-z-]+\)`,
	`### □`,
	`## What (blocks|does not block)`,
	`\*\*25 errors, 2 warnings\*\* in 9 records of 6 partners\.`,
	``,
}, "|") + `)$`)

// prose has nothing with a meaning to Markdown or GitLab.
const prose = `[\pL\pM\pN□ ,;.:()"'“”‘’?…–—-]*`

func TestMarkdown(t *testing.T) {
	report, options := nasty()
	text := written(t, "markdown", report, options)
	harmlessText(t, text)
	for _, line := range strings.Split(text, "\n") {
		if outside, _ := readCode(line); !scaffold.MatchString(outside) {
			t.Errorf("%q", outside)
		}
	}
	var want []string
	for _, blocking := range []bool{true, false} {
		for _, group := range byFolder(report.Findings, func(f *finding.Finding) bool { return options.blocks(f) == blocking }) {
			for _, f := range group.findings {
				want = append(want, source.Visible(strings.ReplaceAll(f.Message, "`", "")))
			}
		}
	}
	_, shown := readCode(text)
	inOrder(t, strings.ReplaceAll(shown, "`", ""), want)
}

func TestMarkdownFailsOnWarnings(t *testing.T) {
	report, options := nasty()
	options.FailOn = finding.Warning
	text := written(t, "markdown", report, options)
	if !strings.Contains(text, "## What blocks\n") || strings.Contains(text, "does not block") {
		t.Error(text)
	}
}

// TestMarkdownRoom makes sure that a report of any size fits into a comment,
// and says what it leaves out.
func TestMarkdownRoom(t *testing.T) {
	report := &Report{Findings: many(10_000)}
	text := written(t, "markdown", report, Options{})
	shown := strings.Count(text, "**error**") + strings.Count(text, "**warning**")
	if len(text) > 1_000_000 || shown < 4_000 {
		t.Errorf("%d findings in %d bytes", shown, len(text))
	}
	if want := "\nThere is no room here for " + counted(10_000-shown, "further finding") + ".\n"; !strings.HasSuffix(text, want) {
		t.Errorf("no %q at the end", want)
	}
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
			if diff := cmp.Diff(test.want, inert(test.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzInert holds that nothing of any text keeps a meaning, and that no
// character of it is lost but backticks.
func FuzzInert(f *testing.F) {
	for _, seed := range append(forgeries, "", odd, "` ", " `", "`` ` ``", "a`b``c```d", "`a` `b`", " `a` ") {
		f.Add(seed)
	}
	inertLine := regexp.MustCompile(`^` + prose + `$`)
	f.Fuzz(func(t *testing.T, text string) {
		outside, shown := readCode(inert(text))
		if !inertLine.MatchString(strings.ReplaceAll(outside, "□", "")) {
			t.Errorf("%q is written %q", text, inert(text))
		}
		withoutTicks := func(s string) string { return strings.ReplaceAll(s, "`", "") }
		if want := withoutTicks(source.Visible(text)); withoutTicks(shown) != want {
			t.Errorf("%q is shown as %q", text, shown)
		}
	})
}
