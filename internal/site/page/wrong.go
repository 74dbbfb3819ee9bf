package page

const wrongPage = "findings.html"

// wrongList is how many findings a page of findings shows.
const wrongList = 150

// wrong returns the tasks that make the list of all findings, where there are
// any.
func (pr *printer) wrong() []task {
	var tasks []task
	for _, found := range split(allFindings(pr.site), wrongList, wrongPage, "findings", "findings") {
		s := sheet{Page: found.Pager.Page(), Template: "findings", Title: "What is wrong", Section: "index.html", Body: &found}
		if found.Pager.At > 1 {
			s.Title, s.Above = s.Title+", page "+thousands(found.Pager.At), []pageLink{{wrongPage, "What is wrong"}}
		}
		tasks = append(tasks, func() error { return pr.page(s) })
	}
	return tasks
}
