package theme

import (
	"html/template"
	"strings"
	"text/template/parse"
)

// fold writes what is the same on every page of a language into its templates, messages without arguments, and icons, and finds those that are runs. It works after html/template
// has worked out how each action is escaped, and takes only those whose escaping it knows, so that the bytes are the same. That holds for templates of which each ends where in
// the HTML it began: of the default theme tests know it, of others unsound has asked. False: the set is not to be used any more.
func (t *Theme) fold(all *set, lang string) bool {
	if t.escape(all.Template, t.Templates()...) != nil {
		return false
	}
	for _, x := range all.Templates() {
		nodes(x, func(n parse.Node) {
			l, ok := n.(*parse.ListNode)
			if !ok {
				return
			}
			for i, n := range l.Nodes {
				if a, ok := n.(*parse.ActionNode); ok {
					if text, ok := t.constant(a.Pipe, lang); ok {
						l.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: a.Pos, Text: []byte(text)}
					}
				}
			}
		})
	}
	t.compile(all, lang)
	return true
}

// constant returns what {{t "key" | escaper}} or {{icon "name" | escaper}} writes in a language.
func (t *Theme) constant(p *parse.PipeNode, lang string) (string, bool) {
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
			return string(t.Icon(word.Text)), true
		}
	case "_html_template_attrescaper", "_html_template_rcdataescaper":
	default:
		return "", false
	}
	if call.Ident != "t" {
		return "", false
	}
	return escapeText(t.Message(lang, word.Text)), true
}

// escapeText is what html/template makes of words in a text, a title or an attribute.
func escapeText(s string) string {
	// It writes a plus sign as a reference too, for the sake of UTF-7.
	return strings.ReplaceAll(template.HTMLEscapeString(s), "+", "&#43;")
}
