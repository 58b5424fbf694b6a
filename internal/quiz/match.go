package quiz

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"waymark/internal/diag"
)

// match reads a table of two columns: each row is a pair, a row with an empty left cell is an extra partner. Partners are chosen from a list of
// texts without markup, so those of one text are one.
func (p *parser) match(table ast.Node) {
	lefts := map[string]diag.Range{}
	partners := map[string]bool{}
	used := map[string]bool{}
	var extras []Pair
	rows, before := 0, len(p.ds)
	for _, row := range children(table) {
		at, cells := p.lineOf(row), children(row)
		if row.Kind() == east.KindTableHeader {
			for _, c := range cells {
				p.c.Heads = append(p.c.Heads, p.inline(c))
			}
			continue
		}
		if len(cells) < 2 {
			continue
		}
		pair := Pair{Left: p.inline(cells[0]), Right: p.inline(cells[1]), Range: at}
		switch {
		case pair.Left.Empty() && pair.Right.Empty():
			p.report("question/match-row", at, "take it away", "a row of the table is empty")
			continue
		case pair.Right.Empty():
			p.report("question/match-row", at, "write its partner in the second column", "%s has no partner", diag.Quote(pair.Left.Plain))
			continue
		case pair.Left.Empty():
			extras = append(extras, pair)
		default:
			rows++
			shown := p.shown(pair.Left)
			if first, ok := lefts[shown]; ok && pair.Left.Plain != "" {
				d := p.report("question/duplicate-option", at, "reword one of them or take it away", "%s stands twice", diag.Quote(pair.Left.Plain))
				d.Related = append(d.Related, diag.Related{Span: p.in.File.Span(first), Message: "the first one"})
			}
			lefts[shown] = at
			used[pair.Right.Plain] = true
		}
		partners[pair.Right.Plain] = true
		p.c.Pairs = append(p.c.Pairs, pair)
	}
	for _, e := range extras {
		if used[e.Right.Plain] {
			p.report("question/duplicate-option", e.Range, "reword it or take the row away", "the extra partner %s fits a row of its own", diag.Quote(e.Right.Plain))
		}
	}
	switch {
	case rows == 0:
		p.report("question/match-rows", p.lineOf(table), "add a row for each pair below the headings", "there is nothing to match")
	case len(partners) < 2 && len(p.ds) == before:
		p.report("question/match-rows", p.lineOf(table), "add another pair, or a row with an empty left cell", "there is only one partner to choose from")
	}
}

// Partners returns what can be matched: the right cells that differ, in the order written, as indices of Pairs.
func (c *Check) Partners() []int {
	var list []int
	seen := map[string]bool{}
	for i, p := range c.Pairs {
		if p.Right.Plain == "" || !seen[p.Right.Plain] {
			seen[p.Right.Plain] = true
			list = append(list, i)
		}
	}
	return list
}

// Rows returns the pairs with a left side, as indices of Pairs: what is to be matched.
func (c *Check) Rows() []int {
	var list []int
	for i, p := range c.Pairs {
		if !p.Left.Empty() {
			list = append(list, i)
		}
	}
	return list
}

// partnerOf returns for each row the index in Partners of what fits it.
func (c *Check) partnerOf() []int {
	byText, byRow := map[string]int{}, map[int]int{}
	for k, i := range c.Partners() {
		byText[c.Pairs[i].Right.Plain], byRow[i] = k, k
	}
	var list []int
	for _, row := range c.Rows() {
		if k, ok := byRow[row]; ok {
			list = append(list, k)
		} else {
			list = append(list, byText[c.Pairs[row].Right.Plain])
		}
	}
	return list
}
