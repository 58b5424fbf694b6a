package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"waymark/internal/diag"
)

// A renderer turns the syntax tree of a page into HTML with holes, and gathers on its way what else is known of the page: headings, links,
// images, checks, text for the search index.
//
// Goldmark's own renderer is not used: it has no holes, no places, and costs an interface call and a buffer for each node.
type renderer struct {
	p     *page
	buf   []byte
	holes []Hole
	tags  []rawTag // open tags of raw HTML, see html.go
	base  int      // the first of them that belongs to the Markdown block being rendered

	inLink    int // inside a link: no other links
	inHeading int // inside a heading: no terms
	inCheck   int // inside a check: no headings in the list, no terms, no search text
	private   int // inside text that not every reader gets: no headings in the list
	silent    int // no search text

	facilitators bool         // inside text for facilitators only
	notes        map[int]bool // footnotes that other text refers to

	shift   int    // what is added to the levels of headings: one from the second h1 on
	level   int    // of the heading before
	caption string // of the figure being drawn
	ids     map[*ast.Heading]string
	terms   *termFinder
	removed map[string]bool // what was already said of raw HTML

	text    []byte // search text of the current section
	prompts []byte
	section int // index of the current section's heading
}

// document renders the whole page into the Doc and its Content.
func (r *renderer) document(root ast.Node) {
	r.section = -1
	r.terms = r.p.newTermFinder()
	r.ids = map[*ast.Heading]string{}
	r.headingIDs(root)
	r.p.content.Body = r.body(func() {
		r.title(root)
		r.blocks(root)
	})
	r.endSection()
	for _, s := range r.p.content.Sections {
		r.p.doc.Words += countWords(s.Text)
	}
	for _, h := range r.p.doc.Headings {
		r.p.doc.Words += countWords(h.Text)
	}
}

// body returns what f renders as a Body of its own.
func (r *renderer) body(f func()) Body {
	from, first, tags, base := len(r.buf), len(r.holes), r.tags, r.base
	r.tags, r.base = nil, 0
	f()
	r.closeTags(0)
	r.tags, r.base = tags, base
	var b Body
	if len(r.buf) > from {
		b.HTML = append(make([]byte, 0, len(r.buf)-from), r.buf[from:]...)
	}
	if len(r.holes) > first {
		b.Holes = append(make([]Hole, 0, len(r.holes)-first), r.holes[first:]...)
		for i := range b.Holes {
			b.Holes[i].At -= from
		}
	}
	r.buf, r.holes = r.buf[:from], r.holes[:first]
	return b
}

func (r *renderer) raw(s string) { r.buf = append(r.buf, s...) }
func (r *renderer) hole(k HoleKind, n int) {
	r.holes = append(r.holes, Hole{At: len(r.buf), Kind: k, N: n})
}

// attr writes an attribute with a plain value.
func (r *renderer) attr(name, value string) {
	r.raw(" ")
	r.raw(name)
	r.raw(`="`)
	r.buf = appendText(r.buf, value)
	r.raw(`"`)
}

// id writes an id attribute.
func (r *renderer) id(id string) {
	r.raw(` id="`)
	r.hole(HolePrefix, 0)
	r.buf = appendText(r.buf, id)
	r.raw(`"`)
}

// say adds to the search text.
func (r *renderer) say(text []byte) {
	if r.silent == 0 {
		r.text = append(r.text, text...)
	}
}

func (r *renderer) endSection() {
	text, prompts := joinSpace(r.text), joinSpace(r.prompts)
	if r.section >= 0 || text != "" || prompts != "" {
		r.p.content.Sections = append(r.p.content.Sections, Section{Heading: r.section, Text: text, Prompts: prompts})
	}
	r.text, r.prompts = r.text[:0], r.prompts[:0]
}

func joinSpace(s []byte) string { return strings.Join(strings.Fields(string(s)), " ") }

// title takes the page's first h1 out of the body when it is the title.
func (r *renderer) title(root ast.Node) {
	d := r.p.doc
	d.Title = d.Meta.Title
	first := true
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok || h.Level != 1 {
			first = first && n.Kind() == ast.KindLinkReferenceDefinition
			continue
		}
		text := r.plain(h)
		if text == "" || d.Meta.Title.Value != "" && !(first && strings.EqualFold(text, d.Meta.Title.Value)) {
			return
		}
		if d.Meta.Title.Value == "" {
			d.Title.Value, d.Title.At = text, r.lines(h)
		}
		// The heading goes, for the theme draws the title. Links to it still arrive.
		id := r.ids[h]
		d.Anchors = append(d.Anchors, id)
		r.raw("<span")
		r.id(id)
		r.raw("></span>\n")
		root.RemoveChild(root, h)
		return
	}
}

// lines returns the place of a block's text.
func (r *renderer) lines(n ast.Node) diag.Range {
	l := n.Lines()
	if l.Len() == 0 {
		return r.p.at.span(max(n.Pos(), 0), max(n.Pos(), 0))
	}
	return r.p.at.span(l.At(0).Start, l.At(l.Len()-1).Stop)
}

// blocks renders the block children of n.
func (r *renderer) blocks(n ast.Node) {
	outer := r.enter()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			continue // the title of a container
		}
		r.block(c)
	}
	r.leave(outer)
}

func (r *renderer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		r.raw("<p>")
		r.inlines(n)
		r.raw("</p>\n")
		r.say([]byte{'\n'})
	case *ast.TextBlock:
		r.inlines(n)
		if n.NextSibling() != nil && n.FirstChild() != nil {
			r.raw("\n")
		}
		r.say([]byte{'\n'})
	case *ast.Heading:
		r.heading(n)
	case *ast.List:
		r.list(n)
	case *ast.ListItem:
		r.item(n)
	case *ast.Blockquote:
		r.quote(n)
	case *ast.FencedCodeBlock:
		r.fenced(n)
	case *ast.CodeBlock:
		r.raw(`<pre tabindex="0"><code>`)
		r.codeLines(n)
		r.raw("</code></pre>\n")
	case *ast.HTMLBlock:
		r.htmlBlock(n)
	case *ast.ThematicBreak:
		r.raw("<hr>\n")
	case *container:
		r.container(n)
	case *extast.Table:
		r.table(n)
	case *extast.DefinitionList:
		r.wrap("<dl>\n", n, "</dl>\n")
	case *extast.DefinitionTerm:
		r.raw("<dt>")
		r.inlines(n)
		r.raw("</dt>\n")
		r.say([]byte{'\n'})
	case *extast.DefinitionDescription:
		open := "<dd>\n"
		if n.IsTight {
			open = "<dd>"
		}
		r.wrap(open, n, "</dd>\n")
	case *extast.FootnoteList:
		r.footnotes(n)
	case *ast.LinkReferenceDefinition, *fence:
	default:
		r.blocks(n)
	}
}

func (r *renderer) wrap(open string, n ast.Node, end string) {
	r.raw(open)
	r.blocks(n)
	r.raw(end)
}

func (r *renderer) list(n *ast.List) {
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	r.raw("<" + tag)
	if n.IsOrdered() && n.Start != 1 {
		r.raw(` start="`)
		r.number(n.Start)
		r.raw(`"`)
	}
	if hasTask(n) {
		r.raw(` class="tasks"`)
	}
	r.raw(">\n")
	r.blocks(n)
	r.raw("</" + tag + ">\n")
}

func hasTask(n *ast.List) bool {
	for i := n.FirstChild(); i != nil; i = i.NextSibling() {
		if b := i.FirstChild(); b != nil && b.FirstChild() != nil && b.FirstChild().Kind() == extast.KindTaskCheckBox {
			return true
		}
	}
	return false
}

func (r *renderer) item(n *ast.ListItem) {
	r.raw("<li>")
	if c := n.FirstChild(); c != nil && c.Kind() != ast.KindTextBlock {
		r.raw("\n")
	}
	r.blocks(n)
	r.raw("</li>\n")
}

// heading renders a heading and begins a section of the search text.
func (r *renderer) heading(n *ast.Heading) {
	if r.inCheck > 0 {
		level := min(max(n.Level, 2), 6)
		r.open("h", level)
		r.raw(">")
		r.inlines(n)
		r.close("h", level)
		return
	}
	if n.Level == 1 && r.shift == 0 {
		r.shift = 1 // a page has one h1, its title
	}
	level := min(n.Level+r.shift, 6)
	text := r.plain(n)
	if text == "" {
		r.open("h", level)
		r.raw(">")
		r.inlines(n)
		r.close("h", level)
		return
	}
	id := r.ids[n]
	if n.Parent() != nil && n.Parent().Kind() == ast.KindDocument {
		if level > 2 && level > r.level+1 {
			at := r.lines(n)
			r.p.doc.Diags.Add("page/heading-skip", r.p.file.Span(at), "use the next level; readers who hear the page find their way by levels", "the heading %s skips a level", diag.Quote(text))
		}
		r.level = level
	}
	if r.private == 0 {
		r.endSection()
		r.section = len(r.p.doc.Headings)
		r.p.doc.Headings = append(r.p.doc.Headings, Heading{Level: level, ID: id, Text: text, Range: r.lines(n)})
	} else {
		r.p.doc.Anchors = append(r.p.doc.Anchors, id)
	}
	r.open("h", level)
	r.id(id)
	for _, name := range []string{"class", "lang", "dir"} {
		if v, ok := n.AttributeString(name); ok {
			r.attr(name, string(v.([]byte)))
		}
	}
	r.raw(">")
	r.inHeading++
	if r.private == 0 {
		r.silent++ // its text is in Headings
	}
	r.inlines(n)
	if r.private == 0 {
		r.silent--
	} else {
		r.say([]byte{'\n'})
	}
	r.inHeading--
	r.raw(`<a class="anchor" href="#`)
	r.hole(HolePrefix, 0)
	r.fragment(id)
	r.raw(`"`)
	r.attr("aria-label", text)
	r.raw(`><span aria-hidden="true">#</span></a>`)
	r.close("h", level)
}

func (r *renderer) open(tag string, level int) {
	r.raw("<" + tag)
	r.buf = append(r.buf, '0'+byte(level))
}

func (r *renderer) close(tag string, level int) {
	r.raw("</" + tag)
	r.buf = append(r.buf, '0'+byte(level), '>', '\n')
}

// footnotes renders the list at the foot of the page.
func (r *renderer) footnotes(n *extast.FootnoteList) {
	r.raw(`<section class="footnotes" role="doc-endnotes">` + "\n<ol>\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		note, ok := c.(*extast.Footnote)
		if !ok {
			continue
		}
		id := footnoteID("fn", note.Index, 0)
		r.p.doc.Anchors = append(r.p.doc.Anchors, id)
		r.raw("<li")
		r.id(id)
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
