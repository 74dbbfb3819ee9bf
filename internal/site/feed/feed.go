// Package feed writes what a site shows for other programs: JSON, CSV and a
// calendar.
package feed

import "gitlab.com/gitlab-com/alliances/internal/site"

// Files returns all files for programs.
func Files(s *site.Site) ([]site.File, error) {
	var all []site.File
	for _, write := range []func(*site.Site) ([]site.File, error){API, CSV, Calendar} {
		files, err := write(s)
		if err != nil {
			return nil, err
		}
		all = append(all, files...)
	}
	return all, nil
}
