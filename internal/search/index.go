package search

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// A list holds the postings of one term over all pages.
type list struct {
	term  string
	pages int
	last  int    // number of the last page
	raw   []byte // for each page: distance from the one before, then what stands in its Partial
}

// An index is the postings of all pages.
type index struct {
	byTerm map[string]int32
	lists  []list
	slab   []byte // room for new lists: most terms stand on one page
}

// collect reads the postings of all pages, which are numbered from 0 in their order.
func collect(pages iter.Seq[Partial]) (*index, error) {
	x := &index{byTerm: map[string]int32{}}
	page := 0
	for p := range pages {
		if err := x.add(page, p.Postings); err != nil {
			return nil, fmt.Errorf("page %d: %w", page, err)
		}
		page++
	}
	slices.SortFunc(x.lists, func(a, b list) int { return strings.Compare(a.term, b.term) })
	x.byTerm = nil
	return x, nil
}

const slabRoom = 10

func (x *index) add(page int, postings []byte) error {
	r := reader{b: postings}
	for len(r.b) > 0 {
		term := r.take(r.number())
		n := r.number()
		if r.bad || len(term) == 0 || !utf8.Valid(term) || n == 0 || n > len(r.b)/2 {
			return errDamaged
		}
		i, ok := x.byTerm[string(term)]
		if !ok {
			i = int32(len(x.lists))
			s := string(term)
			x.byTerm[s] = i
			if len(x.slab) < slabRoom {
				x.slab = make([]byte, 1<<16)
			}
			x.lists = append(x.lists, list{term: s, last: -1, raw: x.slab[:0:slabRoom]})
			x.slab = x.slab[slabRoom:]
		}
		l := &x.lists[i]
		if l.last == page {
			return errDamaged
		}
		l.raw = appendVarint(l.raw, page-l.last-1)
		l.raw = appendVarint(l.raw, n)
		for k := range n {
			d := r.number()
			level := r.take(1)
			if r.bad || level[0] > byte(len(thresholds)) || d == 0 && k > 0 {
				return errDamaged
			}
			l.raw = append(appendVarint(l.raw, d), level[0])
		}
		l.pages++
		l.last = page
	}
	return nil
}

func appendVarint(b []byte, v int) []byte {
	for v >= 0x80 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v))
}

// common is the number of pages from which on a term says so little that one section a page is enough. A quarter of the pages, but not
// on small sites, whose index is small anyway.
func common(pages int) int { return max(400, pages/4) }

// A shard is the terms of one file, written down in four strings, each of like things so that it compresses well:
//
//	terms     for each term: the number of UTF-16 units it shares with the one before (a number), the rest of it, a blank
//	pages     for each term: how many pages, then for each the distance from the one before
//	sections  for each page of each term: its sections, as 4*(distance from the one before) + 2 if it has a level + 1 if another section follows
//	levels    the levels that are not 0, less one, a digit each
type shard struct {
	terms, pages, sections, levels []byte
	last                           string
}

// add writes a term down. all is the number of pages of the site.
func (s *shard) add(l *list, all int) {
	shared := 0
	units := 0
	for i, r := range l.term {
		n := utf8.RuneLen(r)
		if len(s.last) < i+n || s.last[i:i+n] != l.term[i:i+n] {
			break
		}
		shared = i + n
		units++
		if r > math.MaxUint16 {
			units++
		}
	}
	s.terms = appendNumber(s.terms, units)
	s.terms = append(append(s.terms, l.term[shared:]...), ' ')
	s.last = l.term

	s.pages = appendNumber(s.pages, l.pages)
	few := l.pages >= common(all)
	r := reader{b: l.raw}
	var kept []sectionLevel
	for len(r.b) > 0 {
		s.pages = appendNumber(s.pages, r.number())
		n := r.number()
		kept = kept[:0]
		section, best := 0, 0
		for range n {
			section += r.number()
			level := int(r.take(1)[0])
			kept = append(kept, sectionLevel{section, level})
			best = max(best, level)
		}
		if few && len(kept) > 1 {
			kept = theBest(kept, best)
		}
		last := 0
		for i, k := range kept {
			v := (k.section - last) << 2
			last = k.section
			if k.level > 0 {
				v |= 2
				s.levels = append(s.levels, digit(k.level-1))
			}
			if i+1 < len(kept) {
				v |= 1
			}
			s.sections = appendNumber(s.sections, v)
		}
	}
}

type sectionLevel struct{ section, level int }

// theBest keeps the sections that have the term in their title or heading, else the first of the best.
func theBest(s []sectionLevel, best int) []sectionLevel {
	const heading = 3
	kept := s[:0]
	for _, k := range s {
		if k.level >= heading || k.level == best && best < heading && len(kept) == 0 {
			kept = append(kept, k)
		}
	}
	return kept
}

func (s *shard) size() int { return len(s.terms) + len(s.pages) + len(s.sections) + len(s.levels) }
