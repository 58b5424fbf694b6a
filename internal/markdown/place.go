package markdown

import (
	"sort"

	"waymark/internal/diag"
)

// A sourceMap leads from offsets in the text that goldmark reads to places in the page's file. The text differs from the file in
// three ways: the front matter is not in it, its lines end in a bare line feed, and what an include names stands in the include's place.
type sourceMap []piece

// A piece of the text begins at Text and stands at File in the file. All of a piece that comes from another file has the place of the
// include that asked for it: Fixed.
type piece struct {
	Text  int
	File  diag.Range // of a piece that is not fixed, only Start counts
	Fixed bool
}

func (m sourceMap) piece(off int) piece {
	if len(m) == 1 {
		return m[0]
	}
	i := sort.Search(len(m), func(i int) bool { return m[i].Text > off })
	return m[max(i-1, 0)]
}

// at returns the place of the byte at off.
func (m sourceMap) at(off int) int {
	p := m.piece(off)
	if p.Fixed {
		return p.File.Start
	}
	return p.File.Start + off - p.Text
}

// span returns the place of the text from start to end.
func (m sourceMap) span(start, end int) diag.Range {
	p := m.piece(start)
	if p.Fixed {
		return p.File
	}
	r := diag.Range{Start: p.File.Start + start - p.Text}
	r.End = r.Start
	if end > start {
		r.End = max(m.at(end-1)+1, r.Start)
	}
	return r
}

// simple returns the one number that leads from the text to the file, if there is one.
func (m sourceMap) simple() (offset int, ok bool) {
	if len(m) != 1 || m[0].Fixed {
		return 0, false
	}
	return m[0].File.Start - m[0].Text, true
}
