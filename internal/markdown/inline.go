package markdown

import (
	"bytes"
	"html"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"waymark/internal/diag"
	"waymark/internal/quiz"
	"waymark/internal/schema"
)

// inlines renders the inline children of n.
func (r *renderer) inlines(n ast.Node) {
	outer := r.enter()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			c = r.run(t)
		} else {
			r.inline(c)
		}
	}
	r.leave(outer)
}

func (r *renderer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.textNode(n.Segment, n)
	case *ast.String:
		r.stringNode(n)
	case *ast.Emphasis:
		if n.Level == 2 {
			r.element("strong", n)
		} else {
			r.element("em", n)
		}
	case *ast.CodeSpan:
		r.codeSpan(n)
	case *ast.Link:
		r.link(n)
	case *ast.Image:
		r.image(n)
	case *ast.AutoLink:
		r.autoLink(n)
	case *ast.RawHTML:
		r.rawInline(n)
	case *extast.Strikethrough:
		r.element("del", n)
	case *extast.TaskCheckBox:
		r.raw(`<input type="checkbox" disabled aria-hidden="true"`)
		if n.IsChecked {
			r.raw(" checked")
		}
		r.raw("> ")
	case *extast.FootnoteLink:
		r.footnoteLink(n)
	case *extast.FootnoteBacklink:
		r.footnoteBack(n)
	case *citation:
		r.citation(n)
	case *quiz.GapNode:
		r.hole(HoleGap, n.N)
	default:
		if n.Type() == ast.TypeBlock { // a block where only inline text is wanted: show its text
			r.blocks(n)
			return
		}
		r.inlines(n)
	}
}

func (r *renderer) element(tag string, n ast.Node) {
	r.raw("<" + tag + ">")
	r.inlines(n)
	r.raw("</" + tag + ">")
}

func (r *renderer) number(n int) { r.buf = strconv.AppendInt(r.buf, int64(n), 10) }

// run renders a run of text and returns its last node. goldmark cuts text wherever it looked for something that was not there.
func (r *renderer) run(n *ast.Text) *ast.Text {
	seg := n.Segment
	for !n.SoftLineBreak() && !n.HardLineBreak() {
		next, ok := n.NextSibling().(*ast.Text)
		if !ok || next.Segment.Start != seg.Stop || next.IsRaw() != n.IsRaw() {
			break
		}
		seg.Stop = next.Segment.Stop
		n = next
	}
	r.textNode(seg, n)
	return n
}

// textNode renders the text of a segment, which ends as last does. goldmark may leave spaces before the end of a line.
func (r *renderer) textNode(seg text.Segment, last *ast.Text) {
	if last.SoftLineBreak() || last.HardLineBreak() {
		seg = seg.TrimRightSpace(r.p.src)
	}
	value := seg.Value(r.p.src)
	if bytes.Contains(value, []byte("](")) {
		r.brokenLinks(seg)
	}
	if bytes.Contains(value, []byte("][")) {
		r.lostReferences(seg)
	}
	if bytes.Contains(value, []byte("] (")) {
		r.partedLinks(seg, '[', "] (", ")", "take the blank between the brackets away, as in [text](page.md)")
	}
	if bytes.Contains(value, []byte(")[")) {
		r.partedLinks(seg, '(', ")[", "]", "write the text in square brackets and the address in round ones, as in [text](page.md)")
	}
	if bytes.Contains(value, []byte("**")) && !r.inCodeTag() {
		r.lostStars(seg, last)
	}
	if r.foreign != nil && r.inCheck == 0 && !r.inCodeTag() {
		r.foreignText(seg, last)
	}
	if !last.IsRaw() {
		value = resolve(value)
	}
	if r.terms != nil && r.inHeading+r.inCheck == 0 && !r.linked() {
		r.linkTerms(value, seg.Start, seg.Stop)
	} else {
		r.buf = appendText(r.buf, value)
	}
	r.say(value)
	switch {
	case last.HardLineBreak():
		r.raw("<br>\n")
		r.say([]byte{' '})
	case last.SoftLineBreak():
		r.raw("\n")
		r.say([]byte{' '})
	}
}

// maxAddress bounds how far brokenLinks looks for the end of an address, which keeps its time linear.
const maxAddress = 400

// brokenLinks reports what would be a link to a file, had its address no blank: [Report](final report.pdf) is text in Markdown.
func (r *renderer) brokenLinks(seg text.Segment) {
	src, ends := r.p.src, r.linkLineAt(seg.Start).ends
	for at := seg.Start; ; {
		i := bytes.Index(src[at:seg.Stop], []byte("]("))
		if i < 0 {
			return
		}
		at += i + 2
		if _, ok := ends[at]; !ok {
			continue
		}
		line := bytes.TrimRight(firstLine(src[at:min(at+maxAddress, len(src))]), "\n")
		depth, end := 1, 0
		for ; end < len(line); end++ {
			if line[end] == '(' {
				depth++
			} else if line[end] == ')' {
				if depth--; depth == 0 {
					break
				}
			}
		}
		if depth > 0 {
			if i := bytes.IndexAny(line, " \t"); i >= 0 {
				line = line[:i]
			}
			if dest := string(bytes.TrimRight(line, ".,;:!?")); dest[:min(1, len(dest))] != "{" && (isFileName(dest) || placeForm().MatchString(dest)) {
				r.p.report("page/link-blank", at, at+len(dest), "write ) behind it", "no parenthesis closes the address %s, so this is text and no link", diag.Quote(dest))
			}
			continue
		}
		dest := bytes.TrimSpace(line[:end])
		title := ""
		if q := bytes.LastIndexAny(dest, "\"'"); q > 0 && q == len(dest)-1 {
			if o := bytes.LastIndexByte(dest[:q], dest[q]); o > 0 {
				dest, title = bytes.TrimSpace(dest[:o]), " "+string(dest[o:])
			}
		}
		image := ends[at] > 1 && src[ends[at]-2] == '!'
		name, size, sized := bytes.Cut(dest, []byte(" ="))
		switch sized = sized && image && len(bytes.Trim(size, "0123456789x%*")) == 0; {
		case !bytes.ContainsAny(dest, " \t") || bytes.ContainsAny(dest, "<>"):
		case sized && !bytes.ContainsAny(name, " \t"):
			r.p.report("page/link-blank", at, at+end, "take the size away; pages have that of the image itself: ("+string(name)+title+")", "the address %s has a blank in it, so this is text and no image", diag.Quote(string(dest)))
		case !image && !isFileName(string(dest)) && !placeForm().Match(dest):
			r.p.doc.Remarks = append(r.p.doc.Remarks, schema.Text{Value: string(dest), At: r.p.at.span(at, at+end)})
		default:
			hint := "put it in angle brackets: (<" + string(dest) + ">" + title + ")"
			if bytes.HasPrefix(dest, []byte("{{")) || bytes.HasPrefix(dest, []byte("{%")) {
				hint = "write the path of the page or file; pages are no templates"
			}
			r.p.report("page/link-blank", at, at+end, hint, "the address %s has a blank in it, so this is text and no link", diag.Quote(string(dest)))
		}
	}
}

// placeForm is how addresses of folders and pages begin or end: "and/or" is none.
var placeForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\.{0,2}/|https?://|\{\{|\{%)|/$`) })

// lostReferences reports what would be a link, had its label a definition: [a page][label] is text in Markdown when no line defines the label. What a bracket of another
// kind begins, a footnote or a citation, is reported as that; numbers alone, as in [1][2], are those of a bibliography.
func (r *renderer) lostReferences(seg text.Segment) {
	src, ends := r.p.src, r.linkLineAt(seg.Start).ends
	for at := seg.Start; ; {
		i := bytes.Index(src[at:seg.Stop], []byte("]["))
		if i < 0 {
			return
		}
		at += i + 2
		from, ok := ends[at]
		n := bytes.IndexByte(src[at:min(at+maxAddress, seg.Stop)], ']')
		if !ok || n < 0 {
			continue
		}
		words, label := bytes.TrimSpace(src[from:at-2]), bytes.TrimSpace(src[at:at+n])
		if len(words) == 0 || len(label) == 0 || bytes.IndexByte(label, '[') >= 0 || label[len(label)-1] == '\\' || strings.IndexByte("^@", words[0]) >= 0 || strings.IndexByte("^@", label[0]) >= 0 ||
			len(bytes.Trim(words, "0123456789")) == 0 && len(bytes.Trim(label, "0123456789")) == 0 {
			continue
		}
		hint := "write its address on a line of its own, as in [" + string(label) + "]: page.md; or put a backslash before the first bracket if it is no link"
		if r.lost++; r.lost <= 20 { // looking through all labels takes time
			hint = diag.DidYouMeanOr(string(label), r.p.labels, hint)
		}
		r.p.report("page/link-label", from-1, at+n+1, hint, "no line defines the label %s, so this is text and no link", diag.Quote(string(label)))
	}
}

// A linkLine is a line of the text, and the places behind each "](" and "][" in it that may end the text of a link, with the place where that begins: not behind a bracket that
// is escaped, nor that of array[0].
type linkLine struct {
	from, to int
	ends     map[int]int
}

// linkLineAt returns the line that at stands in. It was read before, most often: the text of a link may be in many nodes.
func (r *renderer) linkLineAt(at int) *linkLine {
	l := &r.links
	if l.ends != nil && l.from <= at && at < l.to {
		return l
	}
	src := r.p.src
	*l = linkLine{from: bytes.LastIndexByte(src[:at], '\n') + 1, ends: map[int]int{}}
	l.to = l.from + len(firstLine(src[l.from:]))
	var open []int // the places behind the brackets that are open; 0 for one that begins no link
	for i := l.from; i < l.to; i++ {
		escaped := i > l.from && src[i-1] == '\\'
		switch c := src[i]; {
		case c == '[':
			before, _ := utf8.DecodeLastRune(src[l.from:i])
			if escaped || unicode.IsLetter(before) || unicode.IsDigit(before) {
				open = append(open, 0)
			} else {
				open = append(open, i+1)
			}
		case c == ']' && !escaped && len(open) > 0:
			if from := open[len(open)-1]; from > 0 && i+1 < l.to && (src[i+1] == '(' || src[i+1] == '[') {
				l.ends[i+2] = from
			}
			open = open[:len(open)-1]
		}
	}
	return l
}

// isFileName reports whether an address ends as the name of a file does.
func isFileName(dest string) bool {
	dest, _, _ = strings.Cut(dest, "#")
	ext := path.Ext(dest)
	letter := false
	for _, c := range []byte(strings.TrimPrefix(ext, ".")) {
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letter = true
		case c < '0' || c > '9':
			return false
		}
	}
	return letter && len(ext) > 2 && len(ext) < 7
}

// stringNode renders what the typographer made of quotes and dashes: entities of its own.
func (r *renderer) stringNode(n *ast.String) {
	if n.IsCode() {
		text := html.UnescapeString(string(n.Value))
		r.raw(text)
		r.say([]byte(text))
		return
	}
	r.buf = appendText(r.buf, resolve(n.Value))
	r.say(n.Value)
}

func (r *renderer) codeSpan(n *ast.CodeSpan) {
	r.raw("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			v := t.Segment.Value(r.p.src)
			if len(v) > 0 && v[len(v)-1] == '\n' {
				r.buf = append(appendText(r.buf, v[:len(v)-1]), ' ')
			} else {
				r.buf = appendText(r.buf, v)
			}
			r.say(v)
		}
	}
	r.raw("</code>")
}

// place returns where part stands in the file if it is a part of the text's own bytes, as goldmark's destinations are unless a line
// begins with a tab; else it returns the place of the byte at instead.
func (r *renderer) place(part []byte, instead int) diag.Range {
	src := r.p.src
	if off := cap(src) - cap(part); len(part) > 0 && off >= 0 && off+len(part) <= len(src) && &src[off] == &part[0] {
		return r.p.at.span(off, off+len(part))
	}
	instead = min(max(instead, 0), len(src))
	return r.p.at.span(instead, min(instead+1, len(src)))
}

func (r *renderer) addLink(dest string, image bool, at diag.Range) int {
	r.p.doc.Links = append(r.p.doc.Links, Link{Dest: dest, Image: image, Range: at})
	return len(r.p.doc.Links) - 1
}

// linked reports whether what is being drawn stands in a link, which holds no other links.
func (r *renderer) linked() bool {
	return r.inLink > 0 || len(r.tags) > 0 && slices.ContainsFunc(r.tags, func(t rawTag) bool { return t.name == "a" && !t.dropped })
}

// inCodeTag reports whether an element of raw HTML is open that shows text as it is typed.
func (r *renderer) inCodeTag() bool {
	return slices.ContainsFunc(r.tags, func(t rawTag) bool {
		switch t.name {
		case "code", "kbd", "pre", "samp", "var":
			return true
		}
		return false
	})
}

// openLink writes the opening tag of a link, without its last character.
func (r *renderer) openLink(dest string, at diag.Range) {
	n := r.addLink(dest, false, at)
	r.raw("<a")
	if dest == "#" {
		r.raw(` href="#"`)
		return
	}
	r.hole(HoleHref, n)
	r.hole(HoleRel, n)
}

// fragment writes an id as the fragment of an address.
func (r *renderer) fragment(id string) {
	r.buf = appendText(r.buf, util.URLEscape([]byte(id), false))
}

// expands counts what a reference link adds to the page, and says false when that is more than the page may hold.
func (r *renderer) expands(ref *ast.ReferenceLink, n, at int) bool {
	if ref == nil {
		return true
	}
	l := &r.p.limits
	l.expanded += n
	if l.expanded <= maxExpanded {
		return true
	}
	if !l.expansion {
		l.expansion = true
		at = max(at, 0)
		r.p.report("page/too-complex", at, at+1, "shorten the address that is referred to", "the page grows by more than %d KiB through reference links", maxExpanded>>10)
	}
	return false
}

func (r *renderer) link(n *ast.Link) {
	if !r.expands(n.Reference, len(n.Destination)+len(n.Title), n.Pos()) || r.linked() {
		r.inlines(n)
		return
	}
	dest := string(resolve(n.Destination))
	at := r.place(n.Destination, n.Pos())
	if !r.allowed(dest, false, at) {
		r.inlines(n)
		return
	}
	r.openLink(dest, at)
	if n.Title != nil {
		r.attr("title", string(resolve(n.Title)))
	}
	r.raw(">")
	r.inLink++
	r.inlines(n)
	r.inLink--
	r.raw("</a>")
}

func (r *renderer) autoLink(n *ast.AutoLink) {
	dest := string(n.URL(r.p.src))
	label := n.Label(r.p.src)
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	r.say(label)
	at := r.place(label, n.Pos())
	explicit := n.Pos() >= 0 && n.Pos() < len(r.p.src) && r.p.src[n.Pos()] == '<'
	if r.linked() || !explicit && !r.p.schemeAllowed(dest) || explicit && !r.allowed(dest, false, at) {
		r.buf = appendText(r.buf, label)
		return
	}
	r.openLink(dest, at)
	r.raw(">")
	r.buf = appendText(r.buf, label)
	r.raw("</a>")
}

func (r *renderer) image(n *ast.Image) {
	alt := r.plain(n)
	if !r.expands(n.Reference, len(n.Destination)+len(n.Title), n.Pos()) {
		r.buf = appendText(r.buf, alt)
		return
	}
	dest, title := string(resolve(n.Destination)), string(resolve(n.Title))
	at := r.place(n.Destination, n.Pos())
	if !r.allowed(dest, true, at) {
		r.buf = appendText(r.buf, alt)
		return
	}
	if alt == "" {
		if title == "decorative" {
			title = ""
		} else {
			r.p.doc.Diags.Add("page/image-alt", r.p.file.Span(at), `say what the image shows between the brackets; for pure decoration write ![](image "decorative")`, "the image %s has no text for those who cannot see it", diag.Quote(dest))
		}
	}
	r.drawImage(Image{Link: r.addLink(dest, true, at), Alt: alt, Title: title})
}

func (r *renderer) drawImage(i Image) {
	r.raw("<img")
	r.hole(HoleImage, len(r.p.doc.Images))
	r.attr("alt", i.Alt)
	if i.Title != "" {
		r.attr("title", i.Title)
	}
	r.raw(">")
	r.p.doc.Images = append(r.p.doc.Images, i)
	r.say([]byte(i.Alt))
}

// plain returns the text of n's inline children without markup, white space joined.
func (r *renderer) plain(n ast.Node) string {
	// The common case: one text without escapes.
	if t, ok := n.FirstChild().(*ast.Text); ok && t.NextSibling() == nil {
		return joinSpace(append([]byte(nil), resolve(t.Segment.Value(r.p.src))...))
	}
	var b bytes.Buffer
	r.plainTo(&b, n)
	return joinSpace(b.Bytes())
}

func (r *renderer) plainTo(b *bytes.Buffer, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			v := c.Segment.Value(r.p.src)
			if !c.IsRaw() {
				v = resolve(v)
			}
			b.Write(v)
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.WriteString(html.UnescapeString(string(c.Value)))
		case *ast.AutoLink:
			b.Write(c.Label(r.p.src))
		default:
			r.plainTo(b, c)
		}
	}
}
