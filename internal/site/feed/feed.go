// Package feed writes what a site shows for other programs: JSON, CSV and a
// calendar.
package feed

import (
	"context"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/parallel"
	"gitlab.com/gitlab-com/alliances/internal/site"
)

// Files returns all files for programs, made on as many goroutines as jobs says.
func Files(s *site.Site, jobs int) ([]site.File, error) {
	makers := []func(*site.Site) ([]site.File, error){API, CSV, Calendar}
	made := make([][]site.File, len(makers))
	err := parallel.Each(context.Background(), jobs, len(makers), func(i int) (err error) {
		made[i], err = makers[i](s)
		return err
	})
	return slices.Concat(made...), err
}
