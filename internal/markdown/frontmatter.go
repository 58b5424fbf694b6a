package markdown

import (
	"bufio"
	"bytes"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/adrg/frontmatter"
	"waymark/internal/diag"
	"waymark/internal/schema"
)

// captured is what the front matter formats below hand over: the bytes between the delimiters, undecoded. The library's own decoding
// is lenient and knows no places.
type captured struct {
	toml bool
	data []byte
}

var formats = []*frontmatter.Format{
	frontmatter.NewFormat("---", "---", func(data []byte, v any) error {
		*v.(*captured) = captured{false, data}
		return nil
	}),
	frontmatter.NewFormat("+++", "+++", func(data []byte, v any) error {
		*v.(*captured) = captured{true, data}
		return nil
	}),
}

var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// A block is the front matter of a text: Data is text[Start:Start+len(Data)], the body begins at Body.
type block struct {
	toml   bool
	found  bool
	start  int
	data   []byte
	body   int
	opener int // where the opening line stands, if there is one
	closer int // where the closing line stands
	open   bool
}

// split finds the front matter of text. The library leaves some things to its caller: it says nothing of a block that is opened and
// never closed, and it takes an indented line for the closing one.
func split(text []byte) block {
	b := block{}
	for b.opener < len(text) && (text[b.opener] == '\n' || text[b.opener] == '\r') {
		b.opener++
	}
	line := firstLine(text[b.opener:])
	if d := string(bytes.TrimRight(line, " \t\r\n")); d != "---" && d != "+++" {
		return block{}
	}
	b.open = true
	// The library copies all it reads, so it gets the text only as far as the first line that it can take for the closing one.
	head := b.opener + len(line)
	for head < len(text) {
		next := firstLine(text[head:])
		head += len(next)
		if bytes.Equal(bytes.TrimSpace(next), bytes.TrimSpace(line)) {
			break
		}
	}
	var c captured
	reader := readers.Get().(*bufio.Reader) // which the library uses as it is
	defer readers.Put(reader)
	reader.Reset(bytes.NewReader(text[:head]))
	rest, err := frontmatter.MustParse(reader, &c, formats...)
	if err != nil {
		return b
	}
	b.found, b.toml, b.data = true, c.toml, c.data
	b.body = head - len(rest)
	b.closer = bytes.LastIndexByte(bytes.TrimSuffix(text[:b.body], []byte("\n")), '\n') + 1
	b.start = b.closer - len(c.data)
	return b
}

func firstLine(text []byte) []byte {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return text[:i+1]
	}
	return text
}

// frontMatter decodes the front matter of text, which begins at offset in the file, and returns the body and where that begins.
func (p *page) frontMatter(text []byte, offset int) (body []byte, at int) {
	b := split(text)
	place := func(from int) diag.Span {
		line := bytes.TrimRight(firstLine(text[from:]), " \t\r\n")
		return p.file.Span(diag.Range{Start: offset + from, End: offset + from + len(line)})
	}
	if !b.open {
		return text, offset
	}
	if !b.found {
		p.doc.Diags.Add("front-matter/unclosed", place(b.opener), "end it with a line of the same three characters; for a line across the page write ***", "the front matter is never closed")
		// The text is likely to begin behind the first blank line, so its faults can be told in the same run.
		for i := b.opener; i < len(text); {
			line := firstLine(text[i:])
			i += len(line)
			if len(bytes.TrimSpace(line)) == 0 {
				return text[i:], offset + i
			}
		}
		return nil, offset + len(text)
	}
	if c := text[b.closer]; c == ' ' || c == '\t' {
		p.doc.Diags.Add("front-matter/indented", place(b.closer), "a closing line begins at the margin; put a value that holds such a line in quotes", "an indented %s ends the front matter here", diag.Quote(string(bytes.TrimSpace(firstLine(text[b.closer:])))))
		// A closing line at the margin further down means that this one was part of a value: then nothing can be said of the block.
		for i := b.body; i < len(text); {
			line := firstLine(text[i:])
			i += len(line)
			if d := string(bytes.TrimRight(line, " \t\r\n")); d == "---" || d == "+++" {
				return text[i:], offset + i
			}
		}
	}
	src := schema.Source{File: p.file, Data: b.data, Offset: offset + b.start}
	var ds diag.List
	if b.toml {
		p.doc.Foreign, ds = schema.DecodeTOML(src, &p.doc.Meta, p.opts.Lenient)
	} else {
		p.doc.Foreign, ds = schema.Decode(src, &p.doc.Meta, p.opts.Lenient)
	}
	p.doc.Diags = append(p.doc.Diags, ds...)
	p.checkMeta(b, offset)
	if list := p.doc.Meta.Reading; list != nil && p.opts.For != "" {
		list.Items = slices.DeleteFunc(list.Items, func(it ReadingItem) bool {
			return len(it.Roles) > 0 && !slices.ContainsFunc(it.Roles, func(id schema.Text) bool { return id.Value == p.opts.For })
		})
	}
	return text[b.body:], offset + b.body
}

// checkMeta finds what is wrong between the keys.
func (p *page) checkMeta(b block, offset int) {
	m := &p.doc.Meta
	at := func(key string) diag.Span {
		line := bytes.Index(append([]byte{'\n'}, b.data...), []byte("\n"+key))
		if line < 0 {
			return p.file.Span(diag.At(offset + b.start))
		}
		return p.file.Span(diag.Range{Start: offset + b.start + line, End: offset + b.start + line + len(key)})
	}
	if n := utf8.RuneCountInString(m.Summary.Value); n > 160 {
		p.doc.Diags.Add("page/summary-long", p.file.Span(m.Summary.At), "keep it to one sentence", "the summary has %d characters, more than 160", n)
	}
	kind := m.Kind
	if kind == "" {
		kind = p.opts.Kind
	}
	for _, k := range []struct {
		kind, key string
		set       bool
	}{
		{"role", "role", m.Role != nil}, {"practice", "practice", m.Practice != nil}, {"challenge", "challenge", m.Challenge != nil},
		{"reading", "reading", m.Reading != nil}, {"form", "form", m.Form != nil}, {"session", "session", m.Session != nil},
		{"path", "stages", m.Stages != nil}, {"path", "for", m.For != nil}, {"path", "outcomes", m.Outcomes != nil}, {"path", "mode", m.Mode != ""},
		{"path", "edition", m.Edition != ""}, {"path", "schedule", m.Schedule != nil}, {"path", "evaluation", m.Evaluation != nil}, {"path", "award", m.Award != nil},
	} {
		if k.set && k.kind != kind {
			p.doc.Diags.Add("page/wrong-kind", at(k.key), "write `kind: "+k.kind+"`, or take the key away", "%s belongs to pages of kind %s; this one is of kind %s", diag.Quote(k.key), k.kind, diag.Quote(kind))
		}
	}
}
