package search

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Layout says how the index of a site is cut into files. It follows from the list of pages alone, so that the files of text can be made,
// remembered and compared one by one.
type Layout struct {
	Docs  int    // pages
	Block int    // pages of a file of text (x-*.js)
	Stamp string // digest of the list of pages

	meta int // pages of a file of titles (m-*.js), 0: all titles stand in meta.js
}

// NewLayout returns the layout for pages with these addresses, in their order.
func NewLayout(urls []string) Layout {
	h := sha256.New()
	fmt.Fprintf(h, "waymark search %d\x00", Version)
	for _, u := range urls {
		fmt.Fprintf(h, "%s\x00", u)
	}
	l := Layout{Docs: len(urls), Stamp: strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)[:5]))}
	// A reader loads the text of the pages that are shown, so blocks should be small; but a file more for every page is a cost to whoever
	// builds and publishes the site.
	switch n := len(urls); {
	case n <= 400:
		l.Block = 1
	case n <= 2000:
		l.Block = 3
	case n <= 5000:
		l.Block = 4
	case n <= 20_000:
		l.Block = 8
	default:
		l.Block = 16
	}
	// 1,000 titles and addresses are about 15 KB after compression: more than that is loaded in blocks, for the hits alone.
	if len(urls) > allInOne {
		l.meta = 64
	}
	return l
}

const allInOne = 1500

// Texts returns the number of blocks of pages, each a file of text.
func (l Layout) Texts() int { return (l.Docs + l.Block - 1) / l.Block }

// Pages returns the numbers of the first page of a block and of the one after its last.
func (l Layout) Pages(block int) (from, to int) {
	return block * l.Block, min((block+1)*l.Block, l.Docs)
}

// TextPath returns the path of a block's file of text.
func (l Layout) TextPath(block int) string { return Dir + "x-" + strconv.Itoa(block) + ".js" }

// maxText bounds what is kept of a section to show passages of: nobody looks for a sentence on the tenth screen of one section.
const maxText = 16 << 10

var texts = sync.Pool{New: func() any { return new([]byte) }}

// Text returns a block's file of text. docs are the pages of the block. It depends on nothing but them, the block's number and the stamp,
// and is safe for concurrent use.
//
// What is packed is JSON: a page is a list of strings, the text before the first heading, then for each section its heading, its id and its text. The id is empty
// where it is what Slug makes of the heading. Prompts of questions follow the text on a line of their own.
func (l Layout) Text(block int, docs []Doc) File {
	room := texts.Get().(*[]byte)
	defer texts.Put(room)
	b := append((*room)[:0], '[')
	for i := range docs {
		lead, rest := docs[i].parts()
		b = appendPassages(append(b, '['), &lead)
		for k := range rest {
			s := &rest[k]
			id := s.ID
			if id == Slug(s.Title) {
				id = ""
			}
			b = appendString(append(b, ','), oneLine(s.Title))
			b = appendString(append(b, ','), id)
			b = appendPassages(append(b, ','), s)
		}
		b = append(b, ']')
		if i+1 < len(docs) {
			b = append(b, ',')
		}
	}
	b = append(b, ']')
	*room = b
	file := append(make([]byte, 0, len(b)/2+100), l.open("x")...)
	file = append(file, ',')
	file = strconv.AppendInt(file, int64(block), 10)
	file = appendPacked(append(file, ','), b)
	return File{Path: l.TextPath(block), Data: append(file, ");\n"...)}
}

// appendPassages appends the text of a section as a string.
func appendPassages(b []byte, s *Section) []byte {
	text, prompts := shortened(oneLine(s.Text)), shortened(oneLine(s.Prompts))
	b = appendEscaped(append(b, '"'), text)
	if text != "" && prompts != "" {
		b = append(b, `\n`...)
	}
	return append(appendEscaped(b, prompts), '"')
}

// shortened cuts a text at a character.
func shortened(s string) string {
	if len(s) <= maxText {
		return s
	}
	n := maxText
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// oneLine makes all white space single blanks, none at the ends.
func oneLine(s string) string {
	// Nearly every text is as it should be, and this is how that is seen fastest.
	if strings.HasPrefix(s, " ") || strings.Contains(s, "  ") || strings.IndexByte(s, '\n') >= 0 || strings.IndexByte(s, '\t') >= 0 ||
		strings.IndexByte(s, '\r') >= 0 || strings.IndexByte(s, '\v') >= 0 || strings.IndexByte(s, '\f') >= 0 {
		return strings.Join(strings.Fields(s), " ")
	}
	return strings.TrimSuffix(s, " ")
}

// open starts a file: waymark.search("x","stamp"
func (l Layout) open(kind string) []byte {
	b := append([]byte(`waymark.search("`), kind...)
	b = append(b, `","`...)
	b = append(b, l.Stamp...)
	return append(b, '"')
}

// Titles returns the files of the index but those of terms and of text. starts is where each file of terms begins.
func (l Layout) Titles(pages iter.Seq[Meta], starts []string, o Options) []File {
	t := newTitles(l, o)
	for m := range pages {
		t.add(&m)
	}
	return t.files(starts)
}

// Join joins what all pages add to the index. It takes them in the order of the layout's addresses. The error is that of a Partial that Page did not make.
func (l Layout) Join(pages iter.Seq2[Meta, Partial], o Options) (*Joined, error) {
	j := &Joined{l: l, each: o.each, titles: newTitles(l, o)}
	postings := make([][]byte, 0, l.Docs)
	for m, p := range pages {
		j.titles.add(&m)
		postings = append(postings, p.Postings)
	}
	if len(postings) != l.Docs {
		return nil, fmt.Errorf("search: %d pages for a layout of %d", len(postings), l.Docs)
	}
	lists, err := collect(postings, o.each)
	if err != nil {
		return nil, err
	}
	j.weighed.sizes = make([]int, 0, len(lists))
	for i := range lists {
		j.weighed.add(l, &lists[i], len(lists[i].raw))
	}
	j.lists = lists
	j.groups = j.cut(l)
	j.starts = boundaries(j.groups, j.term)
	return j, nil
}

// A Joined is the index of a site in one piece. It is not safe for concurrent use.
type Joined struct {
	weighed
	l      Layout
	each   func(n int, do func(i int))
	groups []group
	starts []string
	titles *titles
}

// Terms returns the files of terms. They are made anew each time.
func (j *Joined) Terms() []File {
	files := make([]File, len(j.groups))
	j.each(len(files), func(k int) {
		g := j.groups[k]
		files[k] = File{Path: termPath(j.starts[k]), Data: j.l.termFile(j.lists[g.from:g.to], j.starts[k])}
	})
	return files
}

// Titles returns the other files. It is for one call.
func (j *Joined) Titles() []File { return j.titles.files(j.starts) }

// Base returns what Change needs to know of the index.
func (j *Joined) Base() *Base {
	b := &Base{Terms: make([]string, len(j.lists)), Pages: make([]int, len(j.lists)), Sizes: make([]int, len(j.lists)), Ends: make([]int, len(j.groups))}
	for i := range j.lists {
		b.Terms[i], b.Pages[i], b.Sizes[i] = j.lists[i].term, j.lists[i].pages, len(j.lists[i].raw)
	}
	for k, g := range j.groups {
		b.Ends[k] = g.to
	}
	return b
}

// Postings returns what Change needs of a file of terms.
func (j *Joined) Postings(file int) []byte {
	var b []byte
	for _, l := range j.lists[j.groups[file].from:j.groups[file].to] {
		b = append(b, l.raw...)
	}
	return b
}

// A weighed is lists with about how much each takes in a file.
type weighed struct {
	lists []list
	sizes []int
}

// add weighs a list with so many bytes of postings. Not what it takes exactly, but nearly, and independent of the neighbours.
func (w *weighed) add(l Layout, x *list, raw int) {
	size := len(x.term) + 2 + raw*2/3
	if x.pages >= common(l.Docs) {
		size = len(x.term) + 2*x.pages
	}
	w.sizes = append(w.sizes, size)
}

func (w *weighed) term(i int) string { return w.lists[i].term }

// cut divides the lists among files.
func (w *weighed) cut(l Layout) []group { return cut(w.lists, w.sizes, fileSize(l.Docs)) }

// termFile returns the bytes of the file of terms that begins at start.
func (l Layout) termFile(lists []list, start string) []byte {
	s := shards.Get().(*shard)
	defer shards.Put(s)
	*s = shard{terms: s.terms[:0], pages: s.pages[:0], sections: s.sections[:0], levels: s.levels[:0]}
	for i := range lists {
		s.add(&lists[i], l.Docs)
	}
	b := make([]byte, 0, s.size()+64)
	b = append(append(b, l.open("t")...), ',')
	b = appendString(b, start)
	for _, part := range [...][]byte{s.terms, s.pages, s.sections, s.levels} {
		b = append(b, ",\n"...)
		b = appendString(b, string(part))
	}
	return append(b, ");\n"...)
}

var shards = sync.Pool{New: func() any { return new(shard) }}

// termPath names a term file by the beginning of its first word: letters and digits as they are, others by their number.
func termPath(start string) string {
	name := []byte(Dir + "t-")
	for _, r := range start {
		if r < 0x80 {
			name = append(name, byte(r))
		} else {
			name = fmt.Appendf(name, "_%x_", r)
		}
	}
	if start == "" {
		name = append(name, '_')
	}
	return string(append(name, ".js"...))
}
