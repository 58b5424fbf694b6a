package serve

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/plan"
)

// A folder is a project on the real disk with a generator of a few lines: content/NAME.md becomes NAME.html, other files are copied, themes/page.html is the
// template, and a page that says FAULT or WARN has a fault. It keeps the contract of build: the whole from the start, outputs ordered by path,
// equal keys for equal bytes.
type folder struct {
	t    *testing.T
	root string
	tree *Tree
	read map[string]reading // what was read of each file, which holds while its size and time are the same
}

type reading struct {
	size, time int64
	data       []byte
}

func newFolder(t *testing.T, files map[string]string) *folder {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d := &folder{t, root, NewTree(os.DirFS(root)), map[string]reading{}}
	d.write("site.yaml", "title: Test\n")
	d.write("themes/page.html", "<html><body>BODY</body></html>")
	d.write("content/index.md", "home")
	for name, text := range files {
		d.write(name, text)
	}
	return d
}

func (d *folder) path(name string) string { return filepath.Join(d.root, filepath.FromSlash(name)) }

func (d *folder) write(name, text string) {
	d.t.Helper()
	must(d.t, os.MkdirAll(filepath.Dir(d.path(name)), 0o755))
	must(d.t, os.WriteFile(d.path(name), []byte(text), 0o644))
}

func (d *folder) build(context.Context) (*build.Site, diag.List, error) {
	tmpl, err := os.ReadFile(d.path("themes/page.html"))
	if err != nil {
		return nil, nil, err
	}
	config, err := os.ReadFile(d.path("site.yaml"))
	if err != nil {
		return nil, nil, err
	}
	site, ds := &build.Site{Plan: &plan.Plan{}}, diag.List{}
	site.Config.Title = string(config)
	err = fs.WalkDir(d.tree, "content", func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name != "content" {
			return nil
		}
		if err != nil || e.IsDir() || ignored(e.Name()) {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return nil
		}
		size, time := info.Size(), info.ModTime().UnixNano()
		known := d.read[name]
		if known.data == nil || known.size != size || known.time != time {
			data, err := fs.ReadFile(d.tree, name)
			if err != nil {
				return nil
			}
			known = reading{size, time, data}
			d.read[name] = known
		}
		data := known.data
		rel := strings.TrimPrefix(name, "content/")
		stem, page := strings.CutSuffix(rel, ".md")
		if !page {
			site.Files = append(site.Files, output(rel, data, nil))
			site.Plan.Copies = append(site.Plan.Copies, plan.Copy{Path: rel})
			return nil
		}
		file := diag.NewFile("content/"+rel, data)
		if i := strings.Index(string(data), "FAULT"); i >= 0 {
			ds.Add("link/broken", file.Span(diag.Range{Start: i, End: i + 5}), "mend the link", "the page says %s", diag.Quote("FAULT"))
		}
		if i := strings.Index(string(data), "WARN"); i >= 0 {
			ds.Add("page/stale", file.Span(diag.At(i)), "read it again", "the page is old")
		}
		html := strings.Replace(string(tmpl), "BODY", "<p>"+string(data)+"</p>", 1)
		p := &plan.Page{Path: stem + ".html", Source: file.Path, Parts: [4][32]byte{sha256.Sum256(data)}}
		f := output(p.Path, []byte(html), p)
		if strings.Contains(string(data), "UNDRAWN") {
			f.Write = func(io.Writer) error { return errors.New("themes/page.html:7: there is no field Titel") }
		}
		site.Files = append(site.Files, f)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(site.Files, func(a, b build.File) int { return strings.Compare(a.Path, b.Path) })
	if ds.HasErrors() {
		site.Files = nil
	}
	return site, ds.Sort(), nil
}

func output(name string, data []byte, p *plan.Page) build.File {
	return build.File{Path: name, Key: sha256.Sum256(data), Page: p, Write: func(w io.Writer) error { _, err := w.Write(data); return err }}
}

func ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || name == "4913" || strings.HasPrefix(name, "___jb_")
}

// A preview is a server that runs on a folder.
type preview struct {
	*folder
	addr    string // "http://127.0.0.1:40123/"
	server  *Server
	rebuilt chan *Rebuild
	said    chan string
	stop    func()
}

func start(t *testing.T, d *folder, change func(*Options)) *preview {
	t.Helper()
	p := &preview{folder: d, rebuilt: make(chan *Rebuild, 1000), said: make(chan string, 100)}
	ready := make(chan string, 1)
	o := Options{
		Build:   d.build,
		Tree:    d.tree,
		Watch:   Watch{Root: d.root, Files: []string{"site.yaml"}, Trees: []string{"content", "themes"}, Ignore: ignored},
		Ready:   func(addr string) { ready <- addr },
		Rebuilt: func(r *Rebuild) { p.rebuilt <- r },
		Log:     func(s string) { p.said <- s },
	}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	must(t, err)
	p.server = s
	s.view = func(page *plan.Page) *plan.View {
		return &plan.View{
			Page: plan.Head{ID: "roles/mentor", Kind: "role", Title: "Mentor", Draft: true},
			Module: &plan.Module{
				Minutes: plan.Minutes{From: 10, To: 25}, Questions: 3, Objectives: []plan.Objective{{ID: "o1", Text: "ask first", Verb: "apply"}},
				Place: &plan.Place{Path: plan.Link{Text: "New mentor", URL: "../paths/new.html"}, Stage: "Start", Number: 2, Of: 8},
			},
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	p.stop = func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		done <- nil
	}
	t.Cleanup(p.stop)
	select {
	case p.addr = <-ready:
	case err := <-done:
		t.Fatal("the server did not start: ", err)
	}
	return p
}

// first waits for the first build.
func (p *preview) first() *preview {
	p.t.Helper()
	p.next()
	return p
}

// next waits for a build.
func (p *preview) next() *Rebuild {
	p.t.Helper()
	select {
	case r := <-p.rebuilt:
		return r
	case <-time.After(10 * time.Second):
		p.t.Fatal("no build")
		return nil
	}
}

// calm says that no build comes for a while.
func (p *preview) calm(d time.Duration) {
	p.t.Helper()
	select {
	case r := <-p.rebuilt:
		p.t.Fatalf("a build without a cause: %+v", r)
	case <-time.After(d):
	}
}

func (p *preview) get(name string) (int, string) {
	p.t.Helper()
	r, err := http.Get(p.addr + name)
	must(p.t, err)
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	must(p.t, err)
	return r.StatusCode, string(b)
}

// shows waits until a page has the text.
func (p *preview) shows(name, text string) {
	p.t.Helper()
	p.until(func() error {
		if code, body := p.get(name); code != 200 || !strings.Contains(body, text) {
			return fmt.Errorf("%s: %d, want %q in\n%s", name, code, text, body)
		}
		return nil
	})
}

// misses waits until a page is gone.
func (p *preview) misses(name string) {
	p.t.Helper()
	p.until(func() error {
		if code, _ := p.get(name); code != 404 {
			return fmt.Errorf("%s: %d, want 404", name, code)
		}
		return nil
	})
}

func (p *preview) until(check func() error) {
	p.t.Helper()
	for end := time.Now().Add(10 * time.Second); ; {
		err := check()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			p.t.Fatal(err)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
