package search

import (
	"bytes"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestChange: of an index as it was once joined and the pages that changed since comes the index that joining all pages gives, byte by byte; and what an edit does not touch
// is not made again.
func TestChange(t *testing.T) {
	for _, n := range []int{1, 30, 450} { // with 450, words that stand on nearly all pages say less of each
		r := rand.New(rand.NewPCG(9, uint64(n)))
		docs, others := newHandbook(3).pages(n), newHandbook(4).pages(n)
		l := NewLayout(addresses(docs))
		was := partsOf(docs)
		joined, err := l.Join(entries(docs, was), testOptions)
		if err != nil {
			t.Fatal(err)
		}
		base, old := joined.Base(), map[string][]byte{}
		for _, f := range append(joined.Terms(), joined.Titles()...) {
			old[f.Path] = f.Data
		}
		postings := func(file int) ([]byte, bool) { return joined.Postings(file), true }
		rounds := 40
		if racing {
			rounds = 8
		}
		for round := range rounds {
			edited := slices.Clone(docs)
			for range 1 + r.IntN(3)*r.IntN(20) {
				i := r.IntN(n)
				edited[i].Sections = slices.Clone(edited[i].Sections)
				editPage(r, &edited[i], &others[r.IntN(n)])
			}
			small := round == 0
			if small {
				edited = slices.Clone(docs)
				edited[0].Sections = slices.Clone(docs[0].Sections)
				edited[0].Sections[0].Text += " Zebras graze."
			}
			is := partsOf(edited)
			var changes []Change
			for i := range is {
				if !bytes.Equal(was[i].Postings, is[i].Postings) {
					changes = append(changes, Change{i, was[i], is[i]})
				}
			}
			want, err := l.Index(entries(edited, is), testOptions)
			if err != nil {
				t.Fatal(err)
			}
			terms, starts, ok := l.Change(base, postings, changes)
			if !ok {
				t.Fatalf("%d pages, round %d: no index", n, round)
			}
			var titles []File
			if !slices.Equal(starts, base.Starts()) {
				titles = l.Titles(metasOf(edited), starts, testOptions)
			}
			made := 0
			for _, f := range want {
				list := terms
				if !strings.HasPrefix(f.Path, Dir+"t-") {
					list = titles
				}
				data := old[f.Path]
				if list != nil {
					i := slices.IndexFunc(list, func(x File) bool { return x.Path == f.Path })
					if i < 0 {
						t.Fatalf("%d pages, round %d: %s is missing", n, round, f.Path)
					}
					if list[i].Data != nil {
						data = list[i].Data
						made++
					}
				}
				if !bytes.Equal(data, f.Data) {
					t.Fatalf("%d pages, round %d: %s has other bytes", n, round, f.Path)
				}
			}
			if titles != nil && len(terms)+len(titles) != len(want) || titles == nil && len(terms) >= len(want) {
				t.Fatalf("%d pages, round %d: %d and %d files, want %d", n, round, len(terms), len(titles), len(want))
			}
			if small && n > 1 && made > 2 { // zebra, graz
				t.Errorf("%d pages: two words changed, and %d files were made", n, made)
			}
		}
	}
}

func partsOf(docs []Doc) []Partial {
	parts := make([]Partial, len(docs))
	for i := range docs {
		parts[i] = Page(docs[i])
	}
	return parts
}

func metasOf(docs []Doc) iter.Seq[Meta] {
	return func(yield func(Meta) bool) {
		for i := range docs {
			if !yield(docs[i].Meta()) {
				return
			}
		}
	}
}

// editPage does to a page what authors do; other is where words come from that the site may not have.
func editPage(r *rand.Rand, d, other *Doc) {
	s := &d.Sections[r.IntN(len(d.Sections))]
	switch r.IntN(6) {
	case 0:
		s.Text += " " + other.Sections[0].Text
	case 1:
		s.Text = strings.Replace(s.Text, "a", "o", 1+r.IntN(9))
	case 2:
		s.Text, s.Prompts = "", ""
	case 3:
		d.Sections = d.Sections[:1]
	case 4:
		s.Title, s.Prompts = other.Title, "Feedback: "+other.Title
	case 5:
		d.Sections = other.Sections
	}
}

// FuzzChange: what was kept of an index may be damaged, which is an index or none, never a panic.
func FuzzChange(f *testing.F) {
	docs := newHandbook(3).pages(3)
	parts := partsOf(docs)
	l := NewLayout(addresses(docs))
	joined, err := l.Join(entries(docs, parts), testOptions)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(Page(Doc{Title: "Feedback", Sections: []Section{{Text: "Ask for it."}}}).Postings, joined.Postings(0), 2, 3, 1)
	f.Fuzz(func(t *testing.T, page, postings []byte, at, size, end int) {
		base := joined.Base()
		base.Sizes[uint(at)%uint(len(base.Sizes))] = size
		base.Ends[uint(at)%uint(len(base.Ends))] = end
		l.Change(base, func(int) ([]byte, bool) { return postings, true }, []Change{{1, parts[1], Partial{page}}})
	})
}
