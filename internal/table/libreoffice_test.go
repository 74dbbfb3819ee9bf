package table

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLibreOffice reads what LibreOffice Calc writes: with each separator, with all
// texts in quotes and without.
func TestLibreOffice(t *testing.T) {
	program := os.Getenv("ALLIANCES_LIBREOFFICE")
	if program == "" {
		t.Skip("ALLIANCES_LIBREOFFICE names no LibreOffice (soffice) to write tables with")
	}
	want := &Sheet{
		Headings: []string{"name", "Type of partner", "notes", "aliases"},
		Rows: []Row{
			{2, []string{"Müller & Søn", "integrated", "one\ntwo; \"three\", four", "MS; M|S"}},
			{4, []string{"例 Example", "cloud", "2026-03-31", "=1"}},
		},
	}
	dir := t.TempDir()
	text := "name,Type of partner,notes,aliases\nMüller & Søn,integrated,\"one\ntwo; \"\"three\"\", four\",MS; M|S\n,,,\n例 Example,cloud,2026-03-31,'=1\n"
	if err := os.WriteFile(filepath.Join(dir, "in.csv"), []byte("\ufeff"+text), 0o666); err != nil {
		t.Fatal(err)
	}
	convert := func(args ...string) {
		t.Helper()
		args = append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless"}, args...)
		if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	convert("--infilter=CSV:44,34,76,1", "--convert-to", "ods:calc8", "--outdir", dir, filepath.Join(dir, "in.csv"))
	// The numbers are the separator, the quote, UTF-8, the first row, and then
	// whether all texts are in quotes and cells are saved as shown.
	for name, filter := range map[string]string{
		"commas": "44,34,76,1,,0,false,true", "semicolons": "59,34,76,1,,0,false,true", "tabs": "9,34,76,1,,0,false,true",
		"quotes": "44,34,76,1,,0,true,true", "byte order mark": "59,34,76,1,,0,true,true,false,false,false,-1,true",
	} {
		t.Run(name, func(t *testing.T) {
			convert("--convert-to", "csv:Text - txt - csv (StarCalc):"+filter, "--outdir", dir, filepath.Join(dir, "in.ods"))
			data, err := os.ReadFile(filepath.Join(dir, "in.csv"))
			if err != nil {
				t.Fatal(err)
			}
			sheet, err := Read(data, fieldsOf(t, "partner").IsHeading)
			if err != nil {
				t.Fatal(err)
			}
			for i := range sheet.Rows {
				for j := range sheet.Rows[i].Cells {
					sheet.Rows[i].Cells[j] = clean(sheet.Rows[i].Cells[j])
				}
			}
			if diff := cmp.Diff(want, sheet); diff != "" {
				t.Errorf("(-want +got):\n%s\n%q", diff, data)
			}
		})
	}
}
