package build_test

import (
	"fmt"
	"io"
	"sync"
	"testing"
	"testing/fstest"

	"waymark/internal/build"
)

// Readers of a preview may search in the site as it is and, in a tab that is not yet told, in the one before, at once.
func TestSearchingInTwoPreviewsAtOnce(t *testing.T) {
	fsys := fstest.MapFS{"site.yaml": {Data: []byte("title: A title\n")}}
	b := build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Serve: true})
	var sites []*build.Site
	for i := range 4 {
		fsys[fmt.Sprintf("content/page-%d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "# Page %d\n\nListen before you speak.\n", i)}
		sites = append(sites, mustBuild(t, b))
	}
	var wg sync.WaitGroup
	for _, site := range sites {
		wg.Go(func() {
			f, ok := site.Lookup("data/search/meta.js")
			if !ok {
				t.Error("there is no search")
			} else if err := f.Write(io.Discard); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}
