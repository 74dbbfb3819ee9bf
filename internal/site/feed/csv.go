package feed

import (
	"bytes"
	"encoding/csv"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/site"
	"gitlab.com/gitlab-com/alliances/internal/source"
)

const csvFolder = "data/"

const byteOrderMark = "\uFEFF"

// CSV returns the tables for spreadsheets, below data/: a header and a row for
// each record, as RFC 4180 has it. Months have a row for each count. No cell is
// a formula, and characters that do not show are written out. A byte order mark
// tells Excel that the text is UTF-8.
func CSV(s *site.Site) ([]site.File, error) {
	tables := []struct {
		name string
		rows [][]string
	}{
		{"partners", csvPartners(s)}, {"licenses", csvLicenses(s)}, {"campaigns", csvCampaigns(s)}, {"kpis", csvMonths(s)},
	}
	var files []site.File
	for _, table := range tables {
		data, err := encodeCSV(table.rows)
		if err != nil {
			return nil, err
		}
		files = append(files, site.File{Name: csvFolder + table.name + ".csv", Data: data})
	}
	return files, nil
}

func encodeCSV(rows [][]string) ([]byte, error) {
	b := bytes.NewBufferString(byteOrderMark)
	w := csv.NewWriter(b)
	w.UseCRLF = true
	for _, row := range rows {
		for i := range row {
			row[i] = source.Cell(row[i])
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func csvPartners(s *site.Site) [][]string {
	rows := [][]string{{
		"partner", "name", "aliases", "type", "category", "status", "priority", "criteria", "delivery_models",
		"licenses", "seats_in_use", "campaigns", "findings", "path",
	}}
	for _, p := range s.Partners {
		rows = append(rows, []string{
			p.Folder, p.Name, strings.Join(p.Aliases, ", "), p.Type, p.Category, p.Status, p.Priority,
			strings.Join(p.Criteria, ", "), strings.Join(p.Models, ", "), strconv.Itoa(len(p.Licenses)),
			strconv.Itoa(p.SeatsInUse), strconv.Itoa(len(p.Campaigns)), strconv.Itoa(len(p.Findings)), p.Path,
		})
	}
	return rows
}

func csvLicenses(s *site.Site) [][]string {
	rows := [][]string{{
		"partner", "partner_name", "id", "product", "plan", "seats", "starts_at", "expires_at", "ends_at", "state",
		"days_left", "purpose", "revoked_for", "findings", "path",
	}}
	for _, l := range s.Licenses {
		seats, left := "", ""
		if l.Seats > 0 {
			seats = strconv.Itoa(l.Seats)
		}
		if l.State == "running" {
			left = strconv.Itoa(l.DaysLeft)
		}
		rows = append(rows, []string{
			l.Folder, l.Partner.Name, l.ID, l.Product, l.Plan, seats, l.StartsAt, l.ExpiresAt, l.End, l.State,
			left, l.Purpose, l.RevokedFor, strconv.Itoa(len(l.Findings)), l.Path,
		})
	}
	return rows
}

func csvCampaigns(s *site.Site) [][]string {
	rows := [][]string{{
		"partner", "partner_name", "id", "topic", "starts_on", "ends_on", "amount", "currency", "approved",
		"acknowledged", "stage", "waits_for", "issue", "findings", "path",
	}}
	for _, c := range s.Campaigns {
		rows = append(rows, []string{
			c.Folder, c.Partner.Name, c.ID, c.Topic, c.StartsOn, c.EndsOn, c.Amount, c.Currency, c.Approved,
			c.Acknowledged, c.Stage, c.WaitsFor, c.Issue, strconv.Itoa(len(c.Findings)), c.Path,
		})
	}
	return rows
}

// csvMonths has a row for each count, so that platforms and methods come and go
// without another column.
func csvMonths(s *site.Site) [][]string {
	rows := [][]string{{"month", "figure", "of", "count"}}
	for _, m := range s.Months {
		for _, figure := range []struct {
			name   string
			counts map[string]int64
		}{{"active_installations", m.Installations}, {"active_smau", m.SMAU}, {"downloads", m.Downloads}} {
			for _, of := range slices.Sorted(maps.Keys(figure.counts)) {
				rows = append(rows, []string{m.Month, figure.name, of, strconv.FormatInt(figure.counts[of], 10)})
			}
		}
	}
	return rows
}
