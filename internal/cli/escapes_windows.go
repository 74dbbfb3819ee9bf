package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// takesEscapes reports whether a terminal takes escape sequences. Consoles of Windows
// show them as text until they are told.
func takesEscapes(terminal *os.File) bool {
	console := windows.Handle(terminal.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(console, &mode); err != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
