package policy

import "testing"

func TestAnchor(t *testing.T) {
	for heading, want := range map[string]string{
		"License requests":                       "license-requests",
		"Alliances KPI's":                        "alliances-kpis",
		"MDF cloud credit reimbursement process": "mdf-cloud-credit-reimbursement-process",
		"E-Mail & Été":                           "e-mail--été",
	} {
		if got := anchor(heading); got != want {
			t.Errorf("the anchor of %q is %q, want %q", heading, got, want)
		}
	}
}
