// Package drawing makes SVG files harmless.
//
// A drawing can hold scripts. In a page it is an image and they sleep, but a reader may open the file by itself, and then they run with the rights of the site.
// Clean lets through what draws, by lists of elements, attributes and addresses that are known, and takes out the rest: scripts, event handlers, foreign content,
// whatever is loaded from elsewhere, declarations. It copies what it lets through byte for byte, piece by piece, and only pieces that every reader of XML reads alike;
// so a plain drawing stays as it was written, and no piece can turn into something else beside another.
package drawing

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Version changes when the same drawing is cleaned in another way.
const Version = 1

// Bounds. Real drawings stay far below them; a browser's own reader of XML ends at a depth of 256.
const (
	MaxSize  = 4 << 20
	maxDepth = 200
	maxAttrs = 200
	maxKinds = 8 // of things that are reported
)

// A Taken is something that was taken out of a drawing.
type Taken struct {
	At, End int    // the bytes of the first of its kind
	What    string // "<script>", "the attribute onload of <svg>"
	More    int    // how many more of its kind there were
}

// A Fault says why a drawing cannot be read, and where; At is -1 for one that is too large to be looked at.
type Fault struct {
	At  int
	Why string
}

func (f *Fault) Error() string { return f.Why }

// Clean returns the drawing without what could run or load something, and what that was, the first of each kind in the order of the file. The bytes are those it was given when
// nothing was taken out. With a fault nothing of it is fit to be
// published.
func Clean(data []byte) ([]byte, []Taken, *Fault) {
	if len(data) > MaxSize {
		return nil, nil, &Fault{-1, fmt.Sprintf("it has %.1f MiB; at most %d are looked through", float64(len(data))/(1<<20), MaxSize>>20)}
	}
	if !utf8.Valid(data) {
		return nil, nil, &Fault{0, "it is not UTF-8"}
	}
	c := &cleaner{data: data, dec: xml.NewDecoder(bytes.NewReader(data))}
	var fault *Fault
	if c.dec.Entity, fault = entities(data); fault != nil {
		return nil, nil, fault
	}
	if fault := c.run(); fault != nil {
		return nil, nil, fault
	}
	if len(c.taken) == 0 {
		return data, nil, nil
	}
	c.out = append(c.out, data[c.copied:]...)
	return c.out, c.taken, nil
}

// A cleaner is the state of one pass over a drawing.
type cleaner struct {
	data   []byte
	dec    *xml.Decoder
	out    []byte
	copied int // how much of data is in out, or was left out
	stack  []element
	root   bool // the root element was seen
	taken  []Taken
}

// An element that is open.
type element struct {
	name     xml.Name          // as written: prefix and local name
	prefixes map[string]string // namespaces that it declares, by prefix
	style    bool
	said     bool // a style sheet that has had its text
}

var (
	xmlForm  = regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["']1\.[01]["'](?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["'](?i:utf-8)["'])?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*["'](?:yes|no)["'])?[ \t\r\n]*\?>$`)
	typeForm = regexp.MustCompile(`^<!DOCTYPE[ \t\r\n]+svg(?:[ \t\r\n]+PUBLIC[ \t\r\n]+"-//W3C//DTD SVG [\w. ]+//EN"[ \t\r\n]+"https?://www\.w3\.org/[\w./-]+")?[ \t\r\n]*>$`)
)

func (c *cleaner) run() *Fault {
	for {
		at := int(c.dec.InputOffset())
		tok, err := c.dec.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return c.reason(err)
		}
		end := int(c.dec.InputOffset())
		raw := c.data[at:end]
		var fault *Fault
		switch tok := tok.(type) {
		case xml.StartElement:
			fault = c.start(tok, raw, at, end)
		case xml.EndElement:
			if len(raw) == 0 {
				fault = c.end(tok.Name, at) // the second half of <g/>
			} else if !plainEnd(raw) {
				fault = c.fault(at, "the end of <%s> is written in a way that not every program reads", tok.Name.Local)
			} else {
				fault = c.end(tok.Name, at)
			}
		case xml.CharData:
			c.text(tok, raw, at, end)
		case xml.ProcInst:
			// A mark of the byte order may stand before the declaration.
			if tok.Target != "xml" || !xmlForm.Match(raw) || len(bytes.TrimPrefix(c.data[:at], []byte("\xef\xbb\xbf"))) > 0 {
				c.take(at, end, "the instruction <?"+tok.Target+"?>", nil)
			}
		case xml.Comment:
			// A reader of HTML ends this one at once.
			if bytes.HasPrefix(tok, []byte(">")) || bytes.HasPrefix(tok, []byte("->")) {
				c.take(at, end, "a comment that begins with >", nil)
			}
		case xml.Directive:
			if !typeForm.Match(raw) || c.root {
				c.take(at, end, "a document type with declarations of its own", nil)
			}
		}
		if fault != nil {
			return fault
		}
	}
	if len(c.stack) > 0 {
		return c.fault(len(c.data), "<%s> is not closed", c.stack[len(c.stack)-1].name.Local)
	}
	if !c.root {
		return &Fault{0, "it has no <svg> element"}
	}
	return nil
}

// start judges an opening tag.
func (c *cleaner) start(tok xml.StartElement, raw []byte, at, end int) *Fault {
	if len(c.stack) == 0 && c.root {
		return c.fault(at, "<%s> stands behind the end of the drawing", tok.Name.Local)
	}
	if len(c.stack) >= maxDepth {
		return c.fault(at, "elements are nested more than %d deep", maxDepth)
	}
	if len(tok.Attr) > maxAttrs {
		return c.fault(at, "<%s> has more than %d attributes", tok.Name.Local, maxAttrs)
	}
	for i, a := range tok.Attr {
		for _, b := range tok.Attr[:i] {
			if a.Name == b.Name {
				return c.fault(at, "<%s> has the attribute %s twice", tok.Name.Local, written(a.Name))
			}
		}
	}
	if !plainStart(raw) {
		return c.fault(at, "<%s> is written in a way that not every program reads", tok.Name.Local)
	}
	e := element{name: tok.Name}
	for _, a := range tok.Attr {
		if prefix, ok := declares(a.Name); ok {
			if e.prefixes == nil {
				e.prefixes = map[string]string{}
			}
			e.prefixes[prefix] = a.Value
		}
	}
	c.stack = append(c.stack, e)
	space, known := c.namespace(tok.Name.Space)
	drawn := space == svgSpace || space == "" && tok.Name.Space == ""
	if !c.root {
		if !drawn || tok.Name.Local != "svg" {
			return c.fault(at, "its first element is <%s>, not <svg>", tok.Name.Local)
		}
		c.root = true
	}
	switch {
	case c.stack[max(len(c.stack)-2, 0)].style:
		return c.skip(at, "<"+written(tok.Name)+"> in a style sheet")
	case drawn && !elements[tok.Name.Local], !drawn && !inertSpace(space), !known && tok.Name.Space != "":
		return c.skip(at, "<"+written(tok.Name)+">")
	}
	c.stack[len(c.stack)-1].style = drawn && tok.Name.Local == "style"

	kept, changed := tok.Attr[:0:0], !plainReferences(raw)
	if changed {
		c.note(at, end, "a reference to a declaration")
	}
	for _, a := range tok.Attr {
		if why := c.judge(tok, a, drawn); why != "" {
			from, to := at, end
			if i := bytes.Index(raw, []byte(written(a.Name))); i >= 0 {
				from, to = at+i, at+i+len(written(a.Name))
			}
			c.note(from, to, why)
			changed = true
			continue
		}
		kept = append(kept, a)
	}
	if changed {
		c.replace(at, end, startTag(tok.Name, kept, bytes.HasSuffix(raw, []byte("/>"))))
	}
	return nil
}

// skip takes out an element with all that stands in it.
func (c *cleaner) skip(at int, what string) *Fault {
	for depth := 1; depth > 0; {
		from := int(c.dec.InputOffset())
		tok, err := c.dec.RawToken()
		if err != nil {
			return c.reason(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth++; len(c.stack)+depth > maxDepth {
				return c.fault(from, "elements are nested more than %d deep", maxDepth)
			}
			c.stack = append(c.stack, element{name: t.Name})
		case xml.EndElement:
			depth--
			if fault := c.end(t.Name, from); fault != nil {
				return fault
			}
		}
	}
	c.take(at, int(c.dec.InputOffset()), what, nil)
	return nil
}

func (c *cleaner) end(name xml.Name, at int) *Fault {
	if len(c.stack) == 0 || c.stack[len(c.stack)-1].name != name {
		return c.fault(at, "</%s> closes what is not open", name.Local)
	}
	c.stack = c.stack[:len(c.stack)-1]
	return nil
}

// text judges what stands between tags. It draws nothing by itself, but in a style sheet.
func (c *cleaner) text(text xml.CharData, raw []byte, at, end int) {
	if n := len(c.stack); n > 0 && c.stack[n-1].style && len(bytes.TrimSpace(text)) > 0 {
		if c.stack[n-1].said { // pieces that are harmless by themselves could be harmful together
			c.take(at, end, "the second part of a style sheet", nil)
			return
		}
		c.stack[n-1].said = true
		if css, what := cleanCSS(string(text)); what != "" {
			c.take(at, end, what+" in a style sheet", escaped(css))
			return
		}
	}
	if bytes.HasPrefix(raw, []byte("<![CDATA[")) || plainReferences(raw) {
		return
	}
	c.take(at, end, "a reference to a declaration", escaped(string(text)))
}

// take puts new bytes in the place of a piece and says what was there.
func (c *cleaner) take(at, end int, what string, now []byte) {
	c.note(at, end, what)
	c.replace(at, end, now)
}

func (c *cleaner) replace(at, end int, now []byte) {
	c.out = append(c.out, c.data[c.copied:at]...)
	c.out = append(c.out, now...)
	c.copied = end
}

func (c *cleaner) note(at, end int, what string) {
	for i := range c.taken {
		if c.taken[i].What == what {
			c.taken[i].More++
			return
		}
	}
	if len(c.taken) == maxKinds {
		what = "more of other kinds"
		if n := len(c.taken) - 1; c.taken[n].What == what {
			c.taken[n].More++
			return
		}
		c.taken[maxKinds-1] = Taken{At: c.taken[maxKinds-1].At, End: c.taken[maxKinds-1].End, What: what, More: 1}
		return
	}
	c.taken = append(c.taken, Taken{At: at, End: end, What: what})
}

// namespace returns the namespace of a prefix, and whether one is declared.
func (c *cleaner) namespace(prefix string) (string, bool) {
	for i := len(c.stack) - 1; i >= 0; i-- {
		if s, ok := c.stack[i].prefixes[prefix]; ok {
			return s, true
		}
	}
	if prefix == "xml" {
		return xmlSpace, true
	}
	return "", false
}

func (c *cleaner) fault(at int, format string, args ...any) *Fault {
	return &Fault{min(at, len(c.data)), fmt.Sprintf(format, args...)}
}

// reason says in plain words where the reader of XML stopped.
func (c *cleaner) reason(err error) *Fault {
	var syntax *xml.SyntaxError
	why := strings.TrimPrefix(err.Error(), "xml: ")
	if errors.As(err, &syntax) {
		why = syntax.Msg
	} else if err == io.EOF {
		why = "it ends in the middle"
	}
	return c.fault(int(c.dec.InputOffset()), "%s", why)
}
