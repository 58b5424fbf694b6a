package markdown

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"waymark/internal/diag"
)

// maxHighlight is how long a block of code may be to be highlighted; longer ones are shown plain.
const maxHighlight = 64 << 10

// plainLanguages are names for text that is not highlighted.
var plainLanguages = []string{"", "text", "txt", "plain", "plaintext", "none", "output", "error", "log", "ascii", "mermaid", "math"}

// fenced renders a fenced block of code: ```lang {hl_lines="2-3" title="main.go"}
func (r *renderer) fenced(n *ast.FencedCodeBlock) {
	lang, attrs, at := r.info(n)
	switch lang {
	case "mermaid", "math":
		if !slices.Contains(r.p.doc.Uses, lang) {
			r.p.doc.Uses = append(r.p.doc.Uses, lang)
			slices.Sort(r.p.doc.Uses)
		}
		r.raw(`<pre class="` + lang + `" tabindex="0">`)
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
		r.buf = append(r.buf, r.highlight(lexer, lang, code, lines, at)...)
	} else {
		r.buf = appendText(r.buf, code)
	}
	r.raw("</code></pre>")
	if title != "" {
		r.raw("</figure>")
	}
	r.raw("\n")
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

// known holds the lexers by the names authors write; making one joins its tokens, once a language.
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
			lexer = chroma.Coalesce(l)
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
	hint := "write `text` for what is no code"
	if n := diag.Nearest(lang, languageNames()); n != "" {
		hint = "did you mean " + diag.Quote(n) + "?"
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

// highlight returns the HTML of code, remembering it when there is a memory.
func (r *renderer) highlight(lexer chroma.Lexer, lang string, code []byte, lines map[int]bool, at diag.Range) []byte {
	memo := r.p.opts.Memo
	var key [32]byte
	if memo.Get != nil || memo.Put != nil {
		h := sha256.New()
		h.Write([]byte{'c', 'o', 'd', 'e', version, 0})
		h.Write([]byte(lang))
		for i := range lineCount(code) + 1 {
			if lines[i] {
				h.Write([]byte(" " + strconv.Itoa(i)))
			}
		}
		h.Write([]byte{0})
		h.Write(code)
		h.Sum(key[:0])
	}
	if memo.Get != nil {
		if out, ok := memo.Get(key); ok {
			return out
		}
	}
	var tokens []chroma.Token
	if lexer != nil {
		var slow bool
		if tokens, slow = tokenise(lexer, string(code)); slow {
			r.p.doc.Diags.Add("code/too-slow", r.p.file.Span(at), "shorten it, or name the language `text`", "highlighting this block of %s takes too long", diag.Quote(lang))
			memo.Put = nil
		}
	}
	out := drawTokens(tokens, code, lines)
	if memo.Put != nil {
		memo.Put(key, out)
	}
	return out
}

func lineCount(code []byte) int { return bytes.Count(code, []byte{'\n'}) + 1 }

// drawTokens returns code with a span around each token that the sheets of HighlightCSS colour, and around each line to stress.
func drawTokens(tokens []chroma.Token, code []byte, lines map[int]bool) (out []byte) {
	if tokens == nil {
		tokens = []chroma.Token{{Type: chroma.Text, Value: string(code)}}
	}
	out = make([]byte, 0, 3*len(code))
	line, stressed := 1, false
	begin := func() {
		if lines[line] {
			out = append(out, `<span class="hl">`...)
			stressed = true
		}
	}
	begin()
	for i, t := range tokens {
		class := tokenClass(t.Type)
		for value := t.Value; value != ""; {
			piece, rest, found := strings.Cut(value, "\n")
			if len(lines) == 0 {
				piece, rest, found = value, "", false
			}
			if piece != "" {
				if class != "" {
					out = append(out, `<span class="`...)
					out = append(out, class...)
					out = append(out, `">`...)
				}
				out = appendText(out, piece)
				if class != "" {
					out = append(out, "</span>"...)
				}
			}
			if found {
				out = append(out, '\n')
				if stressed {
					out = append(out, "</span>"...)
					stressed = false
				}
				line++
				if rest != "" || i < len(tokens)-1 {
					begin()
				}
			}
			value = rest
		}
	}
	if stressed {
		out = append(out, "</span>"...)
	}
	return out
}

// patience is how long highlighting one block may take. Some lexers take exponential time on some text, and chroma itself limits only the single step. No
// block of code that people wrote takes a hundredth of it, so the clock decides nothing but that.
const patience = 4 * time.Second

// tokenise returns the tokens of code, or nil when the lexer fails, loses text or takes too long.
func tokenise(lexer chroma.Lexer, code string) (tokens []chroma.Token, slow bool) {
	defer func() {
		if recover() != nil { // chroma's iterators report errors so
			tokens = nil
		}
	}()
	it, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: false}, code)
	if err != nil {
		return nil, false
	}
	n := 0
	start := time.Now()
	for t := it(); t != chroma.EOF; t = it() {
		if time.Since(start) > patience {
			return nil, true
		}
		tokens = append(tokens, t)
		n += len(t.Value)
	}
	if n != len(code) {
		return nil, false
	}
	return tokens, false
}

// tokenClass returns the class of a token, one of those in HighlightCSS; most tokens need none.
func tokenClass(t chroma.TokenType) string {
	switch {
	case t.InCategory(chroma.Comment):
		return "c"
	case t.InCategory(chroma.Keyword):
		return "k"
	case t.InSubCategory(chroma.LiteralString):
		return "s"
	case t.InSubCategory(chroma.LiteralNumber) || t == chroma.LiteralDate || t == chroma.Literal:
		return "m"
	}
	switch t {
	case chroma.NameFunction, chroma.NameFunctionMagic, chroma.NameClass, chroma.NameDecorator, chroma.NameNamespace:
		return "f"
	case chroma.NameBuiltin, chroma.NameBuiltinPseudo, chroma.NameTag, chroma.NameConstant, chroma.NameException, chroma.OperatorWord:
		return "b"
	case chroma.NameAttribute, chroma.NameVariable, chroma.NameVariableClass, chroma.NameVariableGlobal, chroma.NameVariableInstance, chroma.NameLabel, chroma.NameProperty:
		return "n"
	case chroma.GenericDeleted, chroma.Error:
		return "d"
	case chroma.GenericInserted:
		return "i"
	case chroma.GenericHeading, chroma.GenericSubheading, chroma.GenericPrompt:
		return "g"
	case chroma.GenericEmph:
		return "e"
	case chroma.GenericStrong:
		return "st"
	}
	return ""
}
