package search

import (
	"encoding/binary"
	"errors"
	"slices"
	"sync"
)

// A Partial is what one page adds to the index: its terms, the sections each stands in and how much it says there. It depends on the
// page's title, language and sections alone and takes about two kilobytes for a page of 700 words. The zero Partial adds nothing.
type Partial struct {
	// Postings are in eight parts by the hashes of the terms, each after its length: so that an index of many pages is collected in eight
	// goes, each with a table that a processor can keep at hand. A part is, for each term in the order of its first use: the term's
	// length and bytes, the number of its sections, and for each of them the distance from the one before and the level, all as varints.
	Postings []byte
}

const partBits = 3

// partOf returns the part that a term with hash h is in.
func partOf(h uint32) uint32 { return h >> (32 - partBits) }

// Levels say how much a section says of a term: the places of a term are weighed, added up and put on a scale of eight steps, each about
// half as much again as the one before. rank.ts turns a level back into a weight. The thresholds are in tenths: 10 is one mention in running text.
var thresholds = [...]int{12, 18, 27, 40, 61, 91, 133}

// Weights in tenths. Repeating a word soon says no more; a title or heading says more the fewer words it has.
var (
	inText    = [...]int{0, 10, 14, 18}
	inHeading = [...]int{50, 50, 50, 42, 36, 36, 30} // by the heading's words
	inTitle   = [...]int{100, 100, 85, 75, 70, 65, 60}
)

const (
	inWords  = 40  // at least, for what the author says that the page is found by: as much as a heading
	inPrompt = 3   // what a question asks about, on top of inText
	short    = 25  // words of a section that says what it says briefly
	long     = 250 // words of a section in which many things are mentioned
)

// A use is a term's use in one section.
type use struct {
	section        int32
	text           int32 // in running text and prompts
	prompt         bool
	named          bool // among the words that are not shown
	heading, title bool
	next           int32 // in pageIndex.uses, 0: none
}

// An entry is what a page says of one of its terms.
type entry struct {
	first, last int32 // in pageIndex.uses
	sections    int32
}

// A pageIndex collects the terms of a page. It is reused: most of what a page needs is memory of the same size.
type pageIndex struct {
	terms   table
	entries []entry // of each term
	uses    []use
	lengths []int32 // words of each section's text
	titles  []int32 // words of each section's heading
}

var pages = sync.Pool{New: func() any { return new(pageIndex) }}

// Page returns what a page adds to the index. It is safe for concurrent use.
func Page(d Doc) Partial {
	p := pages.Get().(*pageIndex)
	defer func() {
		if p.terms.len() < 10_000 { // one huge page must not be remembered for ever
			pages.Put(p)
		}
	}()
	p.terms.reset()
	p.entries, p.uses, p.lengths, p.titles = p.entries[:0], append(p.uses[:0], use{}), p.lengths[:0], p.titles[:0]

	w := wordsOf(d.Lang)
	lead, rest := d.parts()
	titleWords := int32(0)
	w.each(d.Title, func(term []byte, stop bool) {
		p.at(term, 0).title = true
		if !stop {
			titleWords++
		}
	})
	p.section(&w, 0, &lead)
	for i := range rest {
		p.section(&w, int32(i+1), &rest[i])
	}
	return Partial{Postings: p.encode(titleWords)}
}

func (p *pageIndex) section(w *words, n int32, s *Section) {
	p.lengths, p.titles = append(p.lengths, 0), append(p.titles, 0)
	w.each(s.Title, func(term []byte, stop bool) {
		p.at(term, n).heading = true
		if !stop {
			p.titles[n]++
		}
	})
	w.each(s.Text, func(term []byte, stop bool) {
		if !stop {
			p.lengths[n]++
			p.at(term, n).text++
		}
	})
	w.each(s.Words, func(term []byte, stop bool) {
		if !stop {
			p.at(term, n).named = true
		}
	})
	w.each(s.Prompts, func(term []byte, stop bool) {
		if !stop {
			p.lengths[n]++
			u := p.at(term, n)
			u.text++
			u.prompt = true
		}
	})
}

// at returns the use of a term in section n. Sections come in their order.
func (p *pageIndex) at(term []byte, n int32) *use {
	i, isNew := p.terms.add(term, hash(term))
	if isNew {
		p.entries = append(p.entries, entry{})
	}
	e := &p.entries[i]
	if e.last != 0 && p.uses[e.last].section == n {
		return &p.uses[e.last]
	}
	at := int32(len(p.uses))
	p.uses = append(p.uses, use{section: n})
	if e.last != 0 {
		p.uses[e.last].next = at
	} else {
		e.first = at
	}
	e.last = at
	e.sections++
	return &p.uses[at]
}

func (p *pageIndex) level(u *use, titleWords int32) int {
	v := inText[min(u.text, 3)]
	if u.prompt {
		v += inPrompt
	}
	switch n := p.lengths[u.section]; {
	case n < short:
		v += v / 7
	case n > long:
		v -= v / 7
	}
	if u.heading {
		v += inHeading[min(p.titles[u.section], 6)]
	}
	if u.title {
		v += inTitle[min(titleWords, 6)]
	}
	if u.named {
		v = max(v, inWords)
	}
	level := 0
	for level < len(thresholds) && v >= thresholds[level] {
		level++
	}
	return level
}

func (p *pageIndex) encode(titleWords int32) []byte {
	b := make([]byte, 0, len(p.terms.bytes)+2*len(p.entries)+2*len(p.uses)+3<<partBits)
	for part := range uint32(1 << partBits) {
		start := len(b)
		for i := range p.entries {
			if partOf(p.terms.hashes[i]) != part {
				continue
			}
			e, term := &p.entries[i], p.terms.term(i)
			b = binary.AppendUvarint(b, uint64(len(term)))
			b = append(b, term...)
			b = binary.AppendUvarint(b, uint64(e.sections))
			last := int32(0)
			for at := e.first; at != 0; at = p.uses[at].next {
				u := &p.uses[at]
				b = binary.AppendUvarint(b, uint64(u.section-last))
				b = append(b, byte(p.level(u, titleWords)))
				last = u.section
			}
		}
		n := len(b) - start
		var head [binary.MaxVarintLen32]byte
		b = slices.Insert(b, start, head[:binary.PutUvarint(head[:], uint64(n))]...)
	}
	return b
}

// errDamaged says that the bytes of a Partial are not what Page made.
var errDamaged = errors.New("search: damaged postings of a page")

// A reader reads the postings of a Partial.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) number() int {
	if len(r.b) > 0 && r.b[0] < 0x80 {
		v := int(r.b[0])
		r.b = r.b[1:]
		return v
	}
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > 1<<31-1 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

func (r *reader) take(n int) []byte {
	if n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}
