package quiz

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"waymark/internal/diag"
)

// A gap `[[…]]` is found among the children of one inline parent. Goldmark reads brackets as the start of links, and where a page defines a
// link of the same name `[[mentee]]` holds a real link; so gaps are looked for in the finished tree rather than by an inline parser,
// which would also have to run on pages that are not checks.

// lastGap returns the offset in the file of the last gap opened in a block, or -1.
func (p *parser) lastGap(n ast.Node) int {
	at := -1
	p.eachGap(n, func(t *ast.Text, i int) ast.Node {
		at = max(at, t.Segment.Start+i+p.in.Offset)
		return nil
	})
	return at
}

// eachGap calls f for each `[[` below n, in order. When f changes the tree it returns the node after which to go on, else nil.
func (p *parser) eachGap(n ast.Node, f func(t *ast.Text, i int) ast.Node) {
	if n.FirstChild() != nil && n.FirstChild().Type() == ast.TypeInline {
		p.plainBrackets(n)
	}
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		switch t := c.(type) {
		case *ast.CodeSpan:
		case *ast.Text:
			if t.IsRaw() {
				break
			}
			s := p.rawBytes(t)
			for i := findBrackets(s, "[[", "[[", 0); i >= 0; i = findBrackets(s, "[[", "[[", i+2) {
				if last := f(t, i); last != nil {
					next = last.NextSibling()
					break
				}
			}
		default:
			p.eachGap(c, f)
		}
		c = next
	}
}

// findBrackets returns the index of the first of a and b in s from i on that is not escaped, or -1. It looks for both at once, so that a page
// full of brackets is read in one go.
func findBrackets(s []byte, a, b string, i int) int {
	for ; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if c := s[i]; c != '[' && c != ']' {
			continue
		}
		if bytes.HasPrefix(s[i:], []byte(a)) || bytes.HasPrefix(s[i:], []byte(b)) {
			return i
		}
	}
	return -1
}

// plainBrackets turns `[` + a link by its name + `]` back into text: the page happens to define a link of that name.
func (p *parser) plainBrackets(parent ast.Node) {
	changed := false
	for _, c := range children(parent) {
		l, ok := c.(*ast.Link)
		if !ok || l.Reference == nil || l.Reference.Type != ast.ReferenceLinkShortcut {
			continue
		}
		before, ok1 := l.PreviousSibling().(*ast.Text)
		after, ok2 := l.NextSibling().(*ast.Text)
		if !ok1 || !ok2 || !bytes.HasSuffix(p.rawBytes(before), []byte("[")) || !bytes.HasPrefix(p.rawBytes(after), []byte("]")) {
			continue
		}
		if before.Segment.Stop < after.Segment.Start {
			parent.ReplaceChild(parent, l, ast.NewTextSegment(text.NewSegment(before.Segment.Stop, after.Segment.Start)))
			changed = true
		}
	}
	if changed {
		joinTexts(parent)
	}
}

// cloze replaces the gaps in the blocks by GapNodes and reads what they accept.
func (p *parser) cloze(blocks []ast.Node) {
	for _, b := range blocks {
		if b.Kind() == ast.KindList {
			if f := p.listFamily(b); f != noMark {
				continue
			}
		}
		p.eachGap(b, p.takeGap)
	}
}

// takeGap takes the gap that opens at byte i of t out of the tree and returns its node. It returns nil, and leaves the tree alone, when the
// gap is not closed before the next one opens.
func (p *parser) takeGap(t *ast.Text, i int) ast.Node {
	start := t.Segment.Start + i
	end, from := t, i+2
	var inside []ast.Node
	last := -1
	for last < 0 && end != nil {
		s := p.rawBytes(end)
		if next := findBrackets(s, "[[", "]]", from); next >= 0 {
			if s[next] == ']' {
				last = next
			}
			break
		}
		if end != t {
			inside = append(inside, end)
		}
		next := end.NextSibling()
		end, from = nil, 0
		for ; next != nil; next = next.NextSibling() {
			if u, ok := next.(*ast.Text); ok && !u.IsRaw() {
				end = u
				break
			}
			inside = append(inside, next)
		}
	}
	if last < 0 {
		if p.unclosed++; p.unclosed <= 10 {
			at := diag.Range{Start: start, End: start + 2}.Shift(p.in.Offset)
			p.report("question/gap", at, "close it with ]] in the same paragraph", "a gap is opened and not closed")
		}
		return nil
	}
	g, content := p.gapContent(t, i, inside, end, last)
	g.Range = diag.Range{Start: start, End: end.Segment.Start + last + 2}.Shift(p.in.Offset)
	p.readGap(&g, content)

	parent := t.Parent()
	for n := parent; n.Type() == ast.TypeInline; n = n.Parent() {
		if n.Kind() == ast.KindLink || n.Kind() == ast.KindImage {
			p.report("question/gap", g.Range, "write the gap beside it", "a gap stands inside the text of a link or an image, where nothing can be filled in")
			break
		}
	}
	node := &GapNode{N: len(p.c.Gaps)}
	node.SetPos(start)
	rest := ast.NewTextSegment(text.NewSegment(end.Segment.Start+last+2, end.Segment.Stop))
	rest.SetSoftLineBreak(end.SoftLineBreak())
	rest.SetHardLineBreak(end.HardLineBreak())
	parent.InsertAfter(parent, end, rest)
	parent.InsertBefore(parent, rest, node)
	detach(inside...)
	if end != t {
		detach(end)
	}
	t.Segment.Stop = start
	t.SetSoftLineBreak(false)
	t.SetHardLineBreak(false)
	if t.Segment.Start >= t.Segment.Stop {
		detach(t)
	}
	if rest.Segment.Start >= rest.Segment.Stop && !rest.SoftLineBreak() && !rest.HardLineBreak() {
		detach(rest)
	}
	p.c.Gaps = append(p.c.Gaps, g)
	return node
}

// gapContent returns the gap's text without markup.
func (p *parser) gapContent(t *ast.Text, i int, inside []ast.Node, end *ast.Text, last int) (Gap, string) {
	var g Gap
	if t == end {
		return g, unescape(p.rawBytes(t)[i+2 : last])
	}
	p.asTyped = true
	defer func() { p.asTyped = false }()
	var b strings.Builder
	b.WriteString(unescape(p.rawBytes(t)[i+2:]))
	if t.SoftLineBreak() || t.HardLineBreak() {
		b.WriteByte(' ')
	}
	for _, n := range inside {
		if n.Kind() != ast.KindText && n.Kind() != ast.KindString {
			g.Markup = true
		}
		p.writePlain(&b, n)
	}
	b.WriteString(unescape(p.rawBytes(end)[:last]))
	return g, b.String()
}

// readGap reads the words of a gap: choices when one of them stands in parentheses, else what is accepted.
func (p *parser) readGap(g *Gap, content string) {
	var words []string
	right := []int{}
	empty := false
	for _, w := range strings.Split(content, "|") {
		w = strings.Join(strings.Fields(w), " ")
		if inner, ok := inParentheses(w); ok {
			right = append(right, len(words))
			w = inner
		}
		empty = empty || w == ""
		words = append(words, w)
	}
	switch {
	case strings.TrimSpace(content) == "":
		p.report("question/gap", g.Range, "write the missing words between [[ and ]]", "the gap is empty")
	case empty:
		p.report("question/gap", g.Range, "take the extra bar away", "one of the words of the gap is empty")
	case repeated(words) != "":
		p.report("question/gap", g.Range, "take one of the two away", "%s stands twice in the gap", diag.Quote(repeated(words)))
	case len(right) == 1 && len(words) == 1:
		p.report("question/gap", g.Range, "add others to choose from, or take the parentheses away to have it typed", "the gap has only one choice, %s", diag.Quote(words[0]))
	case len(right) > 1:
		p.report("question/gap", g.Range, "put parentheses around one choice only", "%d choices of the gap are marked right", len(right))
	}
	if len(right) > 0 {
		g.Choices, g.Right = words, right[0]
		return
	}
	g.Accepts = words
}

// inParentheses returns what stands in the parentheses around s.
func inParentheses(s string) (string, bool) {
	if len(s) < 2 || s[0] != '(' || s[len(s)-1] != ')' {
		return s, false
	}
	depth := 0
	for i, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 && i < len(s)-1 {
				return s, false
			}
		}
	}
	return strings.TrimSpace(s[1 : len(s)-1]), depth == 0
}

func repeated(words []string) string {
	seen := map[string]bool{}
	for _, w := range words {
		if w != "" && seen[w] {
			return w
		}
		seen[w] = true
	}
	return ""
}
