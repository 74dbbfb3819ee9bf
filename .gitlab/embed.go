// Package gitlab builds the forms for issues and merge requests into the program.
package gitlab

import "embed"

// Files holds the templates of issues and of merge requests.
//
//go:embed issue_templates merge_request_templates
var Files embed.FS
