package quiz

import (
	"bytes"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
)

// scenario reads scenes, each from its heading to the next, joined by links in lists. The first heading is the start.
func (p *parser) scenario(blocks []ast.Node) {
	p.c.Type, p.c.Why = Scenario, "the word scenario"
	level := 0
	start := len(blocks)
	for i, b := range blocks {
		if h, ok := b.(*ast.Heading); ok {
			level, start = h.Level, i
			break
		}
	}
	p.prompt(blocks[:start], false)
	if level == 0 {
		p.report("scenario/scenes", p.in.Open, "start each scene with a heading: ### A short message", "the scenario has no scenes")
		return
	}
	p.links, p.titles = map[int][]link{}, map[string]int{}
	anchors := map[string]int{} // the ids that headings got from the page, as second names
	for i := start; i < len(blocks); {
		h, end := blocks[i].(*ast.Heading), i+1
		for end < len(blocks) {
			if next, ok := blocks[end].(*ast.Heading); ok && next.Level <= level {
				break
			}
			end++
		}
		if v, ok := h.AttributeString("id"); ok {
			if b, ok := v.([]byte); ok {
				anchors[string(b)] = len(p.c.Scenes)
			}
		}
		p.scene(h, blocks[i+1:end])
		i = end
	}
	p.choices(anchors)
	p.graph()
}

// A link is where a choice wants to go, until all scenes are known.
type link struct {
	dest string
	at   diag.Range
}

// scene reads one scene.
func (p *parser) scene(h *ast.Heading, blocks []ast.Node) {
	at := p.lineOf(h)
	s := Scene{Title: p.inline(h), Range: at}
	s.ID = slug(s.Title.Plain)
	if s.ID == "" {
		s.ID = "scene-" + strconv.Itoa(len(p.c.Scenes)+1)
		p.report("scenario/scenes", at, "write a title behind the #", "a scene has no title")
	}
	n := len(p.c.Scenes)
	if first, twice := p.titles[s.ID]; twice {
		p.torn = true
		d := p.report("scenario/twice", at, "give one of them another title", "two scenes are called %s", diag.Quote(s.Title.Plain))
		d.Related = append(d.Related, diag.Related{Span: p.in.File.Span(p.c.Scenes[first].Range), Message: "the first one"})
		s.ID += "-" + strconv.Itoa(n+1)
	}
	p.titles[s.ID] = n
	var text []ast.Node
	for _, b := range blocks {
		if b.Kind() == ast.KindList && p.hasChoice(b) {
			for _, item := range children(b) {
				p.choiceItem(&s, n, item)
			}
			continue
		}
		if b.Kind() == ast.KindBlockquote {
			p.checkMarkers(b)
		}
		p.looseLinks(n, b)
		text = append(text, b)
	}
	if len(s.Choices) == 0 {
		text = p.ending(&s, text)
	}
	s.Text = p.blocks(text)
	if s.Text.Empty() {
		p.report("scenario/empty", at, "say what happens there", "nothing happens in %s", diag.Quote(s.Title.Plain))
	}
	p.c.Scenes = append(p.c.Scenes, s)
}

// ending reads the colour of a scene without choices from its callout, and unpacks the callout.
func (p *parser) ending(s *Scene, blocks []ast.Node) []ast.Node {
	var text []ast.Node
	for _, b := range blocks {
		m := p.marker(b)
		if e, ok := endings[m]; ok && s.Ending == "" {
			s.Ending = e
			text = append(text, p.unquote(b)...)
			continue
		}
		if m != "" && s.Ending == "" && !contains(markers, m) { // reported with the markers
			s.Ending, p.torn = EndsMixed, true
		}
		text = append(text, b)
	}
	return text
}

// hasChoice reports whether a list has an item that is one link to a heading.
func (p *parser) hasChoice(list ast.Node) bool {
	for _, item := range children(list) {
		if sceneLink(item) != nil {
			return true
		}
	}
	return false
}

// sceneLink returns the link of a list item that is a choice: the only link to a heading in its first paragraph.
func sceneLink(item ast.Node) *ast.Link {
	if !isParagraph(item.FirstChild()) {
		return nil
	}
	var found *ast.Link
	for _, c := range children(item.FirstChild()) {
		if l, ok := c.(*ast.Link); ok && bytes.HasPrefix(l.Destination, []byte("#")) {
			if found != nil {
				return nil
			}
			found = l
		}
	}
	return found
}

// choiceItem reads one item of a list of choices into scene n.
func (p *parser) choiceItem(s *Scene, n int, item ast.Node) {
	c := Choice{Range: p.lineOf(item)}
	l := sceneLink(item)
	if l == nil {
		p.torn = true
		p.report("scenario/no-link", c.Range, "make it a link to the scene that follows: [text](#title-of-the-scene)", "the choice %s leads nowhere", diag.Quote(p.plain(children(item)...)))
		return
	}
	to := link{dest: string(l.Destination), at: p.destination(l)}
	parent := l.Parent()
	for _, inner := range children(l) {
		parent.InsertBefore(parent, l, inner)
	}
	detach(l)
	var text, comment []ast.Node
	for _, b := range children(item) {
		if b.Kind() == ast.KindBlockquote {
			p.checkMarkers(b)
			comment = append(comment, p.unquote(b)...)
			continue
		}
		text = append(text, b)
	}
	c.Text, c.Comment = p.phrase(text), p.blocks(comment)
	if c.Text.Empty() {
		p.report("question/empty-option", c.Range, "write between the brackets what one does", "a choice has no text")
	}
	s.Choices = append(s.Choices, c)
	p.links[n] = append(p.links[n], to)
}

// destination returns where a link's destination stands: behind its text, on the same line. A link by reference has only its text.
func (p *parser) destination(l *ast.Link) diag.Range {
	r := p.extent(children(l)...)
	end := r.End - p.in.Offset
	if end < 0 || end > len(p.in.Source) {
		return r
	}
	rest := p.in.Source[end:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	if i := bytes.Index(rest, append([]byte("("), l.Destination...)); i >= 0 {
		return diag.Range{Start: end + i + 1, End: end + i + 1 + len(l.Destination)}.Shift(p.in.Offset)
	}
	return r
}

// looseLinks remembers links to headings that are not items of a list: on a Git host they work as choices, here they would not.
func (p *parser) looseLinks(n int, block ast.Node) {
	_ = ast.Walk(block, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if l, ok := c.(*ast.Link); ok && entering && bytes.HasPrefix(l.Destination, []byte("#")) {
			p.loose = append(p.loose, link{dest: string(l.Destination), at: p.destination(l)})
		}
		return ast.WalkContinue, nil
	})
}

// choices finds the scene of each choice.
func (p *parser) choices(anchors map[string]int) {
	for n := range p.c.Scenes {
		for i, l := range p.links[n] {
			to := p.sceneOf(l.dest, anchors)
			if to < 0 {
				p.torn = true
				p.report("scenario/nowhere", l.at, p.didYouMeanScene(l.dest), "no scene is called %s", diag.Quote(l.dest))
				continue
			}
			p.c.Scenes[n].Choices[i].To = p.c.Scenes[to].ID
		}
	}
	for _, l := range p.loose {
		if p.sceneOf(l.dest, anchors) >= 0 {
			p.report("scenario/loose-choice", l.at, "make it an item of a list, alone in its line", "the link %s stands in the text, where it is no choice", diag.Quote(l.dest))
		}
	}
}

var numbered = regexp.MustCompile(`-\d+$`)

// sceneOf returns the index of the scene that a link `#…` means, or -1. A heading whose name occurs twice in the page has a number at its end
// on a Git host, so `#waiting-1` is `#waiting` when there is no better.
func (p *parser) sceneOf(dest string, anchors map[string]int) int {
	name := strings.TrimPrefix(dest, "#")
	if s, err := url.PathUnescape(name); err == nil {
		name = s
	}
	for _, n := range []string{name, strings.ToLower(name)} {
		if i, ok := p.titles[n]; ok {
			return i
		}
		if i, ok := anchors[n]; ok && n != "" {
			return i
		}
	}
	if i, ok := p.titles[numbered.ReplaceAllString(strings.ToLower(name), "")]; ok {
		return i
	}
	return -1
}

// SceneID returns the id that a scene of the check has in the page, by its name in a link; "" for a name that no scene has.
func (c *Check) SceneID(name string) string {
	name = strings.ToLower(name)
	for _, n := range []string{name, numbered.ReplaceAllString(name, "")} {
		for i := range c.Scenes {
			if c.Scenes[i].ID == n {
				return c.ID + "--" + n
			}
		}
	}
	return ""
}

func (p *parser) didYouMeanScene(dest string) string {
	var ids []string
	for _, s := range p.c.Scenes[:min(len(p.c.Scenes), 100)] {
		ids = append(ids, s.ID)
	}
	if n := diag.Nearest(strings.TrimPrefix(dest, "#"), ids); n != "" {
		return "did you mean " + diag.Quote("#"+n) + "?"
	}
	if len(ids) <= 12 {
		return "use one of: #" + strings.Join(ids, ", #")
	}
	return "write the title of a scene in small letters, with hyphens for blanks"
}

// slug makes an id of a heading's text as Git hosts do: letters, marks, digits and connectors stay, blanks become hyphens, all else goes.
func slug(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.Is(unicode.Pc, r) || r == '-':
			return unicode.ToLower(r)
		case unicode.IsSpace(r):
			return '-'
		}
		return -1
	}, strings.TrimSpace(s))
}
