package markdown

import (
	"sort"

	"waymark/internal/diag"
)

// A sourceMap leads from offsets in the text that goldmark reads to places in the page's file. The text differs from the file in
// three ways: the front matter is not in it, its lines end in a bare line feed, and what an include names stands in the include's place.
type sourceMap struct {
	pieces []piece
	end    int // where the file ends; the text may have a line feed more
}

// A piece of the text begins at text and stands at file in the file. All of a piece that comes from another file has the place of the
// include that asked for it: fixed.
type piece struct {
	text  int
	file  diag.Range // of a piece that is not fixed, only Start counts
	fixed bool
}

func (m *sourceMap) piece(off int) piece {
	if len(m.pieces) == 1 {
		return m.pieces[0]
	}
	i := sort.Search(len(m.pieces), func(i int) bool { return m.pieces[i].text > off })
	return m.pieces[max(i-1, 0)]
}

// at returns the place of the byte at off.
func (m *sourceMap) at(off int) int {
	p := m.piece(off)
	if p.fixed {
		return p.file.Start
	}
	return min(p.file.Start+off-p.text, m.end)
}

// span returns the place of the text from start to end.
func (m *sourceMap) span(start, end int) diag.Range {
	p := m.piece(start)
	if p.fixed {
		return p.file
	}
	r := diag.Range{Start: min(p.file.Start+start-p.text, m.end)}
	r.End = r.Start
	if end > start {
		r.End = min(max(m.at(end-1)+1, r.Start), m.end)
	}
	return r
}

// simple returns the one number that leads from a text of n bytes to the file, if there is one.
func (m *sourceMap) simple(n int) (offset int, ok bool) {
	if len(m.pieces) != 1 || m.pieces[0].fixed {
		return 0, false
	}
	offset = m.pieces[0].file.Start - m.pieces[0].text
	return offset, n+offset <= m.end
}

// includes returns the places of the lines that include other files.
func (m *sourceMap) includes() map[diag.Range]bool {
	lines := map[diag.Range]bool{}
	for _, p := range m.pieces {
		if p.fixed {
			lines[p.file] = true
		}
	}
	return lines
}
