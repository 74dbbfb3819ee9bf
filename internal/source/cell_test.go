package source

import "testing"

func TestCell(t *testing.T) {
	for text, want := range map[string]string{
		"":         "",
		"5 seats":  "5 seats",
		"=1+1":     "'=1+1",
		" =1+1":    "' =1+1",
		"+1":       "'+1",
		"-":        "'-",
		"@all":     "'@all",
		"＝1":       "'＝1",
		"a;=b; -c": "a;'=b; '-c",
		"a=b":      "a=b",
		"http://x": "http://x",
		"\t=1":     `\t=1`,
		"a\nb":     `a\nb`,
	} {
		if got := Cell(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
