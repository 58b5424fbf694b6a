package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"
	"waymark/internal/plan"
)

// A browser is a tab that shows a page and obeys as client/reload.js does, as far as messages go.
type browser struct {
	p *preview
	c *websocket.Conn
	hello
}

var tag = regexp.MustCompile(`data-key="([^"]*)" data-look="([^"]*)"`)

// open loads a page and connects.
func (p *preview) open(name string) *browser {
	p.t.Helper()
	_, body := p.get(name)
	m := tag.FindStringSubmatch(body)
	if m == nil {
		p.t.Fatalf("there is no reload script in\n%s", body)
	}
	b := &browser{p: p, hello: hello{Path: "/" + name, Key: m[1], Look: m[2], Missing: strings.Contains(body, "data-missing")}}
	b.c = p.dial(nil)
	b.greet()
	return b
}

func (p *preview) dial(h http.Header) *websocket.Conn {
	p.t.Helper()
	c, _, err := websocket.Dial(p.t.Context(), p.addr+"_waymark/socket", &websocket.DialOptions{HTTPHeader: h})
	must(p.t, err)
	c.SetReadLimit(1 << 20)
	p.t.Cleanup(func() { c.CloseNow() })
	return c
}

// greet says hello and returns the answer.
func (b *browser) greet() message {
	b.p.t.Helper()
	data, err := json.Marshal(b.hello)
	must(b.p.t, err)
	must(b.p.t, b.c.Write(b.p.t.Context(), websocket.MessageText, data))
	return b.hears()
}

func (b *browser) hears() message {
	b.p.t.Helper()
	ctx, cancel := context.WithTimeout(b.p.t.Context(), 10*time.Second)
	defer cancel()
	_, data, err := b.c.Read(ctx)
	if err != nil {
		b.p.t.Fatalf("%s heard nothing: %v", b.Path, err)
	}
	var m message
	must(b.p.t, json.Unmarshal(data, &m))
	return m
}

// Each kind of change tells each tab what it must do, and no more.
func TestWhatTabsAreTold(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/a.md": "a", "content/b.md": "b", "content/x.css": "x{}", "content/i.svg": "<svg/>", "content/x.js": "1", "content/404.md": "not here"}), nil).first()
	a, b, gone := p.open("a.html"), p.open("b.html"), p.open("new.html")
	look := p.server.state.Load().look

	told := func(step string, want ...message) {
		t.Helper()
		for i, b := range []*browser{a, b, gone} {
			got := b.hears()
			got.Build, got.Notes, got.Look = 0, false, ""
			if diff := cmp.Diff(want[i], got); diff != "" {
				t.Errorf("%s: %s is told something else (-want +got):\n%s", step, b.Path, diff)
			}
		}
	}
	p.write("content/a.md", "a, edited")
	told("a page", message{Page: "morph"}, message{}, message{})
	a.Key = tag.FindStringSubmatch(second(p.get("a.html")))[1]
	if m := a.greet(); m.Page != "" {
		t.Errorf("after the merge: %+v", m)
	}

	p.write("content/x.css", "y{}")
	told("a style sheet", message{Files: []string{"/x.css"}}, message{Files: []string{"/x.css"}}, message{Files: []string{"/x.css"}})
	if now := p.server.state.Load().look; now == look {
		t.Error("the look is the same with another style sheet")
	}

	p.write("content/i.svg", "<svg></svg>")
	told("an image", message{Files: []string{"/i.svg"}}, message{Files: []string{"/i.svg"}}, message{Files: []string{"/i.svg"}})

	p.write("content/x.js", "2")
	told("a script", message{Page: "reload"}, message{Page: "reload"}, message{Page: "reload"})

	p.write("content/new.md", "new")
	told("a new page", message{}, message{}, message{Page: "reload"})
	gone = p.open("new.html")

	must(t, os.Remove(p.path("content/a.md")))
	told("a page that is gone", message{Page: "reload"}, message{}, message{})
}

func second(_ int, s string) string { return s }

// A template or the configuration loads what it changes anew.
func TestTemplatesAndConfigurationReload(t *testing.T) {
	p := start(t, newFolder(t, nil), nil).first()
	b := p.open("index.html")
	p.write("site.yaml", "title: Other\n") // changes no page: nobody is told
	if r := p.next(); !r.Same {
		t.Errorf("a configuration that changes no page: %+v", r)
	}
	time.Sleep(lively)
	must(t, os.WriteFile(p.path("site.yaml.new"), []byte("title: Third\n"), 0o644))
	must(t, os.WriteFile(p.path("themes/page.html"), []byte("<html><body>NEW BODY</body></html>"), 0o644))
	must(t, os.Rename(p.path("site.yaml.new"), p.path("site.yaml")))
	if m := b.hears(); m.Page != "reload" {
		t.Errorf("with another configuration: %+v", m)
	}
}

// Faults come as the terminal prints them, with the way into the editor, and go when they are mended.
func TestFaultsReachTheTab(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/a.md": "a"}), nil).first()
	b := p.open("a.html")
	p.write("content/a.md", "one\ntwo FAULT")
	want := []fault{{
		Severity: "error", Code: "link/broken", Message: `the page says "FAULT"`, Hint: "mend the link", File: "content/a.md", Line: 2, Column: 5,
		Text:   "content/a.md:2:5: error: the page says \"FAULT\" [link/broken]\n    2 │ two FAULT\n      │     ^^^^^\n   hint: mend the link",
		Editor: "vscode://file" + p.root + "/content/a.md:2:5",
	}}
	m := b.hears()
	if diff := cmp.Diff(want, m.Faults); diff != "" || m.Page != "" {
		t.Errorf("told %+v (-want +got):\n%s", m, diff)
	}
	late := p.open("index.html") // a tab that is opened meanwhile hears of it too
	if m := late.greet(); len(m.Faults) != 1 {
		t.Errorf("a new tab: %+v", m)
	}
	p.write("content/a.md", "a") // back to what it was: no page has changed, but the overlay must go
	if m := b.hears(); len(m.Faults) != 0 || m.Page != "" {
		t.Errorf("mended: %+v", m)
	}
	p.write("content/a.md", "UNDRAWN")
	if m := b.hears(); len(m.Faults) != 1 || m.Page != "" || m.Faults[0].File != "themes/page.html" || m.Faults[0].Line != 7 {
		t.Errorf("a page that cannot be drawn must leave the good one: %+v", m)
	}
	p.write("content/a.md", "drawn")
	if m := b.hears(); len(m.Faults) != 0 || m.Page != "morph" {
		t.Errorf("drawn again: %+v", m)
	}
}

// A tab that was away, or loaded just before a build was done, is told at once.
func TestTabsCatchUp(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/a.css": "a{}"}), nil).first()
	b := p.open("index.html")
	if m := b.greet(); m.Page != "" {
		t.Errorf("a tab with the page of now: %+v", m)
	}
	b.Key = "0011223344556677"
	if m := b.greet(); m.Page != "morph" {
		t.Errorf("a tab with an old page: %+v", m)
	}
	b.Look = "0011223344556677"
	if m := b.greet(); m.Page != "reload" {
		t.Errorf("a tab with old styles: %+v", m)
	}
	b.Key, b.Look = "", ""
	if m := b.greet(); m.Page != "reload" {
		t.Errorf("a tab that waits for the first build: %+v", m)
	}
}

func TestNavigate(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/a.md": "a", "content/b.md": "b"}), func(o *Options) { o.Navigate = true }).first()
	a, b := p.open("a.html"), p.open("b.html")
	p.write("content/a.md", "edited")
	if m := a.hears(); m.GoTo != "" || m.Page != "morph" {
		t.Errorf("the tab on the page: %+v", m)
	}
	if m := b.hears(); m.GoTo != "/a.html" || m.Page != "" {
		t.Errorf("the tab on another page: %+v", m)
	}
	p.write("content/a.md", "both")
	p.write("content/b.md", "both")
	a.hears()
	if m := b.hears(); m.GoTo != "" && m.GoTo != "/a.html" {
		t.Errorf("two pages at once: %+v", m)
	}
}

// A tab whose address leads to another one since a folder has appeared there loads it, or goes to the page in it that was saved.
func TestNavigateFromAnAddressThatLeadsElsewhere(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/404.md": "not here"}), func(o *Options) { o.Navigate = true }).first()
	b := p.open("skills")
	p.write("content/skills/index.md", "skills")
	if m := b.hears(); m.Page != "reload" || m.GoTo != "/skills/index.html" {
		t.Errorf("told %+v", m)
	}
	if m := b.greet(); m.Page != "reload" {
		t.Errorf("a tab that says hello again: %+v", m)
	}
}

// Addresses go both ways escaped, as browsers write them.
func TestAddressesOfTabsAreEscaped(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/c#.md": "c", "content/100%/frågor.md": "ask", "content/a#b.svg": "<svg/>", "content/404.md": "not here"}), func(o *Options) { o.Navigate = true }).first()
	asked := p.open("100%25/fr%C3%A5gor.html")
	if m := asked.greet(); m.Page != "" {
		t.Errorf("a page of now: %+v", m)
	}
	p.write("content/c#.md", "c again")
	if m := asked.hears(); m.GoTo != "/c%23.html" {
		t.Errorf("another page: %+v", m)
	}
	p.write("content/a#b.svg", "<svg></svg>")
	if m := asked.hears(); len(m.Files) != 1 || m.Files[0] != "/a%23b.svg" {
		t.Errorf("an image: %+v", m)
	}
	p.write("content/100%/frågor.md", "ask again")
	if m := asked.hears(); m.Page != "morph" || m.GoTo != "" {
		t.Errorf("the page itself: %+v", m)
	}
	if _, body := p.ask("/_waymark/page?path=" + url.QueryEscape(asked.Path)); !strings.Contains(body, "content/100%/frågor.md") {
		t.Errorf("the bar says %s", body)
	}
}

// The seventh tab works as the first, and so does the fortieth. One that does not listen is let go and holds up nobody.
func TestManyTabs(t *testing.T) {
	p := start(t, newFolder(t, nil), nil).first()
	deaf := p.open("index.html")
	var all []*browser
	for range 40 {
		all = append(all, p.open("index.html"))
	}
	for i := range 3 {
		p.write("content/index.md", fmt.Sprint("edit ", i))
		for _, b := range all {
			if m := b.hears(); m.Page != "morph" {
				t.Fatalf("told %+v", m)
			}
		}
	}
	_ = deaf
	for i := range maxTabs { // more than there may be
		c, r, err := websocket.Dial(t.Context(), p.addr+"_waymark/socket", nil)
		if err == nil {
			t.Cleanup(func() { c.CloseNow() })
			continue
		}
		if r == nil || r.StatusCode != 503 || i < maxTabs-len(all)-2 {
			t.Errorf("tab %d: %v", i, err)
		}
		break
	}
	p.shows("index.html", "edit 2")
}

// A listener that does not say which page it shows hears of every change.
func TestListenerWithoutPage(t *testing.T) {
	p := start(t, newFolder(t, nil), nil).first()
	c := p.dial(http.Header{"Origin": {strings.TrimSuffix(p.addr, "/")}})
	must(t, c.Write(t.Context(), websocket.MessageText, []byte(`{"command":"hello","protocols":["other"]}`)))
	must(t, c.Write(t.Context(), websocket.MessageText, []byte(`not JSON`)))
	time.Sleep(20 * time.Millisecond)
	p.write("content/index.md", "edited")
	b := &browser{p: p, c: c}
	if m := b.hears(); m.Page != "changed" {
		t.Errorf("told %+v", m)
	}
}

func TestSocketsThatAreRefused(t *testing.T) {
	p := start(t, newFolder(t, nil), nil).first()
	for _, h := range []http.Header{
		{"Origin": {"http://evil.example"}}, {"Origin": {"null"}}, {"Origin": {"http://127.0.0.1:1"}}, {"Origin": {"https://" + p.listen() + ".evil.example"}},
		{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}},
	} {
		if c, _, err := websocket.Dial(t.Context(), p.addr+"_waymark/socket", &websocket.DialOptions{HTTPHeader: h}); err == nil {
			c.CloseNow()
			t.Errorf("a socket for %v", h)
		}
	}
	if c, _, err := websocket.Dial(t.Context(), p.addr+"_waymark/socket", &websocket.DialOptions{Host: "evil.example"}); err == nil {
		c.CloseNow()
		t.Error("a socket for a foreign host")
	}
	c := p.dial(nil)
	c.Write(t.Context(), websocket.MessageText, []byte(`{"path":"/`+strings.Repeat("x", maxHello)+`"}`))
	if _, _, err := c.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("a message that is too long: %v", err)
	}
	if b := p.open("index.html"); b.greet().Page != "" {
		t.Error("the next tab is not served well")
	}
	q := start(t, newFolder(t, nil), func(o *Options) { o.NoReload = true }).first()
	if c, _, err := websocket.Dial(t.Context(), q.addr+"_waymark/socket", nil); err == nil {
		c.CloseNow()
		t.Error("a socket without reloading")
	}
}

// What the bar says of a page.
func TestAuthorsBar(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/a.md": "a WARN", "content/b.md": "b WARN"}), func(o *Options) { o.Drafts = true }).first()
	r, body := p.ask("/_waymark/page?path=/a.html")
	var got about
	if err := json.Unmarshal([]byte(body), &got); err != nil || r.Header.Get("Content-Type") != "application/json" {
		t.Fatal(err, r.Header)
	}
	edit := "vscode://file" + p.root + "/content/a.md:1:"
	want := about{
		Source: "content/a.md", Editor: edit + "1", ID: "roles/mentor", Kind: "role", Title: "Mentor", Draft: true, Drafts: true, Minutes: [2]int{10, 25}, Questions: 3,
		Objectives: []objective{{"o1", "ask first", "apply"}}, Places: []placement{{"New mentor", "../paths/new.html", "Start", 2, 8, false}},
		Lints: []fault{{
			Severity: "warning", Code: "page/stale", Message: "the page is old", Hint: "read it again", File: "content/a.md", Line: 1, Column: 3, Editor: edit + "3",
			Text: "content/a.md:1:3: warning: the page is old [page/stale]\n    1 │ a WARN\n      │   ^\n   hint: read it again",
		}},
		Others: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, addr := range []string{"", "/nowhere.html", "/../x", "\x00"} {
		if r, body := p.ask("/_waymark/page?path=" + strings.ReplaceAll(addr, "\x00", "%00")); r.StatusCode != 200 || strings.Contains(body, "source") {
			t.Errorf("%q: %d %s", addr, r.StatusCode, body)
		}
	}
}

// Of a path the bar says how long it takes and what it leads to.
func TestAuthorsBarOfAPath(t *testing.T) {
	got := new(about)
	got.fill(&plan.View{
		Page: plan.Head{ID: "new-mentor", Kind: "path", Title: "New mentor"},
		Path: &plan.Path{Minutes: plan.Minutes{From: 10, To: 25}, Outcomes: []plan.Objective{{ID: "o1", Text: "ask first", Verb: "apply"}}},
	})
	want := &about{ID: "new-mentor", Kind: "path", Title: "New mentor", Minutes: [2]int{10, 25}, Objectives: []objective{{"o1", "ask first", "apply"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Many edits and many tabs that come and go leave nothing behind.
func TestNothingPilesUp(t *testing.T) {
	p := start(t, newFolder(t, nil), watching(10*time.Millisecond)).first()
	watcher := p.open("index.html")
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	round := func(n int) {
		for i := range n {
			p.write("content/index.md", fmt.Sprint("edit ", i, time.Now()))
			if m := watcher.hears(); m.Page != "morph" {
				t.Fatalf("told %+v", m)
			}
			r, err := client.Get(p.addr)
			must(t, err)
			io.Copy(io.Discard, r.Body)
			r.Body.Close()
			for range 4 {
				c, _, err := websocket.Dial(t.Context(), p.addr+"_waymark/socket", nil)
				must(t, err)
				c.CloseNow()
			}
			<-p.rebuilt
		}
	}
	settled := func() (int, uint64) {
		time.Sleep(200 * time.Millisecond)
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return runtime.NumGoroutine(), m.HeapAlloc
	}
	round(5)
	g0, h0 := settled()
	round(maxTabs/4 + 10)
	g1, h1 := settled()
	if g1 > g0+5 || h1 > h0+(2<<20) {
		t.Errorf("%d goroutines and %d KiB became %d and %d KiB", g0, h0>>10, g1, h1>>10)
	}
}

// The server ends when it is told to, also with tabs open, and says so to them.
func TestStop(t *testing.T) {
	p := start(t, newFolder(t, nil), nil).first()
	b := p.open("index.html")
	began := time.Now()
	p.stop()
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("stopping took %v", took)
	}
	if _, _, err := b.c.Read(t.Context()); err == nil {
		t.Error("the socket is still open")
	}
}
