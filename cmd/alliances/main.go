// Command alliances keeps partners, licence grants and campaigns as code.
package main

import (
	"os"
	"time"

	gitlab "gitlab.com/gitlab-com/alliances/.gitlab"
	"gitlab.com/gitlab-com/alliances/internal/cli"
	"gitlab.com/gitlab-com/alliances/policies"
	"gitlab.com/gitlab-com/alliances/schemas"
)

func main() { os.Exit(program(time.Now).Main(os.Args[1:])) }

func program(now func() time.Time) *cli.Program {
	return &cli.Program{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Getenv, Now: now,
		Schemas: schemas.Files, Policies: policies.Files, Forms: gitlab.Files,
	}
}
