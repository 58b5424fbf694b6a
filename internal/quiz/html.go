package quiz

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// fromHTML makes Markdown of the simple HTML that question banks hold: paragraphs, line breaks, emphasis, code, lists and links. Text is
// escaped; elements that have no place in Markdown are named in lost, each once, and their text is kept.
func fromHTML(s string) (md string, lost []string) {
	if !strings.ContainsAny(s, "<&") {
		return escape(strings.Join(strings.Fields(s), " "), lineStart), nil
	}
	w := &htmlWriter{}
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			var paragraphs []string
			for p := range strings.SplitSeq(w.b.String(), "\n\n") {
				if p = strings.Trim(p, " \n"); p != "" {
					paragraphs = append(paragraphs, p)
				}
			}
			return strings.Join(paragraphs, "\n\n"), w.lost
		case html.TextToken:
			w.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			href := ""
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				if string(k) == "href" {
					href = string(v)
				}
			}
			w.open(string(name), href)
		case html.EndTagToken:
			name, _ := z.TagName()
			w.close(string(name))
		}
	}
}

type htmlWriter struct {
	b     strings.Builder
	lost  []string
	hrefs []string
	code  bool
}

func (w *htmlWriter) text(s string) {
	lead, trail := strings.TrimLeft(s, " \t\n") != s, strings.TrimRight(s, " \t\n") != s
	s = strings.Join(strings.Fields(s), " ")
	if lead && w.b.Len() > 0 {
		w.b.WriteByte(' ')
	}
	if s == "" {
		return
	}
	switch out := w.b.String(); {
	case w.code:
		w.b.WriteString(s)
	case out == "" || strings.HasSuffix(out, "\n"):
		w.b.WriteString(escape(s, lineStart))
	default:
		w.b.WriteString(escape(s, inLine))
	}
	if trail {
		w.b.WriteByte(' ')
	}
}

func (w *htmlWriter) open(name, href string) {
	switch name {
	case "p", "div", "ul", "ol":
		w.b.WriteString("\n\n")
	case "br":
		w.b.WriteString("\\\n")
	case "li":
		w.b.WriteString("\n- ")
	case "b", "strong":
		w.b.WriteString("**")
	case "i", "em":
		w.b.WriteString("*")
	case "code", "tt":
		w.code = true
		w.b.WriteString("`")
	case "a":
		w.hrefs = append(w.hrefs, href)
		w.b.WriteString("[")
	case "span", "tbody":
	default:
		if !slices.Contains(w.lost, "<"+name+">") {
			w.lost = append(w.lost, "<"+name+">")
		}
	}
}

func (w *htmlWriter) close(name string) {
	switch name {
	case "p", "div", "ul", "ol":
		w.b.WriteString("\n\n")
	case "b", "strong":
		w.b.WriteString("**")
	case "i", "em":
		w.b.WriteString("*")
	case "code", "tt":
		w.code = false
		w.b.WriteString("`")
	case "a":
		if n := len(w.hrefs); n > 0 {
			w.b.WriteString("](" + strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "").Replace(w.hrefs[n-1]) + ")")
			w.hrefs = w.hrefs[:n-1]
		}
	}
}

var importParser = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

// plainMarkdown returns the text of Markdown without markup.
func plainMarkdown(md string) string {
	p := &parser{in: Input{Source: []byte(md)}, c: &Check{}}
	return p.plain(importParser.Parse(newReader(p.in.Source)))
}

func newReader(source []byte) text.Reader { return text.NewReader(source) }
