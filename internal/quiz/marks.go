package quiz

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"waymark/internal/diag"
)

// A family is a kind of mark at the start of list items (section 3.4).
type family int

const (
	noMark family = iota
	round         // ( ) (x)
	box           // [ ] [x]
	equals        // = !=
	scale         // (1) (2)
)

// familyWords name the families in sentences.
var familyWords = [...]string{round: "( ) and (x)", box: "[ ] and [x]", equals: "= and !=", scale: "(1), (2) and so on"}

// A mark is what stands at the start of a list item.
type mark struct {
	family family
	right  bool   // (x) [x] =
	point  int    // (1)
	almost string // what was probably meant, when it is no mark
	wrote  string // and what stands there for it
	length int    // bytes of the text node that it takes
	ticked *east.TaskCheckBox
}

var (
	roundForm  = regexp.MustCompile(`^\(([ xX])\)(?:[ \t]+|$)`)
	scaleForm  = regexp.MustCompile(`^\((\d{1,3})\)(?:[ \t]+|$)`)
	equalsForm = regexp.MustCompile(`^(!?=)(?:[ \t]+|$)`)
)

type almostForm struct {
	form *regexp.Regexp
	mark string
}

// almostForms are ways of writing a mark that make none.
var almostForms = sync.OnceValue(func() []almostForm {
	return []almostForm{
		{regexp.MustCompile(`^(\(\s*\))`), "( )"},
		{regexp.MustCompile(`^(\(\s*[xX✓✔*]\s*\))`), "(x)"},
		{regexp.MustCompile(`^(\[\s*\])`), "[ ]"},
		{regexp.MustCompile(`^(\[\s*[xX✓✔*]\s*\])`), "[x]"},
		{regexp.MustCompile(`^(!=|≠|<>)[^=]`), "!="},
		{regexp.MustCompile(`^(\(\d{1,3}\))\S`), "(1)"},
		{regexp.MustCompile(`^(=)[^\s=]`), "="},
		{regexp.MustCompile(`^(==)\s`), "="},
	}
})

// markOf reads the mark of a list item, without changing it.
func (p *parser) markOf(item ast.Node) mark {
	first := item.FirstChild()
	if !isParagraph(first) {
		return mark{}
	}
	switch n := first.FirstChild().(type) {
	case *east.TaskCheckBox:
		return mark{family: box, right: n.IsChecked, ticked: n}
	case *ast.Text:
		s := p.raw(n)
		if m := roundForm.FindStringSubmatch(s); m != nil {
			return mark{family: round, right: m[1] != " ", length: len(m[0])}
		}
		if m := scaleForm.FindStringSubmatch(s); m != nil {
			point, _ := strconv.Atoi(m[1])
			return mark{family: scale, point: point, length: len(m[0])}
		}
		if m := equalsForm.FindStringSubmatch(s); m != nil {
			return mark{family: equals, right: m[1] == "=", length: len(m[0])}
		}
		for _, a := range almostForms() {
			if m := a.form.FindStringSubmatch(s); m != nil {
				if a.mark == "(1)" {
					return mark{almost: m[1], wrote: m[1]}
				}
				return mark{almost: a.mark, wrote: m[1]}
			}
		}
	}
	return mark{}
}

// fault says what is wrong with a mark that is almost one, and how to write it.
func (m mark) fault() (what, hint string) {
	if strings.EqualFold(m.wrote, m.almost) {
		return "no blank stands behind the mark " + diag.Quote(m.wrote), "put a blank behind " + diag.Quote(m.wrote)
	}
	return diag.Quote(m.wrote) + " is not a mark", "write " + diag.Quote(m.almost) + " instead of " + diag.Quote(m.wrote) + ", with a blank behind it"
}

// undashedForm finds a line that would be an option if a hyphen stood before its mark: the bullets and dashes of word processors begin no list.
var undashedForm = later(`^[ \t]*([•‣◦●○▪·–—−]?)[ \t\x{a0}]*(?:\([ xX]\)|\[[ xX]\]|(!?=))[ \t\x{a0}]`)

// undashed returns the first such line of a paragraph, and what it should be. Without a bullet the mark may be prose, so then it counts only
// with bare set.
func (p *parser) undashed(blocks []ast.Node, bare bool) (at diag.Range, want string) {
	for _, b := range blocks {
		if b.Kind() == ast.KindList || b.Kind() == ast.KindListItem {
			if at, want = p.undashed(children(b), bare); want != "" {
				return at, want
			}
		}
		for i := 0; isParagraph(b) && i < b.Lines().Len(); i++ {
			seg := b.Lines().At(i)
			line := strings.TrimSpace(string(p.in.Source[p.clamp(seg.Start):p.clamp(seg.Stop)]))
			m := undashedForm().FindStringSubmatch(line)
			if m == nil || m[1] == "" && (!bare || m[2] != "") {
				continue
			}
			want := "- " + strings.TrimLeft(strings.TrimPrefix(line, m[1]), " \t\u00a0")
			return diag.Range{Start: seg.Start, End: seg.Start + len(line)}.Shift(p.in.Offset), want
		}
	}
	return at, ""
}

// listFamily returns the family of the first marked item.
func (p *parser) listFamily(list ast.Node) family {
	for _, item := range children(list) {
		if m := p.markOf(item); m.family != noMark {
			return m.family
		}
	}
	return noMark
}

// almostMarked returns the first item of a list that has almost a mark, or nil.
func (p *parser) almostMarked(list ast.Node) (ast.Node, mark) {
	for _, item := range children(list) {
		if m := p.markOf(item); m.almost != "" {
			return item, m
		}
	}
	return nil, mark{}
}

// dropMark takes the mark out of the item's first paragraph.
func (p *parser) dropMark(item ast.Node, m mark) {
	if m.ticked != nil {
		next, _ := m.ticked.NextSibling().(*ast.Text)
		if rest := children(item.FirstChild())[1:]; len(rest) > 0 {
			dropStart(item.FirstChild(), p.extent(rest...).Start-p.in.Offset)
		}
		detach(m.ticked)
		if next != nil {
			if lead := len(p.raw(next)) - len(strings.TrimLeft(p.raw(next), " \t")); lead > 0 {
				cut(next, lead)
			}
		}
		return
	}
	if m.length > 0 {
		t := item.FirstChild().FirstChild().(*ast.Text)
		dropStart(item.FirstChild(), t.Segment.Start+m.length)
		cut(t, m.length)
	}
}

// An item is a list item, taken apart.
type item struct {
	mark     mark
	text     Rich
	feedback Rich
	missed   Rich
	extra    []ast.Node // blocks that have no place in the item
	at       diag.Range // the item's first line
}

// takeItem takes a marked item apart: its text, and the feedback in block quotes. With short set, its text is the first paragraph alone and
// other blocks are extra.
func (p *parser) takeItem(node ast.Node, short bool) item {
	it := item{mark: p.markOf(node), at: p.lineOf(node)}
	p.dropMark(node, it.mark)
	var text, quotes []ast.Node
	for i, b := range children(node) {
		switch {
		case b.Kind() == ast.KindBlockquote:
			quotes = append(quotes, b)
		case short && i > 0:
			it.extra = append(it.extra, b)
		case isParagraph(b) && b.FirstChild() == nil: // only the mark stood here
		default:
			text = append(text, b)
		}
	}
	it.text = p.phrase(text)
	p.takeFeedback(&it, quotes)
	return it
}

// takeFeedback sorts the block quotes of an item into feedback and what is said when a right option was missed.
func (p *parser) takeFeedback(it *item, quotes []ast.Node) {
	var feedback, missed []ast.Node
	for _, q := range quotes {
		p.checkMarkers(q)
		m, at := p.marker(q), p.lineOf(q)
		blocks := p.unquote(q)
		switch {
		case m == missedMark && !it.mark.right:
			p.report("question/missed-wrong", at, "take it away, or mark the option as right", "only a right option can be missed, and %s is wrong", diag.Quote(it.text.Plain))
		case m == missedMark:
			missed = append(missed, blocks...)
			continue
		case contains(markers, m):
			p.report("question/marker-place", at, "move it below the answers, without indenting it", "%s stands inside an option, where only [!MISSED] has a meaning", diag.Quote("[!"+m+"]"))
		}
		feedback = append(feedback, blocks...)
	}
	it.feedback, it.missed = p.blocks(feedback), p.blocks(missed)
}

// lineOf returns the first line of a node, from the node's start.
func (p *parser) lineOf(n ast.Node) diag.Range {
	r := p.extent(n)
	start := r.Start - p.in.Offset
	if start < 0 || start > len(p.in.Source) {
		return r
	}
	end := start
	for end < r.End-p.in.Offset && end < len(p.in.Source) && p.in.Source[end] != '\n' {
		end++
	}
	return diag.Range{Start: start, End: end}.Shift(p.in.Offset)
}

// takeItems takes the marked items of lists apart. Items without a mark and marks of another family are faults, one for each list. Marked items
// that were indented too far are a fault, too, and taken as those that they were meant to be.
func (p *parser) takeItems(lists []ast.Node, f family, only bool) []item {
	var items []item
	mixed := false
	for _, list := range lists {
		for _, n := range children(list) {
			deeper := detach(p.indented(n, f)...)
			it := p.takeItem(n, only)
			switch {
			case it.mark.family == f:
			case it.mark.family == noMark:
				if inFamily(it.mark.almost, f) {
					if p.c.Type == Reflection {
						it.mark.almost = "[ ]"
					}
					what, hint := it.mark.fault()
					p.report("question/unmarked-item", it.at, hint, "%s is not marked as the other items of the list are: %s", diag.Quote(it.text.Plain), what)
					break
				}
				p.report("question/unmarked-item", it.at, "start it with "+p.firstMark(f), "%s has no mark, but the other items of the list have", diag.Quote(it.text.Plain))
			case !mixed:
				mixed = true
				hint := "use one kind of mark in a list: ( ) where one may be chosen, [ ] where several may"
				if p.c.Word != "question" {
					hint = "start it with " + p.firstMark(f)
				}
				p.report("question/mixed-marks", it.at, hint, "this list mixes %s with %s", familyWords[f], familyWords[it.mark.family])
			}
			items = append(items, it)
			if len(deeper) > 0 {
				p.report("question/split-list", p.lineOf(deeper[0]), "begin it at the same column as the others", "this item is indented further than the others, so it is part of %s", diag.Quote(it.text.Plain))
				items = append(items, p.takeItems(deeper, f, only)...)
			}
		}
	}
	return items
}

// indented returns the lists in an item whose items have the marks of f and are taken for its neighbours. The criteria of a reflection may have others below them, and an option may
// show a list of tasks behind text that leads to it.
func (p *parser) indented(item ast.Node, f family) (lists []ast.Node) {
	if p.c.Type == Reflection {
		return nil
	}
	for i, b := range children(item) {
		switch {
		case b.Kind() == ast.KindList && p.listFamily(b) == f:
			lists = append(lists, b)
		case f == box && i > 0 && b.Kind() != ast.KindBlockquote:
			return lists
		}
	}
	return lists
}

func inFamily(mark string, f family) bool {
	return f == round && (mark == "( )" || mark == "(x)") || f == scale && strings.HasPrefix(mark, "(") || f == box && strings.HasPrefix(mark, "[") || f == equals && strings.Contains(mark, "=")
}

// firstMark says what an item of a list with the marks of f begins with.
func (p *parser) firstMark(f family) string {
	switch {
	case p.c.Type == Reflection:
		return "[ ]"
	case f == round:
		return "( ), or (x) if it is right"
	case f == box:
		return "[ ], or [x] if it is right"
	case f == equals:
		return "= if it is accepted, != if it is wrong"
	}
	return "a number in parentheses, as in (1)"
}
