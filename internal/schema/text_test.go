package schema

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is read of a schema is what encoding/json reads.
func TestRead(t *testing.T) {
	texts := []string{
		`{}`, ` {"a" : [ ] , "b":{ } , "c":[[],{},[[1,{"d":[2]}]]]}` + "\n",
		`{"a": -0.5e+10, "b": 1E-2, "c": [true,false,null], "d": 12345678901234567890}`,
		`{"a\"\\\/\u0041\ud83d\ude00": "\\", "b": "\"", "": "", "~/": "日本 ", "c": "` + "\xff" + `"}`,
	}
	for _, name := range []string{"campaign", "partner"} {
		text, err := os.ReadFile("../../schemas/" + name + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	for _, text := range texts {
		got, _, err := read([]byte(text))
		if err != nil {
			t.Errorf("%.80s: %v", text, err)
		}
		var want map[string]any
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, map[string]any(got)); diff != "" {
			t.Errorf("%.80s (-want +got):\n%s", text, diff)
		}
	}
}
