package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The limits below stand before the parts of goldmark whose time or memory grows faster than the page (its issues 555 and 592, and
// those found by measuring). No page that people wrote comes near them.
const (
	maxDepth     = 100         // blocks inside each other; a list and its item are two
	maxColumns   = 200         // of a table
	maxCells     = 50_000      // of all tables of a page, with those that rows leave out
	maxFootnotes = 2_000       //
	maxWork      = 400_000_000 // sum of the squares of what goldmark handles in quadratic time, about a nanosecond each
	maxExpanded  = 1 << 20     // bytes that reference links add to a page
	maxSteps     = 2_000_000   // lines times the blocks they stand in: goldmark remembers each
)

type limitState struct {
	deep, wide, notes, complex, expansion bool // already reported
	cells, footnotes, work, expanded      int
	steps                                 int
}

// spend takes n things of quadratic cost from the page's budget and says whether there was enough.
func (p *page) spend(n, start, end int) bool {
	if n < 64 {
		return true
	}
	p.limits.work += n * n
	if p.limits.work <= maxWork {
		return true
	}
	if !p.limits.complex {
		p.limits.complex = true
		p.report("page/too-complex", start, end, "split the paragraph, or put text that is not Markdown in a block of code", "this paragraph has more brackets, stars and marks than can be read in good time")
	}
	return false
}

// shallow keeps a block parser from nesting too deep: what would open another level is text instead.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	p := pageOf(pc)
	if len(pc.OpenedBlocks()) < maxDepth && p.limits.steps < maxSteps {
		return s.BlockParser.Open(parent, reader, pc)
	}
	if !p.limits.deep {
		line, pos := reader.Position()
		node, _ := s.BlockParser.Open(parent, reader, pc)
		reader.SetPosition(line, pos)
		if node != nil {
			p.tooDeep(pos.Start, pos.Stop)
		}
	}
	return nil, parser.NoChildren
}

func (s shallow) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	p := pageOf(pc)
	p.limits.steps++
	if p.limits.steps < maxSteps {
		return s.BlockParser.Continue(node, reader, pc)
	}
	_, pos := reader.Position()
	p.tooDeep(pos.Start, pos.Stop)
	return parser.Close
}

func (p *page) tooDeep(start, stop int) {
	if !p.limits.deep {
		p.limits.deep = true
		p.report("page/too-deep", start, stop, "flatten it, or split the page", "lists, quotes and containers are nested too deep here; %d levels are the most, fewer in long pages", maxDepth/2)
	}
}

// footnoteLimit limits the number of footnotes: finding and sorting them is quadratic.
type footnoteLimit struct{ parser.BlockParser }

func (l footnoteLimit) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	p := pageOf(pc)
	if p.limits.footnotes > maxFootnotes {
		return nil, parser.NoChildren
	}
	_, pos := reader.Position()
	node, state := l.BlockParser.Open(parent, reader, pc)
	if node != nil {
		p.limits.footnotes++
		if p.limits.footnotes > maxFootnotes && !p.limits.notes {
			p.limits.notes = true
			p.report("page/too-complex", pos.Start, pos.Stop, "split the page", "the page has more than %d footnotes", maxFootnotes)
		}
	}
	return node, state
}

// referenceLimit stands before the reading of reference definitions, each of which moves the lines behind it.
type referenceLimit struct{}

func (referenceLimit) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	if lines.Len() < 64 {
		return
	}
	first := lines.At(0)
	if !bytes.HasPrefix(bytes.TrimLeft(first.Value(reader.Source()), " "), []byte("[")) {
		return
	}
	last := lines.At(lines.Len() - 1)
	if !pageOf(pc).spend(lines.Len(), first.Start, last.Stop) {
		node.Parent().RemoveChild(node.Parent(), node)
	}
}

// tableLimit limits what tables expand to: a row of one cell is filled up to the width of its table.
type tableLimit struct{ parser.ParagraphTransformer }

func (l tableLimit) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, src := node.Lines(), reader.Source()
	if lines.Len() < 2 {
		return
	}
	columns, at := 0, 0
	for i := 1; i < lines.Len(); i++ {
		seg := lines.At(i)
		if n := delimiters(seg.Value(src)); n > columns {
			columns, at = n, i
		}
	}
	if columns == 0 {
		return
	}
	p := pageOf(pc)
	p.limits.cells += columns * (lines.Len() - at)
	first, last := lines.At(0), lines.At(lines.Len()-1)
	if columns > maxColumns || p.limits.cells > maxCells {
		if !p.limits.wide {
			p.limits.wide = true
			p.report("page/table-too-large", first.Start, first.Stop, "split it, or offer it as a file to download", "this table has more than %d columns, or the page's tables more than %d cells", maxColumns, maxCells)
		}
		return
	}
	escapes := 0
	for i := range lines.Len() {
		seg := lines.At(i)
		line := seg.Value(src)
		if bytes.IndexByte(line, '`') >= 0 {
			escapes += bytes.Count(line, []byte(`\|`))
		}
		if !p.spend(marks(line), seg.Start, seg.Stop) {
			return
		}
	}
	if p.spend(escapes, first.Start, last.Stop) {
		l.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// delimiters returns the number of columns of a line that may be the delimiter row of a table, else 0.
func delimiters(line []byte) int {
	n, dash := 1, false
	line = bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(line), []byte("|")), []byte("|")) // the bars at its ends part nothing
	for _, c := range line {
		switch c {
		case '|':
			n++
		case '-':
			dash = true
		case ':', ' ', '\t':
		default:
			return 0
		}
	}
	if !dash {
		return 0
	}
	return n
}

// inlineLimit stands before inline parsing: it takes away a paragraph that would cost too much.
type inlineLimit struct{}

func (inlineLimit) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	n, lines := 0, node.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		n += marks(reader.Source()[seg.Start:seg.Stop])
	}
	if n >= 64 && !pageOf(pc).spend(n, lines.At(0).Start, lines.At(lines.Len()-1).Stop) {
		node.Parent().RemoveChild(node.Parent(), node)
	}
}

var isMark = func() (t [256]bool) {
	for _, c := range "[]()*_~`<\\'" {
		t[c] = true
	}
	return t
}()

// marks counts the characters of a text that may begin or end inline constructs.
func marks(text []byte) int {
	n := 0
	for _, c := range text {
		if isMark[c] {
			n++
		}
	}
	return n
}
