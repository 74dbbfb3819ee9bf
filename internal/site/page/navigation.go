package page

// A pageLink is a page with the name that links to it have.
type pageLink struct{ Page, Title string }

// places returns what the navigation of every page leads to.
func (pr *printer) places() []pageLink {
	all := []pageLink{
		{"index.html", "Overview"},
		{"partners/index.html", "Partners"},
		{"licenses/index.html", "Licences"},
		{"campaigns/index.html", "Campaigns"},
		{"kpis.html", "Figures"},
		{"models.html", "Delivery models"},
	}
	if len(pr.site.Kinds) > 0 {
		all = append(all, pageLink{"kinds/index.html", "Other records"})
	}
	return append(all, pageLink{"rules/index.html", "Rules"}, pageLink{"about.html", "About"})
}
