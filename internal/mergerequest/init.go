package mergerequest

import (
	"context"
	"fmt"
	"os/exec"
)

// Init makes a git repository of a folder, whose branch is main and has no commit yet.
func Init(ctx context.Context, dir string) error {
	program, err := exec.LookPath("git")
	if err != nil {
		return fmt.Errorf("git is not installed, or not on the PATH, and it is git that keeps the records: %w", err)
	}
	g := &Git{program: program, dir: dir}
	if _, err := g.line(ctx, "init", "--quiet"); err != nil {
		return err
	}
	// Git before 2.28 does not take the name of the branch for init.
	_, err = g.line(ctx, "symbolic-ref", "HEAD", "refs/heads/main")
	return err
}
