package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A desk is a site on the disk with the preview running on it.
type desk struct {
	t    *testing.T
	root string
	addr string

	mu       sync.Mutex
	terminal strings.Builder
}

const listening = `---
id: listening
title: Listening
kind: practice
objectives:
  - {id: sum-up, verb: apply, text: "Sum up what you heard"}
---

## First part

The first text. It has a word: alpha.

::: details {title="More on it"}

Here is more, with a word: beta.

:::

## Second part

The second text has a word: gamma.

FILL

::: question {#who-talks objective=sum-up}

Who talks most in a good conversation?

- ( ) The mentor
  > Then the mentee learns little.
- (x) The mentee
  > Yes.

:::

::: question {#who-asks objective=sum-up}

Who asks most?

- (x) The mentor
  > Yes.
- ( ) The mentee
  > Then the mentor answers most.

:::

::: reflection {#my-last-talk objective=sum-up}

Who talked most in your last conversation?

:::

## Last part

The last text has a word: delta.
`

func newDesk(t *testing.T, args ...string) *desk {
	t.Helper()
	d := &desk{t: t, root: t.TempDir()}
	d.write("site.yaml", "title: Test\nserve:\n  editor: \"test-editor://open/{path}:{line}:{column}\"\n")
	fill := strings.Repeat("A paragraph that makes the page long enough to be scrolled.\n\n", 30)
	d.write("content/listening.md", strings.Replace(listening, "FILL", fill, 1))
	d.write("content/other.md", "---\ntitle: Other\n---\n\nAnother page, with a word: epsilon.\n")
	d.run(program(t), args...)
	return d
}

func (d *desk) path(name string) string { return filepath.Join(d.root, filepath.FromSlash(name)) }

func (d *desk) write(name, text string) {
	d.t.Helper()
	write(d.t, d.path(name), text)
}

// edit replaces a text in a file, as an author does.
func (d *desk) edit(name, old, with string) {
	d.t.Helper()
	data, err := os.ReadFile(d.path(name))
	must(d.t, err)
	if !strings.Contains(string(data), old) {
		d.t.Fatalf("%s has no %q", name, old)
	}
	d.write(name, strings.Replace(string(data), old, with, 1))
}

var built struct {
	sync.Once
	path string
	err  error
}

// program builds the real thing once.
func program(t *testing.T) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "waymark-e2e")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "waymark")
		c := exec.Command("go", "build", "-o", built.path, "./cmd/waymark")
		c.Dir = filepath.Join("..", "..", "..")
		if out, err := c.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%v: %s", err, out)
		}
	})
	must(t, built.err)
	return built.path
}

var serving = regexp.MustCompile(`Serving (http://\S+)`)

func (d *desk) run(program string, args ...string) {
	d.t.Helper()
	c := exec.Command(program, append([]string{"serve", "--source", d.root, "--port", "0"}, args...)...)
	c.Env = append(os.Environ(), "NO_COLOR=1")
	out, err := c.StderrPipe()
	must(d.t, err)
	must(d.t, c.Start())
	d.t.Cleanup(func() {
		c.Process.Signal(syscall.SIGTERM)
		c.Wait()
	})
	ready := make(chan string, 1)
	go func() {
		lines := bufio.NewReader(out)
		for {
			line, err := lines.ReadString('\n')
			d.mu.Lock()
			d.terminal.WriteString(line)
			d.mu.Unlock()
			if m := serving.FindStringSubmatch(line); m != nil {
				ready <- m[1]
			}
			if err != nil {
				return
			}
		}
	}()
	select {
	case d.addr = <-ready:
	case <-time.After(20 * time.Second):
		d.t.Fatalf("the preview does not start:\n%s", d.said())
	}
}

func (d *desk) said() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.terminal.String()
}

// A page is a tab of Chromium.
type page struct {
	d   *desk
	ctx context.Context
}

func chromium(t *testing.T) context.Context {
	t.Helper()
	name, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(name), chromedp.NoSandbox, chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1000, 700))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	must(t, chromedp.Do(ctx))
	return ctx
}

// open shows an address in a new tab. Whatever the browser complains of, the policy first of all, fails the test.
func (d *desk) open(browser context.Context, name string) *page {
	d.t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithListener(func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError {
				d.t.Errorf("%s: %s %s", name, e.Entry.Text, e.Entry.URL)
			}
		case *runtime.EventExceptionThrown:
			d.t.Errorf("%s: %s", name, e.ExceptionDetails.Text)
		}
	}))
	d.t.Cleanup(cancel)
	p := &page{d, ctx}
	must(d.t, chromedp.Do(ctx, chromedp.Navigate(d.addr+name)))
	p.waits(`document.querySelector("waymark-bar") !== null`)
	p.js(`window.first = true`) // gone after a reload
	// Smooth scrolling stands still in a tab that is not in front, and goes on later.
	p.js(`document.documentElement.style.scrollBehavior = "auto"`)
	return p
}

// js runs a script and returns what it gives, as text.
func (p *page) js(script string) string {
	p.d.t.Helper()
	s, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`String((() => { return `+script+` })())`))
	if err != nil {
		p.d.t.Fatalf("%s: %v", script, err)
	}
	return s
}

// waits until a condition of the page holds.
func (p *page) waits(condition string) {
	p.d.t.Helper()
	for end := time.Now().Add(15 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		s, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](`(() => { return !!(`+condition+`) })()`))
		if err == nil && s {
			return
		}
		if time.Now().After(end) {
			p.d.t.Fatalf("it never held that %s (%v)\nterminal:\n%s\npage:\n%.3000s", condition, err, p.d.said(), p.js(`document.querySelector("main").innerText`))
		}
	}
}

func (p *page) is(what, script, want string) {
	p.d.t.Helper()
	if got := p.js(script); got != want {
		p.d.t.Errorf("%s: %s is %q, want %q", what, script, got, want)
	}
}

func (p *page) clicks(selector string) {
	p.d.t.Helper()
	// Not by the mouse: the page scrolls smoothly, and what is clicked would be gone from under it.
	p.waits(fmt.Sprintf(`document.querySelector(%q)`, selector))
	p.js(fmt.Sprintf(`document.querySelector(%q).click()`, selector))
}

func (p *page) types(selector, text string) {
	p.d.t.Helper()
	must(p.d.t, chromedp.Do(p.ctx, chromedp.SendKeys(chromedp.CSS(selector), text)))
}

func (p *page) shows(text string) {
	p.d.t.Helper()
	p.waits(fmt.Sprintf(`document.body.innerText.includes(%q)`, text))
}

func (d *desk) get(name string) string {
	d.t.Helper()
	r, err := http.Get(d.addr + name)
	must(d.t, err)
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	must(d.t, err)
	return string(b)
}

// quote writes a text as JavaScript does.
func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func write(t *testing.T, file, text string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(file), 0o755))
	must(t, os.WriteFile(file, []byte(text), 0o644))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
