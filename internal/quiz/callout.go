package quiz

import (
	"maps"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
)

// Markers of block quotes, `[!TIP]` and its like, with what they mean in a check (section 3.4).
const (
	hintMark        = "TIP"
	explanationMark = "NOTE"
	missedMark      = "MISSED"
)

// endings are the colours of the callouts that end a scenario.
var endings = map[string]Ending{
	"TIP": EndsWell, "NOTE": EndsMixed, "IMPORTANT": EndsMixed, "WARNING": EndsBadly, "CAUTION": EndsBadly,
}

// markers are all that a block quote may start with.
var markers = []string{"TIP", "NOTE", "MISSED", "IMPORTANT", "WARNING", "CAUTION"}

var markerForm = later(`^\[!([\pL\pN_-]+)\][ \t]*`)

// marker returns the word of the marker that a block quote starts with, in capitals, or "".
func (p *parser) marker(n ast.Node) string {
	if n.Kind() != ast.KindBlockquote || !isParagraph(n.FirstChild()) {
		return ""
	}
	t, ok := n.FirstChild().FirstChild().(*ast.Text)
	if !ok {
		return ""
	}
	m := markerForm().FindStringSubmatch(p.raw(t))
	if m == nil {
		return ""
	}
	return strings.ToUpper(m[1])
}

// unquote returns the blocks inside a block quote, its marker left out.
func (p *parser) unquote(quote ast.Node) []ast.Node {
	if p.marker(quote) != "" {
		par := quote.FirstChild()
		t := par.FirstChild().(*ast.Text)
		n := len(markerForm().FindString(p.raw(t)))
		at := t.Segment.Start + n
		if t.SoftLineBreak() && n == len(p.raw(t)) {
			at++ // the line break
		}
		dropStart(par, at)
		if n == len(p.raw(t)) {
			detach(t)
		} else {
			cut(t, n)
		}
		if par.FirstChild() == nil {
			detach(par)
		}
	}
	return children(quote)
}

// checkMarkers reports what looks like a marker but does not work as one: an unknown word, and a marker in the middle of a quote, where
// the blank line before it is missing.
func (p *parser) checkMarkers(quote ast.Node) {
	if m := p.marker(quote); m != "" && !contains(markers, m) {
		p.report("question/marker", p.extent(quote.FirstChild().FirstChild()),
			p.didYouMeanMarker(m), "%s is not known at the start of a quote", diag.Quote("[!"+m+"]"))
	}
	for i, block := range children(quote) {
		if !isParagraph(block) {
			continue
		}
		for j, c := range children(block) {
			t, ok := c.(*ast.Text)
			if !ok || i == 0 && j == 0 {
				continue
			}
			prev, _ := c.PreviousSibling().(*ast.Text)
			if j > 0 && (prev == nil || !prev.SoftLineBreak() && !prev.HardLineBreak()) {
				continue
			}
			if m := markerForm().FindStringSubmatch(p.raw(t)); m != nil && contains(markers, strings.ToUpper(m[1])) {
				p.report("question/marker-place", p.extent(t), "put an empty line (without >) before it, so that a new quote begins",
					"%s stands in the middle of another quote", diag.Quote("[!"+strings.ToUpper(m[1])+"]"))
			}
		}
	}
}

func (p *parser) didYouMeanMarker(m string) string {
	if p.c.Word == "scenario" {
		if n := diag.Nearest(m, slices.Sorted(maps.Keys(endings))); n != "" {
			return "did you mean " + diag.Quote("[!"+n+"]") + "?"
		}
		return "write [!TIP] where it ends well, [!NOTE] or [!IMPORTANT] where the ending is mixed, [!WARNING] or [!CAUTION] where it ends badly"
	}
	switch strings.ToLower(m) {
	case "hint", "clue":
		return "write [!TIP] for a hint"
	case "explanation", "explain", "info", "answer", "solution":
		return "write [!NOTE] for the explanation"
	}
	if n := diag.Nearest(m, markers); n != "" {
		return "did you mean " + diag.Quote("[!"+n+"]") + "?"
	}
	return "write [!TIP] for a hint, [!NOTE] for the explanation, [!MISSED] in an option"
}

// takeCallouts moves hints and the explanation out of the blocks into the check, and returns the other blocks.
func (p *parser) takeCallouts(blocks []ast.Node) []ast.Node {
	var rest, explanation []ast.Node
	for _, b := range blocks {
		if b.Kind() != ast.KindBlockquote {
			rest = append(rest, b)
			continue
		}
		p.checkMarkers(b)
		mark, at := p.marker(b), p.extent(b)
		switch mark {
		case hintMark, explanationMark:
			inside := p.unquote(b)
			detach(b)
			switch {
			case len(inside) == 0:
				p.report("question/empty-callout", at, "write the text on the lines below the marker, each after a >", "the %s is empty", diag.Quote("[!"+mark+"]"))
			case mark == hintMark:
				p.c.Hints = append(p.c.Hints, p.blocks(inside))
			default:
				explanation = append(explanation, inside...)
			}
		case missedMark:
			p.report("question/marker-place", at, "indent it by two spaces, so that it stands inside its option", "%s belongs to an option, this one stands alone", diag.Quote("[!MISSED]"))
			rest = append(rest, b)
		default:
			rest = append(rest, b)
		}
	}
	p.c.Explanation = p.blocks(explanation)
	return rest
}
