package page

func (pr *printer) about() error {
	return pr.page(sheet{Page: "about.html", Template: "about", Title: "About this site", Section: "about.html"})
}
