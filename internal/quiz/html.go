package quiz

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	ghtml "github.com/yuin/goldmark/renderer/html"
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
			for len(w.spans) > 0 { // what was not closed
				w.close(w.spans[len(w.spans)-1].name)
			}
			var paragraphs []string
			for p := range strings.SplitSeq(string(w.out), "\n\n") {
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
	out   []byte
	lost  []string
	spans []span
	lists []int // the number of the last item in each open list; -1 where they have none
}

// A span is an inline element that is open.
type span struct {
	name, href string
	at         int // where its content begins in out
}

func (w *htmlWriter) code() bool {
	return slices.ContainsFunc(w.spans, func(s span) bool { return s.name == "code" || s.name == "tt" })
}

// blank writes one where none stands.
func (w *htmlWriter) blank() {
	if n := len(w.out); n > 0 && w.out[n-1] != ' ' && w.out[n-1] != '\n' {
		w.out = append(w.out, ' ')
	}
}

func (w *htmlWriter) text(s string) {
	lead, trail := strings.TrimLeft(s, " \t\n") != s, strings.TrimRight(s, " \t\n") != s
	s = strings.Join(strings.Fields(s), " ")
	if lead {
		w.blank()
	}
	if s == "" {
		return
	}
	switch n := len(w.out); {
	case w.code():
	case n == 0 || w.out[n-1] == '\n':
		s = escape(s, lineStart)
	default:
		s = escape(s, inLine)
	}
	w.out = append(w.out, s...)
	if trail {
		w.blank()
	}
}

func (w *htmlWriter) write(s string) { w.out = append(w.out, s...) }

func (w *htmlWriter) lose(name string) {
	if !slices.Contains(w.lost, "<"+name+">") {
		w.lost = append(w.lost, "<"+name+">")
	}
}

func (w *htmlWriter) open(name, href string) {
	switch name {
	case "p", "div":
		w.write("\n\n")
	case "ul":
		w.write("\n\n")
		w.lists = append(w.lists, -1)
	case "ol":
		w.write("\n\n")
		w.lists = append(w.lists, 0)
	case "br":
		w.write("\\\n")
	case "li":
		// A list with hyphens would go on in the options below it.
		if n := len(w.lists); n > 0 && w.lists[n-1] >= 0 {
			w.lists[n-1]++
			w.write("\n" + strconv.Itoa(w.lists[n-1]) + ". ")
		} else {
			w.write("\n* ")
		}
	case "b", "strong", "i", "em", "code", "tt", "a":
		w.spans = append(w.spans, span{name, href, len(w.out)})
	case "span", "tbody":
	default:
		w.lose(name)
	}
}

func (w *htmlWriter) close(name string) {
	switch name {
	case "p", "div":
		w.write("\n\n")
	case "ul", "ol":
		w.write("\n\n")
		w.lists = w.lists[:max(len(w.lists)-1, 0)]
	default:
		for i, s := range slices.Backward(w.spans) {
			if s.name == name {
				w.spans = w.spans[:i]
				w.mark(s)
				return
			}
		}
	}
}

// mark puts the signs of an element around its content, blanks outside of them. Without content, or around more than a paragraph, there are none.
func (w *htmlWriter) mark(s span) {
	content := string(w.out[s.at:])
	inside := strings.TrimSpace(content)
	if inside == "" {
		return
	}
	if strings.Contains(inside, "\n\n") {
		w.lose(s.name)
		return
	}
	before, after := "*", "*"
	switch s.name {
	case "b", "strong":
		before, after = "**", "**"
	case "code", "tt":
		before, after = "`", "`"
		if strings.Contains(inside, "`") {
			before, after = "`` ", " ``"
		}
	case "a":
		before = "["
		after = "](" + strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "").Replace(s.href) + ")"
	}
	i := strings.Index(content, inside)
	w.out = append(w.out[:s.at], content[:i]+before+inside+after+content[i+len(inside):]...)
}

var (
	importMarkdown = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(ghtml.WithXHTML()))
	importParser   = importMarkdown.Parser()
)

// plainMarkdown returns the text of Markdown without markup.
func plainMarkdown(md string) string {
	p := &parser{in: Input{Source: []byte(md)}, c: &Check{}}
	return p.plain(importParser.Parse(newReader(p.in.Source)))
}

func newReader(source []byte) text.Reader { return text.NewReader(source) }
