package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"waymark/internal/diag"
)

// wholeRows makes tables and reports what they lose: cells beyond the last column are not shown.
type wholeRows struct{ parser.ParagraphTransformer }

func (w wholeRows) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	parent, before, next := node.Parent(), node.PreviousSibling(), node.NextSibling()
	w.ParagraphTransformer.Transform(node, reader, pc)
	// The table stands where the paragraph ended.
	made := parent.LastChild()
	if next != nil {
		made = next.PreviousSibling()
	}
	t, ok := made.(*extast.Table)
	if !ok || made == before {
		return
	}
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		line := bytes.TrimRight(firstLine(reader.Source()[row.Pos():]), " \t\n")
		if lost := beyond(line, len(t.Alignments)); len(lost) > 0 {
			at := row.Pos() + len(line) - len(lost)
			lost = bytes.TrimRight(lost, " \t|")
			pageOf(pc).report("page/table-cells", at, at+len(lost), `write \| for a bar inside a cell, or give the table another column`, "this row has more cells than the head of its table, so %s is not shown", diag.Quote(string(lost)))
		}
	}
}

// beyond returns what stands in a row behind its first cells, as many as there are columns; nothing where it is blank.
func beyond(line []byte, columns int) []byte {
	rest := bytes.TrimPrefix(bytes.TrimLeft(line, " \t"), []byte("|"))
	for i := 0; i < len(rest); i++ {
		if rest[i] == '|' && (i == 0 || rest[i-1] != '\\') {
			if columns--; columns == 0 {
				return bytes.TrimLeft(rest[i+1:], " \t|")
			}
		}
	}
	return nil
}

// table renders a table in a box that scrolls by itself. The box can be reached by keyboard, so it has a name: the caption of the figure
// it stands in, else the heading above it, else the heads of its columns.
func (r *renderer) table(n *extast.Table) {
	label := r.caption
	if h := r.p.doc.Headings; label == "" && r.inCheck == 0 && len(h) > 0 {
		label = h[len(h)-1].Text
	}
	if label == "" {
		label = r.heads(n)
	}
	r.raw(`<div class="tablewrap" tabindex="0"`)
	if label != "" {
		r.raw(` role="group"`) // no landmark: a page may have two tables under one heading, an edition two headings of one name
		r.attr("aria-label", label)
	}
	r.raw("><table>\n")
	body := false
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if head, ok := c.(*extast.TableHeader); ok {
			r.raw("<thead>\n<tr>\n")
			for d := head.FirstChild(); d != nil; d = d.NextSibling() {
				if cell, ok := d.(*extast.TableCell); ok {
					r.cell(cell, true)
				}
			}
			r.raw("</tr>\n</thead>\n")
			continue
		}
		if !body {
			body = true
			r.raw("<tbody>\n")
		}
		r.raw("<tr>\n")
		for d := c.FirstChild(); d != nil; d = d.NextSibling() {
			if cell, ok := d.(*extast.TableCell); ok {
				r.cell(cell, false)
			}
		}
		r.raw("</tr>\n")
		r.say([]byte{'\n'})
	}
	if body {
		r.raw("</tbody>\n")
	}
	r.raw("</table></div>\n")
}

// cell renders a cell. A cell of the head without text is no heading of anything.
func (r *renderer) cell(n *extast.TableCell, head bool) {
	tag := "td"
	if head && n.HasChildren() {
		tag = "th"
	}
	r.raw("<" + tag)
	if tag == "th" {
		r.raw(` scope="col"`)
	}
	// Classes, not styles: pages forbid styles in attributes.
	switch n.Alignment {
	case extast.AlignLeft:
		r.raw(` class="left"`)
	case extast.AlignRight:
		r.raw(` class="right"`)
	case extast.AlignCenter:
		r.raw(` class="center"`)
	}
	r.raw(">")
	r.inlines(n)
	r.raw("</" + tag + ">\n")
	r.say([]byte{' '})
}

func (r *renderer) heads(n *extast.Table) string {
	label := ""
	if head := n.FirstChild(); head != nil {
		for c := head.FirstChild(); c != nil; c = c.NextSibling() {
			if t := r.plain(c); t != "" {
				if label != "" {
					label += ", "
				}
				label += t
			}
		}
	}
	return label
}
