package serve

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"waymark/internal/build"
	"waymark/internal/diag"
)

// raw sends bytes as they are and returns the answer.
func (p *preview) raw(request string) (*http.Response, string) {
	p.t.Helper()
	c, err := net.Dial("tcp", p.listen())
	must(p.t, err)
	defer c.Close()
	c.SetDeadline(time.Now().Add(8 * time.Second))
	io.WriteString(c, request)
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return nil, ""
	}
	b, _ := io.ReadAll(r.Body)
	return r, string(b)
}

// listen is the address that the server listens at.
func (p *preview) listen() string {
	host := strings.TrimPrefix(p.addr, "http://")
	host, _, _ = strings.Cut(host, "/")
	return host
}

// ask sends a GET with headers.
func (p *preview) ask(target string, headers ...string) (*http.Response, string) {
	p.t.Helper()
	head := "Host: " + p.listen() + "\r\n"
	for _, h := range headers {
		if strings.HasPrefix(h, "Host:") {
			head = ""
		}
	}
	for _, h := range headers {
		head += h + "\r\n"
	}
	return p.raw("GET " + target + " HTTP/1.1\r\n" + head + "Connection: close\r\n\r\n")
}

func TestAddresses(t *testing.T) {
	d := newFolder(t, map[string]string{
		"content/roles/index.md": "roles", "content/roles/mentor.md": "mentor", "content/files/a.css": "a{}", "content/files/b.bin": "bin", "content/404.md": "not here",
		"content/ümläut/x y.md": "named",
	})
	p := start(t, d, nil).first()
	for _, c := range []struct {
		target string
		status int
		want   string // in the body, or the Location
	}{
		{"/", 200, "home"},
		{"/index.html", 200, "home"},
		{"/roles/mentor.html", 200, "mentor"},
		{"/roles/mentor.html?x=1", 200, "mentor"},
		{"/roles", 302, "/roles/"},
		{"/roles?a=b", 302, "/roles/?a=b"},
		{"/roles/", 200, "roles"},
		{"/roles/mentor", 404, "not here"}, // as on hosts that serve files
		{"/files", 404, "not here"},        // no listing
		{"/files/", 404, "not here"},
		{"/nowhere/at/all.html", 404, "not here"},
		{"/%C3%BCml%C3%A4ut/x%20y.html", 200, "named"},
		{"http://127.0.0.1/roles/mentor.html", 200, "mentor"},
	} {
		r, body := p.ask(c.target)
		if c.status == 302 {
			body = r.Header.Get("Location")
		}
		if r.StatusCode != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %q, want %d with %q", c.target, r.StatusCode, body, c.status, c.want)
		}
		if r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", c.target, r.Header)
		}
		for name := range r.Header {
			if strings.HasPrefix(name, "Access-Control") {
				t.Errorf("%s: the header %s", c.target, name)
			}
		}
	}
	for target, want := range map[string]string{"/": "text/html; charset=utf-8", "/files/a.css": "text/css; charset=utf-8", "/files/b.bin": "application/octet-stream", "/nowhere": "text/html; charset=utf-8"} {
		if r, _ := p.ask(target); r.Header.Get("Content-Type") != want {
			t.Errorf("%s is %s, want %s", target, r.Header.Get("Content-Type"), want)
		}
	}
	if r, body := p.ask("/files/b.bin", "Range: bytes=1-2"); r.StatusCode != 206 || body != "in" {
		t.Errorf("a part of a file: %d %q", r.StatusCode, body)
	}
	if r, body := p.raw("HEAD /roles/mentor.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); r.StatusCode != 200 || body != "" {
		t.Errorf("HEAD: %d %q", r.StatusCode, body)
	}
}

// A file that can be opened is not written for an answer, which may be to HEAD or with a part of it; one that is gone meanwhile is an error that names it.
func TestFilesAreReadInParts(t *testing.T) {
	d := newFolder(t, map[string]string{"content/film.mp4": "0123456789"})
	p := start(t, d, func(o *Options) {
		o.Build = func(ctx context.Context) (*build.Site, diag.List, error) {
			site, ds, err := d.build(ctx)
			if f, ok := site.Lookup("film.mp4"); ok {
				f.Open = func() (io.ReadSeekCloser, error) { return os.Open(d.path("content/film.mp4")) }
				f.Write = func(io.Writer) error { return errors.New("content/film.mp4: it is written") }
			}
			return site, ds, err
		}
	}).first()
	if r, body := p.ask("/film.mp4"); r.StatusCode != 200 || body != "0123456789" || r.Header.Get("Content-Type") != "video/mp4" {
		t.Errorf("the whole: %d %q %v", r.StatusCode, body, r.Header)
	}
	if r, body := p.ask("/film.mp4", "Range: bytes=2-4"); r.StatusCode != 206 || body != "234" || r.Header.Get("Content-Range") != "bytes 2-4/10" {
		t.Errorf("a part: %d %q %v", r.StatusCode, body, r.Header)
	}
	if r, body := p.raw("HEAD /film.mp4 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); r.StatusCode != 200 || body != "" || r.ContentLength != 10 {
		t.Errorf("HEAD: %d %q %v", r.StatusCode, body, r.Header)
	}
	must(t, os.Rename(p.path("content/film.mp4"), p.path("film.mp4")))
	if r, body := p.ask("/film.mp4"); r.StatusCode == 200 || r.StatusCode == 500 && !strings.Contains(body, "content/film.mp4: it is written") {
		t.Errorf("a file that is gone: %d %q", r.StatusCode, body)
	}
}

// A page that leaves serve carries one script more, and nothing else is touched.
func TestScriptIsInsertedOnce(t *testing.T) {
	d := newFolder(t, map[string]string{"content/a.md": "a", "content/raw.html": "<html><body>raw</body></html>"})
	p := start(t, d, nil).first()
	_, body := p.get("a.html")
	before, rest, ok := strings.Cut(body, `<script src="/_waymark/reload.js"`)
	_, after, _ := strings.Cut(rest, "</script>")
	if !ok || before+after != "<html><body><p>a</p></body></html>" || after != "</body></html>" {
		t.Errorf("the page is\n%s", body)
	}
	for page, want := range map[string]string{"<p>a</body></html>": "<p>aTAG</body></html>", "<p>a": "<p>a<body>TAG", "": "<body>TAG"} {
		if got := string(insert([]byte(page), "TAG")); got != want {
			t.Errorf("%q becomes %q, want %q", page, got, want)
		}
	}
	if _, body := p.get("raw.html"); strings.Contains(body, "script") {
		t.Errorf("a file that is published as it is has got a script:\n%s", body)
	}
	q := start(t, d, func(o *Options) { o.NoReload = true }).first()
	if _, body := q.get("a.html"); strings.Contains(body, "script") {
		t.Errorf("there is a script without reloading:\n%s", body)
	}
}

// Whatever a request looks like: nothing from outside of the site, nothing for strangers, and the server goes on.
func TestRequestsThatAreRefused(t *testing.T) {
	d := newFolder(t, map[string]string{"content/roles/mentor.md": "mentor", "content/a.css": "a{}", "content/secret~": "hidden"})
	must(t, os.Symlink("/etc/passwd", d.path("content/link.txt.tmp~")))
	p := start(t, d, nil).first()

	for _, target := range []string{
		"/../site.yaml", "/..%2fsite.yaml", "/%2e%2e/site.yaml", "/%2e%2e%2fsite.yaml", "/roles/../../site.yaml", "/roles/..%5c..%5csite.yaml", "/roles/%2e%2e/%2e%2e/site.yaml",
		"/..\\site.yaml", "/%c0%ae%c0%ae/site.yaml", "/%252e%252e/site.yaml", "/roles/./mentor.html", "/roles/../roles/mentor.html", "//roles/mentor.html", "/roles//mentor.html", "/roles/mentor.html/",
		"/roles/mentor.html%00", "/roles/mentor.html%00.css", "/%00", "/etc/passwd", "//etc/passwd", "///etc/passwd", "/C:/windows/win.ini", "/content/roles/mentor.md", "/roles/mentor.md", "/secret~", "/site.yaml",
		"/.git/HEAD", "/link.txt.tmp~", "/_waymark/../site.yaml", "/_waymark/client/reload.js", "/_waymark/", "/_waymark/%2e%2e/index.html", "/roles%2fmentor.htm", "/ROLES/MENTOR.HTML",
		"//evil.example/..", "/\\evil.example", "//evil.example%2f", "/roles\x7f", "/%", "/%zz",
	} {
		r, body := p.ask(target)
		if r == nil {
			continue // not HTTP: the connection was closed
		}
		if r.StatusCode == 200 || r.StatusCode < 400 || strings.Contains(body, "title: Test") || strings.Contains(body, "root:") {
			t.Errorf("%s: %d %q %s", target, r.StatusCode, body, r.Header.Get("Location"))
		}
	}

	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "FOO"} {
		r, _ := p.raw(method + " /index.html HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		if r == nil || r.StatusCode != 405 && r.StatusCode != 400 {
			t.Errorf("%s: %v", method, r)
		}
	}
	if r, _ := p.raw("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); r != nil && r.StatusCode < 400 && r.ContentLength > 0 {
		t.Errorf("OPTIONS *: %v", r)
	}

	for _, c := range []struct {
		header string
		status int
	}{
		{"Host: localhost", 200}, {"Host: LOCALHOST:9", 200}, {"Host: localhost.", 200}, {"Host: 127.0.0.1:1", 200}, {"Host: 127.8.9.1", 200}, {"Host: [::1]:1414", 200},
		{"Host: evil.example", 403}, {"Host: evil.example:1414", 403}, {"Host: localhost.evil.example", 403}, {"Host: 127.0.0.1.evil.example", 403}, {"Host: 127.0.0.1.nip.io", 403}, {"Host: 10.0.0.1", 403},
		{"Host: localhost@evil.example", 400}, {"Host: ", 403}, {"Host: 0x7f.1", 403}, {"Host: 0.0.0.0", 403}, {"Host: 2130706433", 403}, {"Host: evil.example\r\nX-Forwarded-Host: localhost", 403},
		{"Sec-Fetch-Site: same-origin", 200}, {"Sec-Fetch-Site: none", 200},
		{"Sec-Fetch-Site: cross-site", 403}, {"Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document", 403}, {"Sec-Fetch-Site: nonsense", 403},
		{"Sec-Fetch-Site: same-site", 403}, {"Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document", 200}, {"Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe", 403},
		{"Origin: http://" + p.listen(), 200}, {"Origin: http://evil.example", 403}, {"Origin: null", 403}, {"Origin: http://127.0.0.1:1", 403}, {"Origin: file://", 403},
		{"X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example", 200},
	} {
		for _, target := range []string{"/index.html", "/_waymark/reload.js", "/_waymark/page?path=/"} {
			r, body := p.ask(target, strings.Split(c.header, "\r\n")...)
			if r == nil || r.StatusCode != c.status && !(c.status >= 400 && r.StatusCode >= 400) {
				t.Errorf("%s with %q: %v, want %d", target, c.header, r, c.status)
			}
			if c.status >= 400 && strings.Contains(body, "home") {
				t.Errorf("%s with %q gives the page away", target, c.header)
			}
		}
	}

	if r, _ := p.ask("/index.html", "X-Long: "+strings.Repeat("x", 64<<10)); r != nil && r.StatusCode != 431 {
		t.Errorf("a long header: %d", r.StatusCode)
	}
	if r, _ := p.ask("/" + strings.Repeat("x", 64<<10)); r != nil && r.StatusCode < 400 {
		t.Errorf("a long address: %d", r.StatusCode)
	}
	if r, _ := p.ask("/_waymark/page?path=" + strings.Repeat("%2e%2e%2f", 500)); r == nil || r.StatusCode != 200 {
		t.Errorf("a strange path for the bar: %v", r)
	}
	p.shows("roles/mentor.html", "mentor")
}

// A redirect leads into the site, whatever the address.
func TestRedirectsStayInTheSite(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/evil.example/index.md": "a folder of that name"}), nil).first()
	for _, target := range []string{"//evil.example", "/\\evil.example", "/%2fevil.example", "/%5cevil.example", "//evil.example/%2e%2e", "/evil.example"} {
		r, _ := p.ask(target)
		if to := r.Header.Get("Location"); to != "" && to != "/evil.example/" {
			t.Errorf("%s leads to %q", target, to)
		}
	}
}

// A request that comes slowly, or never ends, holds up nobody.
func TestSlowRequests(t *testing.T) {
	t.Parallel() // it waits more than it works
	p := start(t, newFolder(t, nil), nil).first()
	for range 40 {
		c, err := net.Dial("tcp", p.listen())
		must(t, err)
		defer c.Close()
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX-")
	}
	p.shows("index.html", "home")
	c, err := net.Dial("tcp", p.listen())
	must(t, err)
	defer c.Close()
	began := time.Now()
	io.WriteString(c, "GET / HTTP/1.1\r\nHost: localhost\r\n")
	c.SetReadDeadline(began.Add(15 * time.Second))
	io.Copy(io.Discard, c)
	if took := time.Since(began); took > 12*time.Second {
		t.Errorf("a request without end was held for %v", took)
	}
}

func TestBasePath(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/roles/index.md": "roles", "content/404.md": "not here"}), func(o *Options) { o.BasePath = "/hand/book" }).first()
	if !strings.HasSuffix(p.addr, "/hand/book/") {
		t.Errorf("the address is %s", p.addr)
	}
	for _, c := range []struct {
		target string
		status int
		want   string
	}{
		{"/hand/book/", 200, "home"}, {"/hand/book", 302, "/hand/book/"}, {"/", 302, "/hand/book/"}, {"/hand/book/roles", 302, "/hand/book/roles/"}, {"/hand/book/roles/", 200, "roles"},
		{"/roles/", 404, "not here"}, {"/hand/", 404, "not here"}, {"/_waymark/reload.js", 200, "Idiomorph"},
	} {
		r, body := p.ask(c.target)
		if c.status == 302 {
			body = r.Header.Get("Location")
		}
		if r.StatusCode != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %.80q, want %d with %q", c.target, r.StatusCode, body, c.status, c.want)
		}
	}
	for in, want := range map[string]string{"": "/", "/": "/", "handbook": "/handbook/", "/handbook/": "/handbook/", "a/b": "/a/b/", "/..": "", "../x": "", "a//b": "", "http://x/": "", "/_waymark": "", "a?b": ""} {
		if got, _ := BasePath(in); got != want {
			t.Errorf("BasePath(%q) is %q, want %q", in, got, want)
		}
	}
}

// A busy port: the next one, said plainly, or an error that names it when it was asked for.
func TestBusyPort(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer ln.Close()
	port := ln.Addr().(*net.TCPAddr).Port
	p := start(t, newFolder(t, nil), func(o *Options) { o.Port, o.NextPort = port, true }).first()
	p.shows("index.html", "home")
	if said := <-p.said; !strings.HasPrefix(said, fmt.Sprintf("port %d is busy; taking ", port)) {
		t.Errorf("it said %q", said)
	}
	s, err := New(Options{Build: p.build, Watch: Watch{Root: p.root}, Port: port})
	must(t, err)
	if err := s.Run(t.Context()); err == nil || !strings.Contains(err.Error(), strconv.Itoa(port)+" is busy") {
		t.Errorf("a busy port that was asked for: %v", err)
	}
	s, err = New(Options{Build: p.build, Watch: Watch{Root: p.root}, Host: "no-such-host.invalid"})
	must(t, err)
	if err := s.Run(t.Context()); err == nil {
		t.Error("a host that is not there is no error")
	}
}

// Who listens for everybody is warned, and answers to addresses, not to foreign names.
func TestOpenHost(t *testing.T) {
	p := start(t, newFolder(t, nil), func(o *Options) { o.Host = "0.0.0.0" }).first()
	if said := <-p.said; !strings.Contains(said, "everybody on the network") {
		t.Errorf("it said %q", said)
	}
	for host, status := range map[string]int{"192.168.1.5:80": 200, "localhost": 200, "evil.example": 403} {
		if r, _ := p.ask("/", "Host: "+host); r.StatusCode != status {
			t.Errorf("Host %s: %d, want %d", host, r.StatusCode, status)
		}
	}
	q := start(t, newFolder(t, nil), func(o *Options) { o.Host = "localhost" }).first()
	if len(q.said) != 0 {
		t.Errorf("it said %q", <-q.said)
	}
}

// The server listens before there is a site: whoever comes early is told how far the build is, and gets the page when it is there.
func TestFirstBuild(t *testing.T) {
	d := newFolder(t, nil)
	hold := make(chan bool)
	p := start(t, d, func(o *Options) {
		o.Build = func(ctx context.Context) (*build.Site, diag.List, error) {
			<-hold
			return d.build(ctx)
		}
	})
	p.server.Progress("reading", 120, 1000)
	if code, body := p.get("index.html"); code != 503 || !strings.Contains(body, "reading 120/1000") {
		t.Errorf("before the first build: %d\n%s", code, body)
	}
	answer := make(chan string, 1)
	go func() {
		_, body := p.get("index.html")
		answer <- body
	}()
	time.Sleep(patience / 4)
	close(hold)
	if body := <-answer; !strings.Contains(body, "home") {
		t.Errorf("who waited got\n%s", body)
	}
}

// A site that cannot be built at first shows what must be mended; later on the last good site stays.
func TestFaults(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/a.md": "FAULT <b>"}), nil)
	if r := p.next(); len(r.Diagnostics) != 1 {
		t.Errorf("%+v", r)
	}
	code, body := p.get("index.html")
	if code != 500 || !strings.Contains(body, "content/a.md:1:1: error: the page says &#34;FAULT&#34; [link/broken]") || !strings.Contains(body, "hint: mend the link") {
		t.Errorf("%d\n%s", code, body)
	}
	p.write("content/a.md", "good")
	p.shows("a.html", "good")
	p.write("content/a.md", "FAULT again")
	p.until(func() error {
		if len(p.server.state.Load().faults) != 1 {
			return fmt.Errorf("no fault")
		}
		return nil
	})
	p.shows("a.html", "good")
	must(t, os.Remove(p.path("themes/page.html"))) // an error of the machine
	p.until(func() error {
		if f := p.server.state.Load().faults; len(f) != 1 || !strings.Contains(f[0].Text, "page.html") {
			return fmt.Errorf("faults %+v", f)
		}
		return nil
	})
	p.shows("a.html", "good")
}

// A page that the theme cannot draw is an error page that names the template's place.
func TestUndrawnPage(t *testing.T) {
	p := start(t, newFolder(t, map[string]string{"content/a.md": "UNDRAWN"}), nil).first()
	code, body := p.get("a.html")
	if code != 500 || !strings.Contains(body, "themes/page.html:7: there is no field Titel") {
		t.Errorf("%d\n%s", code, body)
	}
	p.shows("index.html", "home")
}

func TestEditorAddresses(t *testing.T) {
	s, err := New(Options{Watch: Watch{Root: "/home/ada/my site#1"}})
	must(t, err)
	if got, want := s.editor("content/a b?.md", 3, 7), "vscode://file/home/ada/my%20site%231/content/a%20b%3F.md:3:7"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	s, err = New(Options{Watch: Watch{Root: "/p"}, Editor: "idea://open?file={path}&line={line}"})
	must(t, err)
	if got, want := s.editor("a.md", 3, 7), "idea://open?file=/p/a.md&line=3"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, bad := range []string{"javascript:alert(1)//{path}", "data:text/html,{path}", "{path}", "JavaScript:{path}", "vscode://file/"} {
		if _, err := New(Options{Editor: bad}); err == nil {
			t.Errorf("%q is taken for an editor's address", bad)
		}
	}
}

// Rendered pages are remembered up to a bound.
func TestMemoryIsBounded(t *testing.T) {
	m := newMemory(1000)
	for i := range 100 {
		f := output(strconv.Itoa(i), []byte(strings.Repeat(strconv.Itoa(i%10), 100)+strconv.Itoa(i)), nil)
		data, err := m.get(&f)
		must(t, err)
		if !strings.HasSuffix(string(data), strconv.Itoa(i)) {
			t.Fatalf("%d: %s", i, data)
		}
	}
	if m.size > 1000 || len(m.byKey) != m.order.Len() || m.order.Len() == 0 {
		t.Errorf("%d bytes in %d and %d entries", m.size, m.order.Len(), len(m.byKey))
	}
	big := output("big", []byte(strings.Repeat("x", 999)), nil)
	if data, _ := m.get(&big); len(data) != 999 {
		t.Errorf("a large output has %d bytes", len(data))
	}
}
