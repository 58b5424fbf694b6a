package quiz

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
	"waymark/internal/diag"
)

// children returns the children of n in order. They may be moved while the list is walked.
func children(n ast.Node) []ast.Node {
	if n == nil {
		return nil
	}
	var list []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		list = append(list, c)
	}
	return list
}

// detach takes nodes out of their tree.
func detach(nodes ...ast.Node) []ast.Node {
	for _, n := range nodes {
		if p := n.Parent(); p != nil {
			p.RemoveChild(p, n)
		}
	}
	return nodes
}

// isParagraph reports whether n is a run of inline nodes: a paragraph, or its like in a tight list.
func isParagraph(n ast.Node) bool {
	return n != nil && (n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock)
}

// joinTexts makes one text node of neighbours that goldmark cut apart at brackets and delimiters, so that a mark or `[[` stands in one
// node. It does the same below n.
func joinTexts(n ast.Node) {
	if n == nil {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindCodeSpan {
			continue
		}
		t, ok := c.(*ast.Text)
		if !ok {
			joinTexts(c)
			continue
		}
		for {
			u, ok := t.NextSibling().(*ast.Text)
			if !ok || t.Segment.Stop != u.Segment.Start || u.Segment.Padding != 0 ||
				t.IsRaw() != u.IsRaw() || t.SoftLineBreak() || t.HardLineBreak() {
				break
			}
			t.Segment.Stop = u.Segment.Stop
			t.SetSoftLineBreak(u.SoftLineBreak())
			t.SetHardLineBreak(u.HardLineBreak())
			n.RemoveChild(n, u)
		}
	}
}

// raw returns the source of a text node without padding.
func (p *parser) raw(t *ast.Text) string { return string(p.rawBytes(t)) }

// rawBytes is raw without a copy.
func (p *parser) rawBytes(t *ast.Text) []byte {
	start, stop := p.clamp(t.Segment.Start), p.clamp(t.Segment.Stop)
	return p.in.Source[min(start, stop):stop]
}

func (p *parser) clamp(off int) int { return min(max(off, 0), len(p.in.Source)) }

// cut drops the first n bytes of a text node, and the node itself when nothing is left of it.
func cut(t *ast.Text, n int) {
	t.Segment.Start += n
	t.Segment.Padding = 0
	if t.Segment.Start >= t.Segment.Stop && !t.SoftLineBreak() && !t.HardLineBreak() || t.Segment.Start >= t.Segment.Stop && t.PreviousSibling() == nil {
		detach(t)
	}
}

// plain returns the text of nodes without markup, white space joined.
func (p *parser) plain(nodes ...ast.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		p.writePlain(&b, n)
		if n.Type() != ast.TypeInline {
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// written returns the text of nodes as plain does, but with the quotes and dashes that were typed instead of those that a typographer makes.
func (p *parser) written(nodes []ast.Node) string {
	p.asTyped = true
	defer func() { p.asTyped = false }()
	return p.plain(nodes...)
}

func (p *parser) writePlain(b *strings.Builder, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		v := n.Segment.Value(p.in.Source)
		if n.IsRaw() {
			b.Write(v)
		} else {
			b.WriteString(unescape(v))
		}
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.WriteByte(' ')
		}
		return
	case *ast.String:
		if typed := p.replaced(n); p.asTyped && typed != nil {
			b.Write(typed)
		} else if n.IsRaw() { // not IsCode: the typographer marks its own entities so
			b.Write(n.Value)
		} else {
			b.WriteString(html.UnescapeString(string(n.Value)))
		}
		return
	case *ast.CodeSpan:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				b.Write(t.Segment.Value(p.in.Source))
			}
		}
		return
	case *ast.AutoLink:
		b.Write(n.Label(p.in.Source))
		return
	case *GapNode:
		b.WriteString("___")
		return
	case *ast.RawHTML, *ast.HTMLBlock:
		return
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		lines := n.Lines()
		for i := range lines.Len() {
			s := lines.At(i)
			b.Write(s.Value(p.in.Source))
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.writePlain(b, c)
		if c.Type() != ast.TypeInline {
			b.WriteByte(' ')
		}
	}
}

// unescape resolves backslashes and character references, left to right as CommonMark does, so that `\&amp;` stays `&amp;`.
func unescape(s []byte) string {
	if bytes.IndexByte(s, '\\') < 0 && bytes.IndexByte(s, '&') < 0 {
		return string(s)
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			if text, n := reference(s[i:]); n > 0 {
				b.WriteString(text)
				i += n - 1
				continue
			}
			b.WriteByte('&')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// reference reads a character reference at the start of s: its text and its length, or 0.
func reference(s []byte) (string, int) {
	end := bytes.IndexByte(s[:min(len(s), 34)], ';')
	if end < 2 {
		return "", 0
	}
	name := string(s[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return string(e.Characters), end + 1
		}
		return "", 0
	}
	base, digits := 10, name[1:]
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		base, digits = 16, digits[1:]
	}
	if digits == "" || len(digits) > 7 {
		return "", 0
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return "", 0
	}
	r := rune(utf8.RuneError)
	if v != 0 && v <= utf8.MaxRune && utf8.ValidRune(rune(v)) {
		r = rune(v)
	}
	return string(r), end + 1
}

// A fenced node knows where its closing line ends in the source: goldmark has no node for it.
type fenced interface{ Closed() int }

// extent returns the part of the source that nodes cover, as a range in the file. Nodes without a place count for nothing; with none that has
// a place the range is that of the opening line.
func (p *parser) extent(nodes ...ast.Node) diag.Range {
	lo, hi := -1, -1
	var walk func(n ast.Node)
	note := func(start, stop int) {
		if start < 0 || stop < start {
			return
		}
		if lo < 0 || start < lo {
			lo = start
		}
		hi = max(hi, stop)
	}
	walk = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Text:
			note(n.Segment.Start, n.Segment.Stop)
		case *ast.String:
			at := typedAt(n)
			note(at, at+len(p.replaced(n)))
		default:
			note(n.Pos(), n.Pos())
			if n.Type() == ast.TypeBlock {
				lines := n.Lines()
				for i := range lines.Len() {
					note(lines.At(i).Start, lines.At(i).Stop)
				}
			}
			switch n := n.(type) {
			case fenced:
				note(n.Closed(), n.Closed())
			case *ast.FencedCodeBlock:
				at := p.closing(n)
				note(at, at)
			case *ast.HTMLBlock:
				if n.HasClosure() {
					note(n.ClosureLine.Start, n.ClosureLine.Stop)
				}
			}
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			walk(c)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	if lo < 0 {
		return p.in.Open
	}
	lo, hi = p.clamp(lo), p.clamp(hi)
	for hi > lo && (p.in.Source[hi-1] == '\n' || p.in.Source[hi-1] == '\r' || p.in.Source[hi-1] == ' ') {
		hi--
	}
	return diag.Range{Start: lo, End: hi}.Shift(p.in.Offset)
}

// closing returns where the closing line of a code block ends, or -1 when it has none.
func (p *parser) closing(n *ast.FencedCodeBlock) int {
	src := p.in.Source
	at := n.Pos() // the opening fence
	if at < 0 || at >= len(src) {
		return -1
	}
	mark, end := src[at:at+1], at
	if lines := n.Lines(); lines.Len() > 0 {
		end = lines.At(lines.Len()-1).Stop - 1
	}
	next := bytes.IndexByte(src[p.clamp(end):], '\n')
	if next < 0 {
		return -1
	}
	start := p.clamp(end) + next + 1
	line, _, _ := bytes.Cut(src[start:], []byte{'\n'})
	if inside := bytes.TrimLeft(line, " \t>"); len(inside) < 3 || len(bytes.Trim(inside, string(mark)+" \t\r")) > 0 {
		return -1
	}
	return start + len(line)
}

// typedAt returns where the typographer found what it made n of, or -1. The parser notes it for each inline node; String.Pos alone does not tell.
func typedAt(n *ast.String) int { return n.BaseInline.Pos() }

// replaced returns what the typographer made a quote, dash or ellipsis of, as it is written; nothing for other nodes.
func (p *parser) replaced(n *ast.String) []byte {
	at := typedAt(n)
	if at < 0 || at >= len(p.in.Source) {
		return nil
	}
	length, most := 1, 1
	switch p.in.Source[at] {
	case '.', '-':
		most = 3
	case '<', '>':
		most = 2
	}
	for length < most && at+length < len(p.in.Source) && p.in.Source[at+length] == p.in.Source[at] {
		length++
	}
	return p.in.Source[at : at+length]
}

// blocks makes a Rich of block nodes, taking them out of the tree. It ends with the last line of them: the last sign of a table has no node.
func (p *parser) blocks(nodes []ast.Node) Rich {
	if len(nodes) == 0 {
		return Rich{}
	}
	r := Rich{Plain: p.plain(nodes...), Range: p.extent(nodes...), Nodes: detach(nodes...)}
	end := p.clamp(r.Range.End - p.in.Offset)
	if rest := p.in.Source[end:]; r.Range != p.in.Open && len(rest) > 0 && rest[0] != '\n' {
		line, _, _ := bytes.Cut(rest, []byte{'\n'})
		r.Range.End += len(bytes.TrimRight(line, " \t\r"))
	}
	return r
}

// phrase makes a Rich of the content of a list item, cell or heading: inline nodes where it is a single paragraph, else blocks.
func (p *parser) phrase(nodes []ast.Node) Rich {
	if len(nodes) == 1 && isParagraph(nodes[0]) {
		return p.inline(nodes[0])
	}
	return p.blocks(nodes)
}

// inline makes a Rich of the inline nodes of a block, taking them out of the tree; an empty one where they show nothing. Its range ends with the block: emphasis has no node for its
// last sign.
func (p *parser) inline(block ast.Node) Rich {
	nodes := children(block)
	if p.blank(nodes) {
		return Rich{}
	}
	r := Rich{Plain: p.plain(nodes...), Range: p.extent(nodes...), Nodes: detach(nodes...), Inline: true}
	r.Range.End = max(r.Range.End, p.extent(block).End)
	return r
}

// dropStart makes a paragraph begin at an offset of the source, since a mark or marker before it was taken out.
func dropStart(par ast.Node, at int) {
	if n, ok := par.(interface{ SetPos(int) }); ok {
		n.SetPos(at)
	}
	lines := par.Lines()
	for lines.Len() > 0 && lines.At(0).Stop <= at {
		lines.SetSliced(1, lines.Len())
	}
	if lines.Len() > 0 {
		if first := lines.At(0); first.Start < at {
			first.Start, first.Padding = at, 0
			lines.Set(0, first)
		}
	}
}

// hasMarkup reports whether r holds anything but text.
func (r Rich) hasMarkup() bool {
	for _, n := range r.Nodes {
		if n.Kind() != ast.KindText && n.Kind() != ast.KindString {
			return true
		}
	}
	return false
}

// blank reports whether inline nodes show nothing: there are only blanks, line breaks and comments.
func (p *parser) blank(nodes []ast.Node) bool {
	return !slices.ContainsFunc(nodes, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Text, *ast.String:
			return p.plain(n) != ""
		case *ast.RawHTML:
			tag := n.Segments.Value(p.in.Source)
			return !bytes.HasPrefix(tag, []byte("<!")) && !bytes.HasPrefix(bytes.ToLower(tag), []byte("<br"))
		case *ast.Emphasis, *ast.Link:
			return !p.blank(children(n))
		}
		return true
	})
}

// shown returns the text of r with what markup makes of it, so that two texts which look different differ.
func (p *parser) shown(r Rich) string {
	var b strings.Builder
	var walk func(n ast.Node)
	walk = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Text, *ast.String:
			p.writePlain(&b, n)
			return
		case *ast.RawHTML:
			b.Write(n.Segments.Value(p.in.Source))
			return
		case *ast.Image:
			b.Write(n.Destination)
		case *ast.Emphasis:
			b.WriteString(strconv.Itoa(n.Level))
		}
		fmt.Fprint(&b, "<", n.Kind(), ">")
		if n.FirstChild() == nil {
			p.writePlain(&b, n)
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			walk(c)
		}
		b.WriteString("</>")
	}
	for _, n := range r.Nodes {
		walk(n)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
