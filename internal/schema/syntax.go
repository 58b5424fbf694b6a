package schema

import (
	"bytes"
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"
	"waymark/internal/diag"
)

// syntax reports what the YAML library could not read. The library says where it gave up and where what it was reading began; the slip is at the one or the other,
// by the sort of the slip.
func (d *Decoder) syntax(err error) {
	msg := err.Error()
	at := func(off int) diag.Span { return d.src.File.Span(diag.At(d.src.Offset + off)) }
	if i := bytes.IndexFunc(d.src.Data, isControl); i >= 0 {
		d.List.Add("yaml/syntax", at(i), "delete it; many editors can show invisible characters", "there is a control character (%#02x) in the text", d.src.Data[i])
		return
	}
	if strings.Contains(msg, "expected single document") {
		end := bytes.LastIndex(d.src.Data, []byte("\n---")) + 1
		d.List.Add("yaml/syntax", at(end), "take the line away", "a line of --- begins a second document here, and only one is read")
		return
	}
	off, hint := 0, "look for a colon, a tab or a quote there; put a value that holds a colon in quotes"
	var le *yaml.LoadError
	if errors.As(err, &le) {
		off = d.offset(max(le.Mark.Line, 1), max(le.Mark.Column, 1)) - d.src.Offset
		begin := off
		if le.ContextMark.Line > 0 {
			begin = d.offset(le.ContextMark.Line, max(le.ContextMark.Column, 1)) - d.src.Offset
		}
		msg = le.Message
		off, hint = d.slip(le.ContextMsg+": "+msg, begin, off, le.ContextMark.Line == le.Mark.Line, hint)
	}
	if line := lineAt(d.src.Data, off); strings.ContainsAny(line, "“”„") {
		hint = "put straight quotes (\") round the value, not curly ones (“ ”)"
	}
	d.List.Add("yaml/syntax", at(off), hint, "this is not valid YAML: %s", clean(msg))
}

// slip returns where a slip is likely to be, and how to mend it: said is the library's message, begin where what it was reading began and gaveUp where it gave up.
func (d *Decoder) slip(said string, begin, gaveUp int, oneLine bool, hint string) (int, string) {
	has := func(s string) bool { return strings.Contains(said, s) }
	line := lineAt(d.src.Data, gaveUp)
	before := line[:gaveUp-lineStart(d.src.Data, gaveUp)]
	const closeBracket, closeQuote = "close the bracket that opens here; put a value that holds brackets, commas or a colon in quotes", "close the quote that opens here"
	switch {
	case has("tab"), has("cannot start any token") && strings.HasPrefix(line[len(before):], "\t"):
		return gaveUp, "indent with blanks, not with a tab"
	case has("cannot start any token"):
		return gaveUp, "put the value in quotes"
	case has("unknown anchor"):
		return gaveUp, "put the value in quotes: a * before a word stands for something named elsewhere"
	case has("escape"):
		return gaveUp, `write \\ for a backslash, or put the value in single quotes`
	case has("unexpected end of stream"):
		return begin, closeQuote
	case has("expected ':'"):
		return begin, "write a colon and a blank behind the key, or indent the line if it goes on with the value above"
	case has("parsing a flow") && oneLine:
		return gaveUp, "put a value that holds brackets, commas or a colon in quotes, and close the bracket"
	case has("parsing a flow"):
		return begin, closeBracket
	case has("mapping values are not allowed"):
		if open := openBracket(d.src.Data[:gaveUp]); open >= 0 {
			return open, closeBracket
		}
		if !strings.Contains(before, ": ") {
			return gaveUp, "let the line begin as far in as its neighbours; a line further in belongs to a key without a value of its own"
		}
		return gaveUp, "put a value that holds a colon in quotes"
	case has("parsing a block") && strings.TrimSpace(before) == "":
		return gaveUp, "let the line begin as far in as its neighbours: lines of one list or mapping begin in the same column"
	case has("parsing a block"):
		if open := openQuote(d.src.Data[:lineStart(d.src.Data, gaveUp)]); open >= 0 {
			return open, closeQuote
		}
		return gaveUp, "put the whole value in quotes; write a quote within it twice ('it''s'), or use the other kind of quotes round it"
	}
	return gaveUp, hint
}

// KeyAt returns where a key of the outermost mapping stands, when it stands on a line of its own.
func KeyAt(data []byte, key string) (diag.Range, bool) {
	start, margin := 0, -1
	for line := range bytes.Lines(data) {
		text := bytes.TrimLeft(line, " ")
		indent := len(line) - len(text)
		if first := bytes.TrimSpace(text); margin < 0 && len(first) > 0 && first[0] != '#' && first[0] != '%' && !bytes.HasPrefix(first, []byte("---")) {
			margin = indent
		}
		text = bytes.TrimLeft(text, `"'`)
		if after, ok := bytes.CutPrefix(text, []byte(key)); ok && indent == margin && bytes.HasPrefix(bytes.TrimLeft(after, ` "'`), []byte(":")) {
			at := start + len(line) - len(text)
			return diag.Range{Start: at, End: at + len(key)}, true
		}
		start += len(line)
	}
	return diag.Range{}, false
}

func lineStart(data []byte, off int) int { return bytes.LastIndexByte(data[:off], '\n') + 1 }

func lineAt(data []byte, off int) string {
	line, _, _ := strings.Cut(string(data[lineStart(data, off):]), "\n")
	return line
}

// openBracket returns where the innermost bracket stands that text opens and does not close, or -1. A bracket opens where a value begins, or within another.
func openBracket(text []byte) int {
	var open []int
	quote, last := byte(0), byte('\n') // last is what is not blank before c
	comment := false
	for i, c := range text {
		switch {
		case comment:
			comment = c != '\n'
		case quote == 0 && c == '#' && (i == 0 || strings.IndexByte(" \t\n", text[i-1]) >= 0):
			comment = true
			continue
		case quote != 0:
			if c == quote && (c == '\'' || text[i-1] != '\\') {
				quote = 0
			}
		case c == ' ':
			continue
		case (c == '"' || c == '\'') && strings.IndexByte("\n:-,[{", last) >= 0:
			quote = c
		case (c == '[' || c == '{') && (len(open) > 0 || strings.IndexByte("\n:-", last) >= 0):
			open = append(open, i)
		case (c == ']' || c == '}') && len(open) > 0:
			open = open[:len(open)-1]
		}
		last = c
	}
	if len(open) == 0 {
		return -1
	}
	return open[len(open)-1]
}

// openQuote returns where the first quote stands that begins a value of text and is not closed on its line, or -1.
func openQuote(text []byte) int {
	start := 0
	for line := range strings.Lines(string(text)) {
		if i := max(strings.Index(line, `: "`), strings.Index(line, `- "`)) + 1; i > 0 && strings.Count(line, `"`)%2 == 1 {
			return start + i + 1
		}
		start += len(line)
	}
	return -1
}
