package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"waymark/internal/diag"
)

// HeadingID returns the id that a heading of that text has by GitHub's rule: lower case; letters, marks, digits, connectors and hyphens stay, blanks
// become hyphens, the rest goes. It is not yet unique.
func HeadingID(text string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == ' ' || r == '\n':
			b.WriteByte('-')
		case r == '-' || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.Is(unicode.Pc, r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// An idTable holds the ids of a page.
type idTable struct {
	used map[string]diag.Range
	next map[string]int
}

// unique returns id, or id with the first free number behind it, and takes it.
func (t *idTable) unique(id string, at diag.Range) string {
	if id == "" {
		id = "section"
	}
	if t.used == nil {
		t.used, t.next = map[string]diag.Range{}, map[string]int{}
	}
	free := id
	for n := t.next[id]; ; {
		if _, taken := t.used[free]; !taken {
			t.next[id] = n
			t.used[free] = at
			return free
		}
		n++
		free = id + "-" + strconv.Itoa(n)
	}
}

// reserveID takes an id that the author wrote, before any id is made of a heading.
func (p *page) reserveID(id string, attrs []attr) {
	for i := len(attrs) - 1; i >= 0; i-- {
		if attrs[i].name == "id" {
			p.takeID(id, p.at.span(attrs[i].start, attrs[i].end), diag.Error)
			return
		}
	}
}

// takeID takes an id and says whether it was free.
func (p *page) takeID(id string, at diag.Range, severity diag.Severity) bool {
	first, taken := p.ids.used[id]
	if !taken {
		p.ids.unique(id, at)
		return true
	}
	d := p.doc.Diags.Add("page/duplicate-id", p.file.Span(at), "give one of the two another id", "the id %s stands twice on this page", diag.Quote(id))
	d.Severity = severity
	d.Related = append(d.Related, diag.Related{Span: p.file.Span(first), Message: "here it stands first"})
	return false
}

// sceneIDs takes the ids that scenes of scenarios will have, as missed-meetings--waiting, so that no heading of the page gets one.
func (r *renderer) sceneIDs(n ast.Node) {
	for c := n.FirstChild(); c != nil && c.Type() != ast.TypeInline; c = c.NextSibling() {
		x, ok := c.(*container)
		if !ok || !x.check() {
			r.sceneIDs(c)
			continue
		}
		id, ok := find(x.attrs, "id")
		if !ok || x.name != "scenario" {
			continue
		}
		seen := map[string]bool{} // two scenes of one name are reported as such
		for h := x.FirstChild(); h != nil; h = h.NextSibling() {
			if h.Kind() != ast.KindHeading {
				continue
			}
			if scene := id + "--" + HeadingID(r.plain(h)); !seen[scene] {
				seen[scene] = true
				r.p.takeID(scene, r.lines(h), diag.Error)
			}
		}
	}
}

// headingIDs gives ids to all headings before anything is drawn, so that ids in raw HTML do not change them.
func (r *renderer) headingIDs(n ast.Node) {
	for c := n.FirstChild(); c != nil && c.Type() != ast.TypeInline; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			if id, ok := c.AttributeString("id"); ok {
				r.ids[c] = string(id.([]byte))
			} else if text := r.plain(c); text != "" {
				r.ids[c] = r.p.ids.unique(HeadingID(text), r.lines(c))
			}
		case *container:
			if !c.check() {
				r.headingIDs(c)
			}
		case *ast.Paragraph, *ast.TextBlock:
		default:
			r.headingIDs(c)
		}
	}
}

// headingParser adds attributes to goldmark's two parsers of headings: `## Title {#id .class}`. Goldmark's own reading of them would also
// eat other braces at the end of a heading, which are text to us.
type headingParser struct{ parser.BlockParser }

func (h headingParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, pos := reader.Position()
	node, state := h.BlockParser.Open(parent, reader, pc)
	if node == nil || state&parser.RequireParagraph != 0 {
		return node, state
	}
	if lines := node.Lines(); lines.Len() > 0 {
		seg := lines.At(0)
		if !pageOf(pc).spend(marks(reader.Source()[seg.Start:seg.Stop]), pos.Start, pos.Stop) {
			lines.Clear()
		}
		headingAttributes(node.(*ast.Heading), pc, true)
	}
	return node, state
}

func (h headingParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	h.BlockParser.Close(node, reader, pc)
	if heading := node.(*ast.Heading); node.Parent() != nil && heading.Attributes() == nil {
		headingAttributes(heading, pc, false)
	}
}

func headingAttributes(h *ast.Heading, pc parser.Context, atx bool) {
	lines := h.Lines()
	if lines.Len() == 0 {
		return
	}
	p := pageOf(pc)
	seg := lines.At(lines.Len() - 1)
	line := util.TrimRightSpace(p.src[seg.Start:seg.Stop])
	attrs, at, ok := trailingAttributes(line, seg.Start)
	if !ok || len(attrs) == 0 {
		return
	}
	for _, a := range attrs {
		if a.bare || a.name != "id" && a.name != "class" && a.name != "lang" && a.name != "dir" {
			return
		}
	}
	for _, a := range attrs {
		h.SetAttributeString(a.name, []byte(a.value))
	}
	line = util.TrimRightSpace(line[:at])
	if atx { // the closing sequence stood before the attributes
		if rest := bytes.TrimRight(line, "#"); len(rest) < len(line) && (len(rest) == 0 || rest[len(rest)-1] == ' ' || rest[len(rest)-1] == '\t') {
			line = util.TrimRightSpace(rest)
		}
	}
	seg.Stop = seg.Start + len(line)
	lines.Set(lines.Len()-1, seg)
	if id, ok := find(attrs, "id"); ok && insideCheck(pc) == nil {
		p.reserveID(id, attrs)
	}
}

// heading renders a heading and begins a section of the search text.
func (r *renderer) heading(n *ast.Heading) {
	if r.inCheck > 0 {
		level := min(max(n.Level, 2), 6)
		r.open("h", level)
		r.raw(">")
		r.inlines(n)
		r.close("h", level)
		return
	}
	if n.Level == 1 && r.shift == 0 {
		r.shift = 1 // a page has one h1, its title
	}
	level := min(n.Level+r.shift, 6)
	text := r.plain(n)
	if text == "" {
		r.open("h", level)
		r.raw(">")
		r.inlines(n)
		r.close("h", level)
		return
	}
	id := r.ids[n]
	if n.Parent() != nil && n.Parent().Kind() == ast.KindDocument {
		if level > 2 && level > r.level+1 {
			at := r.lines(n)
			r.p.doc.Diags.Add("page/heading-skip", r.p.file.Span(at), "use the next level; readers who hear the page find their way by levels", "the heading %s skips a level", diag.Quote(text))
		}
		r.level = level
	}
	if r.private == 0 {
		r.endSection()
		r.section = len(r.p.doc.Headings)
		r.p.doc.Headings = append(r.p.doc.Headings, Heading{Level: level, ID: id, Text: text, Range: r.lines(n)})
	} else {
		r.p.doc.Anchors = append(r.p.doc.Anchors, id)
	}
	r.open("h", level)
	r.id(id)
	for _, name := range []string{"class", "lang", "dir"} {
		if v, ok := n.AttributeString(name); ok {
			r.attr(name, string(v.([]byte)))
		}
	}
	r.raw(">")
	r.inHeading++
	if r.private == 0 {
		r.silent++ // its text is in Headings
	}
	r.inlines(n)
	if r.private == 0 {
		r.silent--
	} else {
		r.say([]byte{'\n'})
	}
	r.inHeading--
	r.raw(`<a class="anchor" href="#`)
	r.hole(HolePrefix, 0)
	r.fragment(id)
	r.raw(`"`)
	r.attr("aria-label", text)
	r.raw(`><span aria-hidden="true">#</span></a>`)
	r.close("h", level)
}
