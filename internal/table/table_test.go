package table

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gitlab.com/gitlab-com/alliances/internal/record"
	"gitlab.com/gitlab-com/alliances/internal/schema"
	"gitlab.com/gitlab-com/alliances/schemas"
)

// fieldsOf returns the columns of a kind of this repository.
func fieldsOf(t *testing.T, kind string) *Fields {
	t.Helper()
	set, err := schema.Load(schemas.Files)
	if err != nil {
		t.Fatal(err)
	}
	return &Fields{Kind: []string{kind}, Fields: set.Fields(kind), Names: []string{"partner", "id"}}
}

// read returns the sheet, its columns and how they are read.
func read(t *testing.T, kind, text string) (*Sheet, *Reading) {
	t.Helper()
	fields := fieldsOf(t, kind)
	sheet, err := Read([]byte(text), fields.IsHeading)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := fields.Columns(sheet, nil)
	if err != nil {
		t.Fatal(err)
	}
	return sheet, NewReading(sheet, columns)
}

// TestRead reads tables as programs write them.
func TestRead(t *testing.T) {
	want := []Row{{2, []string{"Example CI", "integrated", "one\ntwo"}}, {5, []string{"Example Builds", "cloud", ""}}}
	for name, text := range map[string]string{
		"commas":          "name,type,notes\nExample CI,integrated,\"one\ntwo\"\n\n,,\nExample Builds,cloud,\n",
		"semicolons":      "name;type;notes\nExample CI;integrated;\"one\ntwo\"\n;;\n\nExample Builds;cloud;\n",
		"tabs":            "name\ttype\tnotes\nExample CI\tintegrated\t\"one\ntwo\"\n\t\t\n\t\t\nExample Builds\tcloud\t\n",
		"byte order mark": "\ufeffname,type,notes\nExample CI,integrated,\"one\ntwo\"\n\n\nExample Builds,cloud,\n",
		"Windows":         "name,type,notes\r\nExample CI,integrated,\"one\r\ntwo\"\r\n\r\n,,\r\nExample Builds,cloud,\r\n",
		"no last break":   "name,type,notes\nExample CI,integrated,\"one\ntwo\"\n\n\nExample Builds,cloud,",
		"all in quotes":   "\"name\",\"type\",\"notes\"\n\"Example CI\",\"integrated\",\"one\ntwo\"\n\"\",\"\",\"\"\n\n\"Example Builds\",\"cloud\",\"\"\n",
		"Macintosh":       "name,type,notes\rExample CI,integrated,\"one\rtwo\"\r\r,,\rExample Builds,cloud,\r",
		"told separator":  "sep=;\nname;type;notes\nExample CI;integrated;\"one\ntwo\"\n;;\n\nExample Builds;cloud;\n",
		"told by Windows": "SEP=\t\r\nname\ttype\tnotes\r\nExample CI\tintegrated\t\"one\r\ntwo\"\r\n\r\n\t\t\r\nExample Builds\tcloud\t\r\n",
		"UTF-16": string([]byte{0xff, 0xfe}) + strings.Join(strings.Split("name,type,notes\nExample CI,integrated,\"one\ntwo\"\n\n\nExample Builds,cloud,\n", ""), "\x00") +
			"\x00",
	} {
		sheet, err := Read([]byte(text), fieldsOf(t, "partner").IsHeading)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(&Sheet{[]string{"name", "type", "notes"}, want}, sheet); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestReadRefuses names the row and what to do.
func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "it is empty: its first row says which field each column is",
		"\n\n,,\n":                   "it is empty",
		"name,type\nM\xfcller,cloud": "it is not written in UTF-8 (see line 2): save it again as CSV UTF-8",
		"name,type\nA,cloud\n\"B,x":  "row 3 cannot be read: a quotation mark is missing",
		"name,type\nA \"B\" C,cloud": "row 2 cannot be read: a quotation mark is missing, or one stands in a cell that is not in quotes, on line 2",
	} {
		_, err := Read([]byte(text), func(string) bool { return false })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestColumns takes headings as people write them.
func TestColumns(t *testing.T) {
	for heading, want := range map[string]string{
		"name": "name", "NAME": "name", " Name ": "name", "Partner name": "name",
		"Type of partner": "type", "Partner type": "type", "type": "type",
		"alliance_folder.url": "alliance_folder.url", "Alliance folder.URL": "alliance_folder.url", "Folder address": "alliance_folder.url", "Sales agreed Agreed on": "agreement.sales.date",
		"former since": "former_since", "FormerSince": "former_since", "former-since": "former_since",
		"documents.1.name": "documents.0.name", "Documents.12.Url": "documents.11.url",
		"aliases.2": "aliases.1", "Other names": "aliases", "agreement.sales.by": "agreement.sales.by",
		"partner": "", "ID": "", "kind": "",
	} {
		column, err := fieldsOf(t, "partner").Find(heading)
		if got := strings.Join(column.Path, "."); err != nil || got != want {
			t.Errorf("%q is %q, want %q (%v)", heading, got, want, err)
		}
	}
	if column, err := fieldsOf(t, "kpi").Find("active_installations.example-cloud"); err != nil || column.Path[1] != "example-cloud" {
		t.Errorf("%v, %v", column.Path, err)
	}
}

// TestColumnsRefuse says what is wrong with a heading.
func TestColumnsRefuse(t *testing.T) {
	fields := fieldsOf(t, "partner")
	for heading, want := range map[string]string{
		"websiet":      `the heading "websiet" (cell B1): no field is called so; did you mean ` + "`website`?",
		"Favourite":    "say which it is with --column FIELD=HEADING, or leave the column out",
		"documents":    "its entries have parts, each with a heading of its own, such as documents.1.name",
		"agreement":    "it has parts, each with a heading of its own, such as agreement.sales",
		"Name":         `"name" is the same field already`,
		"Agreed on":    "it can be any of agreement.sales.date, agreement.product.date, agreement.engineering.date: write which",
		"documents.x":  "no field is called so",
		"documents.0":  "no field is called so",
		"":             "cell B2 holds something, but its column has no heading: write one into B1",
		"name.first":   "no field is called so",
		"aliases.1000": "no field is called so",
	} {
		sheet := &Sheet{Headings: []string{"name", heading}, Rows: []Row{{2, []string{"a", "b"}}}}
		if _, err := fields.Columns(sheet, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", heading, err, want)
		}
	}
	sheet := &Sheet{Headings: []string{"What it is called"}}
	if columns, err := fields.Columns(sheet, map[string]string{"name": "what it is called"}); err != nil || columns[0].Path[0] != "name" {
		t.Errorf("%v %v", columns, err)
	}
	if _, err := fields.Columns(sheet, map[string]string{"name": "Other", "type": "What it is called"}); err == nil || !strings.Contains(err.Error(), "--column name=Other: there is no such heading") {
		t.Error(err)
	}
}

// TestRow takes cells as people write them.
func TestRow(t *testing.T) {
	sheet, reading := read(t, "partner", "name,type,aliases,regions,documents.1.name,documents.3.name,lead,Kind,Id\n"+
		" Example CI ,Integrated,ExCI; 'CI;,Europe|asia,,Doc,'@manager,partner,x\n")
	values, names, problems := reading.Row(&sheet.Rows[0])
	got := map[string]any{}
	for _, value := range values {
		got[strings.Join(value.Path, ".")] = value.Value.JSON()
	}
	want := map[string]any{
		"name": "Example CI", "type": "integrated", "aliases": []any{"ExCI", "'CI"}, "regions": []any{"europe", "asia"},
		"documents.0.name": "Doc", "lead": "@manager",
	}
	if diff := cmp.Diff(want, got); diff != "" || len(problems) > 0 {
		t.Errorf("(-want +got):\n%s\n%v", diff, problems)
	}
	if diff := cmp.Diff(map[string]string{"kind": "partner", "id": "x"}, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	sheet.Rows[0].Cells = append(sheet.Rows[0].Cells, "more")
	if _, _, problems := reading.Row(&sheet.Rows[0]); len(problems) != 1 || !strings.HasPrefix(problems[0].Message, "cell J2 stands behind the last heading") {
		t.Errorf("%v", problems)
	}
}

// TestRowRefuses names the cell that holds what is no text.
func TestRowRefuses(t *testing.T) {
	sheet, reading := read(t, "partner", "name,notes\nN,\"a\tb\nc\x1b[1m\"\n")
	_, _, problems := reading.Row(&sheet.Rows[0])
	if len(problems) != 1 || problems[0].Column.Index != 1 || problems[0].Message != "it holds a control character (U+001B), which is no text: take it out" {
		t.Errorf("%v", problems)
	}
}

// TestNumbers reads grouped digits where the column can be read in one way only.
func TestNumbers(t *testing.T) {
	for _, test := range []struct {
		cells []string
		want  string
	}{
		{[]string{"8000"}, "8000"},
		{[]string{"8000.5"}, "8000.5"},
		{[]string{"8,000"}, `"8,000" can be 8000 or 8.000`},
		{[]string{"8.000"}, `"8.000" can be 8.000 or 8000`},
		{[]string{"8,000", "10,500,000"}, "8000 10500000"},
		{[]string{"8,000", "10,500.25"}, "8000 10500.25"},
		{[]string{"8.000", "10.500,25"}, "8000 10500.25"},
		{[]string{"8,5", "10"}, "8.5 10"},
		{[]string{"8,5", "8.5"}, "8.5 8.5"}, // each by itself
		{[]string{"-8,5"}, "-8.5"},
		{[]string{"8,00,000"}, "8,00,000"}, // no number: the schema says so
		{[]string{"eight"}, "eight"},
	} {
		sheet, reading := read(t, "campaign", "budget.amount\n\""+strings.Join(test.cells, "\"\n\"")+"\"\n")
		var got []string
		for i := range sheet.Rows {
			values, _, problems := reading.Row(&sheet.Rows[i])
			for _, value := range values {
				got = append(got, value.Value.Text)
			}
			for _, problem := range problems {
				got = append(got, problem.Message)
			}
		}
		if text := strings.Join(got, " "); !strings.HasPrefix(text, test.want) {
			t.Errorf("%v: %s, want %s", test.cells, text, test.want)
		}
	}
}

// TestWrite reads what it has written: every value comes back, and no cell is a
// formula.
func TestWrite(t *testing.T) {
	texts := []string{
		"kind: partner\nname: \"=1+1\"\naliases: [\"@a\", \"-b\", \"c;d\", \"'e\"]\nleads: [\"@x\"]\ndocuments:\n  - name: One\n  - name: Two\n    url: https://a.example\n",
		"kind: partner\nname: \"a\\nb\"\naliases: [\"one;two\"]\nregions: [asia, europe]\nagreement:\n  sales:\n    by: \"@s\"\n",
		"kind: partner\nname: \"quote \\\" and, comma\"\naliases: [\"a|b\", c]\nnotes: \"+ one\"\n",
	}
	fields := fieldsOf(t, "partner")
	var records []Record
	for _, text := range texts {
		rec, problems := record.Load("x.yaml", []byte(text))
		if rec == nil {
			t.Fatal(problems)
		}
		if lost := Missing(fields, rec.Root); lost != nil {
			t.Fatalf("lost %v", lost)
		}
		records = append(records, Record{Names: map[string]string{"partner": "p"}, Root: rec.Root})
	}
	var out bytes.Buffer
	if err := Write(&out, fields, records, false); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(out.Bytes())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range slices.Concat(rows...) {
		if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
			t.Errorf("%q is a formula", cell)
		}
	}
	sheet, reading := read(t, "partner", out.String())
	for i := range records {
		values, _, problems := reading.Row(&sheet.Rows[i])
		if len(problems) > 0 {
			t.Errorf("%v", problems)
		}
		leaves := 0
		for _, value := range values {
			leaves++
			was := records[i].Root.At(value.Path)
			if was == nil || !Same(was, value.Value) {
				t.Errorf("%v is %v", value.Path, value.Value.JSON())
			}
		}
		if leaves < 4 {
			t.Errorf("only %d values came back", leaves)
		}
	}
}

// TestWriteNumbers writes numbers in plain digits that are read as the same.
func TestWriteNumbers(t *testing.T) {
	for number, want := range map[string]string{"1000": "1000", "1e3": "1000", "1.5E-3": "0.0015", "1.234": "1.2340", "1234e-3": "1.2340"} {
		if got := cell(&record.Node{Kind: record.Number, Text: number}); got != want {
			t.Errorf("%s is written as %s, not %s", number, got, want)
		}
	}
}

// TestMissing names what no column can hold.
func TestMissing(t *testing.T) {
	for text, want := range map[string]string{
		"kind: partner\nname: a\n":                     "",
		"kind: partner\nnmae: a\n":                     "nmae",
		"kind: partner\nname: [a]\n":                   "name",
		"kind: partner\naliases: a\n":                  "aliases",
		"kind: partner\ndocuments: [{name: {a: b}}]\n": "documents.0.name",
		"kind: partner\ndocuments: [a]\n":              "documents.0",
		"kind: partner\nagreement: {sales: {x: 1}}\n":  "agreement.sales.x",
	} {
		rec, problems := record.Load("x.yaml", []byte(text))
		if rec == nil {
			t.Fatal(problems)
		}
		if got := strings.Join(Missing(fieldsOf(t, "partner"), rec.Root), "."); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
