package reliability

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// hook is there before any script of a page. It notes what a payload does to show that it ran, and what the page's own policy had to stop: a policy is the second lock, and a page
// that needs it has lost the first.
const hook = `(() => {
	const ran = (window.__ran = []);
	for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = (...a) => void ran.push(name + "(" + a.map(String).join() + ")");
	for (const name of ["__pwned", "vulnerable", "xss"]) Object.defineProperty(window, name, { set: () => void ran.push(name) });
	Object.defineProperty(document, "vulnerable", { set: () => void ran.push("document.vulnerable") });
	const note = (e) => ran.push("stopped by the policy: " + e.violatedDirective + " " + e.blockedURI + " " + (e.sample || ""));
	addEventListener("securitypolicyviolation", note, true);
})()`

// scan finds in a document what could run: it is the browser's own parser that has read it.
const scan = `((d, leadsOn) => {
	const found = [];
	const visit = (root) => {
		for (const e of root.querySelectorAll("*")) {
			const name = e.localName;
			if (["iframe", "object", "embed", "base", "applet", "frame", "frameset", "portal", "animate", "set", "foreignobject"].includes(name)) found.push("<" + name + ">");
			if (name === "meta" && /refresh/i.test(e.httpEquiv) && !(leadsOn && /^0; ?url=[.][.][/][\w./%-]*$/i.test(e.content))) found.push("meta refresh " + e.content);
			if (name === "style") found.push("<style>");
			if (name === "link" && !["stylesheet", "icon", "manifest", "preload", "canonical", "alternate", "prev", "next"].includes(e.rel)) found.push("link rel=" + e.rel);
			if (name === "script") {
				if (/json/.test(e.type)) {
					try { JSON.parse(e.textContent); } catch (err) { found.push("JSON: " + err); }
				} else if (!e.hasAttribute("src") || e.textContent.trim() !== "" || !/^([.][.][/])*(assets|data)[/]/.test(e.getAttribute("src"))) found.push("script " + e.outerHTML.slice(0, 200));
			}
			for (const a of e.attributes) {
				if (/^on/i.test(a.name)) found.push(name + " " + a.name + "=" + a.value.slice(0, 100));
				if ((a.name === "style" && d !== document) || a.name === "srcdoc" || a.name === "formaction" || a.name === "ping") found.push(name + " " + a.name + "=" + a.value.slice(0, 100));
				if (/^(href|src|action|data|poster|background|xlink:href|srcset|from|to|values|cite)$/i.test(a.name)) {
					const v = a.value.replace(/[\u0000-\u0020\u007f-\u009f]/g, "");
					if (/^(javascript|vbscript|livescript|mocha|data|blob|filesystem|feed|jar|view-source|about):/i.test(v) && !/^data:image[/](png|gif|jpeg|webp)/.test(v)) found.push(name + " " + a.name + "=" + v.slice(0, 100));
				}
			}
			if (e.content instanceof DocumentFragment) visit(e.content);
		}
	};
	visit(d);
	return found;
})`

// TestNoPayloadRuns opens pages of an attacked site in a Chromium, from a server and from the disk, plays with them as a reader does, and wants that nothing of the payloads
// has run and that the policy of the pages had nothing to stop. Every page is read by the browser's parser besides.
func TestNoPayloadRuns(t *testing.T) {
	step, rnd := 12, chance(t)
	if !soak { // a few, other ones each time
		step = 61
		from := rnd.IntN(step)
		attack(t, chromium(t), payloads(t, from, step), step, from)
		return
	}
	for from := range step {
		t.Run(fmt.Sprint(from), func(t *testing.T) {
			t.Parallel() // each in a browser of its own: they keep progress
			attack(t, chromium(t), payloads(t, from, step), step, from)
		})
	}
}

func attack(t *testing.T, browser context.Context, list []string, step, from int) {
	t.Logf("every %d. payload of the lists, from number %d on: %d", step, from, len(list))
	s := newSite(t, attackSite(list))
	built(t, s, 5*len(list))
	public := s.path("public")
	var pages, data []string
	must(t, filepath.WalkDir(public, func(name string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(public, name)
		rel = filepath.ToSlash(rel)
		switch {
		case strings.HasSuffix(rel, ".html"):
			pages = append(pages, rel)
		case strings.HasPrefix(rel, "data/") && strings.HasSuffix(rel, ".js"):
			data = append(data, rel)
		case strings.HasSuffix(rel, ".json") || strings.HasSuffix(rel, ".webmanifest"):
			text, err := os.ReadFile(name)
			if err != nil || !json.Valid(text) {
				t.Errorf("%s is not JSON (%v)", rel, err)
			}
		}
		return err
	}))
	server := httptest.NewServer(http.FileServer(http.Dir(public)))
	defer server.Close()

	tab := newTab(t, browser)
	tab.read(t, server.URL, pages)
	tab.load(t, server.URL, data)
	var shown []string // all pages that gather from others, and in a short run some of the others
	for i, p := range pages {
		gathers := !strings.HasPrefix(p, "p") || strings.HasPrefix(p, "paths/") || strings.HasPrefix(p, "print/") || strings.HasPrefix(p, "progress")
		if !strings.HasPrefix(p, "old/") && (soak || gathers && i%2 == 0 || i%9 == from%9) { // an old address leads on at once
			shown = append(shown, p)
		}
	}
	n := 0
	for _, base := range []string{server.URL + "/", fileURL(public) + "/"} {
		for i, p := range shown {
			if strings.HasPrefix(base, "file:") && !soak && i%5 != 0 {
				continue
			}
			tab.play(t, base, escaped(p))
			n++
		}
		tab.search(t, base)
		tab.progress(t, base, list, pages)
	}
	t.Logf("%d pages read, %d shown", len(pages), n)
}

// The instruments of TestNoPayloadRuns work: on a page without any defence they see a payload run, on one with the policy alone they see what the policy stopped.
func TestTheInstrumentsSeePayloads(t *testing.T) {
	browser := chromium(t)
	const page = `<body><img src=x onerror="alert(1)"><script>window.__pwned = 1</script><a href="java&#10;script:x">a</a>`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/policy" {
			w.Header().Set("Content-Security-Policy", "default-src 'self'")
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, page)
	}))
	defer server.Close()
	tab := newTab(t, browser)
	for path, want := range map[string][]string{"/": {"alert(1)", "__pwned"}, "/policy": {"stopped by the policy: script-src-attr", "stopped by the policy: script-src-elem"}} {
		tab.open(t, server.URL+path)
		js[bool](t, tab, `new Promise((done) => setTimeout(() => done(true), 200))`)
		got := strings.Join(js[[]string](t, tab, `window.__ran`), "\n")
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q is not seen in %q", path, w, got)
			}
		}
		if found := js[[]string](t, tab, `(`+scan+`)(document, false)`); len(found) != 3 {
			t.Errorf("%s: the scan finds %q", path, found)
		}
	}
}

// A drawing must not run a script either when it is opened by itself, as from a link or from "open image in a new tab": it would run as the site. What it held of that kind is taken out
// and named; the rest is published.
func TestNoDrawingRuns(t *testing.T) {
	browser := chromium(t)
	s := newSite(t, map[string]string{"site.yaml": "title: T\n", "content/_index.md": "---\ntitle: T\n---\n\n![A drawing](drawing.svg) [the drawing](drawing.svg)\n", "content/drawing.svg": evilDrawing})
	o := waymark(t, "build", "--source", s.root)
	o.want(t, fine)
	for _, what := range []string{"<script>", "the attribute onload of <svg>", "the address in xlink:href of <a>", "<foreignObject>", "the attribute onbegin of <animate>", "the attribute onerror of <image>"} {
		if !strings.Contains(o.said, ": warning: "+what+" was taken out of the drawing") {
			t.Errorf("it does not name %s: %s", what, o.said)
		}
	}
	server := httptest.NewServer(http.FileServer(http.Dir(s.path("public"))))
	defer server.Close()
	tab := newTab(t, browser)
	for _, base := range []string{server.URL + "/", fileURL(s.path("public")) + "/"} {
		tab.open(t, base+"drawing.svg")
		tab.clean(t, base+"drawing.svg")
		if n := js[int](t, tab, `document.querySelectorAll("rect").length`); n != 1 { // it is shown, and what draws is there
			t.Errorf("%s shows %d rectangles", base, n)
		}
		if found := js[[]string](t, tab, `[...document.querySelectorAll("*")].flatMap((e) => [e.localName, ...e.getAttributeNames()]).filter((n) => /^on|script|foreignobject/i.test(n))`); len(found) > 0 {
			t.Errorf("%s holds %q", base, found)
		}
	}
}

// A tab of the browser.
type tab struct {
	ctx context.Context
	mu  sync.Mutex
	// thrown are the errors of scripts: a payload that breaks one of ours would show here.
	thrown []string
}

func chromium(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("takes a minute")
	}
	name := os.Getenv("CHROMIUM")
	if name == "" {
		name = "chromium"
	}
	exe, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("there is no Chromium here: %v", err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(exe), chromedp.NoSandbox, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-background-networking", true),
		// Half the time went into painting what nobody looks at. Pictures need not wait until they come into view, and with a small window little does.
		chromedp.Flag("blink-settings", "lazyLoadEnabled=false"), chromedp.Flag("disable-gpu", true), chromedp.WindowSize(500, 300))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	must(t, chromedp.Do(ctx))
	return ctx
}

func newTab(t *testing.T, browser context.Context) *tab {
	t.Helper()
	b := &tab{}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithListener(func(event any) {
		if e, ok := event.(*runtime.EventExceptionThrown); ok {
			b.mu.Lock()
			text := e.ExceptionDetails.Text
			if x := e.ExceptionDetails.Exception; x != nil {
				text += " " + x.Description
			}
			b.thrown = append(b.thrown, text)
			b.mu.Unlock()
		}
	}))
	t.Cleanup(cancel)
	b.ctx = ctx
	must(t, chromedp.Do(ctx))
	_, err := chromedp.Call(ctx, cdpage.AddScriptToEvaluateOnNewDocument, cdpage.AddScriptToEvaluateOnNewDocumentParams{Source: hook})
	must(t, err)
	return b
}

// open shows an address.
func (b *tab) open(t *testing.T, address string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
}

// js runs a script in the page and returns what it gives.
func js[T any](t *testing.T, b *tab, script string) T {
	t.Helper()
	v, err := try[T](b, script)
	if err != nil {
		t.Fatalf("%.200s: %v", script, err)
	}
	return v
}

func try[T any](b *tab, script string) (T, error) {
	ctx, cancel := context.WithTimeout(b.ctx, 60*time.Second)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// clean fails the test if a payload ran, the policy stopped something, or one of the site's scripts broke.
func (b *tab) clean(t *testing.T, where string) {
	t.Helper()
	if ran := js[[]string](t, b, `window.__ran ?? ["the page is another one: " + location.href]`); len(ran) > 0 {
		t.Errorf("%s: %s", where, strings.Join(ran[:min(5, len(ran))], "\n\t"))
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.thrown) > 0 {
		t.Errorf("%s: %s", where, b.thrown[0])
		b.thrown = nil
	}
}

// read lets the browser's parser read pages without showing them, and looks for what could run; twice, as what is written back and read again may be something else.
func (b *tab) read(t *testing.T, base string, pages []string) {
	t.Helper()
	b.open(t, base+"/index.html")
	for part := range slices.Chunk(pages, 50) {
		var names []string
		for _, p := range part {
			names = append(names, escaped(p))
		}
		found := js[[]string](t, b, `(async () => {
			const scan = `+scan+`;
			const all = [];
			for (const name of `+text(names)+`) {
				const answer = await fetch("/" + name);
				if (!answer.ok) { all.push(name + ": " + answer.status); continue; }
				const once = new DOMParser().parseFromString(await answer.text(), "text/html");
				const twice = new DOMParser().parseFromString(once.documentElement.outerHTML, "text/html");
				for (const what of [...scan(once, name.startsWith("old/")), ...scan(twice, name.startsWith("old/"))]) all.push(name + ": " + what);
			}
			return all;
		})()`)
		for _, f := range found[:min(10, len(found))] {
			t.Error(f)
		}
	}
}

// load loads all data that pages load as scripts, where a text could break out of its quotes.
func (b *tab) load(t *testing.T, base string, data []string) {
	t.Helper()
	b.open(t, base+"/index.html")
	failed := js[[]string](t, b, `(async () => {
		const failed = [];
		// The files call the site's scripts; here whatever they call takes what it is given.
		const anything = () => new Proxy(() => undefined, { get: anything });
		window.waymark = anything();
		for (const name of `+text(data)+`) await new Promise((done) => {
			const s = document.createElement("script");
			s.onload = done; s.onerror = () => { failed.push(name); done(); };
			s.src = "/" + name;
			document.head.append(s);
		});
		return failed;
	})()`)
	if len(failed) > 0 || len(data) == 0 {
		t.Errorf("of %d data files these cannot be loaded: %v", len(data), failed)
	}
	b.clean(t, "the data files")
}

// play shows a page and does what readers do: opens what can be opened, answers, asks for hints, points at things.
func (b *tab) play(t *testing.T, base, name string) {
	t.Helper()
	b.open(t, base+name)
	found, err := try[[]string](b, `(async () => {
		const main = document.querySelector("main") ?? document.body;
		for (const d of document.querySelectorAll("details")) d.open = true;
		for (const e of Array.from(main.querySelectorAll("*")).slice(0, 2000)) {
			for (const kind of ["mouseover", "mouseenter", "focus", "pointerenter", "toggle", "animationstart", "error", "load", "begin"]) e.dispatchEvent(new Event(kind));
		}
		for (const round of [0, 1]) {
			for (const i of main.querySelectorAll("input[type=radio], input[type=checkbox]")) i.click();
			for (const i of main.querySelectorAll("textarea, input[type=text]")) { i.value = "x\"><img src=x onerror=alert(1)>"; i.dispatchEvent(new Event("input", { bubbles: true })); }
			for (const f of main.querySelectorAll("button")) if (!f.matches("[data-print], [data-delete], dialog *")) f.click();
			await new Promise((done) => setTimeout(done, 5));
		}
		return (`+scan+`)(document, false);
	})()`)
	if err != nil {
		t.Errorf("%s%s: %v", base, name, err)
		return
	}
	for _, f := range found[:min(5, len(found))] {
		t.Errorf("%s%s: %s", base, name, f)
	}
	b.clean(t, base+name)
}

// search types words of the payloads into the search and looks at what it shows.
func (b *tab) search(t *testing.T, base string) {
	t.Helper()
	b.open(t, base+"index.html")
	hits := js[int](t, b, `(async () => {
		const wait = (ms) => new Promise((done) => setTimeout(done, ms));
		document.querySelector("[data-search]").click();
		for (let i = 0; i < 100 && !document.querySelector("dialog [role=combobox]"); i++) await wait(50);
		let hits = 0;
		for (const words of ["alert", "script", "onerror", "img src", "<svg", "javascript:", "xss"]) {
			const field = document.querySelector("dialog [role=combobox]");
			field.value = words;
			field.dispatchEvent(new Event("input", { bubbles: true }));
			const list = document.querySelector("dialog .hits");
			for (let i = 0; i < 40 && (list.hidden || list.children.length === 0); i++) await wait(50);
			await wait(100);
			hits += list.children.length;
		}
		return hits;
	})()`)
	if hits == 0 {
		t.Errorf("%s: the search has found nothing", base)
	}
	found := js[[]string](t, b, `(`+scan+`)(document, false)`)
	for _, f := range found[:min(5, len(found))] {
		t.Errorf("%s: in the search: %s", base, f)
	}
	b.clean(t, base+" (search)")
}

// progress reads a file of progress that is full of payloads, follows links that carry them, and shows what the learner's pages make of it.
func (b *tab) progress(t *testing.T, base string, list, pages []string) {
	t.Helper()
	file := map[string]any{"format": "waymark-progress", "version": 1, "site": "attacked", "edition": polyglot}
	paths, modules, answers, review, marks := map[string]any{}, map[string]any{}, map[string]any{}, map[string]any{}, map[string]any{}
	for i, p := range list {
		for _, id := range []string{fmt.Sprintf("reflection-%d", i), fmt.Sprintf("text-%d", i), fmt.Sprintf("scenario-%d", i), fmt.Sprintf("rating-%d", i), p} {
			try := map[string]any{"at": "2026-06-01T10:00:00Z", "v": []any{p}, "s": 1}
			answers[id] = map[string]any{"rev": p, "first": try, "last": try, "best": 1, "tries": 1}
			review[id] = map[string]any{"n": 1, "due": "2026-06-01", "box": 1}
		}
		for _, key := range []string{fmt.Sprintf("done:matter-%d", i), fmt.Sprintf("note:matter-%d", i), fmt.Sprintf("form:matter-%d:a", i), "note:" + p, p} {
			marks[key] = map[string]any{"at": "2026-06-01T10:00:00Z", "v": p}
		}
		modules[fmt.Sprintf("matter-%d", i)] = map[string]any{"read": "2026-06-01", "done": p, "how": "manual"}
		modules[p] = map[string]any{"read": p, "done": p, "how": p}
	}
	paths["all"] = map[string]any{"started": polyglot, "done": polyglot, "milestones": map[string]any{"m": polyglot}}
	file["paths"], file["modules"], file["answers"], file["review"], file["marks"] = paths, modules, answers, review, marks
	data, err := json.Marshal(file)
	must(t, err)
	b.open(t, base+"progress.html")
	said := js[string](t, b, `(async () => {
		const input = document.querySelector("input[data-read]"), status = document.querySelector("[data-status]");
		const files = new DataTransfer();
		files.items.add(new File([`+text(string(data))+`], "progress.json"));
		input.files = files.files;
		input.dispatchEvent(new Event("change"));
		for (let i = 0; i < 100 && !status.textContent; i++) await new Promise((done) => setTimeout(done, 50));
		return status.textContent;
	})()`)
	if said == "" {
		t.Errorf("%s: nothing is said of the file", base)
	}
	b.clean(t, base+"progress.html (a file)")
	for i, p := range pages {
		if strings.Contains(p, "matter-") && i%11 == 0 || strings.HasPrefix(p, "paths/") || strings.HasPrefix(p, "progress") || strings.HasPrefix(p, "certificate") || p == "index.html" {
			b.play(t, base, escaped(p))
		}
	}
	for i, p := range append(list[:min(10, len(list)):min(10, len(list))], polyglot, "x", "..") {
		b.open(t, base+fmt.Sprintf("404.html?%d", i)) // else the browser only goes to another part of the same page
		b.open(t, base+"progress.html#r="+escaped(p))
		b.clean(t, base+"progress.html (a link)")
	}
	js[bool](t, b, `(() => { try { localStorage.clear(); } catch {} return true; })()`)
}

// escaped writes the path of a file as an address.
func escaped(p string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./"
	var b strings.Builder
	for _, c := range []byte(p) {
		if strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func fileURL(dir string) string {
	p := escaped(filepath.ToSlash(dir))
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return "file://" + p
}

// text writes a value as JavaScript does.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "null"
	}
	return string(b)
}
