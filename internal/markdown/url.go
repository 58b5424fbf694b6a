package markdown

import (
	"slices"
	"strings"

	"waymark/internal/diag"
)

// schemes are those an address may have; addresses without one are relative to the page.
var schemes = []string{"http", "https", "mailto", "tel"}

// scheme returns the scheme of an address as a browser sees it: without regard to capitals, to tabs and line ends anywhere, and to control
// characters and blanks in front (URL Standard, "basic URL parser").
func scheme(url string) string {
	url = strings.TrimLeftFunc(url, func(r rune) bool { return r <= ' ' })
	i := strings.IndexAny(url, ":/?#")
	if i < 0 || url[i] != ':' {
		return ""
	}
	s := strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, url[:i])
	for i, c := range s {
		if !('a' <= c|0x20 && c|0x20 <= 'z' || i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return ""
		}
	}
	return strings.ToLower(s)
}

// schemeAllowed judges an address by its final value: references and escapes are resolved.
func (p *page) schemeAllowed(url string) bool {
	s := scheme(url)
	return s == "" || p.opts.HTML == "allow" || slices.Contains(schemes, s)
}

// allowed is schemeAllowed with a complaint.
func (r *renderer) allowed(url string, image bool, at diag.Range) bool {
	s := scheme(url)
	if s == "" || r.p.opts.HTML == "allow" || s == "http" || s == "https" || !image && slices.Contains(schemes, s) {
		return true
	}
	r.p.doc.Diags.Add("page/link-scheme", r.p.file.Span(at), "use "+strings.Join(schemes, ", ")+" or a path", "addresses that begin with %s are not allowed; the address was left out", diag.Quote(s+":"))
	return false
}
