package build_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/publish"
)

// TestNamesThatPass holds check to what is written: what it lets through, publish takes, and the other way round nothing is refused but for a cause.
func TestNamesThatPass(t *testing.T) {
	long := strings.Repeat("n", 255)
	reading := "---\nid: r\nkind: reading\ntitle: R\nreading: {items: [{id: a, title: A, year: 2020}]}\n---\n"
	award := "---\nid: p\nkind: path\ntitle: P\nfor: [mentor]\nstages: [{id: a, title: A, items: [{module: m}]}]\naward: {title: A}\n---\n"
	practice := "---\nid: m\nkind: practice\ntitle: M\n---\n"
	for _, c := range []struct {
		pass  bool
		files []string // a name, or a name and its text
	}{
		{true, []string{"Ab/x.md", "Ab/y.md", "ab-c/x.md", "größe/ä.md", "日本/語.md", "a b.md", "com10.md"}},
		{true, []string{long[:250] + ".md"}},
		{true, []string{long[:251] + ".txt"}},
		{true, []string{"data/x.csv", "data/search/x.csv", "assets/x.png", "print/x.md"}},
		{true, []string{"i.md", "ı.md"}},
		{true, []string{"10-console.md", "a.md", "---\naliases: [/old/a.html, /old/b/, /.well-known/x]\n---\n"}},
		{false, []string{"Ab/x.md", "ab/y.md"}},
		{false, []string{"x/Ab/x.md", "x/ab/y.txt"}},
		{false, []string{"Straße/x.md", "strasse/y.md"}},
		{false, []string{"caf\u00e9/x.md", "cafe\u0301/y.md"}},
		{false, []string{"straße.md", "strasse.md"}},
		{false, []string{"straße.txt", "STRASSE.txt"}},
		{false, []string{"com0.md"}},
		{false, []string{"10-con.md"}},
		{false, []string{"10-con/x.png"}},
		{false, []string{"10-con/_index.md"}},
		{false, []string{long[:251] + ".md"}},
		{false, []string{long[:250] + ".md", reading}},
		{false, []string{long[:250] + ".md", award, "m.md", practice}},
		{false, []string{"a.md", "---\nslug: " + long + "\n---\n"}},
		{false, []string{"a.md", "---\nslug: com0\n---\n"}},
		{false, []string{"a.md", "---\nslug: \"x\\x85y\"\n---\n"}},
		{false, []string{"a.md", "---\naliases: [\"/x\\x85y\"]\n---\n"}},
		{false, []string{"a.md", "---\naliases: [/.git/x.html]\n---\n"}},
		{false, []string{"a.md", "---\naliases: [/.waymark-manifest.html]\n---\n"}},
		{false, []string{"a.md", "---\naliases: [/" + long + ".html]\n---\n"}},
		{false, []string{"roles/a.md", "---\naliases: [/Roles/b.html]\n---\n"}},
		{false, []string{"a.md", "---\naliases: [/Old/a.html, /old/b.html]\n---\n"}},
		{false, []string{"Data/x.csv"}},
		{false, []string{"data/Search/x.csv"}},
		{false, []string{"data/search"}},
		{false, []string{"data/search/meta.js"}},
		{false, []string{"data/search/x-0.js"}},
		{false, []string{"Assets/x.png"}},
		{false, []string{"Print/x.md", "p.md", award, "m.md", practice}},
	} {
		site := fstest.MapFS{
			"site.yaml":         {Data: []byte("title: Names\nroles: [{id: mentor, title: Mentor}]\n")},
			"content/_index.md": {Data: []byte("# Home\n")},
		}
		for i, name := range c.files {
			text := "# Text\n"
			if i+1 < len(c.files) && strings.HasPrefix(c.files[i+1], "---") {
				text = c.files[i+1]
			}
			if !strings.HasPrefix(name, "---") {
				site["content/"+name] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		o := build.Options{Project: site, Themes: layered(site), Today: "2026-11-01", Jobs: 1}
		b := build.New(o)
		built, ds, err := b.Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		o.Check = true
		if _, checked, err := build.New(o).Build(context.Background()); err != nil || checked.HasErrors() != ds.HasErrors() {
			t.Errorf("%q: check says something else: %v, %v", c.files, checked, err)
		}
		if ds.HasErrors() {
			if c.pass {
				t.Errorf("%q is refused: %s", c.files, ds[0].Message)
			}
			for _, d := range ds {
				switch d.Code {
				case "page/same-address", "page/slug", "page/alias", "site/file-name":
					if d.Span.File == nil {
						t.Errorf("%q: no file is named for: %s", c.files, d.Message)
					}
				default:
					if d.Severity == diag.Error {
						t.Errorf("%q: %s [%s]", c.files, d.Message, d.Code)
					}
				}
			}
			continue
		}
		var files []publish.File
		for _, f := range built.Files {
			files = append(files, publish.File{Path: f.Path, Key: f.Key, Write: f.Write})
		}
		_, err = publish.Dir(t.Context(), filepath.Join(t.TempDir(), "public"), files, publish.Options{Jobs: 1, DryRun: true})
		if err != nil || !c.pass {
			t.Errorf("%q is let through, and publish says: %v", c.files, err)
		}
	}
}
