package build_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
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

// TestReadersFindWhatTheyMean asks what readers of the guide look for, with the theme's own script on the guide's own index. Words mean more than one thing, and some pages say it in
// others, so not every page can be where it should: but as many as here. A change that moves one of them may be right; one that moves many is not.
func TestReadersFindWhatTheyMean(t *testing.T) {
	const first, shown = 0.81, 0.95 // the share of queries with a right page at the top, and among the first three
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	const script, ask = "../../themes/default/assets/search.js", "../search/testdata/ask.mjs"
	for _, f := range []string{script, ask} { // so that go test knows what its result depends on
		if _, err := os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
	}
	fsys, dir := os.DirFS("../.."), t.TempDir()
	site := mustBuild(t, build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-11-01", Jobs: 2}))
	if err := os.MkdirAll(filepath.Join(dir, search.Dir), 0o755); err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, f := range site.Files {
		there[f.Path] = true
		if !strings.HasPrefix(f.Path, search.Dir) {
			continue
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, f.Path), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	type query struct {
		Words string   `json:"words"`
		Want  []string `json:"want"`
		First string   `json:"first"`
		Place int      `json:"place"`
	}
	var queries []query
	for _, row := range rows(t, "searching.tsv") {
		q := query{Words: row[0]}
		for page := range strings.FieldsSeq(row[1]) {
			q.Want = append(q.Want, page+".html")
			if !there[page+".html"] {
				t.Errorf("%q wants %s, which is no page", row[0], page)
			}
		}
		queries = append(queries, q)
	}
	asked, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "queries.json"), asked, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, ask, script, dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &queries); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var top, three float64
	var others strings.Builder
	for _, q := range queries {
		if q.Place == 1 {
			top++
		} else {
			fmt.Fprintf(&others, "%d\t%s: %s, not %s\n", q.Place, q.Words, q.First, strings.Join(q.Want, " "))
		}
		if q.Place >= 1 && q.Place <= 3 {
			three++
		}
	}
	all := float64(len(queries))
	t.Logf("of %.0f queries %.0f have a right page first, %.0f among the first three; the others, each after the place of a right page:\n%s", all, top, three, others.String())
	if top < first*all || three < shown*all {
		t.Errorf("want a right page first for %.0f of 100 queries and among the first three for %.0f, got %.1f and %.1f", 100*first, 100*shown, 100*top/all, 100*three/all)
	}
}
