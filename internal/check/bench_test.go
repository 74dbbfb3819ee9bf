package check

import (
	"context"
	"fmt"
	"path"
	"runtime"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
	"gitlab.com/gitlab-com/alliances/internal/dirfs"
	"gitlab.com/gitlab-com/alliances/internal/layout"
	"gitlab.com/gitlab-com/alliances/internal/policy"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/repo"
)

// perRecord reports the time that each of n records took.
func perRecord(b *testing.B, n int) {
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/record")
}

// wantFindings makes sure that a benchmark measured what it was to measure.
func wantFindings(b *testing.B, got, want int) {
	b.Helper()
	if got != want {
		b.Fatalf("%d findings, want %d", got, want)
	}
}

// BenchmarkRun measures whole runs over a working tree, on all processors. It
// needs some seconds and 500 MB of disk for its largest; -short leaves that out.
func BenchmarkRun(b *testing.B) {
	for _, records := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(records), func(b *testing.B) {
			if testing.Short() && records > 10_000 {
				b.Skip("left out by -short")
			}
			dir := b.TempDir()
			if err := corpus.Write(dir, records); err != nil {
				b.Fatal(err)
			}
			tree := dirfs.New(dir)
			for b.Loop() {
				result := judged(b, tree, Options{Jobs: runtime.GOMAXPROCS(0)})
				wantFindings(b, len(result.Findings), corpus.Findings(records))
			}
			perRecord(b, records)
		})
	}
}

// BenchmarkGrants measures one partner with many grants: what a record costs
// must not grow with their number.
func BenchmarkGrants(b *testing.B) {
	judged(b, corpus.Grants(1), Options{Jobs: 1}) // compiles the rules
	for _, grants := range []int{10, 100, 1_000} {
		b.Run(fmt.Sprint(grants), func(b *testing.B) {
			tree := corpus.Grants(grants)
			for b.Loop() {
				wantFindings(b, len(judged(b, tree, Options{Jobs: 1}).Findings), grants-2)
			}
			perRecord(b, grants)
		})
	}
}

// BenchmarkStage measures each stage of a run alone, on one processor.
func BenchmarkStage(b *testing.B) {
	const records = 1_000
	dir := b.TempDir()
	if err := corpus.Write(dir, records); err != nil {
		b.Fatal(err)
	}
	rules, err := realRules()
	if err != nil {
		b.Fatal(err)
	}
	s := readStages(b, repo.New(dirfs.New(dir)), rules)
	stage := func(name string, want int, f func() int) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				wantFindings(b, f(), want)
			}
			perRecord(b, records)
		})
	}
	stage("read", records, func() int { return s.read(b) })
	stage("parse", records, func() int { return s.parse() })
	stage("value", records, func() int { return s.value() })
	stage("schema", s.invalid, func() int { return s.schema(rules) })
	stage("policy", corpus.Findings(records)-s.invalid, func() int { return s.policy(b, rules) })
}

// stages holds what each stage works on.
type stages struct {
	tree    *repo.Tree
	names   []string
	texts   [][]byte
	records []*record.Record
	folders map[string][]policy.TypedRecord
	invalid int // how many records fail their schema
}

func readStages(b *testing.B, tree *repo.Tree, rules *Rulebook) *stages {
	s := &stages{tree: tree, folders: map[string][]policy.TypedRecord{}}
	folders, err := tree.Folders()
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range folders {
		folder, err := tree.List(name)
		if err != nil {
			b.Fatal(err)
		}
		s.names = append(s.names, folder.Records...)
		for _, name := range folder.Records {
			text, err := tree.Text(name)
			if err != nil {
				b.Fatal(err)
			}
			rec, _ := record.Load(name, text)
			verdict := rules.Schemas.Judge(rec)
			if !verdict.Valid {
				s.invalid++
			}
			s.texts = append(s.texts, text)
			s.records = append(s.records, rec)
			s.folders[folder.Name] = append(s.folders[folder.Name], policy.TypedRecord{Record: rec, Kind: verdict.Kind, Valid: verdict.Valid})
		}
	}
	return s
}

func (s *stages) read(b *testing.B) (n int) {
	for _, name := range s.names {
		if _, err := s.tree.Text(name); err != nil {
			b.Fatal(err)
		}
		n++
	}
	return n
}

func (s *stages) parse() (n int) {
	for i, name := range s.names {
		if rec, _ := record.Load(name, s.texts[i]); rec != nil {
			n++
		}
	}
	return n
}

func (s *stages) value() (n int) {
	for _, rec := range s.records {
		if rec.Root.JSON() != nil {
			n++
		}
	}
	return n
}

func (s *stages) schema(rules *Rulebook) (n int) {
	for _, rec := range s.records {
		n += len(rules.Schemas.Judge(rec).Findings)
	}
	return n
}

func (s *stages) policy(b *testing.B, rules *Rulebook) (n int) {
	judge := rules.Policies.Judge(map[string]*policy.Partner{})
	for name, records := range s.folders {
		contents := policy.Contents{Records: records}
		for i := range records {
			if path.Base(records[i].Path) == layout.PartnerFile {
				contents.Partner = &records[i]
			}
		}
		folder := judge.Folder(contents)
		found, err := folder.Judge(context.Background(), alone(records)...)
		if err != nil {
			b.Fatal(name, err)
		}
		n += len(found)
	}
	return n
}
