package page

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/site/sitetest"
)

var headingPattern = regexp.MustCompile(`<h2 id="([^"]*)">`)

// TestPartnerBegins makes sure that what needs attention comes first on the page
// of a partner: what is wrong, what is due and what is missing.
func TestPartnerBegins(t *testing.T) {
	lead := "lead: '@lead'\n"
	pages := rendered(t, siteOn(t, "2026-06-15", map[string]string{
		"partners/acme/partner.yaml":    sitetest.Acme + lead,
		"partners/acme/licenses/a.yaml": sitetest.Between("2026-01-15", "2026-07-15", ""),
		"partners/acme/licenses/b.yaml": strings.Replace(sitetest.Between("2026-06-01", "2026-12-01", ""), "seats: 2", "seats: 0", 1),
		"partners/acme/requests/a.yaml": fmt.Sprintf(request, 2, 1, "new"),
		"partners/beta/partner.yaml":    strings.NewReplacer("Acme", "Beta", "acme", "beta").Replace(sitetest.Acme) + lead,
		"partners/gamma/partner.yaml":   "kind: partner\nname: Gamma\ntype: upstream\nstatus: prospective\n" + lead,
	}), 1)
	for page, want := range map[string][]string{"acme": {"wrong", "attention", "facts"}, "beta": {"facts"}, "gamma": {"missing", "facts"}} {
		got := matches(headingPattern, pages["partners/"+page+".html"])
		if diff := cmp.Diff(want, got[:min(len(got), len(want))]); diff != "" {
			t.Errorf("%s begins otherwise (-want +got):\n%s", page, diff)
		}
	}
	due := regexp.MustCompile(`badge-(waiting|coming)">`).FindAllString(pages["partners/acme.html"], -1)
	if len(due) != 2 || !strings.HasPrefix(due[0], "badge-waiting") || !strings.Contains(pages["partners/acme.html"], "ends, in 30 days") {
		t.Errorf("due are %v", due)
	}
	if nothing := "Nothing of it waits, and nothing ends within 30 days."; !strings.Contains(pages["partners/beta.html"], nothing) || strings.Contains(pages["partners/acme.html"], nothing) {
		t.Error("it is not said where there is nothing")
	}
}
