package policy

import (
	"strings"
	"testing"
	"testing/fstest"
)

// sprintfRule returns the good rule with its message made by sprintf.
func sprintfRule(format, values string) fstest.MapFS {
	fsys := goodPolicies()
	message := `sprintf("` + format + `", [` + values + `])`
	fsys[ruleFile] = &fstest.MapFile{Data: []byte(strings.Replace(goodRule, `"too large"`, message, 1))}
	return fsys
}

func TestMessages(t *testing.T) {
	for _, test := range []struct{ format, values, text, want string }{
		{"%d is too much", "input.record.size", "size: 9", "9 is too much"},
		{"%d is too much", "input.record.size", "size: 9.0", "9 is too much"},
		{"%d is too much", "input.record.size", "size: 0.9e1", "9 is too much"},
		{"%v is too much", "input.record.size", "size: 9.50", "9.5 is too much"},
		{"100%% of %s", "input.record.name", "size: 9\nname: 50%!", "100% of 50%!"},
		{"%s", "input.record.name", "size: 9\nname: \"%!d(string=a)\"", "%!d(string=a)"},
	} {
		found, err := judgeThing(t, sprintfRule(test.format, test.values), test.text, true)
		if err != nil || len(found) != 1 || found[0] != "thing/size /size "+test.want {
			t.Errorf("%s of %s: %q, %v", test.format, test.text, found, err)
		}
	}
	for _, test := range []struct{ format, values, want string }{
		{"%d", "input.record.name", "%!d(string=a)"},
		{"%d", "input.record.size + 0.5", "%!d("},
		{"%s and %s", "input.record.name", "%!s(MISSING)"},
		{"%s", `input.record.name, "b"`, "%!(EXTRA "},
		{"100%!", `1`, "%!"},
	} {
		_, err := judgeThing(t, sprintfRule(test.format, test.values), "size: 9\nname: a", true)
		if err == nil || !strings.Contains(err.Error(), "rule thing/size on partners/example/things/a.yaml: ") || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", test.format, err, test.want)
		}
	}
}
