package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

func footnoteID(kind string, n, ref int) string {
	id := kind + "-" + strconv.Itoa(n)
	if ref > 0 {
		id += "-" + strconv.Itoa(ref+1)
	}
	return id
}

func (r *renderer) footnoteLink(n *extast.FootnoteLink) {
	if r.notes == nil {
		r.notes = map[int]bool{}
	}
	r.notes[n.Index] = r.notes[n.Index] || !r.facilitators
	id := footnoteID("fnref", n.Index, n.RefIndex)
	r.p.doc.Anchors = append(r.p.doc.Anchors, id)
	r.raw(`<sup class="footnote-ref"`)
	r.id(id)
	r.raw(`><a href="#`)
	r.hole(HolePrefix, 0)
	r.raw(footnoteID("fn", n.Index, 0) + `" role="doc-noteref">`)
	r.number(n.Index)
	r.raw("</a></sup>")
}

func (r *renderer) footnoteBack(n *extast.FootnoteBacklink) {
	r.raw(` <a class="footnote-back" href="#`)
	r.hole(HolePrefix, 0)
	r.raw(footnoteID("fnref", n.Index, n.RefIndex) + `" role="doc-backlink">↩︎`)
	if n.RefIndex > 0 {
		r.raw("<sup>")
		r.number(n.RefIndex + 1)
		r.raw("</sup>")
	}
	r.raw("</a>")
}

// footnotes renders the list at the foot of the page.
func (r *renderer) footnotes(n *extast.FootnoteList) {
	r.raw(`<section class="footnotes" role="doc-endnotes">` + "\n<ol>\n")
	left := false
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		note, ok := c.(*extast.Footnote)
		if !ok {
			continue
		}
		if _, shown := r.notes[note.Index]; !shown {
			left = true // only what was left out refers to it
			continue
		}
		id := footnoteID("fn", note.Index, 0)
		r.p.doc.Anchors = append(r.p.doc.Anchors, id)
		r.raw("<li")
		r.id(id)
		if left {
			r.raw(` value="`)
			r.number(note.Index)
			r.raw(`"`)
		}
		r.raw(">\n")
		if r.notes[note.Index] {
			r.footnote(note)
		} else { // only text for facilitators refers to it
			r.silent++
			r.callout(Block{Name: "facilitator", Range: r.extent(note)}, func() { r.footnote(note) })
			r.silent--
		}
		r.raw("</li>\n")
	}
	r.raw("</ol>\n</section>\n")
}

func (r *renderer) footnote(n *extast.Footnote) {
	outer := r.enter()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline { // the way back, behind a last block that is no paragraph
			r.inline(c)
		} else {
			r.block(c)
		}
	}
	r.leave(outer)
}
