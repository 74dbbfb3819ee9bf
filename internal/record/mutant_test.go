package record_test

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
)

// plainTexts returns the examples of the schemas and the generated corpus: records as
// people write them.
func plainTexts(t testing.TB) (texts []string) {
	t.Helper()
	names, err := filepath.Glob("../../schemas/examples/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no examples", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	for _, text := range corpus.Files(1000) {
		texts = append(texts, text)
	}
	return texts
}

// recordTexts returns every record there is in the repository, those of its tests and
// of the examples of its rules among them, and some of the generated corpus.
func recordTexts(t testing.TB) []string {
	t.Helper()
	texts, err := readTexts()
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

var readTexts = sync.OnceValues(func() (texts []string, err error) {
	for _, folder := range []string{"cmd", "internal", "partners", "policies", "schemas"} {
		err := filepath.WalkDir("../../"+folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !slices.Contains([]string{".yaml", ".rego", ".txtar"}, filepath.Ext(name)) {
				return err
			}
			text, err := os.ReadFile(name)
			texts = append(texts, recordsIn(name, text)...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for _, text := range corpus.Files(200) {
		texts = append(texts, text)
	}
	slices.Sort(texts)
	return slices.Compact(texts), nil
})

var exampleFile = regexp.MustCompile(`(?m)^#( +)\S+\.yaml: \|\n`)

// recordsIn returns the records in a file: itself, those of an archive, or those of a
// rule's examples.
func recordsIn(name string, text []byte) (texts []string) {
	switch filepath.Ext(name) {
	case ".yaml":
		return []string{string(text)}
	case ".txtar":
		for _, f := range txtar.Parse(text).Files {
			if filepath.Ext(f.Name) == ".yaml" {
				texts = append(texts, string(f.Data))
			}
		}
		return texts
	}
	for _, match := range exampleFile.FindAllSubmatchIndex(text, -1) {
		example, prefix := "", "#"+string(text[match[2]:match[3]])+"  "
		for line := range strings.Lines(string(text[match[1]:])) {
			if !strings.HasPrefix(line, prefix) {
				break
			}
			example += line[len(prefix):]
		}
		texts = append(texts, example)
	}
	return texts
}

// mutant returns one of some texts, or one of those that are hard on the lane, with one
// to four things out of place.
func mutant(random *rand.Rand, texts []string) string {
	choose := func() string {
		if random.IntN(3) == 0 {
			return pick(random, inLane)
		}
		return pick(random, texts)
	}
	text := choose()
	for range 1 + random.IntN(4) {
		switch random.IntN(12) {
		case 0:
			text = strings.ReplaceAll(text, "\n", "\r\n")
		case 1:
			text = strings.TrimRight(text, "\r\n")
		case 2:
			text = "\uFEFF" + text
		case 3:
			text = text[:random.IntN(len(text)+1)] + choose()
		case 4, 5, 6, 7:
			text = withOtherCharacters(random, text)
		default:
			text = withOtherLines(random, text)
		}
	}
	return text
}

func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }

// pieces are what means something in YAML, what seems to, and what is hard to see.
var pieces = []string{
	" ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", ":", ": ", ":\n", " :", "#", " #", "# ", "-", "- ", "-\n", ",", ", ",
	"'", "''", "\"", "\\", "\\\"", "|", "|\n", "|-\n", ">", ">-\n", ">+\n", "|2\n", "[", "]", "{", "}",
	"&a ", "*a", "!a ", "? ", "%", "@", "`", "=", "<<: ", "~", "0", "1", "_", ".", "0x1", "no", "on", "null", "true",
	"---\n", "...\n", "&amp;", "“", "é", "日本", "\u0085", "\u2028", "\u00A0", "\u200B", "\uFEFF", "\x00", "\xff",
}

// withOtherCharacters puts pieces into a text, or in the place of what is there.
func withOtherCharacters(random *rand.Rand, text string) string {
	at := random.IntN(len(text) + 1)
	end := at + random.IntN(2)*random.IntN(min(4, len(text)-at)+1)
	piece := pick(random, pieces)
	switch random.IntN(12) {
	case 0, 1:
		piece = ""
	case 2: // more than the parser looks ahead, or holds at a time
		piece = strings.Repeat(pick(random, []string{" ", "#", "é", "a ", "a", "\n", "\n  ", "\n# a"}), random.IntN(2000))
	}
	return text[:at] + piece + text[end:]
}

// withOtherLines changes, moves, repeats or drops a line of a text.
func withOtherLines(random *rand.Rand, text string) string {
	lines := strings.SplitAfter(text, "\n")
	at, other := random.IntN(len(lines)), random.IntN(len(lines))
	switch random.IntN(8) {
	case 0:
		lines[at], lines[other] = lines[other], lines[at]
	case 1:
		lines = slices.Insert(lines, other, lines[at])
	case 2:
		lines = slices.Delete(lines, at, at+1)
	case 3:
		for i := at; i < min(len(lines), at+1+random.IntN(4)); i++ {
			lines[i] = spaces(random, 3) + lines[i]
		}
	case 4: // all of it, further down
		return "a:\n" + spaces(random, 3) + "- b:\n" + strings.Repeat("      "+strings.Join(lines, "      "), 1+random.IntN(3))
	default:
		lines[at] = otherLine(random, lines[at])
	}
	return strings.Join(lines, "")
}

func spaces(random *rand.Rand, most int) string { return strings.Repeat(" ", random.IntN(most+1)) }

// otherLine writes a line in another way, which is sometimes a right one.
func otherLine(random *rand.Rand, line string) string {
	content := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(content)]
	body := strings.TrimRight(content, "\r\n")
	end := content[len(body):]
	name, value, _ := strings.Cut(body, ": ")
	switch random.IntN(10) {
	case 0:
		return spaces(random, 5) + content
	case 1:
		return indent + "- " + content
	case 2:
		return spaces(random, 5) + pick(random, []string{"", "#", "# c", "#c", "-", "- "}) + "\n" + line
	case 3:
		behind := pick(random, []string{" ", "   ", " # c", " #c", "#c", " #5", ":", ": ", " :", ","})
		return indent + body + behind + end
	case 4:
		quote := pick(random, []string{"'", "\"", "“"})
		return indent + name + ": " + quote + value + quote + end
	case 5:
		open, closed := pick(random, []string{"[", "{", "[a, {b: "}), pick(random, []string{"]", "}", "}]"})
		return indent + name + ": " + open + value + closed + end
	case 6:
		header := pick(random, []string{"|", ">", "|-", ">-", "|+", ">+", "|1", "> # c", "|#c"})
		return indent + name + ": " + header + "\n" + indent + spaces(random, 4) + value + end
	case 7:
		return indent + name + ":\n" + indent + spaces(random, 4) + value + end
	case 8:
		return strings.Replace(line, " ", "\n"+indent+spaces(random, 4), 1)
	}
	return strings.Replace(line, " ", "  ", 1)
}
