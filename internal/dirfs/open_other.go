//go:build !unix

package dirfs

func (f *FS) open(name string) (Folder, error) { return openByPath(f, name) }

func (f *FS) text(name string, most int) ([]byte, error) { return textByPath(f, name, most) }
