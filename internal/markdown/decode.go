package markdown

import (
	"bytes"
	"unicode/utf8"

	"waymark/internal/diag"
)

// maxPage is how long a page may be, with what it includes: some 150,000 words.
const maxPage = 1 << 20

var utf8BOM = []byte("\xef\xbb\xbf")

// decode returns the file's text without a byte order mark, and where in the file it begins. Bytes that are not text are
// reported and replaced one by one, so that offsets stay what they were. It says false for what is no page at all.
func (p *page) decode(data []byte) (text []byte, offset int, ok bool) {
	report := func(code string, r diag.Range, hint, format string, args ...any) {
		p.doc.Diags.Add(code, p.file.Span(r), hint, format, args...)
	}
	if len(data) > maxPage {
		report("page/too-large", diag.Range{}, "split it into several pages", "the page has %d KiB, more than %d", len(data)>>10, maxPage>>10)
		return nil, 0, false
	}
	if looksUTF16(data) {
		report("page/encoding", diag.Range{}, "save the file as UTF-8", "the file is encoded as UTF-16")
		return nil, 0, false
	}
	if bytes.HasPrefix(data, utf8BOM) {
		offset = len(utf8BOM)
	}
	text = data[offset:]
	if !utf8.Valid(text) {
		clean := bytes.Clone(text)
		first := -1
		for i := 0; i < len(clean); {
			c, n := utf8.DecodeRune(clean[i:])
			if c == utf8.RuneError && n == 1 {
				clean[i] = '?'
				if first < 0 {
					first = i
				}
			}
			i += n
		}
		report("page/encoding", diag.Range{Start: offset + first, End: offset + first + 1}, "save the file as UTF-8", "the text is not valid UTF-8 from here on")
		text = clean
	}
	if i := firstControl(text); i >= 0 {
		report("page/control", diag.Range{Start: offset + i, End: offset + i + 1}, "delete it; many editors can show invisible characters", "there is a control character (%#02x) in the text", text[i])
		text = bytes.Clone(text)
		for ; i < len(text); i++ {
			if isControl[text[i]] {
				text[i] = ' '
			}
		}
	}
	return text, offset, true
}

// isControl holds the control characters that no text needs.
var isControl = func() (t [256]bool) {
	for c := range 32 {
		t[c] = c != '\t' && c != '\n' && c != '\r' && c != '\f'
	}
	t[0x7f] = true
	return t
}()

func firstControl(text []byte) int {
	for i, c := range text {
		if isControl[c] {
			return i
		}
	}
	return -1
}

// looksUTF16 reports whether data begins with a UTF-16 byte order mark, or is ASCII in UTF-16 without one.
func looksUTF16(data []byte) bool {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return true
	}
	head := data[:min(len(data), 64)]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	return len(head) >= 8 && zeros[0]+zeros[1] >= len(head)*2/5 && (zeros[0] == 0 || zeros[1] == 0)
}

// normalise makes body, which begins at offset in the file, the text to parse: it ends each line with a bare line feed.
func (p *page) normalise(body []byte, offset int) {
	p.src = body
	p.at = sourceMap{[]piece{{file: diag.At(offset)}}, offset + len(body)}
	if bytes.IndexByte(body, '\r') >= 0 {
		p.src, p.at.pieces = unifyLines(body, offset)
	}
	if len(p.src) > 0 && p.src[len(p.src)-1] != '\n' {
		p.src = append(p.src[:len(p.src):len(p.src)], '\n')
	}
}

// unifyLines replaces \r\n and lone \r by \n.
func unifyLines(body []byte, offset int) ([]byte, []piece) {
	out := make([]byte, 0, len(body)+1)
	m := []piece{{file: diag.At(offset)}}
	for i := 0; i < len(body); i++ {
		if body[i] != '\r' {
			out = append(out, body[i])
			continue
		}
		if i+1 < len(body) && body[i+1] == '\n' {
			m = append(m, piece{text: len(out), file: diag.At(offset + i + 1)})
			continue
		}
		out = append(out, '\n')
	}
	return out, m
}
