package policy

import (
	"slices"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/record"
)

// What is found early is found for good where nothing that was asked has an answer,
// however rules ask; and where they ask of one partner or text each, nothing has an
// answer that is not there.
func TestEarly(t *testing.T) {
	const of = "violation contains {\"path\": [\"name\"], \"message\": "
	for name, test := range map[string]struct {
		body    string
		precise bool
	}{
		"nothing":                  {of + `"x"} if input.record.size > 0`, true},
		"one partner":              {of + `"x"} if data.partners.other`, false},
		"a partner by name":        {of + `"x"} if data.partners[input.record.name]`, false}, // OPA's index asks for all of them
		"no such partner":          {of + `"x"} if not data.partners[input.record.name]`, true},
		"part of a partner":        {of + `data.partners[input.record.name].name} if true`, true},
		"all partners":             {of + `slug} if some slug, _ in data.partners`, false},
		"their number":             {of + `sprintf("%d", [count(data.partners)])} if true`, false},
		"what is alike":            {of + `"x"} if data.alike.names[input.record.name]`, true},
		"what is alike, not first": {of + `"x"} if {` + "\n\tinput.record.size > 0\n\t" + `count(data.alike.names[input.record.name].same) > 0` + "\n}", true},
		"nothing alike":            {of + `"x"} if not data.alike.names[input.record.name]`, true},
		"two that are alike":       {of + `"x"} if data.alike.names[input.record.name]` + "\n\n" + of + `"y"} if data.alike.websites[input.record.name]`, true},
		"all that is alike":        {of + `text} if some text, _ in data.alike.names`, false},
		"everything alike":         {of + `json.marshal(data.alike)} if true`, false},
		"alike in any way":         {of + `part} if data.alike[part][input.record.name]`, false},
		"alike, and replaced":      {of + `"x"} if count(_known) > 0 with data.alike.names.nobody as {"same": {}}` + "\n\n" + `_known contains "x" if data.alike.names[input.record.name]`, false},
		"everything by name":       {of + `json.marshal(data[of])} if some of in ["alike", "partners"]`, false},
		"a shared value":           {of + `sprintf("%d", [_all])} if true` + "\n\n_all := count([slug | some slug, _ in data.partners])", false},
		"a shared function":        {of + `_known(input.record.size)} if true` + "\n\n" + `_known(x) := sprintf("%d %d", [x, count([slug | some slug, _ in data.partners])])`, false},
	} {
		t.Run(name, func(t *testing.T) {
			set := load(t, policiesWith(test.body+"\n"))
			early := set.Early()
			for _, partners := range []map[string]*Partner{
				{},
				{"other": {Name: "Other", Aliases: []string{"b"}}},
				{"a": {Name: "b"}, "c": {Name: "b", Website: "https://c.example"}},
				{"a": {Name: "x", Website: "https://c.example"}, "d": {Name: "y", Website: "https://c.example"}},
			} {
				known := set.Judge(partners)
				for _, name := range []string{"a", "b", "other", "https://c.example", "nobody"} {
					records := []TypedRecord{thing(t, name)}
					first := early.Folder(Contents{Records: records})
					found := foundIn(t, first, &records[0])
					want := foundIn(t, known.Folder(Contents{Records: records}), &records[0])
					if !known.Answers(first.Asked()) && !slices.Equal(found, want) {
						t.Errorf("%s beside %v: %q is found early and %q later, and nothing was asked that tells", name, partners, found, want)
					}
					if test.precise && name == "nobody" && known.Answers(first.Asked()) {
						t.Errorf("%s beside %v: something was asked that has an answer", name, partners)
					}
				}
			}
		})
	}
}

// thing returns a record of that name.
func thing(t *testing.T, name string) TypedRecord {
	t.Helper()
	rec, unreadable := record.Load("partners/example/things/a.yaml", []byte("size: 1\nname: "+name+"\n"))
	if rec == nil {
		t.Fatal(unreadable)
	}
	return TypedRecord{rec, "thing", true}
}

func foundIn(t *testing.T, folder *FolderJudge, r *TypedRecord) (messages []string) {
	t.Helper()
	found, err := folder.Judge(t.Context(), Case{Now: r})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		messages = append(messages, f.Message)
	}
	slices.Sort(messages)
	return messages
}
