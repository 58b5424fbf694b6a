package search

import (
	"fmt"
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

// collect joins the postings of all pages, which are numbered in their order, and returns them ordered by term.
func collect(pages [][]byte, each func(n int, do func(i int))) ([]list, error) {
	const parts = 1 << partBits
	var collectors [parts]collector
	for i := range collectors {
		collectors[i].pages = make([][]byte, len(pages))
	}
	for page, b := range pages {
		if len(b) == 0 {
			continue // the zero Partial
		}
		r := reader{b: b}
		for i := range collectors {
			collectors[i].pages[page] = r.take(r.number())
		}
		if r.bad || len(r.b) > 0 {
			return nil, damaged(page)
		}
	}
	var bad [parts]error
	sorted := make([][]list, parts)
	each(parts, func(i int) {
		bad[i] = collectors[i].part()
		sorted[i] = collectors[i].lists
	})
	for _, err := range bad {
		if err != nil {
			return nil, err
		}
	}
	for len(sorted) > 1 {
		pairs := make([][]list, len(sorted)/2) // as many as there are parts: a power of two
		each(len(pairs), func(i int) { pairs[i] = merge(sorted[2*i], sorted[2*i+1]) })
		sorted = pairs
	}
	return sorted[0], nil
}

// merge returns two ordered lists as one. No term is in both.
func merge(a, b []list) []list {
	out := make([]list, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].term < b[0].term {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// A collector joins one part of all pages.
type collector struct {
	pages [][]byte // the part of each page
	terms table
	lists []list
	slab  []byte // room for new lists: most terms stand on one page
}

const slabRoom = 12

func damaged(page int) error { return fmt.Errorf("page %d: %w", page, errDamaged) }

// part reads the part of all pages, and orders its terms.
func (c *collector) part() error {
	for page, b := range c.pages {
		r := reader{b: b}
		for len(r.b) > 0 {
			if !c.posting(&r, page) {
				return damaged(page)
			}
		}
	}
	for i := range c.terms.len() {
		c.lists[i].term = string(c.terms.term(i))
	}
	slices.SortFunc(c.lists, func(a, b list) int { return strings.Compare(a.term, b.term) })
	return nil
}

// posting reads one term of a page.
func (c *collector) posting(r *reader, page int) bool {
	term, n, places, ok := r.next()
	if !ok {
		return false
	}
	i, isNew := c.terms.add(term, hash(term))
	if isNew {
		if !isTerm(term) {
			return false
		}
		if len(c.slab) < slabRoom {
			c.slab = make([]byte, 1<<16)
		}
		c.lists = append(c.lists, list{last: -1, raw: c.slab[:0:slabRoom]})
		c.slab = c.slab[slabRoom:]
	}
	l := &c.lists[i]
	if l.last == page {
		return false
	}
	l.raw = append(appendVarint(appendVarint(l.raw, page-l.last-1), n), places...)
	l.pages++
	l.last = page
	return true
}

// next reads what a page says of one term: the number of its sections, and these.
func (r *reader) next() (term []byte, n int, places []byte, ok bool) {
	term, n = r.take(r.number()), r.number()
	if r.bad || len(term) == 0 {
		return nil, 0, nil, false
	}
	places, ok = r.places(n)
	return term, n, places, ok
}

// places reads the n places of a term.
func (r *reader) places(n int) ([]byte, bool) {
	if r.bad || n == 0 || n > len(r.b)/2 {
		return nil, false
	}
	size, ok := placesSize(r.b, n)
	return r.take(size), ok
}

// isTerm reports whether the words of a page can have such a term.
func isTerm(term []byte) bool {
	return utf8.Valid(term) && !slices.ContainsFunc(term, func(b byte) bool { return b <= ' ' })
}

// placesSize returns how many bytes the n places of a term at the beginning of b take, each a distance and a level, and false if they are not what Page writes.
func placesSize(b []byte, n int) (int, bool) {
	i := 0
	for k := range n {
		from := i
		for i < len(b) && b[i] >= 0x80 {
			i++
		}
		// The distance ends here, with no byte too many; the level follows.
		if i+1 >= len(b) || i-from > 3 || b[i] == 0 && (i > from || k > 0) || int(b[i+1]) > len(thresholds) {
			return 0, false
		}
		i += 2
	}
	return i, true
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
