package quiz

import (
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"waymark/internal/diag"
)

// A construct is a part of a question that can be answered, and so makes its type: a marked list, an ordered list, a table, gaps.
type construct struct {
	types []Type     // what it can be, the usual one first
	why   string     // for Check.Why
	what  string     // how it is called when it lost
	nodes []ast.Node // the lists or the table; none for gaps
	first int        // index of its first block
	last  int
	at    int // offset: the last construct wins
	marks family
}

// question reads the container of that word: its type follows from the marks.
func (p *parser) question(blocks []ast.Node) {
	blocks = p.takeCallouts(blocks)
	found := p.constructs(blocks)
	at, want := p.undashed(blocks, len(found) == 0)
	if want != "" || len(found) == 0 {
		p.c.Type = cmp.Or(p.want, Single)
		p.c.Why = "nothing in it can be answered"
		if want == "" {
			p.nothingToAnswer(blocks)
		} else {
			p.report("question/no-hyphen", at, "begin it with a hyphen and a blank: "+want, "an option begins with a hyphen, and this line does not")
		}
		p.prompt(blocks, false)
		return
	}
	win := p.winner(found)
	w := found[win]
	p.c.Type, p.c.Why = w.types[0], w.why
	if p.want != "" {
		p.c.Type, p.c.Why = p.want, "type="+string(p.want)+" on "+w.why
	}
	var lost []string
	for i, f := range found {
		if i != win && !contains(lost, f.what) {
			lost = append(lost, f.what)
			p.c.Why += "; " + f.what + " is part of the prompt"
		}
	}
	if w.nodes == nil {
		p.cloze(blocks)
		p.prompt(blocks, true)
		return
	}
	before, after := blocks[:w.first], p.stray(blocks, w, found)
	switch {
	case w.marks == round || w.marks == box:
		p.choice(w)
	case w.marks == equals:
		p.typed(w)
	case w.marks == scale:
		p.report("question/scale", p.lineOf(w.nodes[0]), "write ::: rating instead of ::: question", "the points of a scale belong in a rating")
		p.points(w.nodes[0])
	case p.c.Type == Order:
		p.order(w.nodes[0])
	case p.c.Type == Match:
		p.match(w.nodes[0])
	}
	p.prompt(append(slices.Clone(before), after...), true)
}

// constructs finds all that can be answered among the blocks, ordered by place.
func (p *parser) constructs(blocks []ast.Node) []construct {
	lastList := -1
	for i, b := range blocks {
		if b.Kind() == ast.KindList {
			lastList = i
		}
	}
	var found []construct
	gaps := construct{types: []Type{Cloze}, why: "gaps [[…]]", what: "the text with [[…]]", at: -1}
	for i, b := range blocks {
		switch n := b.(type) {
		case *ast.List:
			f := p.listFamily(n)
			if f != noMark {
				found = p.addList(found, blocks, i, f)
				continue // a gap cannot stand in an option
			}
			if n.IsOrdered() && i == lastList {
				found = append(found, construct{types: []Type{Order}, why: "an ordered list without marks, the last list", what: "the ordered list",
					nodes: []ast.Node{n}, first: i, last: i, at: p.extent(n).Start})
			}
		case *east.Table:
			if len(n.Alignments) == 2 {
				found = append(found, construct{types: []Type{Match}, why: "a table of two columns", what: "the table",
					nodes: []ast.Node{n}, first: i, last: i, at: p.extent(n).Start})
			}
		}
		gaps.at = max(gaps.at, p.lastGap(b))
	}
	if gaps.at >= 0 {
		found = append(found, gaps)
	}
	slices.SortStableFunc(found, func(a, b construct) int { return cmp.Compare(a.at, b.at) })
	return found
}

// addList adds a marked list. A list of the same marks with nothing but block quotes between is the same list: its author forgot to indent the
// feedback, which is said once.
func (p *parser) addList(found []construct, blocks []ast.Node, i int, f family) []construct {
	if n := len(found) - 1; n >= 0 && found[n].marks == f {
		c := &found[n]
		if !slices.ContainsFunc(blocks[c.last+1:i], func(b ast.Node) bool { return b.Kind() != ast.KindBlockquote }) {
			if len(c.nodes) == 1 {
				at, hint := blocks[c.last+1:i], "indent the quote by two spaces, so that it stands inside its option"
				if len(at) == 0 {
					at, hint = blocks[i:i+1], "use the same sign (-, * or +) for all items"
				}
				p.report("question/split-list", p.lineOf(at[0]), hint, "the answers fall apart into two lists here")
			}
			for _, q := range blocks[c.last+1 : i] {
				item := c.nodes[len(c.nodes)-1].LastChild()
				detach(q)
				item.AppendChild(item, q)
			}
			c.nodes, c.last = append(c.nodes, blocks[i]), i
			return found
		}
	}
	c := construct{nodes: []ast.Node{blocks[i]}, first: i, last: i, at: p.extent(blocks[i]).Start, marks: f,
		why: "the marks " + familyWords[f], what: "the list with " + familyWords[f]}
	switch f {
	case round:
		c.types = []Type{Single, Multiple}
	case box:
		c.types = []Type{Multiple, Single}
	case equals:
		c.types = []Type{Number, Short}
	case scale:
		c.types = []Type{Rating}
	}
	return append(found, c)
}

// winner returns the index of the construct that makes the type: the last one, or the last that type= allows.
func (p *parser) winner(found []construct) int {
	if p.want == "" || len(found) == 0 {
		return len(found) - 1
	}
	for i := len(found) - 1; i >= 0; i-- {
		if slices.Contains(found[i].types, p.want) {
			return i
		}
	}
	last := found[len(found)-1]
	p.report("question/type", p.given["type"].Range, "take it away, or write the answers in the way of that type", "this cannot be %s: it has %s", typeWords[p.want], last.why)
	p.want = ""
	return len(found) - 1
}

// stray returns the blocks behind the answers, which have no place there. They go to the prompt so that no text is lost.
func (p *parser) stray(blocks []ast.Node, w construct, found []construct) []ast.Node {
	after := blocks[w.last+1:]
	others := map[int]bool{}
	for _, f := range found {
		if f.nodes != nil {
			others[f.first] = true
		}
	}
	for i, b := range after {
		if p.want != "" && others[w.last+1+i] {
			continue // type= chose an earlier construct on purpose
		}
		if m := p.marker(b); m == missedMark || m != "" && !contains(markers, m) {
			continue // reported with the markers
		}
		hint := "move it above the answers, or make it the explanation: > [!NOTE]"
		if b.Kind() == ast.KindBlockquote && i == 0 && w.marks != noMark {
			hint = "indent it by two spaces, so that it stands inside its option"
		}
		switch m := p.marker(b); {
		case m != "":
			hint = "write [!TIP] for a hint, [!NOTE] for the explanation"
		case b.Kind() == ast.KindBlockquote && hinted(p.plain(b)):
			hint = "begin a hint with > [!TIP] on a line of its own"
		}
		p.report("question/stray-text", p.lineOf(b), hint, "%s stands behind the answers, where it has no meaning", diag.Quote(p.plain(b)))
		break
	}
	return after
}

// writtenAs says how the answers of a question of a type are written.
var writtenAs = map[Type]string{
	Single:   "start each option with ( ), the right one with (x)",
	Multiple: "start each option with [ ], the right ones with [x]",
	Number:   "write a list of the values that are accepted, each with = at its start",
	Short:    "write a list of the texts that are accepted, each with = at its start",
	Order:    "number the steps, as the last list: 1., 2. and so on",
	Match:    "write a table of two columns, with a pair in each row",
	Cloze:    "write the missing words in the text between [[ and ]]",
}

func (p *parser) nothingToAnswer(blocks []ast.Node) {
	at, hint, why := p.in.Open, cmp.Or(writtenAs[p.want], "write a list of options, each with ( ) or (x) at its start"), ""
	for _, b := range blocks {
		if b.Kind() != ast.KindList {
			continue
		}
		at, hint, why = p.lineOf(b), cmp.Or(writtenAs[p.want], writtenAs[Single]), ""
		if item, m := p.almostMarked(b); item != nil && p.want != Order && p.want != Match && p.want != Cloze {
			at = p.lineOf(item)
			why, hint = m.fault()
			why += ", so "
		}
	}
	if t, ok := blockOf[*east.Table](blocks); ok && (p.want == "" || p.want == Match) {
		at, hint, why = p.lineOf(t), "give the table two columns to make it a matching question", ""
	}
	p.report("question/no-answers", at, hint, "%snothing in this question can be answered", why)
}

func blockOf[T ast.Node](blocks []ast.Node) (t T, ok bool) {
	for _, b := range blocks {
		if t, ok = b.(T); ok {
			return t, true
		}
	}
	return t, false
}

// choice reads the options of a single or multiple choice.
func (p *parser) choice(w construct) {
	var right []Option
	for _, it := range p.takeItems(w.nodes, w.marks, false) {
		o := Option{Text: it.text, Right: it.mark.right, Feedback: it.feedback, Missed: it.missed, Range: it.at}
		if o.Text.Empty() {
			p.report("question/empty-option", it.at, "write its text behind the mark", "an option has no text")
		}
		if o.Right {
			right = append(right, o)
		}
		p.c.Options = append(p.c.Options, o)
	}
	p.fewOptions("an option")
	p.duplicates()
	switch {
	case len(right) == 0:
		p.report("question/no-answer", p.c.Options[0].Range, "put an x between the brackets of the right one", "no option is marked right")
	case p.c.Type == Single && len(right) > 1:
		hint, sign := "mark several right options with [x] and the others with [ ]", "(x)"
		if w.marks == box {
			hint, sign = "take type=single away, or mark one option only", "[x]"
		}
		d := p.report("question/two-right", right[1].Range, hint, "%d options are marked %s, but only one may be chosen", len(right), sign)
		d.Related = append(d.Related, diag.Related{Span: p.in.File.Span(right[0].Range), Message: "the first one"})
	}
	p.c.TrueFalse = p.c.Type == Single && p.isTrueFalse()
}

func (p *parser) isTrueFalse() bool {
	if len(p.c.Options) != 2 {
		return false
	}
	a, b := p.c.Options[0].Text.Plain, p.c.Options[1].Text.Plain
	for _, pair := range append([][2]string{{"True", "False"}}, p.in.TrueFalse...) {
		if strings.EqualFold(a, pair[0]) && strings.EqualFold(b, pair[1]) || strings.EqualFold(a, pair[1]) && strings.EqualFold(b, pair[0]) {
			return true
		}
	}
	return false
}

// order reads the items of an ordering question, written in the right order.
func (p *parser) order(list ast.Node) {
	for _, n := range children(list) {
		at := p.lineOf(n)
		blocks := children(n)
		isQuote := func(b ast.Node) bool { return b.Kind() == ast.KindBlockquote }
		if i := slices.IndexFunc(blocks, isQuote); i > 0 { // else the step is a quotation
			p.report("question/quote-in-step", p.lineOf(blocks[i]), "a step has no feedback: say it below the list, in > [!NOTE]", "%s is part of the step, and seen before anything is put in order", diag.Quote(p.plain(blocks[i])))
		}
		o := Option{Text: p.phrase(blocks), Range: at}
		if o.Text.Empty() {
			p.report("question/empty-option", at, "write its text, or take the item away", "a step has no text")
		}
		p.c.Options = append(p.c.Options, o)
	}
	p.fewOptions("a step")
	p.duplicates()
}

func (p *parser) fewOptions(what string) {
	if len(p.c.Options) == 1 {
		p.report("question/one-option", p.c.Options[0].Range, "add "+what+" to choose from", "there is only one to choose from")
	}
}

// duplicates reports options that look the same.
func (p *parser) duplicates() {
	seen := map[string]diag.Range{}
	for _, o := range p.c.Options {
		if o.Text.Plain == "" {
			continue
		}
		shown := p.shown(o.Text)
		if first, ok := seen[shown]; ok {
			d := p.report("question/duplicate-option", o.Range, "reword one of them or take it away", "%s stands twice", diag.Quote(o.Text.Plain))
			d.Related = append(d.Related, diag.Related{Span: p.in.File.Span(first), Message: "the first one"})
			continue
		}
		seen[shown] = o.Range
	}
}

// hinted reports whether a quote says of itself that it is a hint.
func hinted(text string) bool {
	word, _, ok := strings.Cut(strings.ToLower(text), ":")
	return ok && (strings.Trim(word, "*_ ") == "tip" || strings.Trim(word, "*_ ") == "hint")
}
