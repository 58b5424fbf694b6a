package search

import (
	"strings"
	"testing"
)

// What a page costs, beside reading its words once by the simplest means: the ratio is what the index adds to a build.
func BenchmarkPage(b *testing.B) {
	docs := newHandbook(7).pages(64)
	b.Run("index", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			Page(docs[i%len(docs)])
		}
	})
	b.Run("fields", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			n := map[string]int{}
			for _, s := range docs[i%len(docs)].Sections {
				for _, w := range strings.Fields(s.Text) {
					n[w]++
				}
			}
		}
	})
}

func BenchmarkIndex(b *testing.B) {
	docs := newHandbook(7).pages(1000)
	parts := make([]Partial, len(docs))
	for i := range docs {
		parts[i] = Page(docs[i])
	}
	l := NewLayout(addresses(docs))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Index(entries(docs, parts), testOptions); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(docs)), "µs/page")
}

func BenchmarkText(b *testing.B) {
	docs := newHandbook(7).pages(8)
	l := NewLayout(addresses(newHandbook(7).pages(8)))
	l.Block = 8
	b.ReportAllocs()
	for b.Loop() {
		l.Text(0, docs)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(docs)), "µs/page")
}
