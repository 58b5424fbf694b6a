package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"waymark/internal/diag"
	"waymark/internal/quiz"
)

// A container is what stands between two lines of colons (section 3.4 of the specification):
//
//	::: note {#id key=word} A title
//
//	Markdown
//
//	:::
//
// Its children are the content. The title, where there is one, is its Lines, so that goldmark parses it as inline text; those inline nodes follow the
// blocks among the children.
type container struct {
	ast.BaseBlock
	name   string // canonical word, or what was written
	wrote  string
	known  bool
	attrs  []attr
	unread bool   // attributes were written that cannot be read
	open   [2]int // the opening line in the text, without its end
	end    int
	closed bool
}

var kindContainer = ast.NewNodeKind("Container")

func (*container) Kind() ast.NodeKind         { return kindContainer }
func (c *container) Dump(src []byte, lvl int) { ast.DumpHelper(c, src, lvl, nil, nil) }
func (c *container) Closed() int              { return c.end } // for quiz: where its closing line ends
func (c *container) check() bool              { return c.known && quiz.IsWord(c.name) }

// A fence is a closing line that goldmark had to be given a node for. It shows nothing.
type fence struct{ ast.BaseBlock }

var kindFence = ast.NewNodeKind("ContainerFence")

func (*fence) Kind() ast.NodeKind         { return kindFence }
func (f *fence) Dump(src []byte, lvl int) { ast.DumpHelper(f, src, lvl, nil, nil) }

// containerParser is goldmark's block parser for containers. A closing line ends the innermost open container, however long
// the lines of colons are.
type containerParser struct{}

func (containerParser) Trigger() []byte             { return []byte{':'} }
func (containerParser) CanInterruptParagraph() bool { return true }
func (containerParser) CanAcceptIndentedLine() bool { return false }

// colons returns how many colons a fence line begins with, and what follows them, trimmed. It returns 0 for other lines.
func colons(line []byte) (n int, rest []byte) {
	for n < len(line) && line[n] == ':' {
		n++
	}
	if n < 3 {
		return 0, nil
	}
	return n, util.TrimRightSpace(util.TrimLeftSpace(line[n:]))
}

func (containerParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	n, rest := colons(line[pos:])
	if n == 0 {
		return nil, parser.NoChildren
	}
	p := pageOf(pc)
	start := seg.Start + pos - seg.Padding
	stop := seg.Start - seg.Padding + len(util.TrimRightSpace(line))
	if len(rest) == 0 {
		if c := innermost(pc); c != nil && !c.closed {
			c.closed, c.end = true, stop
			p.checkBlank(start, stop, nil)
		} else {
			p.report("container/stray", start, stop, "delete it, or open a container before it", "this line closes a container, but none is open")
		}
		reader.AdvanceToEOL()
		return &fence{}, parser.NoChildren
	}
	c := &container{open: [2]int{start, stop}, end: stop}
	if !p.opening(c, rest, start+bytes.Index(line[pos:], rest)) {
		return nil, parser.NoChildren
	}
	if c.name == "include" && c.known {
		p.report("container/include", start, stop, "put it at the left margin, outside of lists and quotes", "nothing can be included here")
	}
	p.checkBlank(start, stop, c)
	if id, ok := find(c.attrs, "id"); ok && insideCheck(pc) == nil {
		p.reserveID(id, c.attrs)
	}
	reader.AdvanceToEOL()
	return c, parser.HasChildren
}

// opening reads what follows the colons of an opening line: a word, attributes, a title, and further colons as some tools write them. It
// says false for a line that is prose.
func (p *page) opening(c *container, rest []byte, at int) bool {
	rest = util.TrimRightSpace(bytes.TrimRight(rest, ":"))
	i := 0
	for i < len(rest) {
		r, n := utf8.DecodeRune(rest[i:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !(i > 0 && (unicode.IsDigit(r) || r == '-' || r == '_')) {
			break
		}
		i += n
	}
	if i < len(rest) && rest[i] != ' ' && rest[i] != '\t' && rest[i] != '{' && rest[i] != '[' {
		return false
	}
	c.wrote = string(rest[:i])
	more := util.TrimLeftSpace(rest[i:])
	at += len(rest) - len(more)
	if len(more) > 0 && more[0] == '{' {
		attrs, n, ok := scanAttributes(more, at)
		if !ok {
			p.report("container/attributes", at, at+len(more), `write {#id key=word key="two words"}`, "these attributes cannot be read: %s", diag.Quote(string(more)))
			more, c.unread = nil, true
		} else {
			c.attrs = attrs
			at += n
			more = more[n:]
		}
	} else if attrs, i, ok := trailingAttributes(more, at); ok {
		c.attrs = attrs
		more = more[:i]
	}
	title := util.TrimLeftSpace(more)
	at += len(more) - len(title)
	title = util.TrimRightSpace(title)
	if len(title) > 1 && title[0] == '[' && title[len(title)-1] == ']' {
		title = title[1 : len(title)-1]
		at++
	}
	if c.wrote == "" { // {.note}, as Pandoc writes it
		for i, a := range c.attrs {
			if a.name == "class" {
				c.wrote = a.value
				c.attrs = append(c.attrs[:i:i], c.attrs[i+1:]...)
				break
			}
		}
	}
	c.unread = c.unread || bytes.IndexByte(title, '{') >= 0
	c.name, c.known = p.opts.word(c.wrote)
	if len(title) > 0 {
		if c.check() {
			p.report("container/title", at, at+len(title), "write it as a paragraph inside the container", "a %s has no title on its opening line", c.name)
		} else {
			c.Lines().Append(text.NewSegment(at, at+len(title)))
		}
	}
	switch {
	case !c.known:
		p.unknownWord(c)
	case !c.check() && !slices.Contains(p.opts.Blocks, c.name): // whose template knows what it takes
		p.checkAttributes(c.name, c.attrs)
	}
	return true
}

// attributesOf are the attributes that a container other than a check takes, besides #id and .class.
func attributesOf(name string) []string {
	switch name {
	case "include":
		return []string{"path"}
	case "tabs":
		return nil
	case "facilitator":
		return []string{"title", "minutes", "group"}
	}
	return []string{"title"}
}

// meant are names that others have for the attributes of containers.
var meant = map[string]string{"caption": "title", "heading": "title", "label": "title", "name": "title", "summary": "title", "duration": "minutes", "time": "minutes", "size": "group"}

// checkAttributes reports attributes that a container other than a check does not take, so that they would be lost. In a handbook from elsewhere
// many are for another tool, so there only slips are reported.
func (p *page) checkAttributes(name string, attrs []attr) {
	takes := attributesOf(name)
	for _, a := range attrs {
		if a.name == "minutes" && slices.Contains(takes, a.name) && strings.Trim(a.value, "0123456789") != "" {
			p.report("container/attribute", a.start, a.end, "write a number, as in minutes=15", "%s is not a number of minutes", diag.Quote(a.value))
		}
		if slices.Contains(takes, a.name) || name != "include" && (a.name == "id" || a.name == "class") {
			continue
		}
		near := diag.Nearest(a.name, takes)
		if m := meant[strings.ToLower(a.name)]; near == "" && slices.Contains(takes, m) {
			near = m
		}
		hint := "take it away; this container takes only #id and .class"
		switch {
		case near != "":
			hint = "did you mean " + diag.Quote(near) + "?"
		case p.opts.Lenient:
			continue
		case name == "include":
			hint = "take it away; an include takes only path"
		case len(takes) > 0:
			hint = "take it away; this container takes #id, .class, " + strings.Join(takes, ", ")
		}
		wrote := a.name
		if wrote == "id" || wrote == "class" {
			wrote = string(p.src[a.start:a.end])
		}
		p.report("container/attribute", a.start, a.end, hint, "%s is not an attribute of ::: %s, so it does nothing", diag.Quote(wrote), name)
	}
}

func (p *page) unknownWord(c *container) {
	if c.wrote == "" {
		p.report("container/unknown", c.open[0], c.open[1], "write a word behind the colons, as in `::: note`", "this container has no name; its text is shown as it is")
		return
	}
	known := p.opts.knownWords()
	hint := ""
	near, b := diag.Nearest(c.wrote, known), borrowed[strings.ToLower(c.wrote)]
	switch {
	case near != "" && (b == "" || !p.opts.Lenient): // elsewhere `::: questions` is no question
		hint = "did you mean " + diag.Quote(near) + "?"
	case b != "":
		hint = "what comes nearest here is " + diag.Quote(b) + "; site.yaml can give it that name under `markdown.words`"
	}
	p.report("container/unknown", c.open[0], c.open[1], hint, "%s is not the name of a container; its text is shown as it is", diag.Quote(c.wrote))
}

func (containerParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	c, ok := node.(*container)
	if !ok || c.closed {
		return parser.Close
	}
	line, seg := reader.PeekLine()
	w, pos := util.IndentWidth(line, reader.LineOffset())
	if w > 3 || pos >= len(line) || line[pos] != ':' {
		return parser.Continue | parser.HasChildren
	}
	n, rest := colons(line[pos:])
	if n == 0 || len(rest) > 0 || innermost(pc) != c || insideRaw(pc) {
		return parser.Continue | parser.HasChildren
	}
	start := seg.Start + pos - seg.Padding
	c.closed, c.end = true, start+n
	pageOf(pc).checkBlank(start, start+n, nil)
	reader.AdvanceToEOL()
	return parser.Close
}

func (containerParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	c, ok := node.(*container)
	if !ok || c.closed {
		return
	}
	_, pos := reader.Position()
	c.end = max(c.end, min(pos.Start, len(reader.Source())))
	p := pageOf(pc)
	d := p.report("container/unclosed", c.open[0], c.open[1], "end it with a line of three colons, and a blank line before it", "%s is never closed", diag.Quote(string(reader.Source()[c.open[0]:c.open[1]])))
	// A code fence that nothing closed has swallowed the closing line: that is the cause.
	if n := len(p.openCode); n > 0 && p.openCode[n-1].at > c.open[0] && p.openCode[n-1].end == pageEnd {
		at := p.openCode[n-1].at
		d.Related = append(d.Related, diag.Related{Span: p.file.Span(p.at.span(at, at+3)), Message: "this block of code inside it is never closed"})
		p.openCode = p.openCode[:n-1]
	}
}

// innermost returns the container that a closing line would end.
func innermost(pc parser.Context) *container {
	blocks := pc.OpenedBlocks()
	for i := len(blocks) - 1; i >= 0; i-- {
		if c, ok := blocks[i].Node.(*container); ok && !c.closed {
			return c
		}
	}
	return nil
}

// insideCheck returns the check that is being read.
func insideCheck(pc parser.Context) *container {
	for _, b := range pc.OpenedBlocks() {
		if c, ok := b.Node.(*container); ok && c.check() {
			return c
		}
	}
	return nil
}

// insideRaw reports whether the line being read belongs to code or to HTML that only its own end closes.
func insideRaw(pc parser.Context) bool {
	switch n := pc.LastOpenedBlock().Node.(type) {
	case *ast.FencedCodeBlock:
		return true
	case *ast.HTMLBlock:
		return n.HTMLBlockType <= ast.HTMLBlockType5
	}
	return false
}

// maxOpening is how long an opening line may be: formatters that wrap prose at 80 columns tear longer ones apart.
const maxOpening = 80

// checkBlank reports a fence line, from start to stop in the text, that has no blank lines around it, and one that opens c and is too long.
func (p *page) checkBlank(start, stop int, c *container) {
	from := bytes.LastIndexByte(p.src[:start], '\n') + 1
	before := false // is the line before it at fault?
	if prefix := p.src[from:start]; from > 0 && isPrefix(prefix) {
		prev := bytes.LastIndexByte(p.src[:from-1], '\n') + 1
		before = !isPrefix(p.src[prev : from-1])
	}
	after := false
	if i := bytes.IndexByte(p.src[stop:], '\n'); i >= 0 && stop+i+1 < len(p.src) {
		next := bytes.TrimLeft(firstLine(p.src[stop+i+1:]), " \t>")
		n, _ := colons(next)
		after = len(bytes.TrimSpace(next)) > 0 && n == 0 // of two fence lines the second one reports
	}
	where := map[[2]bool]string{{true, true}: "before and after", {true, false}: "before", {false, true}: "after"}[[2]bool{before, after}]
	if where != "" {
		d := p.report("container/blank-line", start, stop, "put a blank line there: formatters join the lines otherwise", "there is no blank line %s %s", where, diag.Quote(string(p.src[start:stop])))
		if p.opts.Lenient {
			d.Severity = diag.Warning
		}
	}
	if c != nil && runes(p.src[from:stop]) > maxOpening {
		hint := "write less on it; a long title may be the first line of the text instead"
		if c.check() {
			hint = "move attributes to the front matter: questions: {the-id: {objective: …}}"
			if id, ok := find(c.attrs, "id"); ok {
				hint = "move attributes to the front matter: questions: {" + id + ": {objective: …}}"
			}
		}
		p.report("container/long-line", start, stop, hint, "this opening line has more than %d characters; formatters wrap it", maxOpening)
	}
}

// isPrefix reports whether a line, or what stands before a fence on its line, is blank but for the marks of block quotes.
func isPrefix(s []byte) bool { return len(bytes.Trim(s, " \t>\n")) == 0 }
