package markdown

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

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

	links     linkLine // the line that was looked at last for broken links
	lost      int      // labels of links that nothing defines
	starred   ast.Node // the last block with stars that nothing closes
	inLink    int      // inside a link: no other links
	inHeading int      // inside a heading: no terms
	inCheck   int      // inside a check: no headings in the list, no terms, no search text
	private   int      // inside text that not every reader gets: no headings in the list
	silent    int      // no search text

	facilitators bool         // inside text for facilitators only
	notes        map[int]bool // footnotes that are referred to, and whether other text does

	shift   int    // what is added to the levels of headings: one from the second h1 on
	level   int    // of the heading before
	caption string // of the figure being drawn
	ids     map[*ast.Heading]string
	terms   *termFinder
	removed map[string]bool // what was already said of raw HTML

	foreign   map[int]*foreigner // notations of other tools that may be on the page, by their index
	langHints map[string]string  // suggestions for unknown languages

	text    []byte // search text of the current section
	prompts []byte
	section int // index of the current section's heading
}

// A scratch holds what a renderer writes into; the finished parts are copied out of it.
type scratch struct {
	buf, text []byte
	holes     []Hole
}

var scratches = sync.Pool{New: func() any { return &scratch{} }}

// document renders the whole page into the Doc and its Content.
func (r *renderer) document(root ast.Node) {
	r.section = -1
	scratch := scratches.Get().(*scratch)
	r.buf, r.text, r.holes = scratch.buf[:0], scratch.text[:0], scratch.holes[:0]
	defer func() {
		scratch.buf, scratch.text, scratch.holes = r.buf, r.text, r.holes
		if cap(r.buf) < maxPage {
			scratches.Put(scratch)
		}
	}()
	r.terms = r.p.newTermFinder()
	r.ids = map[*ast.Heading]string{}
	r.sceneIDs(root)
	r.headingIDs(root)
	r.seekForeign()
	r.p.content.Body = r.body(func() {
		r.title(root)
		r.blocks(root)
	})
	r.reportForeign()
	r.endSection()
	for _, s := range r.p.prose.Sections {
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
		s := Section{Text: text, Prompts: prompts}
		if r.section >= 0 {
			h := &r.p.doc.Headings[r.section]
			s.ID, s.Title = h.ID, h.Text
		}
		r.p.prose.Sections = append(r.p.prose.Sections, s)
	}
	r.text, r.prompts = r.text[:0], r.prompts[:0]
}

// joinSpace returns s with each run of white space made one blank, and none at its ends. It writes into s.
func joinSpace(s []byte) string {
	n := 0
	for i := 0; i < len(s); {
		c, width := s[i], 0
		if c <= ' ' || c >= utf8.RuneSelf {
			width = space(s[i:])
		}
		switch {
		case width == 0:
			s[n] = c
			n++
			i++
			continue
		case n > 0 && s[n-1] != ' ':
			s[n] = ' '
			n++
		}
		i += width
	}
	return strings.TrimSuffix(string(s[:n]), " ")
}

// space returns the length of the white space character that s starts with, 0 for none.
func space(s []byte) int {
	if s[0] == ' ' {
		return 1
	}
	r, width := utf8.DecodeRune(s)
	if unicode.IsSpace(r) {
		return width
	}
	return 0
}

// title takes the page's h1 out of the body when it is the title: the first thing on the page; or, where no title is given, the first words of it, or the only h1 with no heading
// before it.
func (r *renderer) title(root ast.Node) {
	d := r.p.doc
	d.Title = d.Meta.Title
	var h *ast.Heading
	first, words := true, false // what stands before it
	for n := root.FirstChild(); n != nil && h == nil; n = n.NextSibling() {
		switch x := n.(type) {
		case *ast.Heading:
			if x.Level > 1 {
				return
			}
			h = x
		default:
			first = first && n.Kind() == ast.KindLinkReferenceDefinition
			words = words || r.hasWords(n)
		}
	}
	if h == nil {
		return
	}
	text := r.plain(h)
	switch {
	case text == "", d.Meta.Title.Value != "" && !(first && strings.EqualFold(text, d.Meta.Title.Value)):
		return
	case words:
		for n := h.NextSibling(); n != nil; n = n.NextSibling() {
			if x, ok := n.(*ast.Heading); ok && x.Level == 1 {
				return
			}
		}
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
}

// hasWords reports whether there is text in a block that is neither HTML nor that of images, as badges are.
func (r *renderer) hasWords(n ast.Node) bool {
	if t, ok := n.(*ast.Text); ok {
		return len(bytes.TrimSpace(t.Segment.Value(r.p.src))) > 0
	}
	if k := n.Kind(); k == ast.KindCodeBlock || k == ast.KindFencedCodeBlock {
		return true
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() != ast.KindImage && r.hasWords(c) {
			return true
		}
	}
	return false
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
		c = r.blockOrPair(c)
	}
	r.leave(outer)
}

// blockOrPair renders n and returns it; `say` with `rather-not` behind it is rendered as a pair, and the second returned.
func (r *renderer) blockOrPair(n ast.Node) ast.Node {
	second := n.NextSibling()
	if !isContainer(n, "say") || !isContainer(second, "rather-not") {
		r.block(n)
		return n
	}
	r.raw(`<div class="saypair">` + "\n")
	r.block(n)
	r.block(second)
	r.raw("</div>\n")
	return second
}

func isContainer(n ast.Node, name string) bool {
	c, ok := n.(*container)
	return ok && c.known && c.name == name
}

func (r *renderer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		r.lostBlock(n)
		r.raw("<p>")
		r.inlines(n)
		r.raw("</p>\n")
		r.say([]byte{'\n'})
	case *ast.TextBlock:
		r.lostBlock(n)
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

func (r *renderer) open(tag string, level int) {
	r.raw("<" + tag)
	r.buf = append(r.buf, '0'+byte(level))
}

func (r *renderer) close(tag string, level int) {
	r.raw("</" + tag)
	r.buf = append(r.buf, '0'+byte(level), '>', '\n')
}
