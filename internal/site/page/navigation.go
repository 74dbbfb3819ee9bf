package page

// A pageLink is a page with the name that links to it have.
type pageLink struct{ Page, Title string }

// places returns what the navigation of every page leads to.
func (pr *printer) places() []pageLink {
	all := []pageLink{
		{"index.html", "Overview"},
		{directoryPage, "Partners"},
		{licensesPage, "Licences"},
		{campaignsPage, "Campaigns"},
		{figuresPage, "Figures"},
		{modelsPage, "Delivery models"},
	}
	if len(pr.site.Kinds) > 0 {
		all = append(all, pageLink{kindsPage, "Other records"})
	}
	return append(all, pageLink{rulesPage, "Rules"}, pageLink{manualPage, "Manual"}, pageLink{"about.html", "About"})
}
