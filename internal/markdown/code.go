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
	"github.com/yuin/goldmark/util"
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
	last := 0
	for line := range lines {
		last = max(last, line)
	}
	switch {
	case hl != "" && lines == nil:
		r.p.doc.Diags.Add("code/attributes", r.p.file.Span(at), `write the numbers of lines, as in hl_lines="2-3 5"`, "%s are not lines to highlight", diag.Quote(hl))
	case last > n.Lines().Len():
		r.p.doc.Diags.Add("code/attributes", r.p.file.Span(at), "count from the first line of the block, which is 1", "there is no line %d to highlight; the block ends with line %d", last, n.Lines().Len())
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
	from := seg.Start + bytes.Index(r.p.src[seg.Start:seg.Stop], info)
	// In ```http GET /users/{id} the brace is part of a word that is not for us.
	if i := bytes.IndexByte(info, '{'); i >= 0 && (i == 0 || util.IsSpace(info[i-1]) || !bytes.ContainsAny(info[:i], " \t")) {
		as, k, ok := scanAttributes(info[i:], from+i)
		ok = ok && i+k == len(info)
		switch {
		case ok:
			attrs = as
			info = bytes.TrimSpace(info[:i])
			for _, a := range as {
				if len(info) == 0 && (a.name == "class" || a.bare) { // {.python} or {r}
					lang = a.value
					if a.bare {
						lang = a.name
					}
					r.codeAttributes(attrs, true)
					return lang, attrs, at
				}
			}
			r.codeAttributes(attrs, false)
		case i > 0 || bytes.IndexByte(info, '=') > 0: // else it stands for a language, which is judged as one
			r.p.report("code/attributes", from+i, from+len(info), codeHint, "these attributes cannot be read: %s", diag.Quote(string(info[i:])))
			info = bytes.TrimSpace(info[:i])
		}
	}
	if i := bytes.IndexAny(info, " \t,"); i >= 0 {
		for _, word := range bytes.Fields(info[i:]) {
			if bytes.HasPrefix(word, []byte("title=")) || bytes.HasPrefix(word, []byte("hl_lines=")) {
				rest := bytes.TrimSpace(info[i:])
				r.p.report("code/attributes", from+i, from+len(info), "put them in braces: {"+string(rest)+"}", "without braces %s does nothing", diag.Quote(string(rest)))
				break
			}
		}
		info = info[:i]
	}
	return string(resolve(info)), attrs, at
}

const codeHint = `write {title="main.go" hl_lines="2-3 5"}, or only one of the two`

// codeAttributes reports attributes that a block of code does not take, so that they would be lost. In a handbook from elsewhere, and where the language
// stands among them, many are for another tool, so there only slips are reported.
func (r *renderer) codeAttributes(attrs []attr, foreign bool) {
	takes := []string{"title", "hl_lines"}
	for _, a := range attrs {
		if a.name == "id" || a.name == "class" || slices.Contains(takes, a.name) || (foreign || r.p.opts.Lenient) && diag.Nearest(a.name, takes) == "" {
			continue
		}
		r.p.report("code/attributes", a.start, a.end, diag.DidYouMeanOr(a.name, takes, codeHint), "%s does nothing for a block of code", diag.Quote(a.name))
	}
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
