package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"waymark/internal/diag"
)

// lostBlock reports a paragraph, or lines of one, that would be a heading, a table or a list but for a blank or a line: its lines run together as text.
func (r *renderer) lostBlock(n ast.Node) {
	lines := n.Lines()
	bullets, rows := 0, 0 // lines that begin as items of a list do; those that are rows of a table
	for i := range lines.Len() {
		at := lines.At(i)
		line := bytes.TrimRight(at.Value(r.p.src), "\n")
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		line = line[indent:]
		if len(line) == 0 {
			continue
		}
		switch line[0] {
		case '#':
			level := len(line) - len(bytes.TrimLeft(line, "#"))
			if c, _ := utf8.DecodeRune(line[level:]); level > 1 && level < 7 && unicode.IsLetter(c) && n.Parent().Kind() != ast.KindListItem { // ##name in a list is the name of something
				start := at.Start + indent
				r.p.report("page/lost-block", start, start+len(line), "write a blank there, as in ## Title", "no blank stands behind the %s, so this is text and no heading", line[:level])
			}
		case '|':
			if t := bytes.TrimRight(line, " "); t[len(t)-1] == '|' && (bytes.Count(t, []byte("|")) > 2 || i > 0 && len(t) > 1) {
				rows++
			}
		default:
			if !bytes.HasSuffix(line, []byte("  ")) && !bytes.HasSuffix(line, []byte(`\`)) && bulleted(line) {
				bullets++
			}
		}
	}
	if lines.Len() < 2 || rows < lines.Len() && bullets < 2 {
		return
	}
	first := lines.At(0)
	head := bytes.TrimRight(first.Value(r.p.src), "\n")
	message, hint := "these lines do not begin as items of a list do, so they run together as text", "begin each with a hyphen and a blank, or with 1. and a blank"
	if rows == lines.Len() {
		message, hint = "no line of dashes with as many columns stands below the headings, so this is text and no table", "write a line as |---|---| below the headings, with as many columns"
	}
	r.p.report("page/lost-block", first.Start, first.Start+len(head), hint, "%s", message)
}

// bulleted reports whether a line begins with the sign of an item that word processors or wikis write, or with that of Markdown and no blank: -one, 2.two.
func bulleted(line []byte) bool {
	c, n := utf8.DecodeRune(line)
	rest := line[n:]
	switch {
	case strings.ContainsRune("•‣▪●○◦·", c):
		return len(rest) > 0
	case c == '*':
		return bytes.HasPrefix(rest, []byte("* ")) && !bytes.HasSuffix(rest, []byte("**")) // an item in an item, as wikis and AsciiDoc have them
	case c == '-':
	case c >= '0' && c <= '9':
		rest = bytes.TrimLeft(rest, "0123456789")
		if len(rest) == 0 || rest[0] != '.' || len(line)-len(rest) > 2 {
			return false
		}
		rest = rest[1:]
	default:
		return false
	}
	c, _ = utf8.DecodeRune(rest)
	return unicode.IsLetter(c)
}

// partedLinks reports what would be a link but for a blank between its brackets, as in [text] (page.md), or had it the other way round, as in (text)[page.md].
func (r *renderer) partedLinks(seg text.Segment, begin byte, sign, end, hint string) {
	src := r.p.src
	for at := seg.Start; ; {
		i := bytes.Index(src[at:seg.Stop], []byte(sign))
		if i < 0 {
			return
		}
		at += i + len(sign)
		line := firstLine(src[at:min(at+maxAddress, len(src))])
		stop := bytes.IndexAny(line, end+" \t\n")
		if stop < 1 || line[stop] != end[0] {
			continue
		}
		dest := string(line[:stop])
		from := bytes.LastIndexByte(src[:at-len(sign)], begin)
		if from < 0 || from > 0 && src[from-1] == '\\' || bytes.IndexByte(src[from:at], '\n') >= 0 || bytes.IndexFunc(src[from+1:at-len(sign)], unicode.IsLetter) < 0 {
			continue
		}
		if isFileName(dest) || placeForm().MatchString(dest) {
			r.p.report("page/link-blank", from, at+stop+1, hint, "the brackets of a link to %s do not stand as they should, so this is text and no link", diag.Quote(dest))
		}
	}
}

// lostStars reports two or three stars before a word that would begin bold text, but nothing closes it: goldmark has left them in a text. Only the first of a block is reported.
// Stars in patterns (src/**/x), sums (2**3) and calls (f(**rest)) do not stand before a word of their own.
func (r *renderer) lostStars(seg text.Segment, last *ast.Text) {
	block := ast.Node(last)
	for block.Type() == ast.TypeInline && block.Parent() != nil { // the text of an option stands in no block any more
		block = block.Parent()
	}
	src := r.p.src
	for from := seg.Start; from < seg.Stop && block != r.starred; from++ {
		if src[from] != '*' {
			continue
		}
		to := len(src) - len(bytes.TrimLeft(src[from:], "*"))
		c, _ := utf8.DecodeRune(src[to:])
		if n := to - from; (n == 2 || n == 3) && unicode.IsLetter(c) && wordBegins(src[:from]) {
			r.starred = block
			r.p.report("page/lost-emphasis", from, to, "write "+string(src[from:to])+" directly behind the last word as well, or a backslash before each star that is to be shown", "nothing closes these stars, so they are shown and the text is not bold")
		}
		from = to
	}
}

// wordBegins reports whether a word that follows src begins behind a blank, a quotation mark or a bracket. The bracket of a call is none.
func wordBegins(src []byte) bool {
	c, n := utf8.DecodeLastRune(src)
	switch {
	case n == 0 || unicode.IsSpace(c) || strings.ContainsRune(`>|"'`, c) || unicode.In(c, unicode.Pi):
		return true
	case !unicode.In(c, unicode.Ps):
		return false
	}
	c, _ = utf8.DecodeLastRune(src[:len(src)-n])
	return !unicode.IsLetter(c) && !unicode.IsDigit(c)
}
