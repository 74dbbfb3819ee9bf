package record_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// anyHelp stands for the help of the rule itself.
const anyHelp = ""

// plainWords are texts that are no YAML, and what the finding says.
var plainWords = []struct {
	name, text, message, help string
}{
	{"starts with @", "lead: @alice\n",
		"text that starts with `@` needs quotes", "Write `lead: \"@alice\"`."},
	{"starts with @, a comment behind it", "name: Acme\nlead: @alice # or Bob\n",
		"text that starts with `@` needs quotes", "Write `lead: \"@alice\"`."},
	{"starts with a backtick", "slug: `acme`\n",
		"text that starts with a backtick needs quotes", "Write slug: \"`acme`\"."},
	{"starts with %", "share: %5\n",
		"text that starts with `%` needs quotes", "Write `share: \"%5\"`."},
	{"entry starts with @", "leads:\n  - @alice\n",
		"text that starts with `@` needs quotes", "Write `- \"@alice\"`."},
	{"starts with @ in brackets", "leads: [@alice, @bob]\n",
		"text that starts with `@` needs quotes", `Put each such text in quotes, as in "@alice".`},
	{"starts with @ and goes on", "notes: @alice\n  and @bob\n",
		"text that starts with `@` needs quotes", "Put the whole text behind `notes:` in quotes."},
	{"starts with *", "notes: **bold** text\n",
		"text that starts with `*` needs quotes", "Write `notes: \"**bold** text\"`."},
	{"starts with !", "notes: !x!y\n",
		"text that starts with `!` needs quotes", "Write `notes: \"!x!y\"`."},
	{"starts with >", "notes: > 5 seats\n",
		"text that starts with `>` needs quotes", "Write `notes: \"> 5 seats\"`."},
	{"header of a block scalar", "notes: |x\n  one\n",
		"this file cannot be read from here on", anyHelp},
	{"starts with ]", "slug: ]\n",
		"text that starts with `]` needs quotes", "Write `slug: \"]\"`."},
	{"starts with a bracket", "name: [Acme] Inc.\n",
		"text that starts with `[` needs quotes", "Write `name: \"[Acme] Inc.\"`."},
	{"tab", "name: Acme\n\tslug: acme\n",
		"this line is indented with a tab; YAML wants spaces", "Delete the tab and type spaces: as many as its neighbours have, or two more than the line that it belongs to."},
	{"tab behind a key", "budget:\n\tamount: 5\n",
		"this line is indented with a tab; YAML wants spaces", "Delete the tab and type spaces: as many as its neighbours have, or two more than the line that it belongs to."},
	{"indented further", "name: Acme\n  type: x\n",
		"this line is indented further than the one above it; fields of one record start in the same column", "Start `type:` in the same column as `name:`."},
	{"indented further, in an entry", "- name: Acme\n     type: x\n",
		"this line is indented further than the one above it; fields of one record start in the same column", "Start `type:` in the same column as `name:`."},
	{"indented further than a text of two lines", "name: Acme\n  Inc.\n  type: x\n",
		"this file cannot be read from here on", anyHelp},
	{"second colon", "name: Example: Builds\n",
		"there is a second `: ` on this line; put the text in quotes", "Write `name: \"Example: Builds\"`."},
	{"second colon, in an entry", "- name: Example: Builds\n",
		"there is a second `: ` on this line; put the text in quotes", "Write `- name: \"Example: Builds\"`."},
	{"second colon and quotes", "notes: see: \"Builds\"\n",
		"there is a second `: ` on this line; put the text in quotes", "Write `notes: 'see: \"Builds\"'`."},
	{"second colon at the end", "name: Acme:\n",
		"there is a second `: ` on this line; put the text in quotes", "Write `name: \"Acme:\"`."},
	{"second colon and a text that goes on", "notes: see: this\n  and that\n",
		"there is a second `: ` on this line; put the text in quotes", "Put the whole text behind `notes:` in quotes."},
	{"mapping on its field's line", "a: b:\n  c: d\n",
		"this file cannot be read from here on", anyHelp},
	{"second colon on a long line", "notes: see: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
		"there is a second `: ` on this line; put the text in quotes", "Put the whole text behind `notes:` in quotes."},
	{"missing space", "name: Acme\ntype:integrated\nslug: acme\n",
		"a space is missing behind `type:`", "Write `type: integrated`."},
	{"missing space, last line", "name: Acme\ntype:integrated\n",
		"a space is missing behind `type:`", "Write `type: integrated`."},
	{"missing space on the line above", "type:integrated\nname: Acme\n",
		"a space is missing behind `type:` on the line above", "Type one space behind `type:`."},
	{"missing space and quotes", "name: Acme\nlead:@alice\n",
		"a space is missing behind `lead:`", "Write `lead: \"@alice\"`."},
	{"no-break space", "name: Acme\nproduct:\u00a0x\n",
		"the character behind `product:` looks like a space and is none (U+00A0); type a space", "Write `product: x`."},
	{"no-break space on the line above", "product:\u00a0x\nname: Acme\n",
		"the character behind `product:` on the line above looks like a space and is none (U+00A0); type a space", "Type one space behind `product:`."},
	{"equals sign", "name: Acme\nseats = 4\n",
		"behind the name `seats` stands `=`; a field has a colon and a space there", "Write `seats: 4`."},
	{"equals sign and quotes", "name: Acme\nlead=@alice\ntype: cloud\n",
		"behind the name `lead` stands `=`; a field has a colon and a space there", "Write `lead: \"@alice\"`."},
	{"equals sign on the line above", "seats = 4\nname: Acme\n",
		"behind the name `seats` on the line above stands `=`; a field has a colon and a space there", "Type `seats: ` in place of `seats =`."},
	{"dash without a space", "regions:\n- emea\n-apac\nname: Acme\n",
		"a space is missing behind the dash", "Write `- apac`."},
	{"dash without a space, as the first entry", "name: Acme\nregions:\n-emea\ntype: cloud\n",
		"a space is missing behind the dash", "Write `- emea`."},
	{"row of a table", "name: Acme\n| seats | 4 |\n",
		"this is a row of a table; a field is a name, a colon, a space and a value", "Write `seats: 4`."},
	{"cell of a table", "name: | Acme |\n",
		"this is a row of a table; a field is a name, a colon, a space and a value", "Write `name: Acme`."},
	{"three spaces for four", "a:\n    b: 1\n   c: 2\n",
		"this line is not indented like the lines around it", "Type 4 spaces in front of it, not 3."},
	{"no field", "name: Acme\nslug acme\ntype: cloud\n",
		"this line is neither a field (`name: value`) nor indented below one", "Write a name, a colon and a space in front of the text; or two spaces, if the text of the line above goes on here."},
	{"link", "name: Acme\nhttps://example.com\n",
		"this line is neither a field (`name: value`) nor indented below one", "Write a name, a colon and a space in front of the text; or two spaces, if the text of the line above goes on here."},
	{"one space too few", "budget:\n  amount: 5\n currency: EUR\n",
		"this line is not indented like the lines around it", "Type as many spaces in front of it as the other fields or entries that it belongs with have."},
	{"first line indented", " name: Acme\nslug: acme\n",
		"this line is not indented like the lines around it", "Type as many spaces in front of it as the other fields or entries that it belongs with have."},
	{"stray bracket below a list", "a:\n  b: 1\n]\n",
		"this file cannot be read from here on", anyHelp},
	{"open quote", "name: Acme\nslug: \"acme\ntype: cloud\n",
		"the quote that opens here is never closed", "Write `slug: \"acme\"`."},
	{"open quote around two lines", "notes: 'one\n  two\n",
		"the quote that opens here is never closed", "Type `'` where the text ends."},
	{"open quote at a name", "\"name: Acme\n",
		"the quote that opens here is never closed", "Type `\"` where the text ends."},
	{"quote closed by the next one", "name: \"Acme\nslug: \"acme\"\n",
		"the quote that opens on line 1 is closed only here", "Close the quote on line 1 where its text ends."},
	{"text behind a quote", "notes: 'so' they say\n",
		"there is text behind the closing quote", "Write `notes: \"'so' they say\"`."},
	{"quote inside quotes", "notes: 'it's'\n",
		"there is text behind the closing quote", "Write `notes: \"it's\"`."},
	{"quoted words", "notes: \"so\" and \"so\"\n",
		"there is text behind the closing quote", "Write `notes: '\"so\" and \"so\"'`."},
	{"open bracket", "regions: [emea, apac\nname: Acme\n",
		"the bracket that opens here is never closed", "Type `]` where what `[` opens ends."},
	{"open brace", "budget: {amount: 5\n",
		"the bracket that opens here is never closed", "Type `}` where what `{` opens ends."},
	{"comma missing", "regions: [\"emea\" \"apac\"]\n",
		"this file cannot be read from here on", anyHelp},
	{"list on its field's line", "regions: - emea\n",
		"a list starts on the line below the name of its field", "Write `- emea` on a line of its own below `regions:`."},
	{"entry beside fields", "name: Acme\n- emea\n",
		"this line is a list entry (`- `), but the lines beside it are fields (`name: value`)", "Move the entry below the field that it belongs to, and indent it like the other entries there."},
	{"field beside entries", "- emea\nname: Acme\n",
		"this line is a field (`name: value`), but the lines beside it are list entries (`- `)", "Write `- ` in front of the line if it is an entry; two spaces if it belongs to the entry above."},
	{"backslash", "path: \"C:\\docs\"\n",
		"in double quotes a `\\` needs a second one; in single quotes it is a character like any other", "Write `path: 'C:\\docs'`."},
	{"backslash on a later line", "notes: \"one\n  \\q\"\n",
		"in double quotes a `\\` needs a second one; in single quotes it is a character like any other", "Type `\\\\` for each `\\`, or use single quotes."},
	{"directive", "%YAML 2.0\n---\nname: Acme\n",
		"this file cannot be read from here on", anyHelp},
}

func TestPlainWords(t *testing.T) {
	for _, test := range plainWords {
		for _, variant := range variants {
			t.Run(test.name+"/"+variant.name, func(t *testing.T) {
				text := variant.of(test.text)
				got := findingsOf(t, text)[0]
				if got.Detail == "" || strings.Contains(got.Message, got.Detail) {
					t.Errorf("the parser's words are %q beside %q", got.Detail, got.Message)
				}
				help := test.help
				if help == anyHelp {
					help = helpOf("yaml/syntax")
				}
				if diff := cmp.Diff([]string{test.message, help}, []string{got.Message, got.Help}); diff != "" {
					t.Errorf("%q (-want +got):\n%s", text, diff)
				}
			})
		}
	}
}

// TestPlainWordsHelp holds that a line that the help says to type puts an end
// to the finding.
func TestPlainWordsHelp(t *testing.T) {
	typed := regexp.MustCompile("^Write (?:`([^`]+)`|([^`].*\"))\\.$")
	for _, test := range plainWords {
		line := typed.FindStringSubmatch(test.help)
		if line == nil {
			continue
		}
		t.Run(test.name, func(t *testing.T) {
			found := findingsOf(t, test.text)[0]
			lines := strings.Split(test.text, "\n")
			at := &lines[found.Span.Start.Line-1]
			*at = strings.Replace(*at, found.Subject, line[1]+line[2], 1)
			load(t, strings.Join(lines, "\n"))
		})
	}
}

func helpOf(id string) string {
	for _, rule := range record.Rules() {
		if rule.ID == id {
			return rule.Help
		}
	}
	return ""
}
