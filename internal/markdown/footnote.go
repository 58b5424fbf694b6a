package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"waymark/internal/diag"
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

// lostFootnote stands behind goldmark's parser of footnotes and reports what that has passed over: `[^label]` without a footnote. It is shown as it was written.
type lostFootnote struct{}

func (lostFootnote) Trigger() []byte { return []byte{'['} }

func (lostFootnote) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if len(line) < 4 || line[1] != '^' {
		return nil
	}
	end := bytes.IndexByte(line[:min(len(line), 100)], ']')
	if end < 3 || bytes.ContainsAny(line[2:end], " \t[") || end+1 < len(line) && (line[end+1] == '(' || line[end+1] == '[') {
		return nil
	}
	p := pageOf(pc)
	p.report("page/footnote", seg.Start, seg.Start+end+1, "write its text on a line of its own, as in `[^label]: Text.`, or put it between backticks if it is no footnote", "there is no footnote %s", diag.Quote(string(line[:end+1])))
	return nil
}

// idleFootnotes reports footnotes that nothing leads to, and those defined a second time, before goldmark takes them out.
type idleFootnotes struct{}

func (idleFootnotes) Transform(doc *ast.Document, _ text.Reader, pc parser.Context) {
	p := pageOf(pc)
	if p.limits.footnotes == 0 {
		return
	}
	firsts := map[string]*extast.Footnote{}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		note, ok := n.(*extast.Footnote)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		label := "[^" + string(note.Ref) + "]"
		first := firsts[label] // which goldmark takes
		if first == nil {
			firsts[label] = note
		}
		if note.Index >= 0 {
			return ast.WalkContinue, nil
		}
		i := p.definition(note, label)
		if i < 0 {
			return ast.WalkSkipChildren, nil
		}
		if first != nil {
			d := p.report("page/footnote", i, i+len(label), "give it another label, or take it away", "the footnote %s is defined twice, so this text is not shown", diag.Quote(label))
			if j := p.definition(first, label); j >= 0 {
				d.Related = append(d.Related, diag.Related{Span: p.file.Span(p.at.span(j, j+len(label))), Message: "the first is here"})
			}
		} else {
			p.report("page/footnote", i, i+len(label), "refer to it in the text, or take it away", "nothing refers to the footnote %s, so it is not shown", diag.Quote(label))
		}
		return ast.WalkSkipChildren, nil
	})
}

// definition returns where in the text a footnote is defined under a label, or -1.
func (p *page) definition(note *extast.Footnote, label string) int {
	at := 0
	if c := note.FirstChild(); c != nil && c.Lines().Len() > 0 {
		at = c.Lines().At(0).Start
	}
	return bytes.LastIndex(p.src[:at], []byte(label))
}
