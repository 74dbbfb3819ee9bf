package policy

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// capabilities returns what of OPA the policies may use. There is nothing that
// reads the clock, the network or the environment or draws random numbers, so
// that the same records get the same verdict, and nothing that turns a small
// value into days of work and no rule needs.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	all := ast.CapabilitiesForThisVersion()
	all.AllowNet = []string{} // no host: schema references are never fetched
	all.Builtins = slices.DeleteFunc(slices.Clone(all.Builtins), func(b *ast.Builtin) bool {
		return !slices.Contains(operators, b.Name) && !slices.Contains(functions, b.Name)
	})
	return all
})

// operators are the builtins that are written as signs or words of the language,
// and what the compiler makes of those.
var operators = []string{
	"and", "assign", "div", "eq", "equal", "gt", "gte", "lt", "lte", "minus", "mul", "neq", "or", "plus", "rem",
	"internal.member_2", "internal.member_3", "internal.print", "internal.template_string", "internal.test_case",
}

// functions are the builtins that policies call by name. policies/README.md
// lists them.
var functions = []string{
	"abs", "array.concat", "array.reverse", "array.slice", "ceil", "concat", "contains", "count", "endswith", "floor",
	"format_int", "glob.match", "graph.reachable", "indexof", "intersection", "is_array", "is_boolean", "is_null", "is_number", "is_object",
	"is_set", "is_string", "json.marshal", "json.unmarshal", "lower", "max", "min", "numbers.range", "object.filter",
	"object.get", "object.keys", "object.remove", "object.subset", "object.union", "object.union_n", "print", "product",
	"regex.find_n", "regex.match", "regex.replace", "regex.split", "round", "sort", "split", "sprintf", "startswith",
	"strings.any_prefix_match", "strings.any_suffix_match", "substring", "sum", "to_number", "trace", "trim", "trim_left",
	"trim_prefix", "trim_right", "trim_space", "trim_suffix", "type_name", "union", "upper",
}

// instead says what to use for builtins that policies cannot call, by how their
// names begin.
var instead = []struct{ prefix, advice string }{
	{"array.flatten", "name what is in the lists: `[x | some list in lists; some x in list]`"},
	{"bits.", "calculate with + - * / %"},
	{"graph.", "use graph.reachable"},
	{"http.", "a rule reads its record, its folder and data alone"},
	{"json.filter", "use object.filter"},
	{"json.patch", "use object.union and object.remove"},
	{"json.remove", "use object.remove"},
	{"net.", "a rule reads its record, its folder and data alone"},
	{"opa.", "a rule reads its record, its folder and data alone"},
	{"rand.", "the same records get the same verdict"},
	{"regex.", "use regex.match, regex.find_n or regex.split"},
	{"replace", "use regex.replace, or concat and split"},
	{"set_diff", "use -"},
	{"strings.replace_n", "use regex.replace, or concat and split"},
	{"time.now", "the same records get the same verdict on any day"},
	{"time.", "use data.lib.dates: dates compare as text"},
	{"uuid.", "the same records get the same verdict"},
	{"walk", "name the fields that the rule is about"},
}

// refusal says of a builtin that policies cannot call what to use instead; it is
// "" for a name that is no builtin of OPA's.
func refusal(name string) string {
	if !slices.ContainsFunc(ast.CapabilitiesForThisVersion().Builtins, func(b *ast.Builtin) bool { return b.Name == name }) {
		return ""
	}
	text := "policies/README.md lists the functions that rules can call"
	for _, i := range instead {
		if strings.HasPrefix(name, i.prefix) {
			return fmt.Sprintf("rules cannot call it: %s; %s", i.advice, text)
		}
	}
	return "rules cannot call it; " + text
}
