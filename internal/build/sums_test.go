package build_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"waymark/internal/build"
	"waymark/internal/cache"
	"waymark/internal/source"
)

// counted counts the pages that are read.
type counted struct {
	fs.FS
	mu   sync.Mutex
	read int
}

func (c *counted) Open(name string) (fs.File, error) {
	if path.Ext(name) == ".md" {
		c.mu.Lock()
		c.read++
		c.mu.Unlock()
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
		read = files.read
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

// The index of the search is joined from all pages once; an edit of a few only makes the files of the words that they touch.
func TestTheSearchIsNotJoinedAgainForAnEdit(t *testing.T) {
	fsys := fstest.MapFS{"site.yaml": {Data: []byte("title: A title\n")}}
	const pages = 400
	write := func(i int, word string) {
		fsys[fmt.Sprintf("content/page-%03d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "# Page %03d\n\nListen before you speak, and say %s.\n", i, word)}
	}
	for i := range pages {
		write(i, "thanks")
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
		pages, joins int
	}{{1, 0}, {5, 0}, {20, 1}, {3, 0}} {
		for range want.pages {
			write(7*i+want.pages, fmt.Sprintf("sorry-%d", i))
			want.pages--
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
