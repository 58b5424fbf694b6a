// Package render turns a planned page and a theme into bytes.
//
// What a page shows stands in its view; render only fills in the HTML of its documents, drawing each container by the theme's template of that name.
// Nothing that an author wrote can fail here: the error is that of the machine, or of a theme.
//
// Incremental: a page is rendered when its key is new; render itself remembers nothing.
package render

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strconv"
	"sync"

	"waymark/internal/markdown"
	"waymark/internal/plan"
	"waymark/internal/theme"
)

// Site is what rendering needs to know of the site as a whole.
type Site struct {
	ID     string                 // part of the seed of shuffled items
	Checks markdown.CheckDefaults // site.yaml's defaults
	Roles  map[string]string      // audience words → title of the role
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Page writes a page. It is safe for concurrent use.
func Page(w io.Writer, p *plan.Page, look *theme.Theme, site *Site) error {
	v := p.View()
	bodies := make([]*body, len(p.Contents))
	for i := range p.Contents {
		b, err := newBody(p, i, look, site)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Path, err)
		}
		b.keeps = v.Site.Progress != ""
		bodies[i] = b
	}
	tally := new(tally)
	for _, b := range bodies {
		b.all, b.tally = bodies, tally
	}
	html := func(i int) (template.HTML, error) { return bodies[i].html() }
	var err error
	set := func(dst *template.HTML, i int) {
		if err == nil && i < len(bodies) {
			*dst, err = html(i)
		}
	}
	shown := func() []plan.Check {
		if err != nil || len(bodies) == 0 {
			return nil
		}
		return bodies[0].shown()
	}
	switch {
	case v.Module != nil:
		set(&v.Module.Body, 0)
		v.Module.Checks = shown()
	case v.Path != nil:
		set(&v.Path.Body, 0)
		v.Path.Checks = shown()
	case v.Section != nil:
		set(&v.Section.Body, 0)
		v.Section.Checks = shown()
	case v.Glossary != nil:
		set(&v.Glossary.Body, 0)
		v.Glossary.Checks = shown()
	case v.Home != nil:
		set(&v.Home.Body, 0)
		v.Home.Checks = shown()
	case v.Print != nil:
		for i := range v.Print.Parts {
			set(&v.Print.Parts[i].Module.Body, i)
		}
		// A quiz may draw questions of a part before it, so what is shown is known when all are drawn.
		for i := range v.Print.Parts {
			v.Print.Parts[i].Module.Checks = bodies[i].shown()
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", p.Path, err)
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := look.Execute(buf, p.Template, p.Lang, v); err != nil {
		return fmt.Errorf("%s: %w", cmp.Or(p.Source, p.Path), err)
	}
	_, err = w.Write(buf.Bytes())
	return err
}

// A body renders one document in a page.
type body struct {
	page    *plan.Page
	place   *plan.Content
	content *markdown.Content
	look    *theme.Theme
	site    *Site
	all     []*body
	checks  []plan.Check // views of the document's checks, without HTML until drawn
	blocks  map[int]*markdown.Block
	drawn   map[int]int // the how-manieth of the page's checks each is that was drawn
	tally   *tally
	of      int // questions of its text
	before  int // the number of the question before
	hidden  bool
	keeps   bool // the site keeps what learners do
	err     error
}

// A tally counts what was drawn of a page's checks, and of the questions among them.
type tally struct{ checks, questions int }

func newBody(p *plan.Page, i int, look *theme.Theme, site *Site) (*body, error) {
	c := &p.Contents[i]
	content, err := c.Doc.Content()
	if err != nil {
		return nil, err
	}
	b := &body{page: p, place: c, content: content, look: look, site: site, drawn: map[int]int{}}
	b.hidden = cmp.Or(c.Doc.Meta.Checks.Answers, site.Checks.Answers) == "hidden"
	if len(c.Doc.Checks) > 0 {
		b.blocks = map[int]*markdown.Block{}
		collect(content.Blocks, b.blocks)
		b.views()
	}
	return b, nil
}

func collect(blocks []markdown.Block, into map[int]*markdown.Block) {
	for i := range blocks {
		if n := blocks[i].Check; n > 0 {
			into[n-1] = &blocks[i]
		}
	}
}

func (b *body) html() (template.HTML, error) {
	if b.content == nil {
		return "", nil
	}
	if b.place.Prefix == "" {
		b.before = b.tally.questions
		b.tally.questions += b.of
	}
	s := b.body(b.content.Body, nil)
	return s, b.err
}

// body fills the holes of a body. gaps draws the fields of a cloze.
func (b *body) body(x markdown.Body, gaps func(n int) template.HTML) template.HTML {
	if len(x.Holes) == 0 {
		return template.HTML(x.HTML)
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	err := markdown.Write(buf, x, markdown.Filler{
		Href:   func(n int) (string, bool) { return b.place.Hrefs[n], b.place.Hrefs[n] != "" },
		Rel:    func(n int) []markdown.Attr { return rels[b.place.Rels[n]] },
		Image:  b.image,
		Prefix: b.place.Prefix,
		Block: func(w *bytes.Buffer, n int) error {
			w.WriteString(string(b.block(n)))
			return nil
		},
		Gap: func(w *bytes.Buffer, n int) error {
			if gaps != nil {
				w.WriteString(string(gaps(n)))
			}
			return nil
		},
	})
	if err != nil && b.err == nil {
		b.err = err
	}
	return template.HTML(buf.String())
}

// rels are the attributes of links by what plan says of them.
var rels = map[plan.Rel][]markdown.Attr{
	plan.RelExternal: {{Name: "rel", Value: "external noopener"}},
}

// image are the attributes of an img element that depend on the file.
func (b *body) image(n int) []markdown.Attr {
	a := b.place.Images[n]
	attrs := []markdown.Attr{{Name: "src", Value: a.Src}}
	if a.Srcset != "" {
		attrs = append(attrs, markdown.Attr{Name: "srcset", Value: a.Srcset}, markdown.Attr{Name: "sizes", Value: a.Sizes})
	}
	if a.Width > 0 {
		attrs = append(attrs, markdown.Attr{Name: "width", Value: strconv.Itoa(a.Width)}, markdown.Attr{Name: "height", Value: strconv.Itoa(a.Height)})
	}
	if a.Lazy {
		attrs = append(attrs, markdown.Attr{Name: "loading", Value: "lazy"})
	}
	return attrs
}

// callouts are the containers that the default theme draws, each by a template of its own name.
var callouts = map[string]bool{
	"note": true, "tip": true, "warning": true, "caution": true, "important": true, "details": true, "steps": true, "figure": true,
	"facilitator": true, "say": true, "rather-not": true, "talk": true, "key-points": true, "diagram": true, "tabs": true, "tab": true,
}

func (b *body) block(n int) template.HTML {
	x := &b.content.Blocks[n]
	if x.Check > 0 {
		i := x.Check - 1
		if c := &b.checks[i]; c.Pooled {
			return "" // shown where its pool is drawn
		}
		return b.check(i)
	}
	c := plan.Callout{Name: x.Name, ID: x.ID, Attrs: x.Attrs}
	if c.ID != "" {
		c.ID = b.place.Prefix + c.ID
	}
	name := "blocks/" + x.Name + ".html"
	if role, ok := b.site.Roles[x.Name]; ok && !callouts[x.Name] {
		name, c.Role = "blocks/audience.html", role // one for all roles
	}
	c.Title = b.body(x.Title, nil)
	c.Body = b.body(x.Body, nil)
	return b.draw(name, &c)
}

// draw executes the template of a block.
func (b *body) draw(name string, data any) template.HTML {
	html, err := b.look.Draw(name, b.page.Lang, data)
	if err != nil && b.err == nil {
		b.err = err
	}
	return html
}

// shown are the checks that the page shows, in the order in which they stand there, for the Answers section.
func (b *body) shown() []plan.Check {
	at := map[int]plan.Check{}
	for _, from := range b.all {
		if from == b || from.place.Lent {
			for i, n := range from.drawn {
				at[n] = from.checks[i]
			}
		}
	}
	var list []plan.Check
	for _, n := range slices.Sorted(maps.Keys(at)) {
		list = append(list, at[n])
	}
	return list
}
