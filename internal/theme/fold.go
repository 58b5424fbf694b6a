package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"strings"
	"text/template/parse"
)

// fold writes what is the same on every page of a language into its templates: messages without arguments, and icons. They are a fifth of all that a page's templates
// do. It runs after html/template has worked out how each action is escaped, and takes only those whose escaping it knows, so that the bytes are the same. That holds for
// templates of which each ends where in the HTML it began, and that are all called here; so it is for the theme at the bottom alone, of which tests know it. False: the set is not
// to be used any more.
func (t *Theme) fold(all *template.Template, lang string) bool {
	var calls strings.Builder
	calls.WriteByte('x')
	for _, name := range sortedKeys(t.sources) {
		fmt.Fprintf(&calls, "{{template %q}}", name)
	}
	caller, err := all.New("\x00").Parse(calls.String())
	if err != nil {
		return false
	}
	// This escapes all templates; writing stops at the first letter.
	if err := caller.Execute(closed{}, nil); !errors.Is(err, io.ErrClosedPipe) {
		return false
	}
	f := folder{t, lang}
	for _, tmpl := range all.Templates() {
		if tmpl.Tree != nil {
			f.list(tmpl.Tree.Root)
		}
	}
	return true
}

type folder struct {
	theme *Theme
	lang  string
}

func (f *folder) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for i, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if text, ok := f.constant(n.Pipe); ok {
				l.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(text)}
			}
		case *parse.IfNode:
			f.list(n.List)
			f.list(n.ElseList)
		case *parse.RangeNode:
			f.list(n.List)
			f.list(n.ElseList)
		case *parse.WithNode:
			f.list(n.List)
			f.list(n.ElseList)
		}
	}
}

// constant returns what {{t "key" | escaper}} or {{icon "name" | escaper}} writes.
func (f *folder) constant(p *parse.PipeNode) (string, bool) {
	if len(p.Decl) > 0 || len(p.Cmds) != 2 || len(p.Cmds[0].Args) != 2 || len(p.Cmds[1].Args) != 1 {
		return "", false
	}
	call, okCall := p.Cmds[0].Args[0].(*parse.IdentifierNode)
	word, okWord := p.Cmds[0].Args[1].(*parse.StringNode)
	escaper, okEscaper := p.Cmds[1].Args[0].(*parse.IdentifierNode)
	if !okCall || !okWord || !okEscaper {
		return "", false
	}
	switch escaper.Ident {
	case "_html_template_htmlescaper":
		if call.Ident == "icon" {
			return string(f.theme.Icon(word.Text)), true
		}
	case "_html_template_attrescaper", "_html_template_rcdataescaper":
	default:
		return "", false
	}
	if call.Ident != "t" {
		return "", false
	}
	// html/template writes a plus sign as a reference too, for the sake of UTF-7.
	return strings.ReplaceAll(template.HTMLEscapeString(f.theme.Message(f.lang, word.Text)), "+", "&#43;"), true
}
