package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
	"waymark/internal/diag"
)

// alerts are GitHub's five kinds: `> [!NOTE]`.
var alerts = []string{"note", "tip", "important", "warning", "caution"}

// otherAlerts are kinds of callouts in other tools that are none of the five, however near their letters are.
var otherAlerts = strings.Fields("abstract summary tldr todo success check done question help faq failure fail missing bug example quote cite")

// quote renders a block quote, or the callout that it stands for.
func (r *renderer) quote(n *ast.Blockquote) {
	if name := r.alert(n); name != "" {
		r.callout(Block{Name: name, Range: r.extent(n)}, func() { r.blocks(n) })
		return
	}
	r.wrap("<blockquote>\n", n, "</blockquote>\n")
}

// alert returns the kind of a quote whose first line is a GitHub alert's, and takes that line away.
func (r *renderer) alert(n *ast.Blockquote) string {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok {
		return ""
	}
	seg := p.Lines().At(0)
	line := util.TrimRightSpace(seg.Value(r.p.src))
	end := bytes.IndexByte(line, ']')
	if !bytes.HasPrefix(line, []byte("[!")) || end < 3 {
		return ""
	}
	name := strings.ToLower(string(line[2:end]))
	if end+1 < len(line) || !slices.Contains(alerts, name) {
		if t, ok := p.FirstChild().(*ast.Text); ok && t.Segment.Start == seg.Start && r.inCheck == 0 { // no link, and quotes in checks have other meanings
			r.almostAlert(name, line[:end+1], line[end+1:], seg.Start)
		}
		return ""
	}
	if p.Lines().Len() == 1 {
		n.RemoveChild(n, p)
		return name
	}
	for c := p.FirstChild(); c != nil; {
		next := c.NextSibling()
		if c.Pos() >= seg.Stop {
			break
		}
		p.RemoveChild(p, c)
		c = next
	}
	return name
}

// almostAlert reports the first line of a quote, which stands at the offset at, when it looks like that of an alert: a marker, and what follows it. name is the word in the marker.
func (r *renderer) almostAlert(name string, marker, rest []byte, at int) {
	if strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsLetter(c) && c != '-' }) || len(rest) > 0 && bytes.IndexByte([]byte("([:"), rest[0]) >= 0 {
		return
	}
	known, _ := r.p.opts.word(name)
	near := ""
	if !slices.Contains(otherAlerts, name) {
		near = diag.Nearest(name, alerts)
	}
	for _, kind := range []string{known, borrowed[name], near} {
		if slices.Contains(alerts, kind) {
			name = kind
			break
		}
	}
	hint := "use one of [!NOTE], [!TIP], [!IMPORTANT], [!WARNING], [!CAUTION]; put a backslash before the bracket if it is text"
	if slices.Contains(alerts, name) {
		hint = "write [!" + strings.ToUpper(name) + "]"
		if len(rest) > 0 {
			hint += " on a line of its own, and the text below it; a box with a title is written `::: " + name + " Title`"
		}
	}
	what := "is not a kind of callout"
	if len(rest) > 0 && slices.Contains(alerts, strings.ToLower(string(marker[2:len(marker)-1]))) {
		what = "makes a callout only where it stands alone on its line"
	}
	r.p.report("page/alert", at, at+len(marker), hint, "%s %s, so it is shown as it was written", diag.Quote(string(marker)), what)
}

func (r *renderer) extent(n ast.Node) diag.Range {
	start := max(n.Pos(), 0)
	end := start
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if c.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if l := c.Lines(); entering && l.Len() > 0 {
			end = max(end, l.At(l.Len()-1).Stop)
		}
		return ast.WalkContinue, nil
	})
	return r.p.at.span(start, end)
}

// callout renders a block's content with f and leaves a hole for the whole.
func (r *renderer) callout(b Block, f func()) {
	b.Body = r.body(f)
	r.addBlock(b)
}

func (r *renderer) addBlock(b Block) {
	r.hole(HoleBlock, len(r.p.content.Blocks))
	r.raw("\n")
	r.p.content.Blocks = append(r.p.content.Blocks, b)
}

// container renders a container as a block, or its text alone when its word is not known.
func (r *renderer) container(n *container) {
	if n.known && r.p.opts.leavesOut(n.name) {
		return
	}
	if n.check() {
		r.check(n)
		return
	}
	if !n.known || n.name == "include" {
		r.raw("<div")
		if id, ok := find(n.attrs, "id"); ok {
			r.p.doc.Anchors = append(r.p.doc.Anchors, id)
			r.id(id)
		}
		r.raw(">\n")
		r.titleLine(n)
		r.blocks(n)
		r.raw("</div>\n")
		return
	}
	b := Block{Name: n.name, Range: r.p.at.span(n.open[0], n.end)}
	b.ID, _ = find(n.attrs, "id")
	if b.ID != "" {
		r.p.doc.Anchors = append(r.p.doc.Anchors, b.ID)
	}
	private := n.name == "facilitator" || r.p.opts.audience(n.name)
	if private {
		r.private++
	}
	outer := r.facilitators
	if n.name == "facilitator" {
		r.silent++
		r.facilitators = true
	}
	b.Title = r.containerTitle(n)
	for _, a := range n.attrs {
		if a.name == "id" || a.name == "title" {
			continue
		}
		if b.Attrs == nil {
			b.Attrs = map[string]string{}
		}
		if old, twice := b.Attrs[a.name]; twice && a.name == "class" {
			a.value = old + " " + a.value
		}
		b.Attrs[a.name] = a.value
	}
	b.Body = r.body(func() {
		switch n.name {
		case "figure":
			r.figure(n)
		case "tabs":
			r.tabs(n)
		default:
			r.blocks(n)
		}
	})
	if private {
		r.private--
	}
	if n.name == "facilitator" {
		r.silent--
		r.facilitators = outer
	}
	r.addBlock(b)
}

// containerTitle returns the title: what stands on the opening line behind the word, else the attribute title.
func (r *renderer) containerTitle(n *container) Body {
	if n.Lines().Len() > 0 {
		return r.body(func() { r.titleLine(n) })
	}
	if t, ok := find(n.attrs, "title"); ok {
		r.say([]byte(t + "\n"))
		return r.body(func() { r.buf = appendText(r.buf, t) })
	}
	return Body{}
}

// titleLine renders the inline children of a container, which are its title.
func (r *renderer) titleLine(n *container) {
	outer := r.enter()
	r.inHeading++
	any := false
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			r.inline(c)
			any = true
		}
	}
	r.inHeading--
	r.leave(outer)
	if any {
		r.say([]byte{'\n'})
	}
}

// figure renders a figure's content: what is shown, and the paragraph behind it as the caption.
func (r *renderer) figure(n *container) {
	var caption *ast.Paragraph
	for c := n.LastChild(); c != nil; c = c.PreviousSibling() {
		if c.Type() == ast.TypeInline {
			continue
		}
		if p, ok := c.(*ast.Paragraph); ok && c != n.FirstChild() {
			caption = p
		}
		break
	}
	outer := r.caption
	if caption != nil {
		r.caption = r.plain(caption)
	}
	tags := r.enter()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p, isParagraph := c.(*ast.Paragraph)
		switch {
		case c.Type() == ast.TypeInline:
		case isParagraph && p == caption:
			r.raw("<figcaption>")
			r.inlines(p)
			r.raw("</figcaption>\n")
			r.say([]byte{'\n'})
		case isParagraph && onlyImages(p):
			r.inlines(p)
			r.raw("\n")
			r.say([]byte{'\n'})
		default:
			r.block(c)
		}
	}
	r.leave(tags)
	r.caption = outer
}

func onlyImages(p *ast.Paragraph) bool {
	for c := p.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() != ast.KindImage {
			return false
		}
	}
	return true
}

// tabs renders each part of a container that begins with a heading as a section. Without script they stand below each other.
func (r *renderer) tabs(n *container) {
	open := false
	outer := r.enter()
	r.private++ // a tab's heading is no part of the page's outline
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			continue
		}
		if c.Kind() == ast.KindHeading {
			if open {
				r.closeTags(r.base)
				r.raw("</section>\n")
			}
			r.raw(`<section class="tab">` + "\n")
			open = true
		}
		c = r.blockOrPair(c)
	}
	r.private--
	r.leave(outer)
	if open {
		r.raw("</section>\n")
	} else {
		r.p.report("container/tabs", n.open[0], n.open[1], "begin each tab with a heading that names it, as in ### In a room", "these tabs have no headings, so there are none to choose from")
	}
}
