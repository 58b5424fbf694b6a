package markdown

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/adrg/frontmatter"
	"golang.org/x/text/language"
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
	strayed := !b.open
	if strayed {
		if b = stray(text); !b.open {
			return text, offset
		}
		p.strayFrontMatter(text, b, place(b.opener))
		if p.opts.Lenient || !b.found {
			return text, offset
		}
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
	if c := text[b.closer]; !strayed && (c == ' ' || c == '\t') {
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
	decode := schema.Decode
	if b.toml {
		decode = schema.DecodeTOML
	}
	unknown, ds := decode(src, &p.doc.Meta, p.opts.Lenient)
	for i, d := range ds {
		if d.Code != "yaml/unknown-key" {
			continue
		}
		if key := strings.ToLower(string(src.Data[d.Span.Range.Start-src.Offset : d.Span.Range.End-src.Offset])); key == "published" || key == "publish" {
			ds[i].Hint = "say `draft: true` of a page that is not to be published; take the line away from others"
		}
	}
	p.doc.Diags = append(p.doc.Diags, ds...)
	p.publication(unknown)
	p.checkMeta(b, offset)
	if p.opts.Learners {
		p.doc.Meta.Facilitation, p.doc.Meta.Codes = nil, 0
	}
	if list := p.doc.Meta.Reading; list != nil && p.opts.For != "" {
		list.Items = slices.DeleteFunc(list.Items, func(it ReadingItem) bool {
			return len(it.Roles) > 0 && !slices.ContainsFunc(it.Roles, func(id schema.Text) bool { return id.Value == p.opts.For })
		})
	}
	return text[b.body:], offset + b.body
}

// publication reads, under `front_matter: lenient`, the keys by which other tools tell whether a page is published, and reports those that it cannot read, so that nothing is
// published unnoticed. All other keys are put into Doc.Foreign.
func (p *page) publication(unknown []schema.Unknown) {
	m := &p.doc.Meta
	for _, k := range unknown {
		says := strings.ToLower(strings.TrimSpace(k.Says.Value))
		yes, no := among("true yes on 1", says), among("false no off 0", says)
		day, _, _ := strings.Cut(strings.ToUpper(says), " ")
		switch {
		case partOfDate().MatchString(day):
			day += "-01-01"[:10-len(day)]
		default:
			if t, err := time.Parse("Jan 2 2006", strings.TrimSpace(k.Says.Value)); err == nil {
				day = t.Format(time.DateOnly)
			}
		}
		var date schema.Date
		dated := date.SetText(day) == nil
		read := true
		switch strings.ToLower(strings.ReplaceAll(k.Value, "_", "")) {
		case "published", "publish", "publishdate", "pubdate":
			if m.Draft = m.Draft || no; dated {
				m.PublishDate = cmp.Or(m.PublishDate, date)
			}
			read = dated || yes || no
		case "expirydate", "unpublishdate":
			if read = dated; dated {
				m.ExpiryDate = cmp.Or(m.ExpiryDate, date)
			}
		case "draft":
			m.Draft, read = m.Draft || yes, yes || no
		case "status":
			if among("draft review published retired", says) {
				m.Status = says
			} else {
				read = among(public, says)
			}
		case "unlisted", "private", "headless":
			read = no
		default:
			says = ""
		}
		switch {
		case says == "":
			p.doc.Foreign = append(p.doc.Foreign, k.Text)
		case !read:
			at := diag.Range{Start: k.At.Start, End: max(k.Says.At.End, k.At.End)}
			p.doc.Diags.Add("front-matter/publication", p.file.Span(at), "say `draft: true` if it is not to be published", "%s says nothing to Waymark, so the page is published", diag.Quote(k.Value+": "+k.Says.Value))
		}
	}
}

// partOfDate is a year, or a year and a month: the first day of it is meant.
var partOfDate = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]{4}(-[0-9]{2})?$`) })

// public are values of `status` elsewhere that withhold nothing.
const public = "new deprecated stable active live public publish current final done complete completed approved accepted reviewed"

// among reports whether word is one of the words.
func among(words, word string) bool {
	return word != "" && strings.Contains(" "+words+" ", " "+word+" ")
}

// stray finds front matter that split does not take for one: its opening line is indented, or made of the dashes of word processors, or missing, or stands
// behind a comment; or it is JSON. The block is not found, only open, when no line closes it. It takes nothing that a page of prose begins with: lines that look like keys, the
// first of them a key that pages have, behind such an opening line or directly before a line of dashes.
func stray(text []byte) block {
	if b := strayJSON(text); b.open {
		return b
	}
	b := block{body: behindComments(text)}
	if b.body > 0 {
		s := split(text[b.body:])
		first := firstLine(bytes.TrimLeft(s.data, " \t\r\n"))
		key := keyOf(first)
		if s.toml {
			name, _, _ := bytes.Cut(first, []byte{'='})
			key = string(bytes.TrimSpace(name))
		}
		if s.found && metaKey(key) {
			s.opener, s.start, s.body, s.closer = s.opener+b.body, s.start+b.body, s.body+b.body, s.closer+b.body
			return s
		}
	}
	var line []byte
	next := func() bool { // takes the line at b.body
		line = firstLine(text[b.body:])
		b.body += len(line)
		return len(line) > 0
	}
	for next() && len(trimLine(line)) == 0 {
	}
	b.opener = b.body - len(line)
	opened := dashes(line)
	if b.start = b.opener; opened {
		b.start = b.body
		for next() && len(trimLine(line)) == 0 {
		}
	}
	key := keyOf(line)
	if key == "" {
		return block{} // as nearly all pages without front matter
	}
	if !metaKey(key) && !(opened && metaKey(strings.ToLower(key))) {
		return block{}
	}
	known := b.body
	for next() {
		switch {
		case dashes(line):
			b.closer = b.body - len(line)
			b.data = text[b.start:b.closer]
			b.open, b.found = true, true
			return b
		case keyOf(line) != "" || strings.IndexByte(" \t-#]}", line[0]) >= 0 || opened && len(trimLine(line)) == 0:
		default:
			// Without a closing line, another key directly below the first one must do.
			b.open = opened && keyOf(firstLine(text[known:])) != ""
			return b
		}
	}
	b.open = opened && keyOf(firstLine(text[known:])) != ""
	return b
}

// behindComments returns where a text begins behind the HTML comments at its start, which end with their line; 0 when there are none.
func behindComments(text []byte) (at int) {
	for {
		rest := bytes.TrimLeft(text[at:], " \t\r\n")
		if !bytes.HasPrefix(rest, []byte("<!--")) {
			return at
		}
		i := bytes.Index(rest, []byte("-->"))
		if i < 0 {
			return at
		}
		line := firstLine(rest[i+3:])
		if len(trimLine(line)) > 0 {
			return at
		}
		at = len(text) - len(rest) + i + 3 + len(line)
	}
}

// strayJSON finds front matter in JSON: an object with a key that pages have, at the start of a text, or between ---json and ---.
func strayJSON(text []byte) block {
	b := block{opener: len(text) - len(bytes.TrimLeft(text, " \t\r\n"))}
	line := firstLine(text[b.opener:])
	named := string(trimLine(line)) == "---json"
	if b.start = b.opener; named {
		b.start += len(line)
	}
	b.start += len(text[b.start:]) - len(bytes.TrimLeft(text[b.start:], " \t\r\n"))
	if b.start >= len(text) || text[b.start] != '{' {
		return block{}
	}
	d := json.NewDecoder(bytes.NewReader(text[b.start:]))
	var object map[string]json.RawMessage
	if err := d.Decode(&object); err != nil {
		b.open = named
		return b
	}
	known := named
	for key := range object {
		known = known || metaKey(strings.ToLower(key))
	}
	if !known {
		return block{}
	}
	end := b.start + int(d.InputOffset())
	b.open, b.found = true, true
	b.data = bytes.ReplaceAll(text[b.start:end], []byte{'\t'}, []byte{' '}) // a tab is no white space of YAML, nor can it stand in a string of JSON
	b.closer = end
	b.body = end
	if line := firstLine(text[b.body:]); len(trimLine(line)) == 0 {
		b.body += len(line)
	}
	if line := firstLine(text[b.body:]); named && string(trimLine(line)) == "---" {
		b.body += len(line)
	}
	return b
}

// metaKey reports whether pages have a key.
func metaKey(key string) bool {
	keys, _ := schema.Keys(Meta{})
	return slices.Contains(keys, key)
}

// trimLine takes from a line what cannot be seen at its ends.
func trimLine(line []byte) []byte { return bytes.Trim(line, " \t\r\n\u00a0\u200b\ufeff") }

// dashes reports whether a line holds nothing but hyphens or dashes: at least two hyphens, or one dash.
func dashes(line []byte) bool {
	line = trimLine(line)
	return len(line) > 1 && len(bytes.Trim(line, "-–—−‐‑― \u00a0")) == 0
}

// keyOf returns the key that a line at the margin begins with, or "".
func keyOf(line []byte) string {
	i := 0
	for i < len(line) && (line[i] == '_' || line[i]|0x20 >= 'a' && line[i]|0x20 <= 'z') {
		i++
	}
	if i == 0 || i+1 >= len(line) || line[i] != ':' || strings.IndexByte(" \t\r\n", line[i+1]) < 0 {
		return ""
	}
	return string(line[:i])
}

// strayFrontMatter reports what stray found; its first line is at the place.
func (p *page) strayFrontMatter(text []byte, b block, at diag.Span) {
	line := strings.TrimRight(string(firstLine(text[b.opener:])), " \t\r\n")
	what, hint := diag.Quote(line)+" does not open the front matter", "write --- there, at the margin and with nothing else on the line"
	closing := strings.TrimRight(string(firstLine(text[b.closer:])), " \t\r\n")
	switch {
	case line == "---json" || strings.HasPrefix(line, "{"):
		what, hint, closing = "the front matter is written in JSON", "write it in YAML: a line of ---, lines as in `title: My page`, and a line of --- again", "---"
	case bytes.Contains(text[:b.opener], []byte("-->")):
		what, hint = "a comment stands before the front matter", "begin the file with ---, and put the comment behind the front matter"
		if line == "+++" {
			hint, closing = strings.Replace(hint, "---", line, 1), "---"
		}
	case b.start == b.opener:
		what, hint = "no line of --- opens the front matter before "+diag.Quote(line), "put a line of three hyphens before it: ---"
	case line == "---":
		what, hint = "a line that looks empty stands before the front matter", "begin the file with ---"
	}
	if closing != "---" {
		hint += "; end the front matter with --- too"
	}
	d := p.doc.Diags.Add("front-matter/opening", at, hint, "%s, so it would be shown as text", what)
	if p.opts.Lenient {
		d.Severity = diag.Warning
	}
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
	if _, err := language.Parse(m.Lang.Value); m.Lang.Value != "" && schema.IsLanguage(m.Lang.Value) && err != nil { // another form was reported
		if p.opts.Lenient {
			m.Lang.Value = ""
		} else {
			p.doc.Diags.Add("yaml/value", at("lang"), "write a language tag as in en, en-GB, de or ar", "%s is not a language", diag.Quote(m.Lang.Value))
		}
	}
	if m.PublishDate != "" && m.ExpiryDate != "" && m.ExpiryDate <= m.PublishDate {
		p.doc.Diags.Add("yaml/value", at("expiry_date"), "write a later day, or take one of the two away", "the page expires on %s and is published on %s, so it is never built", m.ExpiryDate, m.PublishDate)
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
		{"path", "edition", m.Edition != ""}, {"path", "schedule", m.Schedule != nil}, {"path", "evaluation", m.Evaluation != nil}, {"path", "award", m.Award != nil}, {"path", "schema", m.Schema == "waymark/path@1"},
		{"cohort", "path", m.Path.Value != ""}, {"cohort", "start", m.Start != ""}, {"cohort", "skip", m.Skip != nil}, {"cohort", "timezone", m.Timezone != ""},
		{"cohort", "dates", m.Dates != nil}, {"cohort", "contact", m.Contact != ""}, {"cohort", "codes", m.Codes != 0}, {"cohort", "report", m.Report != nil}, {"cohort", "schema", m.Schema == "waymark/cohort@1"},
	} {
		if k.set && k.kind != kind {
			p.doc.Diags.Add("page/wrong-kind", at(k.key), "write `kind: "+k.kind+"`, or take the key away", "%s belongs to pages of kind %s; this one is of kind %s", diag.Quote(k.key), k.kind, diag.Quote(kind))
		}
	}
}
