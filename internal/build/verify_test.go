package build_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"waymark/internal/build"
	"waymark/internal/cache"
)

// edited is a file system in which one file has another text.
type edited struct {
	fs.FS
	name, text string
}

func (e *edited) Open(name string) (fs.File, error) {
	if name != e.name {
		return e.FS.Open(name)
	}
	f, err := e.FS.Open(name)
	return editedFile{f, strings.NewReader(e.text)}, err
}

type editedFile struct {
	fs.File
	text *strings.Reader
}

func (f editedFile) Read(b []byte) (int, error) { return f.text.Read(b) }

func (f editedFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return editedInfo{info, f.text.Size()}, err
}

type editedInfo struct {
	fs.FileInfo
	size int64
}

func (i editedInfo) Size() int64 { return i.size }

// TestVerify: what the cache holds of the handbook and of the golden site, after a page was written, is what is made anew. An edit of one page's text parses that page,
// plans nothing, and gives the bytes that a build without a cache gives.
func TestVerify(t *testing.T) {
	for _, c := range []struct {
		name, project, page string
		parsed              int // the page, and those that include others
		large               int // 1: the plan is let go of
	}{
		{"handbook", "../..", "content/roles/role-mentor.md", 1, 1000},
		{"golden", goldenSite, "content/practices/listening.md", 2, 1000},
		{"large", "../..", "content/roles/role-mentor.md", 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := &edited{FS: os.DirFS(c.project), name: c.page}
			data, err := fs.ReadFile(fsys.FS, c.page)
			if err != nil {
				t.Fatal(err)
			}
			fsys.text = string(data)
			dir := t.TempDir()
			var mismatches atomic.Int32
			make := func(mode cache.Mode) (*build.Site, map[string][]byte) {
				t.Helper()
				kept, err := cache.Open(dir, cache.Options{Mode: mode, OnMismatch: func([32]byte, []byte, []byte) { mismatches.Add(1) }})
				if err != nil {
					t.Fatal(err)
				}
				site, ds, err := build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Cache: kept, Program: "this one"}.Large(c.large)).Build(context.Background())
				if err != nil || ds.HasErrors() {
					t.Fatal(err, ds)
				}
				files := written(t, site)
				if err := kept.Close(); err != nil {
					t.Fatal(err)
				}
				return site, files
			}
			if site, _ := make(cache.On); (site.Plan == nil) != (c.large == 1) {
				t.Errorf("a site from %d pages on is large, and the plan was let go of: %v", c.large, site.Plan == nil)
			}
			fsys.text += "\n\nA sentence more.\n"
			site, got := make(cache.On)
			if site.Parsed != c.parsed || !slices.ContainsFunc(site.Timings, func(x build.Timing) bool { return x.Phase == "restore" }) {
				t.Errorf("%d pages were parsed, in the phases %v; want %d, and a restored plan", site.Parsed, site.Timings, c.parsed)
			}
			_, want := make(cache.Off)
			for name, data := range want {
				if !bytes.Equal(got[name], data) {
					t.Errorf("%s: a remembered plan gives other bytes", name)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d files of a remembered plan, %d without a cache", len(got), len(want))
			}
			if _, verified := make(cache.Verify); len(verified) != len(want) || mismatches.Load() > 0 {
				t.Errorf("%d entries of the cache are not what is made now", mismatches.Load())
			}
		})
	}
}

// changesMeanwhile builds a site, calls between, builds it again from what is remembered, and then writes a page anew before it is rendered: that is said, and forgetting what is
// remembered is what helps, even where the content goes on changing.
func changesMeanwhile(t *testing.T, fsys fstest.MapFS, between func(), remembered func(*build.Site) bool) {
	t.Helper()
	const listening = "content/listening.md"
	dir := t.TempDir()
	builder := func() (*build.Builder, *cache.Cache) {
		kept, err := cache.Open(dir, cache.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Cache: kept, Program: "this one"}), kept
	}
	fsys[listening] = titled("Listening", "[Welcome](_index.md): listen first.")
	b, kept := builder()
	mustBuild(t, b)
	if err := kept.Close(); err != nil {
		t.Fatal(err)
	}
	between()
	b, kept = builder()
	defer kept.Close()
	site := mustBuild(t, b)
	if !remembered(site) {
		t.Fatalf("it was not remembered: %d pages were, %v", site.Remembered, site.Timings)
	}
	page, ok := site.Lookup("listening.html")
	if !ok {
		t.Fatal("the page is missing")
	}
	fsys[listening] = titled("Listening", "Listen first. A sentence more.")
	if err := page.Write(io.Discard); !errors.Is(err, build.ErrChanged) {
		t.Errorf("the error is %v", err)
	}
	b.Forget()
	site = mustBuild(t, b)
	want := written(t, mustBuild(t, build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01"})))
	fsys[listening], fsys["content/_index.md"] = titled("Listening", "Something else."), titled("Welcome", "Something else.")
	got := written(t, site)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !bytes.Contains(got["listening.html"], []byte("A sentence more.")) {
		t.Error("the page is not as it was written last")
	}
}

// titled is a page.
func titled(title, text string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("---\ntitle: " + title + "\n---\n\n" + text + "\n")}
}

func welcoming() fstest.MapFS {
	return fstest.MapFS{"site.yaml": {Data: []byte("title: A handbook\n")}, "content/_index.md": titled("Welcome", "Here you begin.")}
}

// TestContentThatChangesUnderARecord: a build that was remembered cannot give the outputs of content that changed since.
func TestContentThatChangesUnderARecord(t *testing.T) {
	changesMeanwhile(t, welcoming(), func() {}, func(site *build.Site) bool {
		return slices.ContainsFunc(site.Timings, func(x build.Timing) bool { return x.Phase == "recall" })
	})
}

// TestContentThatChangesUnderItsFacts: what a page of a small site shows is not kept on disk; it is parsed again when the page is rendered. A page that was written in between is not
// joined with what is remembered of it as it was.
func TestContentThatChangesUnderItsFacts(t *testing.T) {
	fsys := welcoming()
	changesMeanwhile(t, fsys, func() { fsys["content/_index.md"] = titled("Welcome back", "Here you begin.") }, func(site *build.Site) bool { return site.Remembered > 0 })
}

// TestALargeSiteIsParsedForWhatItShows: a check remembers the facts of pages and not what they show. A large site, whose pages cannot be held, is parsed once for that and keeps it.
func TestALargeSiteIsParsedForWhatItShows(t *testing.T) {
	fsys, dir := welcoming(), t.TempDir()
	for _, check := range []bool{true, false} {
		kept, err := cache.Open(dir, cache.Options{})
		if err != nil {
			t.Fatal(err)
		}
		site := mustBuild(t, build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Cache: kept, Program: "this one", Check: check}.Large(1)))
		if err := kept.Close(); err != nil {
			t.Fatal(err)
		}
		if site.Parsed != 1 || site.Remembered != 0 {
			t.Errorf("check %v: %d pages were parsed and %d remembered", check, site.Parsed, site.Remembered)
		}
	}
}
