// Package policies builds the policies and the handbook's data into the program.
package policies

import "embed"

// Files holds the handbook's data, the rules, what they share, and their tests.
//
//go:embed handbook lib rules
var Files embed.FS
