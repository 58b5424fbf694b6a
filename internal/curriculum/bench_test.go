package curriculum_test

import (
	"os"
	"testing"

	"waymark/internal/curriculum"
	"waymark/internal/markdown"
	"waymark/internal/source"
)

// BenchmarkResolve resolves the handbook of this repository, from parsed pages, once an iteration.
func BenchmarkResolve(b *testing.B) {
	proj, ds, err := source.Load(os.DirFS("../.."), source.Options{})
	if err != nil || ds.HasErrors() {
		b.Fatal(err, ds)
	}
	o := markdown.Options{HTML: "sanitize", Language: "en", Include: proj.Include}
	for _, r := range proj.Config.Roles {
		o.Audiences = append(o.Audiences, r.ID.Value)
	}
	var pages []curriculum.Page
	for _, p := range proj.Pages {
		o.Kind = curriculum.KindAt(p.Path)
		doc, err := markdown.Parse(p.File, o)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, curriculum.Page{Path: p.Path, Doc: doc})
	}
	b.ReportAllocs()
	for b.Loop() {
		cur, _ := curriculum.Resolve(proj, pages, curriculum.Options{Today: "2026-06-01"})
		if len(cur.Modules) < 50 {
			b.Fatal("the handbook was not resolved")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(pages)), "µs/page")
}
