package lookup

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"gitlab.com/gitlab-com/alliances/internal/repo"
	"gitlab.com/gitlab-com/alliances/internal/schema"
)

func kinds(t *testing.T) *schema.Set {
	t.Helper()
	files := fstest.MapFS{}
	for kind, title := range map[string]string{"license": "Licence", "kpi": "Monthly figures", "inquiry": "", "box": "Box"} {
		files[kind+".schema.json"] = &fstest.MapFile{Data: []byte(`{"title": "` + title + `", "x-place": "partners/{partner}/` + kind + `/{id}.yaml"}`)}
	}
	set, err := schema.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestKind(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"license", "license"}, {"LICENSE", "license"}, {"licenses", "license"}, {"licence", "license"}, {"Licences", "license"},
		{"kpis", "kpi"}, {"monthly figures", "kpi"}, {"monthly-figures", "kpi"},
		{"inquiries", "inquiry"}, {"boxes", "box"},
	} {
		if got, err := Kind(kinds(t), test.name); got != test.want {
			t.Errorf("%q is %q, want %q (%v)", test.name, got, test.want, err)
		}
	}
	for _, test := range []struct{ name, want string }{
		{"lisence", "there is no kind of record named \"lisence\"; there are box, inquiry, kpi, license; did you mean `license`?"},
		{"enquiry", "there is no kind of record named \"enquiry\"; there are box, inquiry, kpi, license; did you mean `inquiry`?"},
		{"picture", "there is no kind of record named \"picture\"; there are box, inquiry, kpi, license"},
		{"", "there is no kind of record named \"\"; there are box, inquiry, kpi, license"},
	} {
		if got, err := Kind(kinds(t), test.name); err == nil || err.Error() != test.want {
			t.Errorf("%q is %q: %v, want %s", test.name, got, err, test.want)
		}
	}
}

func tree() *repo.Tree {
	return repo.New(fstest.MapFS{
		"partners/example-ci/partner.yaml":           {Data: []byte("kind: partner\nname: Example CI\naliases: [ExCI, Example]\n")},
		"partners/example-ci/licenses/2026-03.yaml":  {Data: []byte("kind: license\n")},
		"partners/example-ci/licenses/runner.yaml":   {Data: []byte("kind: license\n")},
		"partners/parts/partner.yaml":                {Data: []byte("kind: partner\nname: Société Parts\naliases: [Example, 12]\n")},
		"partners/parts/licenses/2026-03.yaml":       {Data: []byte("kind: license\n")},
		"partners/broken/partner.yaml":               {Data: []byte("kind: [\n")},
		"partners/_program/kpis/2026-01.yaml":        {Data: []byte("kind: kpi\n")},
		"partners/example-ci/licenses/README.md":     {},
		"partners/example-ci/licenses/.hidden.yaml":  {},
		"partners/without-a-partner/requests/1.yaml": {},
	})
}

func TestPath(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"example-ci", "partners/example-ci"}, {"Example CI", "partners/example-ci"}, {"EXCI", "partners/example-ci"},
		{"société parts", "partners/parts"}, {"12", "partners/parts"}, {"broken", "partners/broken"},
		{"without-a-partner", "partners/without-a-partner"}, {"_program", "partners/_program"},
		{"runner", "partners/example-ci/licenses/runner.yaml"}, {"Runner.yaml", "partners/example-ci/licenses/runner.yaml"},
		{"parts/licenses/2026-03", "partners/parts/licenses/2026-03.yaml"}, {"2026-01", "partners/_program/kpis/2026-01.yaml"},
	} {
		if got, err := Path(t.Context(), tree(), test.name); got != test.want || err != nil {
			t.Errorf("%q is at %q, want %q (%v)", test.name, got, test.want, err)
		}
	}
	for _, test := range []struct{ name, want string }{
		{"Example", `"Example" is more than one partner: example-ci, parts; name one of them`},
		{"2026-03", `"2026-03" is more than one record: partners/example-ci/licenses/2026-03.yaml, partners/parts/licenses/2026-03.yaml; name one of them`},
		{"Exampel CI", "there is no partner \"Exampel CI\"; did you mean `example-ci`?"},
		{"nobody at all", `there is no partner "nobody at all"`},
		{"", `there is no partner ""`},
		{".hidden", `there is no partner ".hidden"`},
	} {
		if got, err := Path(t.Context(), tree(), test.name); err == nil || err.Error() != test.want {
			t.Errorf("%q is at %q: %v, want %s", test.name, got, err, test.want)
		}
	}
}

func TestHint(t *testing.T) {
	_, err := Partner(tree(), "Exampel CI")
	if got := Hint(err); got != "; did you mean `example-ci`?" {
		t.Errorf("the hint is %q", got)
	}
	if got := Hint(errors.New("another")); got != "" {
		t.Errorf("of another error the hint is %q", got)
	}
	if _, err := Path(t.Context(), tree(), "partner"); !errors.Is(err, ErrSeveral) || strings.Count(err.Error(), "partners/") != 3 {
		t.Errorf("of what three records are called: %v", err)
	}
}
