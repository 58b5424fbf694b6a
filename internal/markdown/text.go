package markdown

import (
	"bytes"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// resolve returns src with backslash escapes and character references replaced by what they stand for (CommonMark 0.31.2, sections 2.4 and 2.5).
// Without any it returns src itself.
func resolve(src []byte) []byte {
	if bytes.IndexByte(src, '\\') < 0 && bytes.IndexByte(src, '&') < 0 {
		return src
	}
	out := make([]byte, 0, len(src))
	for i := 0; i < len(src); i++ {
		c := src[i]
		switch {
		case c == '\\' && i+1 < len(src) && util.IsPunct(src[i+1]):
			i++
			out = append(out, src[i])
		case c == '&':
			if r, n := reference(src[i:]); n > 0 {
				out = append(out, r...)
				i += n - 1
			} else {
				out = append(out, c)
			}
		default:
			out = append(out, c)
		}
	}
	return out
}

// reference reads a character reference at the start of s and returns what it stands for and its length, which is 0 when there is none.
func reference(s []byte) (value []byte, n int) {
	if len(s) < 3 {
		return nil, 0
	}
	end := bytes.IndexByte(s[:min(len(s), 40)], ';')
	if end < 2 {
		return nil, 0
	}
	name := s[1:end]
	if name[0] != '#' {
		for _, c := range name {
			if !util.IsAlphaNumeric(c) {
				return nil, 0
			}
		}
		if e, ok := util.LookUpHTML5EntityByName(string(name)); ok {
			return e.Characters, end + 1
		}
		return nil, 0
	}
	digits, base, most := name[1:], 10, 7
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base, most = digits[1:], 16, 6
	}
	v, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || len(digits) > most || digits[0] == '+' || digits[0] == '_' {
		return nil, 0
	}
	r := rune(v)
	if r == 0 || !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	return utf8.AppendRune(nil, r), end + 1
}

// appendText appends s, escaped as HTML text and attribute value.
func appendText[T string | []byte](b []byte, s T) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		var e string
		switch s[i] {
		case '&':
			e = "&amp;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '"':
			e = "&quot;"
		default:
			continue
		}
		b = append(b, s[from:i]...)
		b = append(b, e...)
		from = i + 1
	}
	return append(b, s[from:]...)
}

// countWords returns the number of words of a text. Each character of scripts without blanks counts as one: both are read at about the same pace.
func countWords(s string) int {
	n := 0
	inside := byte(0) // inWord within a word
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			// Without a branch, for where words end nobody can foretell.
			kind := wordByte[c]
			n += int(kind & inWord &^ inside)
			inside = kind&inWord | inside&(kind>>1)
			i++
			continue
		}
		r, width := utf8.DecodeRuneInString(s[i:])
		i += width
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			n++
			inside = 0
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			n += int(inWord &^ inside)
			inside = inWord
		case r != '’':
			inside = 0
		}
	}
	return n
}

// The kinds of ASCII characters in words: letters and digits make one, an apostrophe and a hyphen go on with one.
const inWord, joinsWord = 1, 2

var wordByte = func() (kind [utf8.RuneSelf]byte) {
	for c := range kind {
		switch {
		case c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z':
			kind[c] = inWord
		case c == '\'' || c == '-':
			kind[c] = joinsWord
		}
	}
	return
}()
