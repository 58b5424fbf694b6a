package publish

import (
	"fmt"
	"io"
	"path/filepath"
	"testing"
)

// A site of 10,000 modules: pages of 12 KB, 25 in a folder.
func manyPages(n int) []File {
	data := make([]byte, 12_000)
	files := make([]File, n)
	for i := range files {
		files[i] = File{Path: fmt.Sprintf("track-%02d/path-%02d/page-%05d.html", i/500, i/25%20, i), Key: sha(fmt.Sprint(i)), Write: func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		}}
	}
	return files
}

func benchmark(b *testing.B, change func(files []File, round int)) {
	files := manyPages(10_000)
	dest := filepath.Join(b.TempDir(), "public")
	o := Options{State: b.TempDir()}
	publish(b, dest, files, o)
	publish(b, dest, files, o)
	round := 0
	b.ReportAllocs()
	for b.Loop() {
		round++
		change(files, round)
		publish(b, dest, files, o)
	}
}

func BenchmarkCold(b *testing.B) {
	files := manyPages(10_000)
	n := 0
	parent := b.TempDir()
	b.ReportAllocs()
	for b.Loop() {
		n++
		publish(b, filepath.Join(parent, fmt.Sprint(n)), files, Options{State: parent})
	}
}

func BenchmarkUnchanged(b *testing.B) { benchmark(b, func([]File, int) {}) }

func BenchmarkOneChanged(b *testing.B) {
	benchmark(b, func(files []File, round int) {
		content := fmt.Sprint(round)
		files[777] = page(files[777].Path, content)
	})
}

func BenchmarkAllChanged(b *testing.B) {
	benchmark(b, func(files []File, round int) {
		for i := range files {
			files[i].Key = sha(fmt.Sprint(i, round))
			files[i].Write = func(w io.Writer) error { _, err := fmt.Fprint(w, i, round); return err }
		}
	})
}
