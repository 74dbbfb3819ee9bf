package record_test

import (
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
	"gitlab.com/gitlab-com/alliances/internal/record"
)

// BenchmarkLoad loads a record as most of them are.
func BenchmarkLoad(b *testing.B) {
	text := []byte(`# A grant for the plugin.
kind: license
product: self-managed
plan: ultimate
seats_requested: 8
seats: 8
starts_at: 2026-01-12
expires_at: 2026-07-12
purpose: Build and test the editor plugin
approval:
  by: "@alliances-lead"
  date: 2026-01-08
documents:
  - name: Example CI 日本 and GitLab
    url: https://docs.example/d/1
notes: >-
  Five seats are not enough, since two teams
  build the plugin.
`)
	for b.Loop() {
		if r, findings := record.Load(path, text); r == nil {
			b.Fatal(findings)
		}
	}
}

// BenchmarkLane loads records through the lane, and the same ones beside it.
func BenchmarkLane(b *testing.B) {
	var texts [][]byte
	size := 0
	for _, text := range corpus.Files(400) {
		texts = append(texts, []byte(text))
		size += len(text)
	}
	for _, way := range []struct {
		name string
		load func(text []byte) *record.Record
	}{
		{"lane", func(text []byte) *record.Record { r, _ := record.Load(path, text); return r }},
		{"parser", record.LoadBesideLane},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(size / len(texts)))
			for i := 0; b.Loop(); i++ {
				if way.load(texts[i%len(texts)]).Root == nil {
					b.Fatal("no record")
				}
			}
		})
	}
}
