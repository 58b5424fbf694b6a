package build_test

import (
	"testing"
	"testing/fstest"

	"waymark/internal/build"
	"waymark/internal/cache"
)

// TestDrawingsArePublishedClean: what could run in a drawing is not published, with and without a memory, and is said each time. A plain drawing is published byte for byte, and so is
// every drawing of a site that trusts its authors.
func TestDrawingsArePublishedClean(t *testing.T) {
	const plain = "<?xml version=\"1.0\"?>\n<svg  xmlns='http://www.w3.org/2000/svg'><g/></svg>\n"
	const active = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><g/></svg>`
	folder := t.TempDir()
	for _, c := range []struct{ name, config, want string }{
		{"first", "", `<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>`},
		{"remembered", "", `<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>`},
		{"trusted", "markdown: {html: allow}\n", active},
	} {
		t.Run(c.name, func(t *testing.T) {
			memory, err := cache.Open(folder, cache.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer memory.Close()
			fsys := fstest.MapFS{
				"site.yaml": {Data: []byte("title: T\n" + c.config)}, "content/index.md": {Data: []byte("# T\n")},
				"content/plain.svg": {Data: []byte(plain)}, "content/active.SVG": {Data: []byte(active)},
			}
			b := build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Jobs: 2, Cache: memory})
			for range 2 { // the second time from what the builder remembers itself
				site, ds, err := b.Build(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if said := len(ds) == 1 && ds[0].Code == "image/active"; said != (c.config == "") {
					t.Errorf("it says %v", ds)
				}
				files := written(t, site)
				if got := string(files["active.SVG"]); got != c.want {
					t.Errorf("published: %s", got)
				}
				if got := string(files["plain.svg"]); got != plain {
					t.Errorf("published: %s", got)
				}
			}
		})
	}
}
