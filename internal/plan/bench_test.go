package plan_test

import (
	"context"
	"os"
	"testing"

	"waymark/internal/build"
	"waymark/internal/plan"
	"waymark/internal/theme"
	"waymark/themes"
)

// handbook builds the handbook of this repository up to its plan.
func handbook(b *testing.B) *build.Site {
	b.Helper()
	site, ds, err := build.New(build.Options{Project: os.DirFS("../.."), Today: "2026-06-01", Themes: func(string) ([]theme.Layer, error) {
		return []theme.Layer{{Name: "default theme", FS: themes.Default()}}, nil
	}}).Build(context.Background())
	if err != nil || ds.HasErrors() || len(site.Plan.Pages) < 50 {
		b.Fatal(err, ds)
	}
	return site
}

// BenchmarkMake plans the handbook once an iteration: every output, every view, every key.
func BenchmarkMake(b *testing.B) {
	site := handbook(b)
	n := len(site.Plan.Pages)
	b.ReportAllocs()
	for b.Loop() {
		if p, _ := plan.Make(site.Curriculum, site.Theme, plan.Options{Today: "2026-06-01", ConfigAt: site.Project.At}); len(p.Pages) != n {
			b.Fatalf("%d pages, not %d", len(p.Pages), n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/page")
}

// BenchmarkView makes the view of one page an iteration.
func BenchmarkView(b *testing.B) {
	pages := handbook(b).Plan.Pages
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		pages[i%len(pages)].View()
	}
}
