package cli

import (
	"errors"

	"golang.org/x/sys/windows"
)

// isRunning reports whether there is a process of that number. One that has ended is
// there for as long as somebody else holds on to it.
func isRunning(process int) bool {
	handle, err := windows.OpenProcess(windows.SYNCHRONIZE, false, uint32(process))
	if err != nil {
		return errors.Is(err, windows.ERROR_ACCESS_DENIED)
	}
	defer windows.CloseHandle(handle)
	event, err := windows.WaitForSingleObject(handle, 0)
	return err == nil && event == uint32(windows.WAIT_TIMEOUT)
}
