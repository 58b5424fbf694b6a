package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// An attr is one attribute of a container, heading or fence, with its place in the text. `#x` has the name id, `.x` the name class.
type attr struct {
	name, value string
	bare        bool // a name without a value
	start, end  int
}

// scanAttributes reads `{#id .class key=word key="two words"}` at the start of s, which stands at base in the text, and returns how many
// bytes it takes. It reads what goldmark's parser reads (but lists and nested braces) and gives places; beyond that it takes values such as 80%, 8-12
// and ../page.md without quotes, and names without a value.
func scanAttributes(s []byte, base int) (attrs []attr, n int, ok bool) {
	i := 1
	for {
		for i < len(s) && (util.IsSpace(s[i]) || s[i] == ',') {
			i++
		}
		if i >= len(s) {
			return nil, 0, false
		}
		if s[i] == '}' {
			return attrs, i + 1, true
		}
		a := attr{start: base + i}
		switch c := s[i]; {
		case c == '#' || c == '.':
			a.name = "class"
			if c == '#' {
				a.name = "id"
			}
			i++
			from := i
			for i < len(s) && isIDByte(s[i]) {
				i++
			}
			if i == from {
				return nil, 0, false
			}
			a.value = string(s[from:i])
		case isNameStart(c):
			from := i
			for i < len(s) && (isNameStart(s[i]) || util.IsNumeric(s[i]) || s[i] == '-' || s[i] == '.') {
				i++
			}
			a.name = string(s[from:i])
			j := i
			for j < len(s) && util.IsSpace(s[j]) {
				j++
			}
			if j >= len(s) || s[j] != '=' {
				a.bare = true
				break
			}
			i = j + 1
			for i < len(s) && util.IsSpace(s[i]) {
				i++
			}
			if a.value, i, ok = scanValue(s, i); !ok {
				return nil, 0, false
			}
		default:
			return nil, 0, false
		}
		a.end = base + i
		attrs = append(attrs, a)
	}
}

func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == ':'
}

func isIDByte(c byte) bool {
	return !util.IsSpace(c) && (!util.IsPunct(c) || c == '_' || c == '-' || c == ':' || c == '.')
}

// scanValue reads the value at s[i:] and returns where it ends.
func scanValue(s []byte, i int) (value string, end int, ok bool) {
	if i >= len(s) {
		return "", 0, false
	}
	if q := s[i]; q == '"' || q == '\'' {
		var b strings.Builder
		for i++; i < len(s); i++ {
			switch c := s[i]; {
			case c == q:
				return b.String(), i + 1, true
			case c == '\n':
				return "", 0, false
			case c == '\\' && i+1 < len(s) && (s[i+1] == q || s[i+1] == '\\' || s[i+1] == '/'):
				i++
				b.WriteByte(s[i])
			default:
				b.WriteByte(c)
			}
		}
		return "", 0, false
	}
	from := i
	for i < len(s) && !util.IsSpace(s[i]) && strings.IndexByte(`{}[]"'<>,=`+"`", s[i]) < 0 {
		i++
	}
	return string(s[from:i]), i, i > from
}

// trailingAttributes returns the attributes at the end of a line, and where they begin.
func trailingAttributes(line []byte, base int) (attrs []attr, at int, ok bool) {
	if len(line) == 0 || line[len(line)-1] != '}' {
		return nil, 0, false
	}
	i := len(line)
	// A quoted value may hold braces, so the last brace need not be the opening one; a few tries keep the time linear.
	for range 4 {
		i = bytes.LastIndexByte(line[:i], '{')
		if i < 0 {
			return nil, 0, false
		}
		if attrs, n, ok := scanAttributes(line[i:], base+i); ok && i+n == len(line) {
			return attrs, i, true
		}
	}
	return nil, 0, false
}

// find returns the value of the last attribute of that name.
func find(attrs []attr, name string) (string, bool) {
	for i := len(attrs) - 1; i >= 0; i-- {
		if attrs[i].name == name {
			return attrs[i].value, true
		}
	}
	return "", false
}

func runes(s []byte) int { return utf8.RuneCount(s) }
