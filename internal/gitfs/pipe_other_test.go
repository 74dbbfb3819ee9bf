//go:build !unix

package gitfs

func (g testRepo) mkfifo(string) {
	g.Helper()
	g.Skip("pipes have no place among files here")
}
