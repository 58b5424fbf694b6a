package search

import (
	"unicode/utf8"
)

// appendString appends s as a JavaScript string. It is JSON but for what JSON need not escape and a script must.
func appendString(b []byte, s string) []byte {
	return append(appendEscaped(append(b, '"'), s), '"')
}

// appendEscaped appends what stands between the quotation marks of a string.
func appendEscaped(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		if plain[s[i]] {
			i++
			continue
		}
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
			if (r != utf8.RuneError || n > 1) && r != '\u2028' && r != '\u2029' {
				i += n
				continue
			}
		}
		b = append(b, s[from:i]...)
		switch r {
		case '"', '\\':
			b = append(b, '\\', byte(r))
		case '\n':
			b = append(b, `\n`...)
		case '\t':
			b = append(b, `\t`...)
		case utf8.RuneError:
			b = append(b, "\ufffd"...)
		default:
			const hex = "0123456789abcdef"
			b = append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		}
		i += n
		from = i
	}
	return append(b, s[from:]...)
}

// plain are the bytes that stand for themselves in a string.
var plain = func() (is [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		is[c] = c != '"' && c != '\\'
	}
	return
}()

// appendStrings appends a list of strings.
func appendStrings(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, s)
	}
	return append(b, ']')
}

// Numbers are written in 91 printable ASCII characters that need no escape in a string. One character holds 0 to 74, two up to 1166,
// three up to 26009, five the rest: nearly all are small.
const (
	base  = 91
	one   = 75
	two   = one + 12*base
	three = two + 3*base*base
	// most is the largest number, and beyond what any list has.
	most = three + base*base*base*base - 1
)

func digit(v int) byte {
	c := byte(v) + '#'
	if c >= '\\' {
		c++
	}
	return c
}

func appendNumber(b []byte, v int) []byte {
	switch {
	case v < one:
		return append(b, digit(v))
	case v < two:
		v -= one
		return append(b, digit(one+v/base), digit(v%base))
	case v < three:
		v -= two
		return append(b, digit(one+12+v/(base*base)), digit(v/base%base), digit(v%base))
	}
	v = min(v, most) - three
	return append(b, digit(base-1), digit(v/(base*base*base)), digit(v/(base*base)%base), digit(v/base%base), digit(v%base))
}
