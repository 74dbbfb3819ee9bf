// Package browser opens sites in a browser. It is a module of its own, since
// nothing else needs what drives one.
package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/rogpeppe/go-internal/txtar"

	"gitlab.com/gitlab-com/alliances/internal/corpus"
)

// TestBrowser opens the site of this repository's records, and of some that mean
// harm, in a browser, from a disk and from a server.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	browser := newBrowser(t)
	dir := buildSite(t, ownRecords(t))
	pages := pagesOf(t, dir)
	disk := onDisk(dir)
	server := serve(t, dir)
	t.Run("first view", func(t *testing.T) { measureFirstView(t, browser, disk) })
	t.Run("disk", func(t *testing.T) { openAll(t, browser, disk, pages, wholeLooks) })
	t.Run("server", func(t *testing.T) { openAll(t, browser, server, pages, wholeLooks[:1]) })
	t.Run("search on the disk", func(t *testing.T) { search(t, browser, disk) })
	t.Run("search on the server", func(t *testing.T) { search(t, browser, server) })
	t.Run("rules", func(t *testing.T) { searchRules(t, browser, disk) })
	t.Run("manual on the disk", func(t *testing.T) { searchManual(t, browser, disk) })
	t.Run("manual on the server", func(t *testing.T) { searchManual(t, browser, server) })
	t.Run("phone", func(t *testing.T) { checkPhone(t, browser, disk) })
	t.Run("calendar", func(t *testing.T) { checkCalendar(t, browser, disk) })
	t.Run("paper", func(t *testing.T) { checkPaper(t, browser, disk, sample(pages, 1)) })
	t.Run("axe", func(t *testing.T) { judge(t, browser, disk, sample(pages, 1)) })
}

// TestBrowserMany opens some pages of a site with so many records that lists go
// on over several pages.
func TestBrowserMany(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while")
	}
	browser := newBrowser(t)
	records := t.TempDir()
	if err := corpus.Write(records, 1600); err != nil {
		t.Fatal(err)
	}
	dir := buildSite(t, records)
	pages := pagesOf(t, dir)
	for _, l := range wholeLooks {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			checkLinks(t, onDisk(dir), walk(t, newTab(t, browser, onDisk(dir), l), l, sample(pages, 2)))
		})
	}
	paged := slices.DeleteFunc(sample(pages, 1), func(name string) bool { return !laterPage.MatchString(name) })
	t.Run("axe", func(t *testing.T) { judge(t, browser, onDisk(dir), paged) })
}

// onDisk returns what the addresses in a folder begin with.
func onDisk(dir string) string {
	return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(dir), "/") + "/"}).String()
}

// ownRecords returns a copy of this repository's records and guides, with some that
// mean harm among them.
func ownRecords(t *testing.T) string {
	t.Helper()
	records := t.TempDir()
	for _, name := range []string{"partners", "policies", "schemas", ".gitlab"} {
		if err := os.CopyFS(filepath.Join(records, name), os.DirFS(filepath.Join(repository, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"README.md", "CONTRIBUTING.md"} {
		text, err := os.ReadFile(filepath.Join(repository, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(records, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	extract(t, filepath.Join(repository, "internal/site/page/testdata/hostile.txtar"), records)
	commit(t, records)
	return records
}

// repository is the folder of the records and of what makes a site of them.
const repository = "../../.."

// program is the command alliances.
var program string

// TestMain builds the program, in a folder that goes again.
func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "alliances-*")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "alliances")
	if out, err := exec.Command("go", "-C", repository, "build", "-buildvcs=false", "-o", program, "./cmd/alliances").CombinedOutput(); err != nil {
		panic(fmt.Sprintf("%v\n%s", err, out))
	}
	return m.Run()
}

// buildSite builds the site of the records in a folder, and returns its own.
func buildSite(t *testing.T, records string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	command := exec.Command(program, "site", "-C", records, "--out", dir, "--as-of", "2026-06-15", "--allow-findings")
	command.Env = append(os.Environ(), "CI_PROJECT_URL=https://gitlab.example/records", "CI_COMMIT_SHA=0123abc", "CI_DEFAULT_BRANCH=main") // with all links
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// extract writes the files of an archive into a folder.
func extract(t *testing.T, name, dir string) {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := txtar.Write(archive, dir); err != nil {
		t.Fatal(err)
	}
}

// commit gives the records a history, by an author whose name means harm, where
// there is git.
func commit(t *testing.T, dir string) {
	t.Helper()
	for name, value := range map[string]string{
		"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "<script>hacked=1</script>", "GIT_AUTHOR_EMAIL": "a@company.example",
		"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@company.example",
	} {
		t.Setenv(name, value)
	}
	for _, args := range [][]string{
		{"init", "-q", "-b", "main"}, {"add", "."}, {"commit", "-q", "-m", "Begin\n\nSee merge request evil/<img src=x>!12"},
	} {
		command := exec.Command("git", append([]string{"-C", dir}, args...)...)
		if out, err := command.CombinedOutput(); err != nil {
			t.Logf("there is no history: git %v: %v\n%s", args, err, out)
			return
		}
	}
}

// pagesOf returns the names of all pages in a folder.
func pagesOf(t *testing.T, dir string) (pages []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) == ".html" {
			pages = append(pages, name)
		}
		return err
	})
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages: %v", len(pages), err)
	}
	return pages
}

// laterPage matches the name of a page that a list goes on with.
var laterPage = regexp.MustCompile(`_[0-9]+\.html$`)

// kindOf returns what a page has in common with those that are made alike:
// partners/* is that of a partner.
func kindOf(page string) string {
	parts := strings.Split(page, "/")
	for i := 1; i < len(parts); i++ {
		switch {
		case laterPage.MatchString(parts[i]):
			parts[i] = "*_*"
		case parts[i] != "index.html":
			parts[i] = "*"
		}
	}
	return strings.Join(parts, "/")
}

// sample returns some pages of each kind, those of the hostile records among
// them.
func sample(pages []string, most int) (some []string) {
	taken := map[string]int{}
	for _, name := range pages {
		kind := kindOf(name)
		if taken[kind] < most || strings.Contains(name, "hostile") {
			some = append(some, name)
			taken[kind]++
		}
	}
	return some
}

// serve serves a folder below a path of a server, as GitLab Pages do, and
// returns the address. It fails the test for every other request.
func serve(t *testing.T, dir string) string {
	t.Helper()
	const below = "/group/alliances/"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, ok := strings.CutPrefix(r.URL.Path, below)
		if strings.HasSuffix(r.URL.Path, "/") {
			name += "index.html"
		}
		data, err := fs.ReadFile(os.DirFS(dir), name)
		if !ok || err != nil {
			t.Errorf("%s %s: there is no such file", r.Method, r.URL)
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
	}))
	t.Cleanup(server.Close)
	return server.URL + below
}

// wholeLooks are those in which every page is opened.
var wholeLooks = []look{{script: true}, {phone: true, dark: true}}

// openAll opens one page of each kind in all ways, and every page in some.
func openAll(t *testing.T, browser context.Context, site string, pages []string, whole []look) {
	for _, l := range looks() {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			some := sample(pages, 1)
			if slices.Contains(whole, l) {
				some = pages
			}
			checkLinks(t, site, walk(t, newTab(t, browser, site, l), l, some))
		})
	}
}

// A sight is what a page holds.
type sight struct {
	Links  []string // all addresses that it names
	IDs    []string
	Title  string
	Wide   string // what is wider than the window
	Dark   bool   // whether its ground is
	Hacked bool   // whether a record's text ran as a script
}

// seeing is the expression for a sight. What scrolls by itself may be wide.
const seeing = `(() => {
	const all = (query, f) => [...document.querySelectorAll(query)].map(f);
	const root = document.documentElement;
	const wide = root.scrollWidth > root.clientWidth
		? all('body *', e => e).filter(e => e.getBoundingClientRect().right > root.clientWidth + 1).slice(-3).map(e => e.outerHTML.slice(0, 200)).join(' | ') || 'the page'
		: '';
	const ground = [document.body, root].map(e => getComputedStyle(e).backgroundColor).find(color => color != 'rgba(0, 0, 0, 0)') || 'rgb(255, 255, 255)';
	const [red, green, blue] = ground.match(/[\d.]+/g).map(Number);
	return {
		dark: red + green + blue < 384,
		links: [...all('[href]', e => new URL(e.getAttribute('href'), document.baseURI).href), ...all('[src]', e => e.src), ...all('form', e => e.action)],
		ids: all('[id]', e => e.id), title: document.title, wide, hacked: 'hacked' in globalThis,
	};
})()`

// walk opens pages one after the other, and returns what each holds.
func walk(t *testing.T, b *tab, l look, pages []string) map[string]sight {
	begin := time.Now()
	seen := map[string]sight{}
	for _, name := range pages {
		for _, bad := range b.open(b.site + name) {
			t.Errorf("%s: %s", name, bad)
		}
		got := eval[sight](t, b, seeing)
		switch {
		case got.Dark != l.dark:
			t.Errorf("%s has not the colours that are asked for", name)
		case got.Title == "":
			t.Errorf("%s has no title", name)
		case got.Hacked:
			t.Errorf("%s runs what a record says", name)
		case got.Wide != "":
			t.Errorf("%s is wider than the window: %s", name, got.Wide)
		}
		seen[name] = got
	}
	t.Logf("%d pages, %v each", len(pages), (time.Since(begin) / time.Duration(len(pages))).Round(time.Millisecond))
	return seen
}

// checkLinks makes sure that links lead to what there is, or to another site.
func checkLinks(t *testing.T, site string, seen map[string]sight) {
	for _, name := range slices.Sorted(maps.Keys(seen)) {
		for _, link := range seen[name].Links {
			target, inside := strings.CutPrefix(link, site)
			switch {
			case inside:
				checkLink(t, site, name, target, seen)
			case !strings.HasPrefix(link, "https://"):
				t.Errorf("%s links to %s", name, link)
			}
		}
	}
}

// checkLink makes sure that the target of a link is there: a file, since no disk
// has an index, and the place in it, where that page has been seen.
func checkLink(t *testing.T, site, name, target string, seen map[string]sight) {
	address, err := url.Parse(target)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if dir, ok := strings.CutPrefix(site, "file://"); ok {
		info, err := os.Stat(filepath.FromSlash(dir + address.Path))
		if err != nil || !info.Mode().IsRegular() {
			t.Errorf("%s links to %s, which is no file", name, target)
		}
	}
	page, ok := seen[address.Path]
	if place := address.Fragment; ok && place != "" && !slices.Contains(page.IDs, place) {
		t.Errorf("%s links to %s, and nothing there has that id", name, target)
	}
}

// measureFirstView tells how long the first view of the overview takes. How fast
// a machine is is no matter of right or wrong.
func measureFirstView(t *testing.T, browser context.Context, site string) {
	b := newTab(t, browser, site, look{script: true})
	b.open(site + "about.html") // so that the program itself is in memory
	for _, bad := range b.open(site + "index.html") {
		t.Error(bad)
	}
	wait(t, b, `performance.getEntriesByName('first-contentful-paint').length > 0`)
	t.Logf("the first view of the overview takes %.0f ms", eval[float64](t, b, `performance.getEntriesByName('first-contentful-paint')[0].startTime`))
}

// A verdict is what axe-core finds.
type verdict struct {
	Passes     []struct{}
	Violations []struct {
		ID, Impact, Help string
		Nodes            []struct{ HTML, FailureSummary string }
	}
}

// judge has axe-core judge pages by WCAG 2.2 AA.
func judge(t *testing.T, browser context.Context, site string, pages []string) {
	name := os.Getenv("ALLIANCES_AXE")
	if name == "" {
		t.Skip("ALLIANCES_AXE does not name axe.min.js of the package axe-core: nothing judges how accessible the pages are")
	}
	axe, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range looks() {
		if !l.script {
			continue
		}
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			b := newTab(t, browser, site, l)
			for _, page := range pages {
				b.open(site + page)
				eval[struct{}](t, b, string(axe))
				for _, v := range violations(t, b) {
					t.Errorf("%s: %s", page, v)
				}
			}
		})
	}
}

// violations returns what axe-core finds wrong with a page. It looks at what is
// drawn of it, and reads no other file.
func violations(t *testing.T, b *tab) (found []string) {
	const run = `axe.run({
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], preload: false,
	}).then(({passes, violations}) => JSON.stringify({passes: passes.map(() => ({})), violations}))`
	var v verdict
	if err := json.Unmarshal([]byte(eval[string](t, b, run)), &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Passes) == 0 {
		found = append(found, "axe-core has judged nothing")
	}
	for _, violation := range v.Violations {
		for _, node := range violation.Nodes[:min(3, len(violation.Nodes))] {
			found = append(found, fmt.Sprintf("%s (%s): %s\n%s\n%s", violation.ID, violation.Impact, violation.Help, node.HTML, node.FailureSummary))
		}
	}
	return found
}

// rows is the expression for the text of the partners that are listed.
const rows = `[...document.querySelectorAll('#partners > tr')].map(row => row.textContent)`

// search searches and filters the partners, and makes sure that the address says
// what is shown.
func search(t *testing.T, browser context.Context, site string) {
	b := newTab(t, browser, site, look{script: true})
	do := func(actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		for _, bad := range b.after(chromedp.Steps(actions...)) {
			t.Error(bad)
		}
	}
	do(chromedp.Navigate(site + "partners/index.html"))
	all := eval[[]string](t, b, rows)

	do(chromedp.SendKeys(chromedp.CSS("#filters [name=q]"), "EXAMPLE"))
	wait(t, b, rows+`.length == 2`)
	wait(t, b, `location.search == '?q=EXAMPLE'`)
	choose(t, b, "type", "cloud")
	wait(t, b, rows+`.length == 1`)
	wait(t, b, `location.search == '?q=EXAMPLE&type=cloud'`)

	// It is the same when it is read again, and when somebody comes back.
	do(chromedp.Reload())
	wait(t, b, rows+`.length == 1`)
	wait(t, b, `document.querySelector('#filters [name=q]').value == 'EXAMPLE'`)
	do(chromedp.Click(chromedp.CSS("#partners a")), chromedp.WaitReady(chromedp.CSS("h1")))
	wait(t, b, `location.pathname.endsWith('/partners/example-cloud.html')`)
	do(chromedp.Evaluate[chromedp.Void](`history.back()`)) // which loads no page where the browser has kept it
	wait(t, b, `location.search == '?q=EXAMPLE&type=cloud'`)
	wait(t, b, rows+`.length == 1`)

	// What is looked for is text, and so is what is found; accents are no matter.
	do(chromedp.Navigate(site + "partners/index.html?q=sohne&type=%3Cscript%3E"))
	wait(t, b, rows+`.length == 1`)
	if text := eval[[]string](t, b, rows)[0]; !strings.Contains(text, "</title><script>hacked=1") || eval[sight](t, b, seeing).Hacked {
		t.Errorf("the row says %q", text)
	}
	do(chromedp.Navigate(site + "partners/index.html?q=nobody+of+that+name"))
	wait(t, b, rows+`.length == 0`)
	do(chromedp.Click(chromedp.CSS("#filters [type=reset]")))
	wait(t, b, fmt.Sprintf(rows+`.length == %d`, len(all)))
	wait(t, b, `location.search == ''`)
}

// searchRules filters the list of rules.
func searchRules(t *testing.T, browser context.Context, site string) {
	b := newTab(t, browser, site, look{script: true})
	for _, bad := range b.open(site + "rules/index.html") {
		t.Error(bad)
	}
	const shown = `[...document.querySelectorAll('.rules li')].filter(rule => rule.checkVisibility()).length`
	all := eval[int](t, b, shown)
	b.after(chromedp.SendKeys(chromedp.CSS("#rule-words"), "LICENCE seat_cap"))
	wait(t, b, shown+` == 1`)
	wait(t, b, `document.querySelector('#rules-found').textContent == '1 rule'`)
	b.after(chromedp.SendKeys(chromedp.CSS("#rule-words"), strings.Repeat(kb.Backspace, len("LICENCE seat_cap"))))
	wait(t, b, fmt.Sprintf(shown+` == %d`, all))
}

// hits is the expression for what the search of the manual finds: what it is, and
// where.
const hits = `[...document.querySelectorAll('#manual-hits li')].map(hit => hit.querySelector('.badge').textContent + ' ' + hit.querySelector('a').getAttribute('href'))`

// searchManual looks for a rule, a field, a command and a section of a guide, and
// makes sure that each is found first, and that the address says what is looked for.
func searchManual(t *testing.T, browser context.Context, site string) {
	b := newTab(t, browser, site, look{script: true})
	for words, want := range map[string]string{
		"license/seat_cap": "Rule ../rules/license/seat_cap.html",
		"SEATS requested":  "Field ../manual/records/license.html#field-seats_requested",
		"VALIDATE":         "Command ../manual/commands/validate.html",
		"revoke a licence": "Guide ../manual/partners.html#revoke-a-licence",
	} {
		for _, bad := range b.open(site + "manual/index.html") {
			t.Error(bad)
		}
		b.after(chromedp.SendKeys(chromedp.CSS("#manual-words"), words))
		wait(t, b, fmt.Sprintf(hits+`[0] == %q`, want))
		wait(t, b, fmt.Sprintf(`new URLSearchParams(location.search).get('q') == %q`, words))
		b.after(chromedp.Reload())
		wait(t, b, fmt.Sprintf(hits+`[0] == %q`, want))
	}
	b.open(site + "manual/index.html?q=xyzzy")
	wait(t, b, `document.querySelector('#manual-found').textContent == '0 places' && document.querySelector('#manual-hits').hidden`)
}

// checkPhone makes sure that on a phone no table but those in details scrolls
// aside, and that filters are folded until one is in use.
func checkPhone(t *testing.T, browser context.Context, site string) {
	b := newTab(t, browser, site, look{phone: true, script: true})
	for _, name := range []string{"index.html", "partners/index.html", "partners/example-cloud.html", "licenses/index.html", "campaigns/index.html", "kpis.html", "models.html", "manual/records/license.html", "manual/commands/validate.html"} {
		b.open(site + name)
		const wide = `[...document.querySelectorAll('table')].filter(table => table.scrollWidth > table.closest('.scroll').clientWidth + 1).length`
		if n := eval[int](t, b, wide); n > 0 {
			t.Errorf("%s has %d tables that are wider than the phone", name, n)
		}
	}
	for query, open := range map[string]bool{"": false, "?q=cloud": false, "?type=cloud": true} {
		b.open(site + "partners/index.html" + query)
		wait(t, b, fmt.Sprintf(`document.querySelector('#filters details').open == %v`, open))
	}
}

// aligned is the expression for whether there are twelve columns of the same width
// in the calendar of the overview, and bars from the first to the last of them.
const aligned = `(() => {
	const months = [...document.querySelectorAll('.calendar thead .month')].map(e => e.getBoundingClientRect());
	const near = (a, b) => Math.abs(a - b) < 3;
	const bars = [...document.querySelectorAll('.calendar .months svg')].map(e => e.getBoundingClientRect());
	return months.length == 12 && months.every(m => near(m.width, months[0].width)) &&
		bars.length > 0 && bars.every(b => near(b.left, months[0].left) && near(b.right, months[11].right));
})()`

// checkCalendar makes sure that bars stand below the months that they are about.
func checkCalendar(t *testing.T, browser context.Context, site string) {
	for _, l := range wholeLooks {
		b := newTab(t, browser, site, l)
		b.open(site + "index.html")
		if !eval[bool](t, b, aligned) {
			t.Errorf("%s: the bars of the calendar are not below its months", l)
		}
	}
}

// onScreen is the expression for what only a screen has use for, where it shows.
const onScreen = `[...document.querySelectorAll('nav, form, button, .skip, .origin')].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100)).join(' | ')`

// checkPaper makes sure that a page is printed as a report: black on white,
// without what leads elsewhere, with what is folded, and within the margins.
func checkPaper(t *testing.T, browser context.Context, site string, pages []string) {
	b := newTab(t, browser, site, look{dark: true})
	if err := chromedp.Do(b.ctx, chromedp.Func(setPaper)); err != nil {
		t.Fatal(err)
	}
	for _, name := range pages {
		b.open(site + name)
		got := eval[sight](t, b, seeing)
		switch shown := eval[string](t, b, onScreen); {
		case shown != "":
			t.Errorf("%s is printed with %s", name, shown)
		case got.Dark:
			t.Errorf("%s is printed on a dark ground", name)
		case got.Wide != "":
			t.Errorf("%s is wider than paper: %s", name, got.Wide)
		case !eval[bool](t, b, `/2026-06-15.*commit 0123abc/.test(document.querySelector('footer').innerText)`):
			t.Errorf("%s does not say of which day and commit it is", name)
		}
	}
}

// choose takes one of a filter's choices, as somebody does with a keyboard.
func choose(t *testing.T, b *tab, filter, value string) {
	t.Helper()
	selected := fmt.Sprintf(`document.querySelector('#filters [name=%s]').value`, filter)
	for range 20 {
		for _, bad := range b.after(chromedp.SendKeys(chromedp.CSS("#filters [name="+filter+"]"), kb.ArrowDown)) {
			t.Error(bad)
		}
		if eval[string](t, b, selected) == value {
			return
		}
	}
	t.Fatalf("the filter %s has no choice %s", filter, value)
}
