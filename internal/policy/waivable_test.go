package policy

import (
	"strings"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/policies"
)

func TestWaivable(t *testing.T) {
	plain := load(t, goodPolicies())
	fsys := goodPolicies()
	fsys[ruleFile] = &fstest.MapFile{Data: []byte(waivable(goodRule))}
	if set := load(t, fsys); plain.IsWaivable("thing/size") || !set.IsWaivable("thing/size") || set.IsWaivable("thing/name") {
		t.Error("a rule can be waived if its METADATA says so, and only then")
	}
}

// TestWaivableIsKnownToRules makes sure that rules see of others whether they can
// be waived.
func TestWaivableIsKnownToRules(t *testing.T) {
	fsys := goodPolicies()
	asks := strings.Replace(goodRule, "input.record.size > data.handbook.largest", `data.catalogue["thing/size"].waivable`, 1)
	for _, text := range []string{asks, waivable(asks)} {
		fsys[ruleFile] = &fstest.MapFile{Data: []byte(text)}
		found, err := judgeThing(t, fsys, "size: 1", true)
		if want := text != asks; err != nil || (len(found) == 1) != want {
			t.Errorf("it finds %v, %v", found, err)
		}
	}
}

func TestRulesOnChangesCannotBeWaived(t *testing.T) {
	fsys := goodPolicies()
	rule := strings.NewReplacer(
		"#   - input.record: schema.thing\n", "#   - input.record: schema.thing\n#   - input.before: schema.thing\n",
		"#     wrong:\n", "#     before:\n#       partners/example/things/a.yaml: \"size: 1\"\n#     wrong:\n",
		"input.record.size >", "input.before.size >",
	).Replace(goodRule)
	fsys[ruleFile] = &fstest.MapFile{Data: []byte(rule)}
	load(t, fsys)
	fsys[ruleFile] = &fstest.MapFile{Data: []byte(waivable(rule))}
	_, err := parseAndCompile(fsys)
	if err == nil || !strings.Contains(err.Error(), "size.rego: line 1: METADATA: custom.waivable: a rule on changes cannot be waived") {
		t.Errorf("it loads, or says %v", err)
	}
}

func TestRulesOnWaiversCannotBeWaived(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, file := range goodPolicies() {
		text := strings.NewReplacer("thing.size", "waiver.size", "schema.thing", "schema.waiver").Replace(string(file.Data))
		fsys[strings.Replace(name, "thing/", "waiver/", 1)] = &fstest.MapFile{Data: []byte(text)}
	}
	const name = "rules/waiver/size/size.rego"
	fsys[name] = &fstest.MapFile{Data: []byte(waivable(string(fsys[name].Data)))}
	parsed, err := Parse(fsys)
	if err != nil {
		t.Fatal(err)
	}
	_, err = parsed.Compile(func() map[string]map[string]any { return map[string]map[string]any{"waiver": thingSchema["thing"]} })
	if err == nil || !strings.Contains(err.Error(), "size.rego: line 1: METADATA: custom.waivable: a rule on waivers cannot be waived") {
		t.Errorf("it loads, or says %v", err)
	}
}

// TestRealRulesThatCanBeWaived keeps in sight which of the handbook's rules leave
// room for exceptions.
func TestRealRulesThatCanBeWaived(t *testing.T) {
	parsed, err := Parse(policies.Files)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, rule := range parsed.rules {
		if rule.Waivable {
			ids = append(ids, rule.ID)
		}
	}
	want := "campaign/approval_limit campaign/cloud_partner license/default_seats license/partner_seat_total " +
		"license/partner_status license/plan license/seat_cap license/seats_requested license/term " +
		"partner/agreement partner/criteria partner/delivery_model partner/document_name partner/priority"
	if got := strings.Join(ids, " "); got != want {
		t.Errorf("these can be waived:\n%s\nwant\n%s", got, want)
	}
}

func waivable(rule string) string {
	return strings.Replace(rule, "#   severity: error\n", "#   severity: error\n#   waivable: true\n", 1)
}
