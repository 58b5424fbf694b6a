package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// The live preview as an author meets it: the real program on a real folder, in a real Chromium.

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
	must(d.t, os.MkdirAll(filepath.Dir(d.path(name)), 0o755))
	must(d.t, os.WriteFile(d.path(name), []byte(text), 0o644))
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
		if overlay := os.Getenv("WAYMARK_BUILD_OVERLAY"); overlay != "" {
			c = exec.Command("go", "build", "-overlay", overlay, "-o", built.path, "./cmd/waymark")
		}
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

// The author types an answer, opens details, scrolls, and saves the source: the text is new, and everything else is as it was.
func TestSavingKeepsThePlace(t *testing.T) {
	d := newDesk(t)
	p := d.open(chromium(t), "listening.html")
	p.types(`textarea`, "the mentee, mostly")
	p.clicks(`#who-talks input[value="1"]`)
	p.clicks(`#who-talks [data-check]`)
	p.clicks(`details.details summary, main details summary`)
	p.js(`document.querySelector("textarea").focus({ preventScroll: true }), document.querySelector("textarea").setSelectionRange(3, 5), document.querySelector("textarea").scrollIntoView({ block: "center", behavior: "instant" })`)
	feedback := p.js(`document.querySelector("#who-talks [data-feedback]").innerText`)
	if !strings.Contains(feedback, "Yes") && !strings.Contains(feedback, "Right") {
		t.Errorf("the feedback is %q", feedback)
	}
	state := `[document.querySelector("textarea").value, document.activeElement.localName, document.activeElement.selectionStart, Math.round(document.querySelector("textarea").getBoundingClientRect().top),
		document.querySelector("#who-talks input[value='1']").checked, document.querySelector("#who-talks [data-feedback]").innerText,
		Array.from(document.querySelectorAll("main details"), (d) => d.open).includes(true), window.first].join("|")`
	before := p.js(state)
	for again := ""; again != before; time.Sleep(200 * time.Millisecond) { // until the page has come to rest
		again, before = before, p.js(state)
	}
	if !regexp.MustCompile(`(?s)^the mentee, mostly\|textarea\|3\|[1-9]\d\d+\|true\|.*Yes\..*\|true\|true$`).MatchString(before) {
		t.Fatalf("before: %s", before)
	}
	for i, edit := range [][2]string{
		{"delta", "delta-two"},
		{"## Last part", "## A new part\n\nWith *new* text: zeta.\n\n- one\n- two\n\n## Last part"},
		{"gamma", "gamma-two"},
		{"beta", "beta-two"},
	} {
		d.edit("content/listening.md", edit[0], edit[1])
		p.waits(fmt.Sprintf(`document.querySelector("main").textContent.includes(%q)`, strings.TrimPrefix(strings.SplitN(edit[1], "\n", 2)[0], "## ")))
		p.is(fmt.Sprintf("after edit %d", i+1), state, before)
	}
	p.is("the page", `document.querySelector("main").innerHTML.includes("data-waymark-new")`, "false")
	p.is("passing ids", `document.querySelectorAll("[id^=waymark-same], [id^=waymark-made]").length`, "0")

	// The merged page is the page as it would be opened now, but for what scripts do.
	fresh := d.get("listening.html")
	for _, want := range []string{"delta-two", "zeta", "gamma-two", "beta-two"} {
		if !strings.Contains(fresh, want) {
			t.Errorf("the server's page has no %s", want)
		}
	}
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

// A question that is edited is marked by its new answers at once; what was typed elsewhere is still there.
func TestEditedQuestion(t *testing.T) {
	d := newDesk(t)
	p := d.open(chromium(t), "listening.html")
	p.types(`textarea`, "typed before")
	d.edit("content/listening.md", "- ( ) The mentor\n", "- (x) The mentor\n")
	d.edit("content/listening.md", "- (x) The mentee\n", "- ( ) The mentee\n")
	d.edit("content/listening.md", "Who talks most in a good", "Who talks most in any good")
	p.shows("Who talks most in any good")
	p.waits(`document.querySelector("textarea").value === "typed before"`)
	p.clicks(`#who-talks input[value="0"]`)
	p.clicks(`#who-talks [data-check]`)
	p.waits(`document.querySelector("#who-talks [data-feedback]").classList.contains("ok")`)
}

// Whatever an author does to a page's blocks, the merged page is the page as it would be opened now, and it is not loaded anew for that.
func TestMergedIsFresh(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 1414))
	kinds := []string{
		"A paragraph, number %d.", "## Part %d", "- one of %[1]d\n- two of %[1]d\n- three", "> A quotation, number %d.", "::: tip\n\nA tip, number %d.\n\n:::",
		"::: details {title=\"More\"}\n\nHidden at first, number %d.\n\n:::", "| a | b |\n|---|---|\n| %d | same |", "The same in many places.", "1. First %d\n2. Second\n\n   With more.", "[Other](other.md) *number* **%d**.",
	}
	number := 0
	block := func() string {
		number++
		k := kinds[rnd.IntN(len(kinds))]
		if !strings.Contains(k, "%") {
			return k
		}
		return fmt.Sprintf(k, number)
	}
	var blocks []string
	for range 12 {
		blocks = append(blocks, block())
	}
	d := newDesk(t)
	save := func() { d.write("content/law.md", "---\ntitle: Law\n---\n\n"+strings.Join(blocks, "\n\n")+"\n") }
	save()
	p := &page{d: d}
	for end := time.Now().Add(5 * time.Second); !strings.Contains(d.get("law.html"), "Law") && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	p = d.open(chromium(t), "law.html")
	loads := 0
	for step := range 60 {
		for range 1 + rnd.IntN(3) {
			at := rnd.IntN(len(blocks))
			switch rnd.IntN(5) {
			case 0:
				blocks = slices.Insert(blocks, at, block())
			case 1:
				if len(blocks) > 3 {
					blocks = slices.Delete(blocks, at, at+1)
				}
			case 2:
				to := rnd.IntN(len(blocks))
				blocks[at], blocks[to] = blocks[to], blocks[at]
			case 3:
				blocks[at] = block()
			case 4:
				blocks = slices.Insert(blocks, at, blocks[rnd.IntN(len(blocks))])
			}
		}
		number++
		blocks[0] = fmt.Sprintf("Version %d.", number)
		save()
		p.shows(blocks[0])
		same := fmt.Sprintf(`new DOMParser().parseFromString(%s, "text/html").querySelector(".prose").isEqualNode(document.querySelector(".prose"))`, quote(d.get("law.html")))
		if p.js(same) != "true" {
			fresh := p.js(fmt.Sprintf(`new DOMParser().parseFromString(%s, "text/html").querySelector(".prose").innerHTML`, quote(d.get("law.html"))))
			merged := p.js(`document.querySelector(".prose").innerHTML`)
			at := 0
			for at < min(len(fresh), len(merged)) && fresh[at] == merged[at] {
				at++
			}
			from := max(0, at-200)
			t.Fatalf("after step %d the page is\n…%.600s\nand not\n…%.600s", step, merged[from:], fresh[from:])
		}
		if p.js(`window.first`) != "true" {
			loads++
			p.js(`window.first = true`)
		}
	}
	if loads > 3 { // the time to read it is in the page's data, which scripts have read
		t.Errorf("the page was loaded anew %d times", loads)
	}
}

// quote writes a text as JavaScript does.
func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// A fault lies over the last good page, in the terminal's words, leads into the editor, and goes away by itself.
func TestOverlay(t *testing.T) {
	d := newDesk(t)
	p := d.open(chromium(t), "listening.html")
	d.edit("content/listening.md", "alpha", "[alpha](nowhere.md)")
	overlay := `document.querySelector("waymark-overlay")?.shadowRoot.querySelector(".overlay")`
	p.waits(overlay)
	text := p.js(overlay + `.querySelector("pre").textContent`)
	if !strings.HasPrefix(text, "content/listening.md:11:") || !strings.Contains(text, "[link/broken]") {
		t.Errorf("the overlay says %q", text)
	}
	if !strings.Contains(d.said(), text) {
		t.Errorf("the terminal says something else:\n%s", d.said())
	}
	href := p.js(overlay + `.querySelector("a").href`)
	if !strings.HasPrefix(href, "test-editor://open") || !strings.Contains(href, "/content/listening.md:11:") {
		t.Errorf("the overlay leads to %s", href)
	}
	p.is("under it", `document.body.innerText.includes("alpha")`, "true")
	p.waits(`getComputedStyle(` + overlay + `).position === "fixed"`)
	other := d.open(p.ctx, "other.html") // a tab that comes later sees it too
	other.waits(overlay)
	d.edit("content/listening.md", "[alpha](nowhere.md)", "alpha-two")
	p.shows("alpha-two")
	p.waits(`!(` + overlay + `)`)
	other.waits(`!(` + overlay + `)`)
	p.is("the page was not loaded anew", `window.first`, "true")
}

// A style is exchanged in place, without a moment without styles; a template loads the page anew and typed answers survive that too.
func TestThemeEdits(t *testing.T) {
	d := newDesk(t)
	css := d.get("assets/waymark.css")
	p := d.open(chromium(t), "listening.html")
	p.types(`textarea`, "typed before")
	p.js(`(() => {
		window.bare = 0;
		const look = () => { if (getComputedStyle(document.querySelector(".vh")).position !== "absolute") window.bare++; requestAnimationFrame(look); };
		look();
	})()`)
	d.write("themes/default/assets/waymark.css", css+"\nbody { outline: 3px solid rgb(1, 2, 3); }\n")
	p.waits(`getComputedStyle(document.body).outlineColor === "rgb(1, 2, 3)"`)
	p.is("the page was not loaded anew", `window.first`, "true")
	d.write("themes/default/assets/waymark.css", css+"\nbody { outline: 3px solid rgb(4, 5, 6); }\n")
	p.waits(`getComputedStyle(document.body).outlineColor === "rgb(4, 5, 6)"`)
	p.is("frames without styles", `window.bare`, "0")
	p.is("sheets", `document.querySelectorAll("link[rel=stylesheet]").length`, "1")

	// The template of a part, with one more word in it.
	part, err := os.ReadFile(filepath.Join("..", "..", "..", "themes", "default", "templates", "parts", "foot.html"))
	must(t, err)
	d.write("themes/default/templates/parts/foot.html", strings.Replace(string(part), `{{t "privacy"}}`, "A word of the theme.", 1))
	p.shows("A word of the theme.")
	p.is("the page was loaded anew", `window.first`, "undefined")
	p.waits(`document.querySelector("textarea").value === "typed before"`)
	p.waits(`getComputedStyle(document.body).outlineColor === "rgb(4, 5, 6)"`)
}

// Ten tabs are all kept up to date, and each on its own page.
func TestTenTabs(t *testing.T) {
	d := newDesk(t)
	browser := chromium(t)
	var tabs []*page
	for i := range 10 {
		name := "listening.html"
		if i%2 == 1 {
			name = "other.html"
		}
		tabs = append(tabs, d.open(browser, name))
	}
	d.edit("content/other.md", "epsilon", "epsilon-two")
	d.edit("content/listening.md", "alpha", "alpha-two")
	for i, p := range tabs {
		p.shows(map[int]string{0: "alpha-two", 1: "epsilon-two"}[i%2])
		p.is("not loaded anew", `window.first`, "true")
	}
}

// The bar says what the page is made of; a key takes it away and brings it back, on the next page too.
func TestAuthorsBar(t *testing.T) {
	d := newDesk(t)
	p := d.open(chromium(t), "listening.html")
	bar := `document.querySelector("waymark-bar")?.shadowRoot.querySelector(".bar")`
	p.waits(bar + `?.textContent.includes("content/listening.md")`)
	p.is("its kind", bar+`.textContent.includes("practice")`, "true")
	p.js(bar + `.querySelector("button").click()`)
	p.waits(bar + `.textContent.includes("Sum up what you heard")`)
	key := `document.dispatchEvent(new KeyboardEvent("keydown", { code: "KeyA", altKey: true, bubbles: true }))`
	p.js(key)
	p.waits(`!(` + bar + `)`)
	must(t, chromedp.Do(p.ctx, chromedp.Navigate(d.addr+"other.html")))
	p.waits(`document.readyState === "complete"`)
	time.Sleep(300 * time.Millisecond)
	p.is("on the next page", `!(`+bar+`)`, "true")
	p.js(key)
	p.waits(bar + `?.textContent.includes("content/other.md")`)
}

// With --navigate the browser goes where the author writes.
func TestNavigate(t *testing.T) {
	d := newDesk(t, "--navigate", "--base-path", "/hand/book/")
	p := d.open(chromium(t), "listening.html")
	d.edit("content/other.md", "epsilon", "epsilon-two")
	p.shows("epsilon-two")
	p.is("the address", `location.pathname`, "/hand/book/other.html")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
