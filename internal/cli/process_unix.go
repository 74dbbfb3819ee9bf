//go:build unix

package cli

import (
	"errors"
	"syscall"
)

// isRunning reports whether there is a process of that number.
func isRunning(process int) bool { return !errors.Is(syscall.Kill(process, 0), syscall.ESRCH) }
