package build_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"waymark/internal/build"
	"waymark/internal/cache"
)

// A build says that there is much to do when there is: not for a site that is as it was.
func TestBusy(t *testing.T) {
	fsys := fstest.MapFS{
		"site.yaml": {Data: []byte("title: T\n")}, "content/_index.md": {Data: []byte("---\ntitle: T\n---\n")},
		"content/a.md": {Data: []byte("---\ntitle: A\nsummary: A page.\n---\nA.\n")},
	}
	folder := t.TempDir()
	var busy []int
	built := func() {
		t.Helper()
		memory, err := cache.Open(folder, cache.Options{Program: "test"})
		if err != nil {
			t.Fatal(err)
		}
		b := build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Program: "test", Cache: memory, Busy: func(pages int) { busy = append(busy, pages) }})
		if _, ds, err := b.Build(t.Context()); err != nil || ds.HasErrors() {
			t.Fatal(err, ds)
		}
		if err := memory.Close(); err != nil {
			t.Fatal(err)
		}
	}
	built()
	built()
	fsys["content/b.md"] = &fstest.MapFile{Data: []byte("---\ntitle: B\nsummary: A page.\n---\nB.\n")}
	built()
	if want := []int{2, 3}; !slices.Equal(busy, want) {
		t.Errorf("it was busy with %d pages, not %d", busy, want)
	}
}
