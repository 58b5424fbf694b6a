package quiz

import (
	"bytes"
	"html"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	goldparser "github.com/yuin/goldmark/parser"
	"waymark/internal/diag"
)

// Texts reads texts of checks for other programs, from the file that was opened last, and keeps account of what those cannot show.
type Texts struct {
	of   *diag.File
	file []byte
	refs []goldparser.Reference // that the file defines, once asked for
	lost []loss                 // since Open or Lost was called

	// Picture, if it is set, returns where a picture of the site is kept in what is written, by its address in the file, or "" where it is left behind.
	Picture func(address string) string
}

// Open is called for each check, with its file. Without one texts are taken as plain text where their Markdown is not known.
func (t *Texts) Open(file *diag.File) (err error) {
	t.lost = nil
	if file == t.of {
		return nil
	}
	var data []byte
	if file != nil {
		if data, err = file.Bytes(); err != nil {
			return err
		}
	}
	*t = Texts{of: file, file: data, Picture: t.Picture}
	return nil
}

// Lost returns what could not be shown since the check was opened or it was last called, a line for each kind.
func (t *Texts) Lost() []string {
	var list []string
	for _, l := range t.lost {
		list = append(list, l.what+": "+strings.Join(l.which, ", "))
	}
	t.lost = nil
	return list
}

// HTML writes a text in one line of HTML that is XML, too, without the pictures and links within the site and without raw HTML. A single paragraph has no element around it.
func (t *Texts) HTML(r Rich) string { return t.html(r.markdown(t.file)) }

// Blank is what stands for a gap in a prompt, in Markdown.
const Blank = `\_\_\_`

// PromptHTML writes the prompt of c as HTML does, with gap, which is Markdown, for each gap.
func (t *Texts) PromptHTML(c *Check, gap string) string {
	if c.Type != Cloze || c.Prompt.Markdown == "" && t.file == nil {
		return t.HTML(c.Prompt)
	}
	return t.html(c.promptWith(t.file, func(Gap) string { return gap }))
}

// kept returns where the picture of an address is kept, or "".
func (t *Texts) kept(address []byte) string {
	if t.Picture == nil {
		return ""
	}
	return t.Picture(string(address))
}

func (t *Texts) html(md string) string {
	src := []byte(t.shown(md, false))
	doc := importParser.Parse(newReader(src))
	var inner []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Image:
			switch at := t.kept(n.Destination); {
			case !entering || schemeForm().Match(n.Destination):
			case at != "":
				n.Destination = []byte(at)
			default:
				inner = append(inner, n)
			}
		case *ast.Link:
			if entering && !schemeForm().Match(n.Destination) {
				inner = append(inner, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, n := range slices.Backward(inner) {
		for _, c := range children(n) {
			n.Parent().InsertBefore(n.Parent(), n, c)
		}
		detach(n)
	}
	var b strings.Builder
	if err := importMarkdown.Renderer().Render(&b, src, doc); err != nil { // a Builder takes everything
		return html.EscapeString(md)
	}
	out := strings.TrimSpace(strings.ReplaceAll(b.String(), "<!-- raw HTML omitted -->", ""))
	if inside, ok := strings.CutPrefix(out, "<p>"); ok && strings.Count(out, "<p>") == 1 && strings.HasSuffix(inside, "</p>") {
		out = strings.TrimSpace(strings.TrimSuffix(inside, "</p>"))
	}
	var line strings.Builder
	for i, part := range strings.Split(out, "<pre>") {
		if i > 0 {
			code, rest, _ := strings.Cut(part, "</pre>")
			line.WriteString("<pre>" + strings.ReplaceAll(code, "\n", "&#10;") + "</pre>")
			part = rest
		}
		line.WriteString(strings.ReplaceAll(part, "\n", " "))
	}
	return line.String()
}

// An edit replaces a part of a text.
type edit struct {
	start, end int
	text       string
}

var (
	schemeForm   = later(`^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)`)
	footnoteForm = later(` ?\[\^[^\]\s]+\]`)
	unknownForm  = later(`\[[^\[\]]+\]\[[^\[\]]*\]`)
	boxLineForm  = later(`^[ \t]*:{3,}[ \t]*([\pL\pN_-]*)`)
	tagForm      = later(`^</?([a-zA-Z][a-zA-Z0-9-]*)`)
)

// unshown are elements that neither a site nor Moodle shows.
var unshown = strings.Fields("script style iframe object embed applet form input button textarea select svg math template noscript")

// shown makes of Markdown what Moodle can show of it, and reports the rest: links by name get their addresses, footnotes, forbidden HTML and the lines of boxes go.
// Where a question is none of pairs (arrow), there is no -> in it: Moodle would take it for one.
func (t *Texts) shown(md string, arrow bool) string {
	src := []byte(md)
	ctx := goldparser.NewContext()
	for _, ref := range t.references() {
		ctx.AddReference(ref)
	}
	doc := importParser.Parse(newReader(src), goldparser.WithContext(ctx))
	joinTexts(doc)
	var edits []edit // in the order of the text
	change := func(start, end int, text string) {
		i := len(edits)
		for i > 0 && edits[i-1].start > start {
			i--
		}
		edits = slices.Insert(edits, i, edit{start, end, text})
	}
	raw := func(at, end int) {
		m := tagForm().FindSubmatch(src[at:end])
		if m == nil || !contains(unshown, strings.ToLower(string(m[1]))) {
			return
		}
		name := strings.ToLower(string(m[1]))
		t.lose("HTML that is not shown is left out", "<"+name+">")
		closing := "</" + name + ">"
		if i := strings.Index(strings.ToLower(md[at:]), closing); i >= 0 {
			end = at + i + len(closing)
		}
		change(at, end, "")
	}
	target := func(n ast.Node, dest []byte, ref *ast.ReferenceLink) {
		switch _, image := n.(*ast.Image); {
		case schemeForm().Match(dest):
		case image && t.kept(dest) != "":
		case image:
			t.lose("pictures are left behind", string(dest))
		default:
			t.lose("links within the site lead nowhere", string(dest))
		}
		if ref == nil {
			return
		}
		at := bytes.IndexByte(src[textEnd(n):], ']') + textEnd(n) + 1
		end := at
		if ref.Type != ast.ReferenceLinkShortcut {
			end += bytes.IndexByte(src[at:], ']') + 1
		}
		address := string(dest)
		if strings.ContainsAny(address, " ()") {
			address = "<" + address + ">"
		}
		change(at, end, "("+address+")")
	}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // it returns what the function does: nil
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeSpan, *ast.CodeBlock, *ast.FencedCodeBlock:
			return ast.WalkSkipChildren, nil
		case *ast.Image:
			target(n, n.Destination, n.Reference)
		case *ast.Link:
			target(n, n.Destination, n.Reference)
		case *ast.RawHTML:
			if n.Segments.Len() > 0 {
				raw(n.Segments.At(0).Start, n.Segments.At(n.Segments.Len()-1).Stop)
			}
		case *ast.HTMLBlock:
			if n.Lines().Len() > 0 {
				raw(n.Pos(), n.Lines().At(n.Lines().Len()-1).Stop)
			}
		case *ast.Text:
			start, text := n.Segment.Start, n.Segment.Value(src)
			for _, m := range footnoteForm().FindAllIndex(text, -1) {
				t.lose("footnotes are left out", strings.TrimSpace(string(text[m[0]:m[1]])))
				change(start+m[0], start+m[1], "")
			}
			for _, m := range unknownForm().FindAll(text, -1) {
				t.lose("links whose address is not known are text", string(m))
			}
			for i := 0; arrow && i < len(text)-1; i++ {
				if text[i] == '-' && text[i+1] == '>' {
					change(start+i+1, start+i+2, "&gt;")
				}
			}
		}
		if isParagraph(n) {
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				if m := boxLineForm().FindSubmatch(line.Value(src)); m != nil {
					if len(m[1]) > 0 {
						t.lose("what stands in boxes is written without them", string(m[1]))
					}
					change(line.Start, line.Stop, "")
				}
			}
		}
		return ast.WalkContinue, nil
	})
	var b strings.Builder
	done := 0
	for _, e := range edits {
		if e.start >= done {
			b.WriteString(md[done:e.start] + e.text)
			done = e.end
		}
	}
	out := b.String() + md[done:]
	if len(edits) > 0 {
		out = strings.TrimSpace(manyLines().ReplaceAllString(out, "\n\n"))
	}
	if arrow && strings.Contains(out, "->") {
		t.lose("written → in code, since Moodle would take it for a pair", "->")
		out = strings.ReplaceAll(out, "->", "→")
	}
	if giftFormat().MatchString(out) { // it would be taken for the name of a format
		out = `\` + out
	}
	return out
}

var manyLines = later(`\n{3,}`)

// textEnd returns where the last text below n ends.
func textEnd(n ast.Node) int {
	end := n.Pos() + 1
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			end = max(end, t.Segment.Stop)
		} else {
			end = max(end, textEnd(c))
		}
	}
	return end
}

// references returns the links that the file names.
func (t *Texts) references() []goldparser.Reference {
	if t.refs == nil && t.file != nil {
		t.refs = []goldparser.Reference{}
		ctx := goldparser.NewContext()
		importParser.Parse(newReader(t.file), goldparser.WithContext(ctx))
		for _, r := range ctx.References() {
			if !bytes.HasPrefix(r.Label(), []byte("^")) { // a footnote is none
				t.refs = append(t.refs, r)
			}
		}
	}
	return t.refs
}

// lose remembers what Moodle cannot show of the check, each once, under what is said of it.
func (t *Texts) lose(what, which string) {
	for i := range t.lost {
		if t.lost[i].what == what {
			if !contains(t.lost[i].which, diag.Quote(which)) {
				t.lost[i].which = append(t.lost[i].which, diag.Quote(which))
			}
			return
		}
	}
	t.lost = append(t.lost, loss{what, []string{diag.Quote(which)}})
}

// A loss is a kind of thing that Moodle cannot show.
type loss struct {
	what  string
	which []string
}
