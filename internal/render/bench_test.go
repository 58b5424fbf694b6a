package render_test

import (
	"context"
	"io"
	"os"
	"testing"

	"waymark/internal/build"
	"waymark/internal/render"
	"waymark/internal/theme"
	"waymark/themes"
)

// BenchmarkPage renders one page of the handbook of this repository an iteration, with the default theme. Editions for paper, which hold the others, are another case.
func BenchmarkPage(b *testing.B) {
	site, ds, err := build.New(build.Options{Project: os.DirFS("../.."), Today: "2026-06-01", Themes: func(string) ([]theme.Layer, error) {
		return []theme.Layer{{Name: "default theme", FS: themes.Default()}}, nil
	}}).Build(context.Background())
	if err != nil || ds.HasErrors() {
		b.Fatal(err, ds)
	}
	rs := &render.Site{ID: site.Config.ID.Value, Checks: site.Config.Checks.CheckDefaults, Roles: map[string]string{}}
	for _, r := range site.Config.Roles {
		rs.Roles[r.ID.Value] = r.Title
	}
	kinds := map[string][]int{}
	for i, p := range site.Plan.Pages {
		kinds[p.Template] = append(kinds[p.Template], i)
	}
	for _, template := range []string{"module.html", "path.html", "home.html", "print.html"} {
		list := kinds[template]
		if len(list) == 0 {
			b.Fatalf("no page has the template %s", template)
		}
		b.Run(template, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if err := render.Page(io.Discard, &site.Plan.Pages[list[i%len(list)]], site.Theme, rs); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
