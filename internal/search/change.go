package search

import (
	"bytes"
	"slices"
	"strings"
)

// A Base is an index as it was once joined, but for its postings: of it the index is made of the same pages with other words in a few of them, without joining all pages
// again.
type Base struct {
	Terms []string // all terms, ordered
	Pages []int    // of each term: how many pages have it
	Sizes []int    // of each term: the bytes of its postings
	Ends  []int    // of each file of terms: the number of the first term that it has not
}

// A Change is a page that adds something else to the index than it did to a Base.
type Change struct {
	Page    int // its number
	Was, Is Partial
}

// Change returns the files of terms of the index of the pages of which base was made, with some of them changed, and where each begins: what Join would give, except that Data
// is nil in a file that is as it was. postings returns what Joined.Postings returned for a file of terms. What was kept may be damaged: ok is false when the index can only be
// joined anew. changes are ordered by page.
func (l Layout) Change(base *Base, postings func(file int) ([]byte, bool), changes []Change) (terms []File, starts []string, ok bool) {
	c := changer{l: l, base: base, postings: postings}
	edits, ok := editsOf(changes)
	if !ok || !base.sound() || !c.merge(edits) {
		return nil, nil, false
	}
	groups := c.cut(l)
	starts = boundaries(groups, c.term)
	was := base.Starts()
	for k, g := range groups {
		f := File{Path: termPath(starts[k])}
		if old := c.same(g); old < 0 || was[old] != starts[k] {
			if !c.fill(g) {
				return nil, nil, false
			}
			f.Data = l.termFile(c.lists[g.from:g.to], starts[k])
		}
		terms = append(terms, f)
	}
	return terms, starts, true
}

// Starts returns where each file of terms begins.
func (b *Base) Starts() []string {
	groups := make([]group, len(b.Ends))
	from := 0
	for k, to := range b.Ends {
		groups[k] = group{from, to}
		from = to
	}
	return boundaries(groups, func(i int) string { return b.Terms[i] })
}

// sound reports whether the numbers of a base fit together.
func (b *Base) sound() bool {
	end := 0
	for _, e := range b.Ends {
		if e <= end {
			return false
		}
		end = e
	}
	return len(b.Terms) == end && len(b.Pages) == end && len(b.Sizes) == end && slices.IsSorted(b.Terms) &&
		(end == 0 || slices.Min(b.Sizes) > 0 && slices.Min(b.Pages) > 0)
}

// An edit says what a page has to say of a term now: as in a Partial, from the number of sections on. Nothing: it does not have the term any more.
type edit struct {
	page  int
	entry []byte
}

// A termEdits is what becomes of one term.
type termEdits struct {
	term  string
	edits []edit // by page
}

// editsOf returns what becomes of the terms that are not as they were, ordered by term.
func editsOf(changes []Change) ([]termEdits, bool) {
	of := map[string][]edit{}
	for _, c := range changes {
		was, ok := c.Was.entries()
		is, fine := c.Is.entries()
		if !ok || !fine {
			return nil, false
		}
		for term, entry := range is {
			if !bytes.Equal(was[term], entry) {
				of[term] = append(of[term], edit{c.Page, entry})
			}
		}
		for term := range was {
			if _, still := is[term]; !still {
				of[term] = append(of[term], edit{c.Page, nil})
			}
		}
	}
	all := make([]termEdits, 0, len(of))
	for term, edits := range of {
		all = append(all, termEdits{term, edits})
	}
	slices.SortFunc(all, func(a, b termEdits) int { return strings.Compare(a.term, b.term) })
	return all, true
}

// entries returns what a page says of each of its terms, from the number of sections on.
func (p Partial) entries() (map[string][]byte, bool) {
	of := map[string][]byte{}
	for r := (reader{b: p.Postings}); len(r.b) > 0; {
		part := reader{b: r.take(r.number())}
		if r.bad {
			return nil, false
		}
		for len(part.b) > 0 {
			term, n, places, ok := part.next()
			if _, twice := of[string(term)]; !ok || twice || !isTerm(term) {
				return nil, false
			}
			of[string(term)] = append(appendVarint(nil, n), places...)
		}
	}
	return of, true
}

// A changer makes the lists of an index of those of a base.
type changer struct {
	l        Layout
	base     *Base
	postings func(file int) ([]byte, bool)
	loaded   map[int]filed

	weighed
	from []int // of each list: its number in the base, if it is as it was and has no postings yet; else -1
}

// A filed is the postings of a file of terms of the base.
type filed struct {
	raw  []byte
	from int   // number of the file's first term
	ends []int // of each term's postings in raw
}

// merge makes the lists. Those that are as they were have no postings.
func (c *changer) merge(edits []termEdits) bool {
	n := len(c.base.Terms) + len(edits)
	c.lists, c.sizes, c.from = make([]list, 0, n), make([]int, 0, n), make([]int, 0, n)
	i := 0
	keep := func(to int) {
		for ; i < to; i++ {
			c.add(list{term: c.base.Terms[i], pages: c.base.Pages[i]}, c.base.Sizes[i], i)
		}
	}
	for _, e := range edits {
		at, known := slices.BinarySearch(c.base.Terms, e.term)
		keep(at)
		var was []byte
		if known {
			var ok bool
			if was, ok = c.raw(at); !ok {
				return false
			}
			i++
		}
		l, ok := edited(e, was)
		if !ok {
			return false
		}
		if l.pages > 0 {
			c.add(l, len(l.raw), -1)
		}
	}
	keep(len(c.base.Terms))
	return true
}

// add adds a list with so many bytes of postings.
func (c *changer) add(l list, raw, from int) {
	c.lists, c.from = append(c.lists, l), append(c.from, from)
	c.weighed.add(c.l, &l, raw)
}

// edited returns a term's list after its edits. was are its postings before.
func edited(e termEdits, was []byte) (list, bool) {
	l := list{term: e.term, last: -1, raw: make([]byte, 0, len(was)+16)}
	add := func(page int, entry []byte) {
		if len(entry) > 0 {
			l.raw = append(appendVarint(l.raw, page-l.last-1), entry...)
			l.pages++
			l.last = page
		}
	}
	edits := e.edits
	page := -1
	for r := (reader{b: was}); len(r.b) > 0; {
		page += 1 + r.number()
		entry := r.b
		if _, ok := r.places(r.number()); !ok {
			return l, false
		}
		entry = entry[:len(entry)-len(r.b)]
		for len(edits) > 0 && edits[0].page < page {
			add(edits[0].page, edits[0].entry)
			edits = edits[1:]
		}
		if len(edits) > 0 && edits[0].page == page {
			entry, edits = edits[0].entry, edits[1:]
		}
		add(page, entry)
	}
	for _, x := range edits {
		add(x.page, x.entry)
	}
	return l, true
}

// raw returns the postings of a term of the base.
func (c *changer) raw(i int) ([]byte, bool) {
	file, _ := slices.BinarySearchFunc(c.base.Ends, i, func(end, i int) int {
		if end <= i {
			return -1
		}
		return 1
	})
	f, ok := c.loaded[file]
	if !ok {
		if f, ok = c.load(file); !ok {
			return nil, false
		}
		if c.loaded == nil {
			c.loaded = map[int]filed{}
		}
		c.loaded[file] = f
	}
	i -= f.from
	start := 0
	if i > 0 {
		start = f.ends[i-1]
	}
	return f.raw[start:f.ends[i]], true
}

func (c *changer) load(file int) (f filed, ok bool) {
	if file > 0 {
		f.from = c.base.Ends[file-1]
	}
	end := 0
	for _, size := range c.base.Sizes[f.from:c.base.Ends[file]] {
		end += size
		f.ends = append(f.ends, end)
	}
	f.raw, ok = c.postings(file)
	return f, ok && len(f.raw) == end
}

// same returns the file of the base that has the terms of g as they are, or -1.
func (c *changer) same(g group) int {
	from := c.from[g.from:g.to]
	file, ok := 0, from[0] == 0
	if !ok {
		file, ok = slices.BinarySearch(c.base.Ends, from[0])
		file++
	}
	if !ok || c.base.Ends[file] != from[0]+len(from) {
		return -1
	}
	for i, f := range from {
		if f != from[0]+i {
			return -1
		}
	}
	return file
}

// fill gets the postings of the lists of g.
func (c *changer) fill(g group) bool {
	for i := g.from; i < g.to; i++ {
		if c.from[i] < 0 {
			continue
		}
		raw, ok := c.raw(c.from[i])
		if !ok {
			return false
		}
		c.lists[i].raw = raw
	}
	return true
}
