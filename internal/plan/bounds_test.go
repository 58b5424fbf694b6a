package plan_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/theme"
)

// large is a site of 500 modules: 300 in one folder, of which 75 stand in three paths, and ten folders of 20.
func large() fstest.MapFS {
	fsys := fstest.MapFS{
		"site.yaml":         {Data: []byte("title: Large\nsearch: {off: true}\nroles: [{id: mentor, title: Mentor}]\nlints: {question/none-at-end: off}\n")},
		"content/_index.md": {Data: []byte("# Large\n")},
	}
	for i := range 300 {
		fsys[fmt.Sprintf("content/many/%03d-m.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\nid: m%d\nkind: practice\nslug: m%d\n---\n# Module %d\n\nText [next](%03d-m.md).\n", i, i, i, (i+1)%300)}
	}
	for i := range 200 {
		fsys[fmt.Sprintf("content/part-%d/n%d.md", i/20, i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\nid: n%d\nkind: role\n---\n# Page %d\n", i, i)}
	}
	for p := range 3 {
		var items strings.Builder
		for i := range 25 {
			fmt.Fprintf(&items, "{module: m%d}, ", 25*p+i)
		}
		fsys[fmt.Sprintf("content/paths/p%d.md", p)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\nid: p%d\ntitle: Path %d\nfor: [mentor]\nstages: [{id: s, title: S, items: [%s]}]\n---\n", p, p, items.String())}
	}
	return fsys
}

// keys are the keys of a site's pages.
func keys(t *testing.T, b *build.Builder) map[string][32]byte {
	t.Helper()
	site, ds, err := b.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if ds.HasErrors() {
		var text bytes.Buffer
		_ = diag.Text(&text, ds, false)
		t.Fatal(text.String())
	}
	m := map[string][32]byte{}
	for _, f := range site.Files {
		if f.Page != nil {
			m[f.Path] = f.Key
		}
	}
	return m
}

// TestAChangeIsBounded: a view holds only what its page shows, so a change makes few pages new, however large the site is.
func TestAChangeIsBounded(t *testing.T) {
	fsys := large()
	b := build.New(build.Options{Project: fsys, Themes: func(string) ([]theme.Layer, error) {
		return []theme.Layer{{Name: "theme", FS: fstest.MapFS{"theme.yaml": {Data: []byte("name: plain")}}}}, nil
	}})
	before := keys(t, b)
	if len(before) < 510 {
		t.Fatalf("only %d pages", len(before))
	}
	replace := func(name, from, to string) func() {
		return func() {
			text := string(fsys[name].Data)
			if !strings.Contains(text, from) {
				t.Fatalf("%s has no %q", name, from)
			}
			fsys[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, from, to, 1))}
		}
	}
	for _, c := range []struct {
		name   string
		change func()
		most   int
		must   []string // pages that show what was changed
	}{
		{"the text of a module", replace("content/many/010-m.md", "Text", "Other text"), 1, []string{"many/m10.html"}},
		{"the title of a module on a path", replace("content/many/010-m.md", "# Module 10", "# Renamed"), 30, []string{"many/m10.html", "many/m9.html", "many/m11.html", "many/m24.html", "paths/p0.html", "many/index.html", "a-z.html"}},
		{"the summary of a module on a path", replace("content/many/011-m.md", "kind:", "summary: About it\nkind:"), 3, []string{"many/m11.html", "many/index.html"}},
		{"the title of a module in a large folder", replace("content/many/200-m.md", "# Module 200", "# Renamed"), 60, []string{"many/m200.html", "many/m199.html", "many/m201.html", "many/index.html"}},
		{"the title of a module in a small folder", replace("content/part-3/n65.md", "# Page 65", "# Renamed"), 24, []string{"part-3/n65.html", "part-3/n64.html", "part-3/index.html"}},
		{"the title of a path", replace("content/paths/p1.md", "Path 1", "Another path"), 35, []string{"paths/p1.html", "paths/index.html", "index.html", "many/m30.html"}},
		{"a module that is new in a small folder", func() {
			fsys["content/part-4/new.md"] = &fstest.MapFile{Data: []byte("---\nkind: role\n---\n# New\n")}
		}, 25, []string{"part-4/new.html", "part-4/index.html"}},
		{"a module that moves to another folder", func() {
			fsys["content/part-6/moved.md"] = fsys["content/part-5/n101.md"]
			delete(fsys, "content/part-5/n101.md")
		}, 50, []string{"part-6/moved.html", "part-5/index.html", "part-6/index.html"}},
	} {
		c.change()
		after := keys(t, b)
		var changed []string
		for p, k := range after {
			if before[p] != k {
				changed = append(changed, p)
			}
		}
		slices.Sort(changed)
		if len(changed) > c.most {
			t.Errorf("%s makes %d pages new, at most %d show it: %v", c.name, len(changed), c.most, changed)
		}
		for _, p := range c.must {
			if !slices.Contains(changed, p) {
				t.Errorf("%s: %s shows it and is not new", c.name, p)
			}
		}
		before = after
	}
}

// TestNothingChanged: a second build, and one on fresh memory, give the same keys.
func TestNothingChanged(t *testing.T) {
	o := build.Options{Project: large(), Themes: func(string) ([]theme.Layer, error) {
		return []theme.Layer{{Name: "theme", FS: fstest.MapFS{"theme.yaml": {Data: []byte("name: plain")}}}}, nil
	}}
	b := build.New(o)
	first := keys(t, b)
	o.Jobs = 7
	for name, other := range map[string]map[string][32]byte{"the same builder": keys(t, b), "a fresh one": keys(t, build.New(o))} {
		for p, k := range first {
			if other[p] != k {
				t.Errorf("%s gives %s another key", name, p)
			}
		}
	}
}
