package reliability

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A day of work at the preview, replayed fast: texts, titles, files that are renamed, made and deleted, folders that move, site.yaml, a template, faults and their mending,
// branches that are checked out, tabs that come and go. Every save is shown; at the end the preview has what a build from nothing has, and it holds no more than at the
// beginning: of memory, but for the pages it may remember; of goroutines; of open files.
//
// The long run has as many saves as two hours in which somebody saves every six seconds.
func TestADayOfEdits(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process there cannot be asked for its goroutines")
	}
	rnd := chance(t)
	short := newDay(t, rnd)
	short.work(10)
	before := short.asked()

	d := newDay(t, rnd)
	d.work(10)
	files := d.openFiles()
	d.live() // what the first builds held is not the measure
	saves := rounds(60, 1200)
	var live [3]int
	for third := range live {
		d.work(saves / 3)
		live[third] = d.live()
	}
	d.servesWhatABuildGives()
	if n := d.openFiles(); n > files+3 {
		t.Errorf("it has %d files open, at first %d", n, files)
	}
	after := d.asked()
	t.Logf("%d saves: %v; MiB in use by thirds %v; %d goroutines, after ten saves %d; %d files open", saves, d.did, live, after, before, files)
	if after > before+3 {
		t.Errorf("%d goroutines, after ten saves %d:\n%.20000s", after, before, d.text())
	}
	const pages = 48 // MiB that serve.pagesBytes lets it remember
	if live[2] > live[0]+pages+8 || soak && live[2] > live[1]+live[1]/8 {
		t.Errorf("by thirds of the day it has %v MiB in use", live)
	}
}

// A day is a project, what its author has written, and the preview that runs on it.
type day struct {
	site
	*rand.Rand
	files map[string]string
	n     int // of what is new
	did   map[string]int

	cmd    *exec.Cmd
	done   chan error
	addr   string
	client http.Client

	mu   sync.Mutex
	said bytes.Buffer
}

func newDay(t *testing.T, rnd *rand.Rand) *day {
	files := handbook(0, 30)
	files["site.yaml"] = "title: The handbook 0\ntheme: ours\nroles:\n  - {id: mentor, title: Mentor, plural: Mentors}\n"
	files["themes/ours/theme.yaml"] = "name: ours\n"
	files["themes/ours/templates/parts/colophon.html"] = "<p>Colophon 0</p>\n"
	d := &day{site: newSite(t, files), Rand: rnd, files: files, did: map[string]int{}, done: make(chan error, 1)}
	d.client = http.Client{Timeout: timeout, Transport: &http.Transport{DisableKeepAlives: true}}
	d.cmd = exec.Command(program, "serve", "--port", "0", "--source", d.root)
	d.cmd.Env = append(os.Environ(), "NO_COLOR=1", "GODEBUG=gctrace=1")
	d.cmd.Stdout, d.cmd.Stderr = d, d
	must(t, d.cmd.Start())
	go func() { d.done <- d.cmd.Wait() }()
	t.Cleanup(func() {
		_ = d.cmd.Process.Kill()
		<-d.done
		d.done <- nil
	})
	address := regexp.MustCompile(`Serving (http://\S+) `)
	d.until("the preview has started and built", func() bool {
		m := address.FindStringSubmatch(d.text())
		if m != nil {
			d.addr = m[1]
		}
		return m != nil && strings.Contains(d.text(), "Built ") // which may stand within a line of the collector's, as both write to one pipe
	})
	return d
}

// Write takes what the preview says.
func (d *day) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.said.Write(p)
}

func (d *day) text() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.said.String()
}

func (d *day) until(what string, holds func() bool) {
	d.t.Helper()
	for end := time.Now().Add(timeout); !holds(); time.Sleep(3 * time.Millisecond) {
		if time.Now().After(end) {
			d.t.Fatalf("it is not so that %s; the preview said\n%s", what, regexp.MustCompile(`(?m)^gc .*\n`).ReplaceAllString(d.text(), ""))
		}
	}
}

func (d *day) get(name string) (int, []byte) {
	d.t.Helper()
	r, err := d.client.Get(d.addr + name)
	must(d.t, err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	must(d.t, err)
	return r.StatusCode, body
}

func (d *day) shows(name, text string) {
	d.t.Helper()
	d.until(name+" shows "+text, func() bool { code, body := d.get(name); return code == 200 && bytes.Contains(body, []byte(text)) })
}

func (d *day) misses(name string) {
	d.t.Helper()
	d.until(name+" is gone", func() bool { code, _ := d.get(name); return code == 404 })
}

// save writes a file, in the ways that editors have.
func (d *day) save(name, text string) {
	d.t.Helper()
	d.files[name] = text
	if d.IntN(2) == 0 {
		d.write(map[string]string{name: text})
		return
	}
	beside := d.path(name) + "~"
	must(d.t, os.MkdirAll(filepath.Dir(beside), 0o755))
	must(d.t, os.WriteFile(beside, []byte(text), 0o644))
	must(d.t, os.Rename(beside, d.path(name)))
}

// move renames a file or a folder.
func (d *day) move(from, to string) {
	d.t.Helper()
	must(d.t, os.Rename(d.path(from), d.path(to)))
	for name, text := range maps.Clone(d.files) {
		if rest, ok := strings.CutPrefix(name, from); ok && (rest == "" || rest[0] == '/') {
			delete(d.files, name)
			d.files[to+rest] = text
		}
	}
}

// pages are the numbered pages of the handbook.
func (d *day) pages() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(d.files)), func(name string) bool { return !strings.HasPrefix(d.files[name], "---\nid: page-") })
}

func address(source string) string {
	return strings.TrimSuffix(strings.TrimPrefix(source, "content/"), ".md") + ".html"
}

var stamp = regexp.MustCompile(`(Stamp|title: Page|Colophon|The handbook) \d+`)

// work saves n times, and each time looks whether it is shown.
func (d *day) work(n int) {
	d.t.Helper()
	for range n {
		d.n++
		pages := d.pages()
		page := pages[d.IntN(len(pages))]
		stamped := func(name string) string { return stamp.ReplaceAllString(d.files[name], fmt.Sprintf("$1 %d", d.n)) }
		what := []string{"text", "text", "text", "text", "text", "rename", "new", "delete", "folder", "config", "template", "fault", "vanished", "branch", "tab"}[d.IntN(15)]
		d.did[what]++
		switch what {
		case "text": // and its title
			d.save(page, stamped(page))
			d.shows(address(page), fmt.Sprintf("Stamp %d.", d.n))
		case "rename":
			to := path.Join(path.Dir(page), fmt.Sprintf("renamed-%d.md", d.n))
			d.move(page, to)
			d.misses(address(page))
			d.shows(address(to), "Which version is this?")
		case "new":
			name := fmt.Sprintf("content/extra/new-%d.md", d.n)
			d.save(name, fmt.Sprintf("---\ntitle: New\n---\n\nStamp %d.\n", d.n))
			d.shows(address(name), fmt.Sprintf("Stamp %d.", d.n))
		case "delete":
			for name := range d.files {
				if strings.HasPrefix(name, "content/extra/") {
					delete(d.files, name)
					must(d.t, os.Remove(d.path(name)))
					d.misses(address(name))
					break
				}
			}
		case "folder":
			from, to := path.Dir(page), fmt.Sprintf("content/moved-%d", d.n)
			d.move(from, to)
			d.misses(address(page))
			d.shows(address(path.Join(to, path.Base(page))), "Which version is this?")
		case "config":
			d.save("site.yaml", stamped("site.yaml"))
			d.read(fmt.Sprintf("The handbook %d", d.n))
		case "template":
			d.save("themes/ours/templates/parts/colophon.html", stamped("themes/ours/templates/parts/colophon.html"))
			d.read(fmt.Sprintf("Colophon %d", d.n))
		case "fault": // the last good site stays until it is mended
			faults := strings.Count(d.text(), "Not built")
			d.save(page, d.files[page]+"\n[Nowhere](nowhere.md)\n")
			d.until("the fault is said", func() bool { return strings.Count(d.text(), "Not built") > faults })
			d.shows(address(page), "Which version is this?")
			d.save(page, strings.TrimSuffix(stamped(page), "\n[Nowhere](nowhere.md)\n"))
			d.shows(address(page), fmt.Sprintf("Stamp %d.", d.n))
		case "vanished": // a page that a path needs is away for a moment
			faults := strings.Count(d.text(), "Not built")
			must(d.t, os.Remove(d.path(page)))
			d.until("the missing module is said", func() bool { return strings.Count(d.text(), "Not built") > faults })
			d.save(page, stamped(page))
			d.shows(address(page), fmt.Sprintf("Stamp %d.", d.n))
		case "branch":
			for _, name := range pages {
				d.save(name, stamped(name))
			}
			d.read(fmt.Sprintf("Stamp %d.", d.n))
		case "tab":
			d.tab(address(page))
		}
	}
}

// read shows all numbered pages, each with a text.
func (d *day) read(text string) {
	d.t.Helper()
	for _, name := range d.pages() {
		d.shows(address(name), text)
	}
}

// tab is a browser that opens the socket of the preview and goes away without a word.
func (d *day) tab(name string) {
	d.t.Helper()
	host := strings.TrimSuffix(strings.TrimPrefix(d.addr, "http://"), "/")
	conn, err := net.Dial("tcp", host)
	must(d.t, err)
	defer conn.Close()
	_, err = fmt.Fprintf(conn, "GET /_waymark/socket?path=%s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", name, host, host)
	must(d.t, err)
	answer := make([]byte, 12)
	_, err = io.ReadFull(conn, answer)
	must(d.t, err)
	if string(answer) != "HTTP/1.1 101" {
		d.t.Errorf("the socket answers %q", answer)
	}
}

// servesWhatABuildGives compares every file with that of a build from nothing, but for the script that the preview puts into pages.
func (d *day) servesWhatABuildGives() {
	d.t.Helper()
	clean := newSite(d.t, d.files)
	clean.build("--cache", "off")
	own := regexp.MustCompile(`<script src="/_waymark/reload\.js"[^>]*></script>`)
	n := 0
	must(d.t, filepath.WalkDir(clean.path("public"), func(name string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(clean.path("public"), name)
		if err != nil || e.IsDir() || strings.HasPrefix(rel, ".") {
			return err
		}
		want, err := os.ReadFile(name)
		must(d.t, err)
		if rel == "404.html" { // the preview knows at what address it is, so that this page has its styles in every folder
			return nil
		}
		code, got := d.get(filepath.ToSlash(rel))
		if got = own.ReplaceAll(got, nil); !bytes.Equal(got, want) {
			d.t.Errorf("%s: the preview answers %d, with %d bytes, not the %d that a build has", rel, code, len(got), len(want))
		}
		n++
		return nil
	}))
	if n < 50 {
		d.t.Errorf("the site has %d files", n)
	}
}

// live returns how much memory was in use, in MiB, at the median of the garbage collections since it was last called.
func (d *day) live() int {
	d.t.Helper()
	var all []int
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, m := range regexp.MustCompile(`(?m)^gc \d+ .*->(\d+) MB, \d+ MB goal`).FindAllSubmatch(d.said.Bytes(), -1) {
		n, err := strconv.Atoi(string(m[1]))
		must(d.t, err)
		all = append(all, n)
	}
	d.said.Reset()
	if len(all) == 0 {
		d.t.Fatal("no garbage was collected")
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// openFiles counts the files, sockets among them, that the preview has open; 0 where the system does not tell.
func (d *day) openFiles() int {
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", d.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	return len(entries)
}

// asked ends the preview with a question for what its goroutines do, and counts them.
func (d *day) asked() int {
	d.t.Helper()
	time.Sleep(2 * time.Second) // tabs that went away are missed
	must(d.t, d.cmd.Process.Signal(syscall.SIGQUIT))
	<-d.done
	d.done <- nil
	n := len(regexp.MustCompile(`(?m)^goroutine [1-9]`).FindAllString(d.text(), -1))
	if n < 3 {
		d.t.Errorf("%d goroutines:\n%s", n, d.text())
	}
	return n
}
