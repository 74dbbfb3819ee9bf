package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take, on a busy machine, before a test gives
// up.
const patience = 20 * time.Second

// findChromium returns the program, or skips the test.
func findChromium(t *testing.T) string {
	t.Helper()
	names := []string{"chromium", "chromium-browser"}
	if name := os.Getenv("ALLIANCES_CHROMIUM"); name != "" {
		names = []string{name}
	}
	for _, name := range names {
		if program, err := exec.LookPath(name); err == nil {
			return program
		}
	}
	if name := os.Getenv("ALLIANCES_CHROMIUM"); name != "" {
		t.Fatalf("ALLIANCES_CHROMIUM names %s, which is no program", name)
	}
	t.Skip("chromium is not installed, or named by ALLIANCES_CHROMIUM: the site is opened in no browser")
	return ""
}

// newBrowser starts a browser. It ends with the test.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(findChromium(t)))
	if os.Geteuid() == 0 {
		// Its sandbox is not for root, whom containers run everything as.
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	// What it says of events that are newer than the library is no error here.
	browser, end := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(end)
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("chromium does not start: %v", err)
	}
	return browser
}

// A look is a way to look at a page.
type look struct{ phone, dark, script bool }

// looks are all ways to look at a page.
func looks() (all []look) {
	for i := range 8 {
		all = append(all, look{i&1 != 0, i&2 != 0, i&4 != 0})
	}
	return all
}

func (l look) String() string {
	name := func(is bool, yes, no string) string {
		if is {
			return yes
		}
		return no
	}
	return name(l.phone, "phone", "desktop") + ", " + name(l.dark, "dark", "light") + ", " + name(l.script, "with", "without") + " scripts"
}

// set makes a tab show its next page that way.
func (l look) set(ctx context.Context, target *chromedp.Target) error {
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	viewport := chromedp.EmulateViewport(1280, 900)
	if l.phone {
		viewport = chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	if _, err := viewport(ctx, target); err != nil {
		return err
	}
	if _, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	}); err != nil {
		return err
	}
	_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !l.script})
	return err
}

// setPaper makes a tab show its next page as it is printed, within the margins of
// A4, whatever colours are asked for.
func setPaper(ctx context.Context, target *chromedp.Target) error {
	const width = 680 // pixels: 180 mm
	if _, err := chromedp.EmulateViewport(width, 900)(ctx, target); err != nil {
		return err
	}
	_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	return err
}

// A tab shows one page at a time, and takes note of what goes wrong with it.
type tab struct {
	ctx  context.Context
	site string // what the addresses of the site begin with
	mu   sync.Mutex
	bad  []string // of this page
}

// newTab opens a tab for a site.
func newTab(t *testing.T, browser context.Context, site string, l look) *tab {
	t.Helper()
	b := &tab{site: site}
	ctx, end := chromedp.NewContext(browser, chromedp.WithListener(b.notice))
	t.Cleanup(end)
	b.ctx = ctx
	if err := chromedp.Do(ctx, chromedp.Func(l.set)); err != nil {
		t.Fatal(err)
	}
	return b
}

// notice takes note of an event that a good page has none of.
func (b *tab) notice(event any) {
	if bad := b.complaint(event); bad != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.bad = append(b.bad, bad)
	}
}

func (b *tab) complaint(event any) string {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		return fmt.Sprintf("a script fails: %s", e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		return fmt.Sprintf("a script writes to the console: %s", e.Type)
	case *log.EventEntryAdded:
		return fmt.Sprintf("the console has: %s %s", e.Entry.Text, e.Entry.URL)
	case *page.EventJavascriptDialogOpening:
		return "a script opens a dialog: " + e.Message
	case *network.EventLoadingFailed:
		if e.Canceled {
			return "" // the page before this one was still loading pictures
		}
		return fmt.Sprintf("a request fails: %s %s", e.Type, e.ErrorText)
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, b.site) {
			return "a request leaves the site: " + e.Request.URL
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			return fmt.Sprintf("a request gets %d: %s", e.Response.Status, e.Response.URL)
		}
	}
	return ""
}

// open opens a page and returns what is wrong with it.
func (b *tab) open(address string) []string {
	return b.after(chromedp.Navigate(address))
}

// after does something and returns what goes wrong.
func (b *tab) after(action chromedp.Action[chromedp.Void]) []string {
	b.mu.Lock()
	b.bad = nil
	b.mu.Unlock()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	err := chromedp.Do(ctx, action)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		b.bad = append(b.bad, err.Error())
	}
	return b.bad
}

// eval returns the value of an expression in the page.
func eval[T any](t *testing.T, b *tab, expression string) T {
	t.Helper()
	value, err := try[T](b, expression)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func try[T any](b *tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// wait waits until an expression is true in the page. It has no value while one
// page gives way to another.
func wait(t *testing.T, b *tab, expression string) {
	t.Helper()
	for begin := time.Now(); time.Since(begin) < patience; time.Sleep(20 * time.Millisecond) {
		if is, err := try[bool](b, expression); err == nil && is {
			return
		}
	}
	t.Fatalf("it never comes to be that %s, at %s", expression, eval[string](t, b, "location.href"))
}
