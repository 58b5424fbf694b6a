package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
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

// policy lets through structure, text, tables, details, images and links: no style, no SVG, no MathML, no forms, no frames.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"div", "span", "p", "br", "hr", "wbr", "h2", "h3", "h4", "h5", "h6", "section", "article", "aside",
		"blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "details", "summary",
		"b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "small", "q", "cite", "dfn", "abbr", "time",
		"code", "kbd", "samp", "var", "sub", "sup", "bdi", "bdo", "ruby", "rt", "rp", "a", "img",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col",
	)
	p.AllowNoAttrs().OnElements("a", "span", "img")
	number := regexp.MustCompile(`^[0-9]{1,5}$`)
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^[a-zA-Z0-9 _-]{1,200}$`)).Globally()
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^[\pL\pM\pN_.:-]{1,200}$`)).Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[a-zA-Z0-9-]{1,40}$`)).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("title").Globally()
	p.AllowAttrs("open").OnElements("details")
	p.AllowAttrs("colspan", "rowspan").Matching(number).OnElements("td", "th")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(?i:row|col|rowgroup|colgroup)$`)).OnElements("th")
	p.AllowAttrs("span").Matching(number).OnElements("col", "colgroup")
	p.AllowAttrs("start", "value").Matching(number).OnElements("ol", "li")
	p.AllowAttrs("reversed").OnElements("ol")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^[1aAiI]$`)).OnElements("ol")
	p.AllowAttrs("datetime").Matching(regexp.MustCompile(`^[0-9TZ:+. -]{1,40}$`)).OnElements("time", "del", "ins")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(number).OnElements("img")
	p.AllowURLSchemes(schemes...)
	p.AllowRelativeURLs(true)
	p.RequireNoFollowOnLinks(false)
	return p
})

var (
	voidElements  = set("area base br col embed hr img input link meta param source track wbr")
	optionalEnds  = set("p li dt dd td th tr thead tbody tfoot colgroup caption rt rp")
	hiddenContent = set("script style iframe noscript noembed noframes textarea title xmp object embed template svg math")
	// htmlElements are the names that are meant as HTML, let through or not. Others, as in "<your name>", are text.
	htmlElements = set(`a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button
canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt element em embed fieldset figcaption
figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link
listing main map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param
picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search section select shadow slot small source spacer span strike strong style sub
summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp`)
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
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
		linked = linked && r.p.schemeAllowed(dest) && r.inLink == 0
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

// sanitizeTag returns the attributes that the policy leaves of a tag, and whether it leaves the tag.
func sanitizeTag(t html.Token) ([]html.Attribute, bool) {
	t.Type = html.StartTagToken
	out := policy().Sanitize(t.String())
	z := html.NewTokenizer(strings.NewReader(out))
	if z.Next() != html.StartTagToken && z.Token().Type != html.SelfClosingTagToken {
		return nil, false
	}
	clean := z.Token()
	if clean.Data != t.Data {
		return nil, false
	}
	return clean.Attr, true
}

func attrOf(attrs []html.Attribute, key string) (string, bool) {
	for _, a := range attrs {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
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
		if !t.dropped && !optionalEnds[t.name] {
			r.p.doc.Diags.Add("html/unclosed", r.p.file.Span(t.at), "close it in the same paragraph, list item or container", "<%s> is not closed in the block it was opened in, so it ends with it", t.name)
		}
	}
	r.shut(base)
}
