package quiz

import (
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
	p.eachGapStart(n, func(t *ast.Text, i int) bool {
		at = max(at, t.Segment.Start+i+p.in.Offset)
		return false
	})
	return at
}

// eachGapStart calls f for each `[[` below n, in order, until it returns true.
func (p *parser) eachGapStart(n ast.Node, f func(t *ast.Text, i int) bool) bool {
	if isParagraph(n) || n.Type() == ast.TypeInline || n.FirstChild() != nil && n.FirstChild().Type() == ast.TypeInline {
		p.plainBrackets(n)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.CodeSpan:
		case *ast.Text:
			if c.IsRaw() {
				continue
			}
			s := p.raw(c)
			for i := 0; ; {
				j := findBrackets(s, "[[", i)
				if j < 0 {
					break
				}
				if f(c, j) {
					return true
				}
				i = j + 2
			}
		default:
			if p.eachGapStart(c, f) {
				return true
			}
		}
	}
	return false
}

// findBrackets returns the index of the two brackets in s from i on, where they are not escaped, or -1.
func findBrackets(s, brackets string, i int) int {
	for ; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if strings.HasPrefix(s[i:], brackets) {
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
		if !ok1 || !ok2 || !strings.HasSuffix(p.raw(before), "[") || !strings.HasPrefix(p.raw(after), "]") {
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
		if f, _ := p.listFamily(b); b.Kind() == ast.KindList && f != noMark {
			continue
		}
		for p.eachGapStart(b, p.takeGap) {
		}
	}
}

// takeGap takes the gap that opens at byte i of t out of the tree. It returns false, and leaves the tree alone, when the gap is not closed.
func (p *parser) takeGap(t *ast.Text, i int) bool {
	s := p.raw(t)
	start := t.Segment.Start + i
	if p.unclosed[start] {
		return false
	}
	end, last := t, findBrackets(s, "]]", i+2)
	var inside []ast.Node
	for last < 0 {
		next := ast.Node(end)
		for next = next.NextSibling(); next != nil; next = next.NextSibling() {
			if u, ok := next.(*ast.Text); ok && !u.IsRaw() {
				end = u
				break
			}
			inside = append(inside, next)
		}
		if next == nil {
			break
		}
		last = findBrackets(p.raw(end), "]]", 0)
		if last < 0 {
			inside = append(inside, end)
		}
	}
	at := diag.Range{Start: start, End: start + 2}.Shift(p.in.Offset)
	if last < 0 || opensAgain(p, t, i, inside, end, last) {
		if p.unclosed == nil {
			p.unclosed = map[int]bool{}
		}
		p.unclosed[start] = true
		p.report("question/gap", at, "close it with ]] in the same paragraph", "a gap is opened and not closed")
		return false
	}
	g, content := p.gapContent(t, i, inside, end, last)
	g.Range = diag.Range{Start: start, End: end.Segment.Start + last + 2}.Shift(p.in.Offset)
	p.readGap(&g, content)

	parent := t.Parent()
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
	return true
}

// opensAgain reports whether another gap opens before this one is closed.
func opensAgain(p *parser, t *ast.Text, i int, inside []ast.Node, end *ast.Text, last int) bool {
	s := p.raw(t)
	if t == end {
		return findBrackets(s[:last], "[[", i+2) >= 0
	}
	if findBrackets(s, "[[", i+2) >= 0 {
		return true
	}
	for _, n := range inside {
		if u, ok := n.(*ast.Text); ok && findBrackets(p.raw(u), "[[", 0) >= 0 {
			return true
		}
	}
	return findBrackets(p.raw(end)[:last], "[[", 0) >= 0
}

// gapContent returns the gap's text without markup.
func (p *parser) gapContent(t *ast.Text, i int, inside []ast.Node, end *ast.Text, last int) (Gap, string) {
	var g Gap
	if t == end {
		return g, unescape([]byte(p.raw(t)[i+2 : last]))
	}
	var b strings.Builder
	b.WriteString(unescape([]byte(p.raw(t)[i+2:])))
	if t.SoftLineBreak() || t.HardLineBreak() {
		b.WriteByte(' ')
	}
	for _, n := range inside {
		if n.Kind() != ast.KindText && n.Kind() != ast.KindString {
			g.Markup = true
		}
		p.writePlain(&b, n)
	}
	b.WriteString(unescape([]byte(p.raw(end)[:last])))
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
	for i, w := range words {
		if w != "" && contains(words[:i], w) {
			return w
		}
	}
	return ""
}
