package page

const wrongPage = "findings.html"

// wrongList is how many findings a page of findings shows.
const wrongList = 150

// wrong returns the tasks that make the list of all findings, where there are
// any.
func (pr *printer) wrong() []task {
	var tasks []task
	for _, found := range split(allFindings(pr.site), wrongList, wrongPage, "findings", "findings") {
		s := sheet{Template: "findings", Title: "What is wrong", Section: "index.html", Body: &found}
		tasks = append(tasks, func() error { return pr.page(s.numbered(found.Pager)) })
	}
	return tasks
}
