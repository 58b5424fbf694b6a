package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// fenceParser notices blocks of code that nothing closes: they silently swallow the rest of a page.
type fenceParser struct{ parser.BlockParser }

func (f fenceParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	state := f.BlockParser.Continue(node, reader, pc)
	if state&parser.Continue == 0 {
		pageOf(pc).closedCode = node
	}
	return state
}

func (f fenceParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	f.BlockParser.Close(node, reader, pc)
	if p := pageOf(pc); p.closedCode != node {
		p.openCode = append(p.openCode, node.Pos())
	}
}
