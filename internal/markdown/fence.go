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
		p.openCode = append(p.openCode, openCode{node.Pos(), endOf(node)})
	}
}

// openCode is a block of code that nothing closed: where it stands in the text, and what it ends with.
type openCode struct {
	at  int
	end string
}

const pageEnd = "the end"

// endOf says what a block that nothing closes ends with.
func endOf(n ast.Node) string {
	for n = n.Parent(); n != nil; n = n.Parent() {
		switch n.(type) {
		case *ast.Blockquote:
			return "the end of the quote"
		case *ast.ListItem:
			return "the end of the list item"
		}
	}
	return pageEnd
}
