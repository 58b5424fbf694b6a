package build_test

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"waymark/internal/build"
	"waymark/internal/cache"
	"waymark/internal/search"
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

// The page of the glossary is found by its terms, also by forms of them that it does not show: whether an author wrote the page or the build made it, and in every way in which a
// site is built.
func TestTheSearchKnowsTheGlossary(t *testing.T) {
	for what, page := range map[string]string{"written": "---\nid: glossary\nkind: page\ntitle: Words\nlayout: glossary\n---\n\nSome words.\n", "made": ""} {
		t.Run(what, func(t *testing.T) {
			fsys := fstest.MapFS{"site.yaml": {Data: []byte("title: A title\nlanguage: en\n")}, "content/a.md": {Data: []byte("# A page\n\nText.\n")}}
			if page != "" {
				fsys["content/glossary.md"] = &fstest.MapFile{Data: []byte(page)}
			}
			glossary := func(text string) {
				fsys["content/glossary.yaml"] = &fstest.MapFile{Data: []byte("terms:\n  - {id: plan, term: Development plan, also: [IDP], text: " + text + "}\n")}
			}
			dir := t.TempDir()
			building := func() *build.Builder {
				memory, err := cache.Open(dir, cache.Options{Program: "test"})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = memory.Close() })
				return build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Cache: memory})
			}
			found := func(b *build.Builder, want string) {
				t.Helper()
				var terms, texts strings.Builder
				for name, data := range readable(written(t, mustBuild(t, b))) {
					switch {
					case strings.HasPrefix(name, search.Dir+"t-"):
						terms.Write(data)
					case strings.HasPrefix(name, search.Dir+"x-"):
						texts.Write(data)
					}
				}
				if !strings.Contains(texts.String(), "Development plan: "+want) || strings.Contains(texts.String(), "IDP") {
					t.Errorf("want the term with %q and nothing of its other forms in the texts:\n%s", want, texts.String())
				}
				if !strings.Contains(terms.String(), "idp") {
					t.Errorf("no other form of the term in the index:\n%s", terms.String())
				}
			}
			glossary("Goals for one person.")
			b := building()
			found(b, "Goals for one person.")
			fsys["content/a.md"] = &fstest.MapFile{Data: []byte("# A page\n\nOther text.\n")}
			found(b, "Goals for one person.")
			found(building(), "Goals for one person.")
			glossary("Steps for a year.")
			found(b, "Steps for a year.")
			found(building(), "Steps for a year.")
		})
	}
}
