package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"waymark/internal/diag"
)

// Raw HTML reaches a Markdown parser in pieces: the opening tag of an inline element is one node, its closing tag another, and a block ends at a
// blank line whatever is open. So it is judged tag by tag. Every piece that is let through is a whole tag, written anew from its name and its
// attributes, or escaped text; no element is let through inside which a browser reads text by other rules (script, style, svg, template …). Then
// no two pieces can make up something that neither is. What is open is closed where the Markdown block around it ends.

// A rawTag is an element that raw HTML opened. One that was not let through is remembered, so that its closing tag goes too.
type rawTag struct {
	name    string
	dropped bool
	at      diag.Range
}

func (r *renderer) htmlBlock(n *ast.HTMLBlock) {
	var raw []byte
	var starts [][2]int // offset in raw, offset in the text
	add := func(start, stop int) {
		starts = append(starts, [2]int{len(raw), start})
		raw = append(raw, r.p.src[start:stop]...)
	}
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		add(seg.Start, seg.Stop)
	}
	if n.HasClosure() {
		add(n.ClosureLine.Start, n.ClosureLine.Stop)
	}
	r.rawHTML(raw, func(off int) int {
		i, found := slices.BinarySearchFunc(starts, off, func(s [2]int, off int) int { return s[0] - off })
		if !found {
			i--
		}
		return starts[i][1] + off - starts[i][0]
	})
	if len(r.buf) > 0 && r.buf[len(r.buf)-1] != '\n' && r.p.opts.HTML != "allow" {
		r.raw("\n")
	}
	r.say([]byte{'\n'})
}

func (r *renderer) rawInline(n *ast.RawHTML) {
	start := 0
	if n.Segments.Len() > 0 {
		start = n.Segments.At(0).Start
	}
	r.rawHTML(n.Segments.Value(r.p.src), func(off int) int { return start + off })
}

// rawHTML writes raw HTML as the site's option says; place leads from offsets in raw to the text.
func (r *renderer) rawHTML(raw []byte, place func(off int) int) {
	switch r.p.opts.HTML {
	case "allow":
		r.buf = append(r.buf, raw...)
		r.rawAddresses(raw)
		return
	case "escape":
		if !bytes.HasPrefix(raw, []byte("<!--")) {
			r.buf = appendText(r.buf, raw)
			r.say(raw)
		}
		return
	}
	z := html.NewTokenizer(bytes.NewReader(raw))
	z.SetMaxBuf(0)
	hidden := "" // the element whose content is left out
	for off := 0; ; {
		kind := z.Next()
		piece := z.Raw()
		at := off
		off += len(piece)
		if kind == html.ErrorToken {
			// What the tokenizer could not finish, as in "<a href=", is text.
			if hidden == "" && at < len(raw) {
				r.buf = appendText(r.buf, raw[at:])
			}
			return
		}
		here := func() diag.Range {
			start := min(place(at), len(r.p.src))
			return r.p.at.span(start, min(start+len(piece), len(r.p.src)))
		}
		written := string(piece) // Token lets the tokenizer go on using its buffer
		token := z.Token()
		if hidden != "" {
			if kind == html.EndTagToken && token.Data == hidden {
				hidden = ""
			}
			continue
		}
		switch kind {
		case html.TextToken:
			r.buf = appendText(r.buf, token.Data)
			r.say([]byte(token.Data))
		case html.CommentToken, html.DoctypeToken:
			if !strings.HasPrefix(written, "<!--") {
				r.takenAway("", here(), "%s is not allowed here and was left out", diag.Quote(written))
			}
		case html.EndTagToken:
			r.endTag(token.Data, written)
		case html.StartTagToken, html.SelfClosingTagToken:
			if !r.startTag(token, kind == html.SelfClosingTagToken, written, here) && hiddenContent[token.Data] && kind == html.StartTagToken && !voidElements[token.Data] {
				if bytes.Contains(bytes.ToLower(raw[off:]), []byte("</"+token.Data)) {
					hidden = token.Data
					r.tags = r.tags[:len(r.tags)-1]
				}
			}
		}
	}
}

// rawAddresses notes what may be addresses of files in raw HTML that is let through as it is.
func (r *renderer) rawAddresses(raw []byte) {
	z := html.NewTokenizer(bytes.NewReader(raw))
	z.SetMaxBuf(0)
	for z.Next() != html.ErrorToken {
		for _, a := range z.Token().Attr {
			for _, part := range strings.Fields(strings.ReplaceAll(a.Val, ",", " ")) { // there may be several
				if strings.Contains(part, ".") {
					r.p.doc.Raw = append(r.p.doc.Raw, part)
				}
			}
		}
	}
}

// takenAway reports what was left out, each kind once a page.
func (r *renderer) takenAway(key string, at diag.Range, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if key == "" {
		key = message
	}
	if r.removed[key] {
		return
	}
	r.remember(key)
	r.p.doc.Diags.Add("html/removed", r.p.file.Span(at), "write it as Markdown or a container", "%s", message)
}

func (r *renderer) remember(key string) {
	if r.removed == nil {
		r.removed = map[string]bool{}
	}
	r.removed[key] = true
}

// startTag writes an opening tag as far as the policy lets it through, and says whether it did.
func (r *renderer) startTag(token html.Token, selfClosing bool, written string, here func() diag.Range) bool {
	name := token.Data
	if !htmlElements[name] {
		if !r.removed[name] {
			r.remember(name)
			r.p.doc.Diags.Add("html/unknown", r.p.file.Span(here()), "put it between backticks", "<%s> is no HTML element, so it is shown as text", written[1:1+len(name)])
		}
		r.buf = appendText(r.buf, written)
		r.say([]byte(written))
		return true
	}
	if len(r.tags) > maxDepth {
		r.takenAway("depth", here(), "<%s> is nested too deep and was left out", name)
		if !voidElements[name] {
			r.push(rawTag{name: name, dropped: true}, selfClosing)
		}
		return false
	}
	if name == "h1" { // a page has one, its title
		token.Data = "h2"
	}
	asked := token.Attr
	if name == "a" {
		for i, a := range token.Attr { // the old form of id
			if a.Key == "name" {
				token.Attr = slices.Clone(token.Attr)
				token.Attr[i].Key = "id"
				break
			}
		}
	}
	if name == "a" && r.linked() {
		r.takenAway("nested", here(), "a link cannot stand inside another link; the inner one was left out")
		r.push(rawTag{name: name, dropped: true}, selfClosing)
		return false
	}
	clean, ok := sanitizeTag(token)
	if !ok {
		r.takenAway(name, here(), "<%s> is not allowed here and was left out", name)
		if !voidElements[name] {
			r.push(rawTag{name: name, dropped: true}, selfClosing)
		}
		return false
	}
	for i, a := range token.Attr {
		if _, kept := attrOf(clean, a.Key); !kept {
			r.takenAway(name+" "+asked[i].Key, here(), "%s of <%s> is not allowed here and was left out", diag.Quote(asked[i].Key), name)
		}
	}
	if name == "img" {
		r.rawImage(token, clean, here)
		return true
	}
	dest, linked := "", false
	if _, ok := attrOf(clean, "href"); ok {
		dest, linked = attrOf(token.Attr, "href")
		linked = linked && r.p.schemeAllowed(dest)
	}
	if linked {
		r.openLink(dest, here())
	} else {
		r.raw("<" + token.Data)
	}
	for _, a := range clean {
		switch a.Key {
		case "href":
		case "id":
			if r.p.takeID(a.Val, here(), diag.Warning) {
				r.p.doc.Anchors = append(r.p.doc.Anchors, a.Val)
				r.id(a.Val)
			}
		default:
			r.attr(a.Key, a.Val)
		}
	}
	r.raw(">")
	if !voidElements[name] {
		r.push(rawTag{name: token.Data, at: here()}, selfClosing)
	}
	return true
}

// push remembers an open element. HTML knows no `<div/>`, but its author meant an empty one.
func (r *renderer) push(t rawTag, selfClosing bool) {
	if !selfClosing {
		r.tags = append(r.tags, t)
	} else if !t.dropped {
		r.raw("</" + t.name + ">")
	}
}

// rawImage writes an img element as the image of a Markdown image is written.
func (r *renderer) rawImage(token html.Token, clean []html.Attribute, here func() diag.Range) {
	_, kept := attrOf(clean, "src")
	src, _ := attrOf(token.Attr, "src")
	alt, described := attrOf(token.Attr, "alt")
	if !kept || !r.allowed(src, true, here()) {
		r.buf = appendText(r.buf, alt)
		return
	}
	if !described {
		r.p.doc.Diags.Add("page/image-alt", r.p.file.Span(here()), `add alt="…"; for pure decoration alt=""`, "the image %s has no text for those who cannot see it", diag.Quote(src))
	}
	i := Image{Alt: alt}
	i.Title, _ = attrOf(clean, "title")
	if w, ok := attrOf(clean, "width"); ok {
		i.Width, _ = strconv.Atoi(w)
	}
	if h, ok := attrOf(clean, "height"); ok {
		i.Height, _ = strconv.Atoi(h)
	}
	i.Link = r.addLink(src, true, here())
	r.drawImage(i)
}

// endTag closes an element that raw HTML opened in the same Markdown block, with what is open inside it.
func (r *renderer) endTag(name, written string) {
	if !htmlElements[name] {
		r.buf = appendText(r.buf, written)
		return
	}
	if name == "h1" {
		name = "h2"
	}
	for i := len(r.tags) - 1; i >= r.base; i-- {
		if r.tags[i].name == name {
			r.shut(i)
			return
		}
	}
}

// shut closes all open tags from the i-th on.
func (r *renderer) shut(i int) {
	for j := len(r.tags) - 1; j >= i; j-- {
		if t := r.tags[j]; !t.dropped {
			r.raw("</" + t.name + ">")
		}
	}
	r.tags = r.tags[:i]
}

// enter begins a Markdown block or element: raw HTML inside it is balanced by itself. What it returns goes to leave.
func (r *renderer) enter() (outer int) {
	outer, r.base = r.base, len(r.tags)
	return outer
}

func (r *renderer) leave(outer int) {
	r.closeTags(r.base)
	r.base = outer
}

// closeTags closes what raw HTML left open since there were base tags.
func (r *renderer) closeTags(base int) {
	for _, t := range r.tags[base:] {
		if key := "open " + t.name; !t.dropped && !optionalEnds[t.name] && !r.removed[key] {
			r.remember(key)
			r.p.doc.Diags.Add("html/unclosed", r.p.file.Span(t.at), "close it in the same paragraph, list item or container", "<%s> is not closed in the block it was opened in, so it ends with it", t.name)
		}
	}
	r.shut(base)
}
