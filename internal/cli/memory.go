package cli

import "runtime/debug"

// A run trades memory for time: garbage is collected when the limit is near, and
// hardly before. What the environment says, by GOGC and GOMEMLIMIT, has precedence.
const (
	gcPercent = 1600

	usualMemory = 175 << 20 // bytes
	judgeMemory = 51 << 20  // to judge few records
	keptMemory  = 180       // bytes that are kept of each record until all are judged

	folderLimit  = 1_000    // records of a folder that take no memory of their own
	recordMemory = 24 << 10 // bytes of each record that is in memory at a time
	textMemory   = 200      // bytes for each byte of the largest record
)

// tuneMemory has the program work with so many bytes of memory.
func (p *Program) tuneMemory(limit int64) {
	if p.Env("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if p.Env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}

// takeMemory takes what so many records need that are judged, of which so many are
// in the largest folder: those of one are judged together. With less, collecting
// garbage would be most of the work.
func (p *Program) takeMemory(records, largest int) {
	limit := judgeMemory + keptMemory*int64(records)
	if largest > folderLimit {
		limit += recordMemory * int64(largest)
	}
	p.raiseMemory(limit)
}

// takeText takes what a record needs that is as large as that.
func (p *Program) takeText(bytes int) { p.raiseMemory(judgeMemory + textMemory*int64(bytes)) }

func (p *Program) raiseMemory(limit int64) {
	if p.Env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(max(debug.SetMemoryLimit(-1), limit))
	}
}
