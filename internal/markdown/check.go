package markdown

import (
	"bytes"
	"cmp"
	"maps"
	"reflect"
	"slices"

	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
	"waymark/internal/quiz"
)

// check reads a container as a check and renders its pieces.
func (r *renderer) check(n *container) {
	p := r.p
	if r.inCheck > 0 {
		p.report("container/nesting", n.open[0], n.open[1], "close the outer one first", "a %s cannot stand inside another check", n.name)
		r.wrap("<div>\n", n, "</div>\n")
		return
	}
	in := quiz.Input{File: p.file, Source: p.src, Word: n.name, Unread: n.unread, Node: n, TrueFalse: p.opts.TrueFalse}
	// Where one number leads from the text to the file, quiz adds it; else it works in the text's own places and they are translated afterwards.
	forSome := r.forSome(n)
	left := r.leaveOut(n)
	offset, simple := p.at.simple(len(p.src))
	simple = simple && len(left) == 0
	place := func(start, end int) diag.Range { return diag.Range{Start: start, End: end} }
	if simple {
		in.Offset = offset
		place = p.at.span
	}
	in.Open, in.Range = place(n.open[0], n.open[1]), place(n.open[0], n.end)
	for _, a := range n.attrs {
		in.Attrs = append(in.Attrs, quiz.Attr{Name: a.name, Value: a.value, Range: place(a.start, a.end)})
	}
	id, _ := find(n.attrs, "id")
	if q, ok := p.doc.Meta.Questions[id]; ok && id != "" {
		for _, a := range q.attributes() {
			if !simple {
				a.Range = a.Range.Shift(inMeta)
			}
			in.Attrs = append(in.Attrs, a)
		}
	}
	c, ds := quiz.Parse(in)
	if c != nil && c.Auto && forSome {
		c.ID = p.commonID(n, c.ID)
	}
	if !simple {
		if c != nil {
			c.KeepSource(without(p.src, left))
		}
		p.translate(c, ds)
	}
	p.doc.Diags = append(p.doc.Diags, ds...)
	if c == nil {
		return
	}
	b := Block{Name: n.name, ID: c.ID, Range: p.at.span(n.open[0], n.end)}
	r.inCheck++
	r.silent++
	for _, rich := range c.Riches() {
		b.Parts = append(b.Parts, r.body(func() {
			for _, node := range rich.Nodes {
				if rich.Inline {
					r.inline(node)
				} else {
					r.block(node)
				}
			}
		}))
		rich.Part = len(b.Parts)
		rich.Nodes = nil
	}
	r.silent--
	r.inCheck--
	if r.silent == 0 {
		r.prompts = append(append(r.prompts, c.Prompt.Plain...), '\n')
		for _, s := range c.Scenes {
			r.prompts = append(append(r.prompts, s.Title.Plain...), '\n')
		}
	}
	p.doc.Checks = append(p.doc.Checks, c)
	b.Check = len(p.doc.Checks)
	if c.ID != "" {
		p.doc.Anchors = append(p.doc.Anchors, c.ID)
	}
	r.addBlock(b)
}

// leaveOut takes the containers for other readers out of n, and the quotes that hold nothing else, and returns these containers.
func (r *renderer) leaveOut(n ast.Node) (left []*container) {
	if r.p.opts.For == "" && !r.p.opts.Learners {
		return nil
	}
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		x, ok := c.(*container)
		switch {
		case ok && x.known && r.p.opts.leavesOut(x.name):
			left = append(left, x)
			n.RemoveChild(n, c)
		case c.Type() != ast.TypeInline:
			inner := r.leaveOut(c)
			if left = append(left, inner...); len(inner) > 0 && c.FirstChild() == nil && c.Kind() == ast.KindBlockquote {
				n.RemoveChild(n, c)
			}
		}
		c = next
	}
	return left
}

// nobody is no role: what is for any is left out for it.
const nobody = "-"

// forSome reports whether a block in n is for some readers only.
func (r *renderer) forSome(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		x, ok := c.(*container)
		if ok && x.known && (x.name == "facilitator" || r.p.opts.audience(x.name)) || c.Type() != ast.TypeInline && r.forSome(c) {
			return true
		}
	}
	return false
}

// commonID returns the id of a check without one that holds blocks for some readers: that which it has without them. Learners' answers are kept under it, so it is one in
// all editions, and it is made of words, so it says none of theirs.
func (p *page) commonID(n *container, id string) string {
	if p.opts.For == nobody {
		return id
	}
	if p.commonIDs == nil {
		o := *p.opts
		o.For, o.Learners, o.Facts, o.Key = nobody, true, true, [32]byte{}
		p.commonIDs = map[diag.Range]string{}
		if common, err := Parse(p.file, o); err == nil {
			for _, c := range common.Checks {
				p.commonIDs[c.Range] = c.ID
			}
		}
	}
	return cmp.Or(p.commonIDs[p.at.span(n.open[0], n.end)], id)
}

// without returns a text with blank lines in place of containers. It does not write into the text.
func without(text []byte, left []*container) []byte {
	if len(left) > 0 {
		text = bytes.Clone(text)
	}
	for _, c := range left {
		for i := c.open[0]; i < c.end; i++ {
			if text[i] != '\n' {
				text[i] = ' '
			}
		}
	}
	return text
}

// inMeta parts the places in the front matter from those in the text while a check is read in the text's places. No page is as long.
const inMeta = 1 << 30

// translate turns the places of a check, which count in the text, into places of the file.
func (p *page) translate(c *quiz.Check, ds diag.List) {
	place := func(r diag.Range) diag.Range {
		if r.Start >= inMeta {
			return r.Shift(-inMeta)
		}
		return p.at.span(r.Start, r.End)
	}
	for i := range ds {
		ds[i].Span.Range = place(ds[i].Span.Range)
		for j := range ds[i].Related {
			s := &ds[i].Related[j].Span
			s.Range = place(s.Range)
		}
	}
	if c != nil {
		eachRange(reflect.ValueOf(c).Elem(), place)
	}
}

// strayQuestions reports ids under `questions` in the front matter that no check of the page has. Where blocks are left out, checks may be among them.
func (p *page) strayQuestions() {
	questions := p.doc.Meta.Questions
	if len(questions) == 0 || p.opts.For != "" || p.opts.Learners {
		return
	}
	var ids []string
	for _, c := range p.doc.Checks {
		if !c.Auto {
			ids = append(ids, c.ID)
		}
	}
	data, _ := p.file.Bytes()
	for _, id := range slices.Sorted(maps.Keys(questions)) {
		q := questions[id]
		if slices.Contains(ids, id) || p.opts.Lenient && q.attributes() == nil {
			continue
		}
		at := q.At // what is said of it; its name stands before
		if i := bytes.LastIndex(data[:min(at.Start, len(data))], []byte(id)); i >= 0 && id != "" && len(bytes.Trim(data[i+len(id):at.Start], " \t\r\n:{\"'")) == 0 {
			at = diag.Range{Start: i, End: i + len(id)}
		}
		hint := diag.DidYouMeanOr(id, ids, "write it on the opening line of the check: {#"+id+"}")
		p.doc.Diags.Add("page/unknown-question", p.file.Span(at), hint, "no check of this page has the id %s", diag.Quote(id))
	}
}
