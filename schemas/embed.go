// Package schemas builds the schemas of all kinds of record into the program.
package schemas

import "embed"

// Files holds the schemas and their examples.
//
//go:embed *.schema.json examples
var Files embed.FS
