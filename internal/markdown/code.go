package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
	"waymark/internal/schema"
)

// maxHighlight is how long a block of code may be to be highlighted; longer ones are shown plain.
const maxHighlight = 64 << 10

// plainLanguages are names for text that is not highlighted.
var plainLanguages = []string{"", "text", "txt", "plain", "plaintext", "none", "output", "error", "log", "ascii", "mermaid", "math"}

// fenced renders a fenced block of code: ```lang {hl_lines="2-3" title="main.go"}
func (r *renderer) fenced(n *ast.FencedCodeBlock) {
	lang, attrs, at := r.info(n)
	switch lang {
	case "mermaid":
		r.uses(lang, at)
		title, _ := find(attrs, "title")
		r.callout(Block{Name: "diagram", Title: Body{HTML: appendText(nil, title)}, Range: at}, func() {
			r.raw(`<pre class="mermaid" tabindex="0">`)
			r.codeLines(n)
			r.raw("</pre>")
		})
		return
	case "math":
		r.uses(lang, at)
		r.raw(`<pre class="math" tabindex="0">`)
		r.codeLines(n)
		r.raw("</pre>\n")
		return
	}
	title, _ := find(attrs, "title")
	if title != "" {
		r.raw(`<figure class="code"><figcaption>`)
		r.buf = appendText(r.buf, title)
		r.raw("</figcaption>")
	}
	lexer := r.lexer(lang, at)
	code := r.codeText(n)
	if len(code) > maxHighlight && lexer != nil {
		r.p.doc.Diags.Add("code/too-long", r.p.file.Span(at), "offer it as a file to download", "this block has %d KiB of code; from %d on it is not highlighted", len(code)>>10, maxHighlight>>10)
		lexer = nil
	}
	r.raw("<pre")
	if lexer != nil {
		r.raw(` class="chroma"`)
	}
	r.raw(` tabindex="0"><code`)
	if lang != "" {
		r.attr("class", "language-"+lang)
	}
	r.raw(">")
	hl, _ := find(attrs, "hl_lines")
	lines := parseLines(hl)
	if hl != "" && lines == nil {
		r.p.doc.Diags.Add("code/attributes", r.p.file.Span(at), `write the numbers of lines, as in hl_lines="2-3 5"`, "%s are not lines to highlight", diag.Quote(hl))
	}
	if lexer != nil || lines != nil {
		if !r.p.opts.Facts {
			r.buf = append(r.buf, r.highlight(lexer, lang, code, lines, at)...)
		}
	} else {
		r.buf = appendText(r.buf, code)
	}
	r.raw("</code></pre>")
	if title != "" {
		r.raw("</figure>")
	}
	r.raw("\n")
}

// uses notes what the page must load.
func (r *renderer) uses(what string, at diag.Range) {
	i, there := slices.BinarySearchFunc(r.p.doc.Uses, what, func(u schema.Text, what string) int { return strings.Compare(u.Value, what) })
	if !there {
		r.p.doc.Uses = slices.Insert(r.p.doc.Uses, i, schema.Text{Value: what, At: at})
	}
}

// info reads what stands behind the opening marks: a language and attributes.
func (r *renderer) info(n *ast.FencedCodeBlock) (lang string, attrs []attr, at diag.Range) {
	pos := max(n.Pos(), 0)
	at = r.p.at.span(pos, min(pos+3, len(r.p.src)))
	if n.Info == nil {
		return "", nil, at
	}
	seg := n.Info.Segment
	info := bytes.TrimSpace(r.p.src[seg.Start:seg.Stop])
	at = r.p.at.span(seg.Start, seg.Stop)
	if i := bytes.IndexByte(info, '{'); i >= 0 {
		if as, k, ok := scanAttributes(info[i:], seg.Start+i); ok && i+k == len(info) {
			attrs = as
			info = bytes.TrimSpace(info[:i])
			for _, a := range as {
				if len(info) == 0 && (a.name == "class" || a.bare) { // {.python} or {r}
					lang = a.value
					if a.bare {
						lang = a.name
					}
					return lang, attrs, at
				}
			}
		}
	}
	if i := bytes.IndexAny(info, " \t,"); i >= 0 {
		info = info[:i]
	}
	return string(resolve(info)), attrs, at
}

func (r *renderer) codeLines(n ast.Node) {
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		r.buf = appendText(r.buf, seg.Value(r.p.src))
	}
}

func (r *renderer) codeText(n ast.Node) []byte {
	var code []byte
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		code = append(code, seg.Value(r.p.src)...)
	}
	return code
}

// known holds the lexers by the names authors write.
var known sync.Map // string → chroma.Lexer, or nil

func lexerOf(lang string) chroma.Lexer {
	if l, ok := known.Load(lang); ok {
		lexer, _ := l.(chroma.Lexer)
		return lexer
	}
	// Only names and aliases: the registry also tries file names, which takes long and finds surprising things.
	var lexer chroma.Lexer
	if slices.Contains(languageNames(), strings.ToLower(lang)) {
		if l := lexers.Get(lang); l != nil {
			lexer = l
		}
	}
	if lexer != nil { // unknown names are not kept: there is no end of them
		known.Store(lang, lexer)
	}
	return lexer
}

var languageNames = sync.OnceValue(func() []string {
	names := lexers.Names(true)
	for i := range names {
		names[i] = strings.ToLower(names[i])
	}
	return names
})

// lexer returns the lexer of a language, nil for plain text.
func (r *renderer) lexer(lang string, at diag.Range) chroma.Lexer {
	if slices.Contains(plainLanguages, strings.ToLower(lang)) {
		return nil
	}
	if l := lexerOf(lang); l != nil {
		return l
	}
	hint, told := r.langHints[lang]
	if !told {
		hint = "write `text` for what is no code"
		// Looking through hundreds of names takes time; somebody with twenty unknown languages needs no more examples.
		if len(r.langHints) < 20 {
			hint = diag.DidYouMeanOr(lang, languageNames(), hint)
			if r.langHints == nil {
				r.langHints = map[string]string{}
			}
			r.langHints[lang] = hint
		}
	}
	r.p.doc.Diags.Add("code/unknown-language", r.p.file.Span(at), hint, "%s is not a language that can be highlighted", diag.Quote(lang))
	return nil
}

// parseLines reads "2-3 5" as line numbers, each mapped to true. It returns nil for what is something else.
func parseLines(s string) map[int]bool {
	lines := map[int]bool{}
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' }) {
		a, b, isRange := strings.Cut(f, "-")
		if !isRange {
			b = a
		}
		from, err1 := strconv.Atoi(a)
		to, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || from < 1 || to < from || to-from > 10_000 || len(lines) > 10_000 {
			return nil
		}
		for i := from; i <= to; i++ {
			lines[i] = true
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return lines
}
