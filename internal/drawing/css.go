package drawing

import (
	"regexp"
	"strings"
)

// Style sheets of drawings are read as far as it takes to see what they load: rules that import, and functions with an address. What cannot be read in this way with certainty is
// taken out as a whole.

// localURL is an address that leads to the drawing itself, or that holds a picture or a font.
var localURL = regexp.MustCompile(`^(?:#[^"'()\\\s]*|data:(?:image/(?:png|jpeg|gif|webp)|(?:font|application)/[a-z0-9.+-]*(?:font|woff2?|otf|ttf|sfnt|opentype|truetype)[a-z0-9.+-]*)[;,][^"'()\\\s<]*)$`)

// loaders are the functions that take an address; only url() is ever let through.
var loaders = set("url image image-set -webkit-image-set cross-fade -webkit-cross-fade src element -moz-element paint expression")

// cleanCSS returns the style sheet (or the declarations) without what loads something, and what that was, or "".
func cleanCSS(css string) (string, string) {
	out, what := make([]byte, 0, len(css)), ""
	for i := 0; i < len(css); {
		rest := css[i:]
		switch ch := css[i]; {
		case strings.HasPrefix(rest, "/*"):
			n := strings.Index(rest[2:], "*/")
			if n < 0 {
				return "", "a comment that does not end"
			}
			out = append(out, rest[:n+4]...)
			i += n + 4
		case ch == '"' || ch == '\'':
			n := quoted(rest)
			if n == 0 {
				return "", "a text that does not end"
			}
			out = append(out, rest[:n]...)
			i += n
		case ch == '\\':
			return "", "a style with escapes"
		case ch == '@' && hasPrefixFold(rest, "@import"), ch == '@' && hasPrefixFold(rest, "@charset"), ch == '@' && hasPrefixFold(rest, "@namespace"):
			name := rest[:strings.IndexFunc(rest+" ", func(r rune) bool { return r != '@' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') })]
			n := statement(rest)
			if n == 0 {
				return "", "a rule that does not end"
			}
			what = name
			i += n
		case ch == '(':
			name := lastWord(css[:i])
			if loaders[strings.ToLower(name)] {
				n := closing(rest)
				if n == 0 {
					return "", "an address that does not end"
				}
				if strings.EqualFold(name, "url") && localURL.MatchString(strings.Trim(strings.TrimSpace(rest[1:n-1]), `"'`)) {
					out = append(out, rest[:n]...)
				} else {
					out = append(out[:len(out)-len(name)], "none"...)
					what = "an address (" + strings.ToLower(name) + ")"
				}
				i += n
				continue
			}
			out = append(out, ch)
			i++
		default:
			out = append(out, ch)
			i++
		}
	}
	lower := strings.ToLower(css)
	if strings.Contains(lower, "javascript:") || strings.Contains(lower, "-moz-binding") || strings.Contains(lower, "behavior:") || strings.Contains(lower, "<") {
		return "", "a style that runs something"
	}
	if what == "" {
		return css, ""
	}
	return string(out), what
}

// quoted returns the length of the text in quotes at the start of s, 0 if it does not end on its line.
func quoted(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case s[0]:
			return i + 1
		case '\\':
			i++
		case '\n', '\r', '\f':
			return 0
		}
	}
	return 0
}

// closing returns the length of the parenthesis at the start of s, 0 if it does not close.
func closing(s string) int {
	n, depth := scan(s, func(ch byte, depth int) bool { return ch == ')' && depth == 0 })
	if depth != 0 {
		return 0
	}
	return n
}

// statement returns the length of a rule without a block, to its semicolon or the end; 0 if it has a block.
func statement(s string) int {
	n, _ := scan(s, func(ch byte, depth int) bool { return depth == 0 && (ch == ';' || ch == '{' || ch == '}') })
	if n > 0 && (s[n-1] == '{' || s[n-1] == '}') {
		return 0
	}
	return n
}

// scan goes on until end says so, or to the end of s, and returns how far it came and how many parentheses are open there. It returns 0 for what has escapes or a text that does not end.
func scan(s string, end func(ch byte, depth int) bool) (n, depth int) {
	for n < len(s) {
		switch s[n] {
		case '"', '\'':
			k := quoted(s[n:])
			if k == 0 {
				return 0, depth
			}
			n += k
			continue
		case '\\':
			return 0, depth
		case '(':
			depth++
		case ')':
			depth--
		}
		n++
		if end(s[n-1], depth) {
			break
		}
	}
	return n, depth
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// lastWord returns the name at the end of s.
func lastWord(s string) string {
	i := len(s)
	for i > 0 && (s[i-1] == '-' || s[i-1] == '_' || s[i-1] >= 0x80 || '0' <= s[i-1] && s[i-1] <= '9' || 'a' <= s[i-1]|0x20 && s[i-1]|0x20 <= 'z') {
		i--
	}
	return s[i:]
}
