package record

import (
	"encoding/json"
	"testing"
)

func TestScalar(t *testing.T) {
	for _, test := range []struct {
		value any
		want  string // "" where it fits in no line
	}{
		{"ultimate", "ultimate"},
		{"seats_requested", "seats_requested"},
		{"Example CI & GitLab (beta)", "Example CI & GitLab (beta)"},
		{"日本語", "日本語"},
		{"e\u0301te\u0301", "e\u0301te\u0301"},
		{"https://a.example/b", "https://a.example/b"},
		{"/docs", "/docs"},
		{"2026-09-02", "2026-09-02"},
		{"2026-09-02T00:00:00Z", `"2026-09-02T00:00:00Z"`},
		{"12", `"12"`}, {"1e3", `"1e3"`}, {"0x1f", `"0x1f"`}, {"1:30", `"1:30"`}, {"-", `"-"`}, {".inf", `".inf"`},
		{"true", `"true"`}, {"No", `"No"`}, {"y", `"y"`}, {"NULL", `"NULL"`}, {"~", `"~"`}, {"truest", "truest"},
		{"a: b", `"a: b"`}, {"a:", `"a:"`}, {"a::b", `"a::b"`}, {"a #b", `"a #b"`}, {"a, b", `"a, b"`}, {"[a]", `"[a]"`}, {"{a}", `"{a}"`},
		{"@handle", `"@handle"`}, {"*a", `"*a"`}, {"&a", `"&a"`}, {"!a", `"!a"`}, {"- a", `"- a"`}, {"? a", `"? a"`}, {"%a", `"%a"`}, {"`a`", "\"`a`\""},
		{" a", `" a"`}, {"a ", `"a "`}, {"", `""`},
		{`a"b\c`, `"a\"b\\c"`}, {"'a'", `"'a'"`},
		{"a\nb\tc\x1b\u202e\u2028\U000e0041", `"a\nb\tc\u001b\u202e\u2028\U000e0041"`},
		{true, "true"}, {10, "10"}, {json.Number("0.5"), "0.5"}, {json.Number("-12"), "-12"}, {1.5, "1.5"}, {1e30, ""}, {json.Number("1E5"), ""}, {json.Number("012"), ""},
		{nil, ""}, {[]any{"a"}, ""}, {map[string]any{}, ""},
	} {
		if got, ok := Scalar(test.value); got != test.want && ok || ok != (test.want != "") {
			t.Errorf("%#v is written %s, want %s", test.value, got, test.want)
		}
	}
}
