package serve

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"waymark/internal/build"
	"waymark/internal/theme"
	"waymark/themes"
)

// BenchmarkSave saves one module an iteration, as an author does, and brings the state of the preview up to date. What it costs should hardly grow with the site.
func BenchmarkSave(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkSave(b, n) })
	}
}

func benchmarkSave(b *testing.B, n int) {
	dir := b.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	module := func(i int) (name, text string) {
		// Every page has two warnings, as on the sites where the list of them is long.
		return fmt.Sprintf("content/part-%02d/module-%05d.md", i/100, i), fmt.Sprintf("---\ntitle: Module %d\nkind: practice\nduration: {read: 30m}\n"+
			"objectives:\n  - {id: module-%d, verb: apply, text: Apply module %d}\n---\n\nText.\n\n## First\n\nMore.\n\n## Second\n\nMore still.\n", i, i, i)
	}
	write("site.yaml", "title: A large site\n")
	write("content/_index.md", "---\ntitle: Home\n---\n")
	for i := range n {
		write(module(i))
	}
	tree := NewTree(os.DirFS(dir))
	builder := build.New(build.Options{Project: tree, Serve: true, Themes: func(string) ([]theme.Layer, error) {
		return []theme.Layer{{Name: "default theme", FS: themes.Default(), Fixed: true}}, nil
	}})
	var last *Rebuild
	s, err := New(Options{Build: builder.Build, Tree: tree, Rebuilt: func(r *Rebuild) { last = r }})
	if err != nil {
		b.Fatal(err)
	}
	s.rebuild(context.Background())
	if last.Err != nil || last.Diagnostics.HasErrors() || len(last.Diagnostics) != 2*n {
		b.Fatalf("%v, %d diagnostics", last.Err, len(last.Diagnostics))
	}
	name, text := module(n / 2)
	b.ReportAllocs()
	for b.Loop() {
		text += "\nOne more line.\n"
		write(name, text)
		tree.forget(name)
		s.rebuild(context.Background())
		if last.Err != nil || last.Changed == 0 {
			b.Fatalf("%v, %d files changed", last.Err, last.Changed)
		}
	}
}
