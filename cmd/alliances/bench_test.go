package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
)

// BenchmarkProcess measures whole processes, from their start to their end: one
// record of the repository, and a whole corpus.
func BenchmarkProcess(b *testing.B) {
	program := build(b)
	run := func(name, dir, want string) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				out, _ := exec.Command(program, "validate", "-C", dir).Output() // findings are exit status 1
				if !strings.Contains(string(out), want) {
					b.Fatalf("no %q in %s", want, out)
				}
			}
		})
	}
	one, many := b.TempDir(), b.TempDir()
	for path, text := range corpus.Files(1) {
		if filepath.Base(path) == "partner.yaml" {
			writeFile(b, filepath.Join(one, path), text)
		}
	}
	run("1", one, "1 record of 1 partner: no errors")
	if err := corpus.Write(many, 10_000); err != nil {
		b.Fatal(err)
	}
	run("10000", many, fmt.Sprintf("%d errors", corpus.Findings(10_000)))
}

// build returns the program, built as it is released.
func build(b *testing.B) string {
	program := filepath.Join(b.TempDir(), "alliances")
	command := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, ".")
	command.Env = append(command.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}
