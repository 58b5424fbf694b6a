package plan_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/plan"
	"waymark/internal/theme"
)

// planned builds a site with the default theme of these tests, which has no templates, and with templates of its own over it.
func planned(t *testing.T, files, own map[string]string) (map[string]*plan.Page, string) {
	t.Helper()
	fsys := func(files map[string]string) fstest.MapFS {
		m := fstest.MapFS{}
		for name, text := range files {
			m[name] = &fstest.MapFile{Data: []byte(text)}
		}
		return m
	}
	b := build.New(build.Options{Project: fsys(files), Themes: func(string) ([]theme.Layer, error) {
		return []theme.Layer{{Name: "own", FS: fsys(own)}, {Name: "theme", FS: fstest.MapFS{"theme.yaml": {Data: []byte("name: plain")}}}}, nil
	}})
	site, ds, err := b.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	_ = diag.Text(&said, ds, false)
	pages := map[string]*plan.Page{}
	for _, f := range site.Files {
		if f.Page != nil {
			pages[f.Path] = f.Page
		}
	}
	return pages, said.String()
}

// The way to a path leads over its section and the list of all paths that Waymark makes, each once; a list of their own is the start of its section only.
func TestCrumbsOfPaths(t *testing.T) {
	const way, list = "---\nkind: path\nid: new\ntitle: New\nsummary: One path.\nstages: [{id: s, title: S, items: [{module: a}]}]\n---\n", "---\ntitle: All ways\nsummary: All paths.\n---\n"
	for name, c := range map[string]struct {
		files map[string]string
		page  string
		want  string
	}{
		"in paths/":                     {map[string]string{"content/paths/new.md": way}, "paths/new.html", "nav.home ../index.html, Paths index.html, New "},
		"in paths/, with its own list":  {map[string]string{"content/paths/new.md": way, "content/paths/_index.md": list}, "paths/new.html", "nav.home ../index.html, All ways index.html, New "},
		"elsewhere":                     {map[string]string{"content/ways/new.md": way}, "ways/new.html", "nav.home ../index.html, Ways index.html, nav.paths ../paths/index.html, New "},
		"at the top":                    {map[string]string{"content/new.md": way}, "new.html", "nav.home index.html, nav.paths paths/index.html, New "},
		"elsewhere, with its own list":  {map[string]string{"content/ways/new.md": way, "content/paths/_index.md": list}, "ways/new.html", "nav.home ../index.html, Ways index.html, New "},
		"elsewhere, with others there":  {map[string]string{"content/ways/new.md": way, "content/paths/other.md": strings.Replace(way, "id: new", "id: other", 1)}, "ways/new.html", "nav.home ../index.html, Ways index.html, nav.paths ../paths/index.html, New "},
		"at the top, with its own list": {map[string]string{"content/new.md": way, "content/paths/_index.md": list}, "new.html", "nav.home index.html, New "},
	} {
		c.files["site.yaml"] = "title: Test\n"
		c.files["content/a.md"] = "---\nid: a\n---\n# A\n"
		pages, said := planned(t, c.files, nil)
		p := pages[c.page]
		if p == nil || strings.Contains(said, "error") {
			t.Errorf("%s: no page: %s", name, said)
			continue
		}
		var got []string
		for _, l := range p.View().Page.Crumbs {
			got = append(got, l.Text+" "+l.URL)
		}
		if got := strings.Join(got, ", "); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

// What a template shows only where there is little to say is tried, too, for pages that the site does not have.
func TestTemplatesAreTriedWithLittle(t *testing.T) {
	_, said := planned(t, map[string]string{"site.yaml": "title: Test\n", "content/a.md": "# A\n"}, map[string]string{
		"templates/certificate.html": `{{if .Award.Title}}{{.Award.Title}}{{else}}{{.Award.Titel}}{{end}}`,
		"templates/path.html":        `{{with .Path}}{{range .Stages}}{{.Titel}}{{end}}{{end}}`,
		"templates/section.html":     `{{with .Section}}{{else}}{{.Page.Titel}}{{end}}`,
	})
	for _, want := range []string{
		`own/templates/certificate.html:1:53: error: plan.Certificate has no field "Titel" [theme/field]`,
		`own/templates/path.html:1:35: error: plan.Stage has no field "Titel" [theme/field]`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s", want)
		}
	}
	if strings.Contains(said, "section.html") { // a section's page always has a section
		t.Error("said of what no page shows")
	}
	if t.Failed() {
		t.Log(said)
	}
}
