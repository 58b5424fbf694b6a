package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// talk is what a command says, for a test that reads while it runs.
type talk struct {
	mu sync.Mutex
	b  strings.Builder
}

func (t *talk) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.Write(p)
}

func (t *talk) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.b.String()
}

// serving runs `waymark serve` on a folder until the test ends and returns its address and what it says.
func serving(t *testing.T, dir string, args ...string) (string, *talk) {
	t.Helper()
	said := &talk{}
	g := &globals{out: io.Discard, err: said}
	root := rootCommand(g)
	root.SetArgs(append([]string{"serve", "--source", dir}, args...))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- root.ExecuteContext(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	address := regexp.MustCompile(`Serving (http://\S+) `)
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if m := address.FindStringSubmatch(said.String()); m != nil {
			return m[1], said
		}
	}
	t.Fatalf("it does not start:\n%s", said)
	return "", nil
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(what)
		}
	}
}

func get(t *testing.T, addr string) (int, string) {
	t.Helper()
	r, err := http.Get(addr)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

// The author's day: a site from the starter, the preview, an edit, a fault, its mending, a draft, another port in site.yaml. Nothing is written to public/.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	waymark(t, dir, exitFine, "new", "site", ".", "--quiet")
	page := filepath.Join(dir, "content", "listening.md")
	addr, said := serving(t, dir, "--port", "0")
	shows := func(name, text string) {
		t.Helper()
		until(t, name+" does not show "+text+"\n"+said.String(), func() bool { _, body := get(t, addr+name); return strings.Contains(body, text) })
	}
	edit := func(old, with string) {
		t.Helper()
		data, err := os.ReadFile(page)
		if err != nil || !strings.Contains(string(data), old) {
			t.Fatal(err, old)
		}
		if err := os.WriteFile(page, []byte(strings.Replace(string(data), old, with, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	shows("listening.html", "seldom the real one")
	shows("paths/first-steps.html", "First steps as a mentor")
	shows("", "/_waymark/reload.js")

	edit("seldom the real one", "hardly ever the real one")
	shows("listening.html", "hardly ever the real one")
	edit("hardly ever", "[hardly ever](nowhere.md)")
	until(t, "there is no word of the fault", func() bool { return strings.Contains(said.String(), "[link/broken]") })
	until(t, "there is no word of the last good site", func() bool { return strings.Contains(said.String(), "the last good site is shown") })
	shows("listening.html", "hardly ever the real one")
	edit("[hardly ever](nowhere.md)", "never")
	shows("listening.html", "never the real one")

	waymark(t, dir, exitFine, "new", "module", "fresh", "--quiet")
	shows("fresh.html", "draft")
	if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
		t.Error("the preview has written to public/")
	}
	if code, _ := get(t, addr+"no-such-page.html"); code != 404 {
		t.Errorf("a page that is not there: %d", code)
	}
}

func TestServeTakesThePortOfTheConfiguration(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	dir := t.TempDir()
	waymark(t, dir, exitFine, "new", "site", ".", "--quiet")
	config, err := os.OpenFile(filepath.Join(dir, "site.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	config.WriteString("serve: {port: " + port + "}\n")
	config.Close()
	waymark(t, dir, exitMachine, "serve", "--port", port) // busy, and asked for
	addr, said := serving(t, dir)
	if strings.Contains(addr, ":"+port+"/") || !strings.Contains(said.String(), "port "+port+" is busy") {
		t.Errorf("the busy port was not passed over: %s\n%s", addr, said)
	}
	ln.Close()
	if addr, _ := serving(t, dir); !strings.Contains(addr, ":"+port+"/") {
		t.Errorf("the address is %s, want port %s", addr, port)
	}
	t.Setenv("WAYMARK_PORT", "0") // over site.yaml's, as --port is
	if addr, _ := serving(t, dir); strings.Contains(addr, ":"+port+"/") {
		t.Errorf("the address is %s, against the environment", addr)
	}
	os.Unsetenv("WAYMARK_PORT")
	waymark(t, dir, exitUsage, "serve", "--port", "70000")
	waymark(t, dir, exitUsage, "serve", "--poll=1ms")
	waymark(t, dir, exitUsage, "serve", "--base-path", "/..")
	waymark(t, dir, exitUsage, "serve", "--editor", "javascript:{path}")
	waymark(t, dir, exitUsage, "serve", "somewhere")
}

// What the environment says of drafts holds for the preview too.
func TestServeWithoutDrafts(t *testing.T) {
	dir := t.TempDir()
	waymark(t, dir, exitFine, "new", "site", ".", "--quiet")
	waymark(t, dir, exitFine, "new", "module", "fresh", "--quiet")
	t.Setenv("WAYMARK_DRAFTS", "false")
	addr, said := serving(t, dir, "--port", "0")
	until(t, "it is not built", func() bool { return strings.Contains(said.String(), "Built ") })
	if code, _ := get(t, addr+"fresh.html"); code != 404 {
		t.Errorf("the draft is shown: %d", code)
	}
}

// Without events too a file is seen that was put in the place of another of its size and time, or has got its time back.
func TestPollSeesWhatHasTheSameSizeAndTime(t *testing.T) {
	dir := t.TempDir()
	waymark(t, dir, exitFine, "new", "site", ".", "--quiet")
	name, old := filepath.Join(dir, "content", "cats.md"), time.Now().Add(-time.Hour)
	write := func(name, text string) {
		t.Helper()
		if err := errors.Join(os.WriteFile(name, []byte(text), 0o666), os.Chtimes(name, old, old)); err != nil {
			t.Fatal(err)
		}
	}
	write(name, "# Cats\n\nThe cat.")
	if fi, err := os.Stat(name); err != nil || !kept(fi).Known() {
		t.Skip("this system does not tell", err)
	}
	addr, _ := serving(t, dir, "--port", "0", "--poll=20ms")
	shows := func(text string) {
		t.Helper()
		until(t, "it does not show "+text, func() bool { _, body := get(t, addr+"cats.html"); return strings.Contains(body, text) })
	}
	shows("The cat.")
	write(name, "# Cats\n\nThe bat.")
	shows("The bat.")
	write(filepath.Join(dir, "new"), "# Cats\n\nThe rat.")
	if err := os.Rename(filepath.Join(dir, "new"), name); err != nil {
		t.Fatal(err)
	}
	shows("The rat.")
}
