package page

import (
	"cmp"
	"slices"

	"gitlab.com/gitlab-com/alliances/internal/site"
)

// An ending is how many licences end within some days.
type ending struct{ Days, Licenses, Seats int }

// soonest returns the licences that run, the first to end first.
func soonest(licenses []*site.License) []*site.License {
	running := withState(licenses, "running")
	slices.SortStableFunc(running, func(x, y *site.License) int { return cmp.Compare(x.End, y.End) })
	return running
}

func withState(licenses []*site.License, state string) (found []*site.License) {
	for _, l := range licenses {
		if l.State == state {
			found = append(found, l)
		}
	}
	return found
}

func seatsOf(licenses []*site.License) (seats int) {
	for _, l := range licenses {
		seats += l.Seats
	}
	return seats
}

// endings returns how many of the running licences end within 30, 60 and 90
// days.
func endings(running []*site.License) []ending {
	all := []ending{{Days: 30}, {Days: 60}, {Days: 90}}
	for _, l := range running {
		for i := range all {
			if l.DaysLeft <= all[i].Days {
				all[i].Licenses++
				all[i].Seats += l.Seats
			}
		}
	}
	return all
}
