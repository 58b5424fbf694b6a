package build_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"waymark/internal/build"
	"waymark/internal/cache"
	"waymark/internal/source"
)

// counted remembers which files of the content are read, in the order of their names, but for the glossary, which is a part of the configuration.
type counted struct {
	fs.FS
	mu    sync.Mutex
	names []string
}

func (c *counted) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "content/") && path.Ext(name) != "" && path.Ext(name) != ".yaml" {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.names = append(c.names, name)
		slices.Sort(c.names)
	}
	return c.FS.Open(name)
}

// A program reads the pages that another one has read before only where the file system says that they were changed since, or cannot tell.
func TestPagesAreReadAgainWhenTheyChanged(t *testing.T) {
	old := time.Now().Add(-time.Hour)
	page := func(text string, changed time.Time) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(text), ModTime: old, Sys: source.Kept{ID: 7, Changed: changed.UnixNano()}}
	}
	fsys := fstest.MapFS{"site.yaml": {Data: []byte("title: A title\n")}}
	const pages = 150
	for i := range pages {
		fsys[fmt.Sprintf("content/page-%03d.md", i)] = page(fmt.Sprintf("# Page %03d\n\nListen before you speak.\n", i), old)
	}
	dir := t.TempDir()
	run := func(mode cache.Mode, kept func(fs.FileInfo) source.Kept) (read int, text string) {
		t.Helper()
		c, err := cache.Open(dir, cache.Options{Mode: mode})
		if err != nil {
			t.Fatal(err)
		}
		files := &counted{FS: fsys}
		site := mustBuild(t, build.New(build.Options{Project: files, Themes: layered(fsys), Today: "2026-06-01", Cache: c, Program: "this one", Kept: kept}))
		read = len(files.names)
		f, ok := site.Lookup("page-070.html")
		if !ok {
			t.Fatal("page-070.html is missing")
		}
		var b strings.Builder
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		return read, b.String()
	}
	sys := func(fi fs.FileInfo) source.Kept {
		kept, _ := fi.Sys().(source.Kept)
		return kept
	}
	want := func(what string, n int, mode cache.Mode, kept func(fs.FileInfo) source.Kept) string {
		t.Helper()
		read, text := run(mode, kept)
		if read != n {
			t.Errorf("%s: %d pages were read, want %d", what, read, n)
		}
		return text
	}
	want("the first time", pages, cache.On, sys)
	want("nothing changed", 0, cache.On, sys)
	want("a system that does not tell", pages, cache.On, nil)
	want("an audit", pages, cache.Verify, sys)

	// Pages are remembered by 64; one that changed is read once more, to be parsed.
	fsys["content/page-070.md"] = page("# Page 070\n\nListen and then you speak.\n", old.Add(time.Minute))
	if text := want("a page of the same size and time", 65, cache.On, sys); !strings.Contains(text, "Listen and then you speak") {
		t.Error("the page is as it was before")
	}
	want("and once more", 0, cache.On, sys)

	// What has just been changed may be changed again within the same tick of the file system's clock.
	now := time.Now()
	fsys["content/page-070.md"] = page("# Page 070\n\nListen when others speak.\n", now)
	want("a page that was just changed", 65, cache.On, sys)
	fsys["content/page-070.md"] = page("# Page 070\n\nListen until they speak.\n", now)
	if text := want("a page that was changed within a tick", 65, cache.On, sys); !strings.Contains(text, "Listen until they speak") {
		t.Error("the page is as it was before")
	}
}

// What is published as it is is not read again either: a photograph, a drawing, a film.
func TestOtherFilesAreReadAgainWhenTheyChanged(t *testing.T) {
	old := time.Now().Add(-time.Hour)
	file := func(data string, changed time.Time) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(data), ModTime: old, Sys: source.Kept{ID: 7, Changed: changed.UnixNano()}}
	}
	const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><title>Plan</title></svg>`
	fsys := fstest.MapFS{
		"site.yaml":        {Data: []byte("title: A title\n")},
		"content/page.md":  file("# Page\n\n![A plan](plan.svg)\n\n[A film](film.mp4)\n", old),
		"content/plan.svg": file(drawing, old), "content/film.mp4": file("film", old),
	}
	dir := t.TempDir()
	run := func() (read []string, out map[string][]byte) {
		t.Helper()
		c, err := cache.Open(dir, cache.Options{})
		if err != nil {
			t.Fatal(err)
		}
		files := &counted{FS: fsys}
		sys := func(fi fs.FileInfo) source.Kept {
			kept, _ := fi.Sys().(source.Kept)
			return kept
		}
		site := mustBuild(t, build.New(build.Options{Project: files, Themes: layered(fsys), Today: "2026-06-01", Cache: c, Program: "this one", Kept: sys}))
		read = slices.Clone(files.names)
		out = written(t, site)
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		return read, out
	}
	all := []string{"content/film.mp4", "content/page.md", "content/plan.svg"}
	if read, _ := run(); !slices.Equal(read, all) {
		t.Errorf("%v were read the first time, want %v", read, all)
	}
	if read, _ := run(); len(read) > 0 {
		t.Errorf("%v were read again, and nothing changed", read)
	}
	wide := strings.Replace(drawing, `width="30"`, `width="60"`, 1)
	fsys["content/plan.svg"] = file(wide, old.Add(time.Minute))
	read, out := run()
	if !slices.Contains(read, "content/plan.svg") || slices.Contains(read, "content/film.mp4") {
		t.Errorf("%v were read again, and the drawing changed", read)
	}
	if string(out["plan.svg"]) != wide || !bytes.Contains(out["page.html"], []byte(`width="60"`)) {
		t.Error("the drawing is as it was before")
	}
	if read, _ := run(); len(read) > 0 {
		t.Errorf("%v were read again, and nothing changed since", read)
	}
}

// The index of the search is joined from all pages once; an edit of a few only makes the files of the words that they touch.
func TestTheSearchIsNotJoinedAgainForAnEdit(t *testing.T) {
	fsys := fstest.MapFS{"site.yaml": {Data: []byte("title: A title\n")}}
	const pages = 400
	write := func(i int, title, word string) {
		fsys[fmt.Sprintf("content/page-%03d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "# %s %03d\n\nListen before you speak, and say %s.\n", title, i, word)}
	}
	for i := range pages {
		write(i, "Page", "thanks")
	}
	dir := t.TempDir()
	run := func(o build.Options) (map[string][]byte, int) {
		t.Helper()
		o.Project, o.Themes, o.Today, o.Program = fsys, layered(fsys), "2026-06-01", "this one"
		b := build.New(o)
		site := mustBuild(t, b)
		joins := b.Joins() // to write files that did not change takes one more
		return written(t, site), joins
	}
	remembering := func() (map[string][]byte, int) {
		t.Helper()
		c, err := cache.Open(dir, cache.Options{})
		if err != nil {
			t.Fatal(err)
		}
		files, joins := run(build.Options{Cache: c})
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		return files, joins
	}
	if _, joins := remembering(); joins != 1 {
		t.Fatalf("the pages of a new site were joined %d times, want once", joins)
	}
	for i, want := range []struct {
		title        string
		pages, joins int
	}{{"Page", 1, 0}, {"Page", 5, 0}, {"Listening", 2, 0}, {"Page", 20, 1}, {"Page", 3, 0}} {
		for k := range want.pages {
			write(7*i+k, want.title, fmt.Sprintf("sorry-%d", i))
		}
		got, joins := remembering()
		if joins != want.joins {
			t.Errorf("edit %d: pages were joined %d times, want %d", i, joins, want.joins)
		}
		fresh, _ := run(build.Options{})
		for name := range fresh {
			if !bytes.Equal(got[name], fresh[name]) {
				t.Errorf("edit %d: %s differs from that of a build without a cache", i, name)
			}
		}
	}
}
