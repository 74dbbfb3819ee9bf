package schema

import (
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// BenchmarkJudge measures what a right record takes, with and without the lane.
func BenchmarkJudge(b *testing.B) {
	for _, name := range []string{"lane", "library"} {
		b.Run(name, func(b *testing.B) {
			set, err := Load(schemas.Files)
			if err != nil {
				b.Fatal(err)
			}
			if name == "library" {
				set.leaveLanes()
			}
			records := rightRecords(b, set)
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				if verdict := set.Judge(records[i%len(records)]); !verdict.Valid {
					b.Fatal(verdict.Findings)
				}
			}
		})
	}
}

// leaveLanes has the library judge every record.
func (s *Set) leaveLanes() {
	for _, kind := range s.kinds {
		kind.validator.lane = func() lane { return lane{} }
	}
}

// rightRecords returns those records of a corpus that are as their schemas ask.
func rightRecords(b testing.TB, set *Set) (records []*record.Record) {
	for path, text := range corpus.Files(1000) {
		if r, _ := record.Load(path, []byte(text)); r != nil && set.Judge(r).Valid {
			records = append(records, r)
		}
	}
	return records
}
