package markdown

import (
	"bytes"
	"crypto/sha256"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/chroma/v2"
	"waymark/internal/diag"
)

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
	out, slow := highlightCode(lexer, code, lines, patience)
	if slow {
		r.p.doc.Diags.Add("code/too-slow", r.p.file.Span(at), "shorten it, or name the language `text`", "highlighting this block of %s takes too long", diag.Quote(lang))
		memo.Put = nil
	}
	if memo.Put != nil {
		memo.Put(key, out)
	}
	return out
}

func lineCount(code []byte) int { return bytes.Count(code, []byte{'\n'}) + 1 }

// patience is how long highlighting one block may take. Some lexers take exponential time on some text, and chroma itself limits only the single step. No
// block of code that people wrote takes a hundredth of it, so the clock decides nothing but that.
const patience = 4 * time.Second

// highlightCode returns code with a span around what the sheets of HighlightCSS colour, and around each line to stress. Without a lexer, or with one that
// fails, loses text or takes too long, the code is plain.
func highlightCode(lexer chroma.Lexer, code []byte, lines map[int]bool, patience time.Duration) (out []byte, slow bool) {
	if lexer != nil {
		p := painter{lines: lines, out: make([]byte, 0, 2*len(code)+len(code)/2)}
		if ok, slow := p.paint(lexer, string(code), patience); ok || slow {
			if ok {
				return p.out, false
			}
			out, _ = highlightCode(nil, code, lines, patience)
			return out, true
		}
	}
	p := painter{lines: lines}
	p.begin()
	p.add("", string(code))
	return p.end(), false
}

// A painter writes code as HTML. Neighbouring tokens of one colour share a span: chroma's own joining of tokens is then not needed.
type painter struct {
	lines    map[int]bool // to stress
	out      []byte
	line     int
	class    string // of the open span
	stressed bool   // a stressed line is open
}

// paint writes all tokens of code, and says whether it could, and if not whether that was for want of time.
func (p *painter) paint(lexer chroma.Lexer, code string, patience time.Duration) (ok, slow bool) {
	defer func() {
		if recover() != nil { // chroma's iterators report errors so
			ok = false
		}
	}()
	it, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: false}, code)
	if err != nil {
		return false, false
	}
	start := time.Now()
	n := 0
	p.begin()
	for t := it(); t != chroma.EOF; t = it() {
		if time.Since(start) > patience {
			return false, true
		}
		p.add(tokenClass(t.Type), t.Value)
		n += len(t.Value)
	}
	p.end()
	return n == len(code), false
}

// add writes a token.
func (p *painter) add(class, value string) {
	for value != "" {
		piece, rest, newline := value, "", false
		if len(p.lines) > 0 {
			piece, rest, newline = strings.Cut(value, "\n")
		}
		if !p.stressed && p.lines[p.line] {
			p.out = append(p.out, `<span class="hl">`...)
			p.stressed = true
		}
		if class != p.class && strings.TrimSpace(piece) != "" {
			p.shut()
			if class != "" {
				p.out = append(append(append(p.out, `<span class="`...), class...), `">`...)
				p.class = class
			}
		}
		p.out = appendText(p.out, piece)
		if newline {
			p.shut()
			p.out = append(p.out, '\n')
			if p.stressed {
				p.out = append(p.out, "</span>"...)
				p.stressed = false
			}
			p.line++
		}
		value = rest
	}
}
func (p *painter) begin() { p.line = 1 }

func (p *painter) shut() {
	if p.class != "" {
		p.out = append(p.out, "</span>"...)
		p.class = ""
	}
}

func (p *painter) end() []byte {
	p.shut()
	if p.stressed {
		p.out = append(p.out, "</span>"...)
		p.stressed = false
	}
	return p.out
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
