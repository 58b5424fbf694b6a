package source

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"waymark/internal/diag"
)

// siteAddress returns the address of the folder that a site is published in as it stands before the names of pages: in ASCII, escaped, with a slash at its end. When s is the
// address of no such folder base is empty, and hint says what to write.
func siteAddress(s string) (base, hint string) {
	const example = "write it as https://handbook.example.org/ or https://example.org/handbook/"
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", example
	}
	dots := func(name string) bool { return name == "." || name == ".." }
	file := strings.ToLower(path.Ext(u.Path))
	host := asciiHost(u.Hostname())
	port, badPort := strconv.Atoi(u.Port())
	switch {
	case u.User != nil:
		return "", "take away what stands before the @, which everybody could read"
	case strings.ContainsAny(s, "?#"):
		return "", "take away all from the ? or # on"
	case strings.ContainsFunc(host, func(r rune) bool { return r > unicode.MaxASCII }):
		return "", "write the name of the host as browsers copy it: bücher.example is xn--bcher-kva.example"
	case !hostForm().MatchString(host): // names that only an intranet knows may have an underscore
		return "", example
	case u.Port() != "" && (badPort != nil || port < 1 || port > 65535):
		return "", "write a port from 1 to 65535 behind the colon, or take it away"
	case slices.ContainsFunc(strings.Split(u.Path, "/"), dots) || strings.Contains(u.Path, "//"):
		return "", "write the address as browsers show it, without names that are empty, . or .."
	case file == ".html" || file == ".htm":
		return "", "name the folder that " + diag.Quote(path.Base(u.Path)) + " lies in"
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if u.Port() != "" {
		host += ":" + u.Port()
	}
	return u.Scheme + "://" + host + strings.TrimSuffix(u.EscapedPath(), "/") + "/", ""
}

// asciiHost returns the name of a host as all programs know it: in lower case, with what is no ASCII written in Punycode, as browsers send it. What is no letter and no digit of any
// script stays as it is.
func asciiHost(name string) string {
	labels := strings.Split(strings.ToLower(norm.NFKC.String(name)), ".")
	for i, l := range labels {
		if strings.ContainsFunc(l, func(r rune) bool { return r > unicode.MaxASCII }) && !strings.ContainsFunc(l, func(r rune) bool {
			return r != '-' && !unicode.In(r, unicode.L, unicode.M, unicode.Nd)
		}) {
			labels[i] = "xn--" + punycode(l)
		}
	}
	return strings.Join(labels, ".")
}

// punycode writes letters in ASCII (RFC 3492, section 6.3): those that are ASCII, and behind a hyphen what the others are and where they stand.
func punycode(s string) string {
	const digits, base = "abcdefghijklmnopqrstuvwxyz0123456789", 36
	in := []rune(s)
	var out []byte
	for _, r := range in {
		if r <= unicode.MaxASCII {
			out = append(out, byte(r))
		}
	}
	basic := len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	next, delta, bias := rune(128), 0, 72
	for done := basic; done < len(in); {
		least := rune(unicode.MaxRune)
		for _, r := range in {
			if r >= next {
				least = min(least, r)
			}
		}
		delta += int(least-next) * (done + 1)
		for _, r := range in {
			if r < least {
				delta++
			}
			if r != least {
				continue
			}
			rest := delta
			for k := base; ; k += base {
				t := min(max(k-bias, 1), 26)
				if rest < t {
					break
				}
				out = append(out, digits[t+(rest-t)%(base-t)])
				rest = (rest - t) / (base - t)
			}
			out = append(out, digits[rest])
			if done == basic {
				delta /= 700
			} else {
				delta /= 2
			}
			done++
			delta += delta / done
			for bias = 0; delta > 455; bias += base {
				delta /= base - 1
			}
			bias += base * delta / (delta + 38)
			delta = 0
		}
		delta++
		next = least + 1
	}
	return string(out)
}

// hostForm is a name, or a number of IPv6.
var hostForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([a-z0-9._-]+|[0-9a-f.]*:[0-9a-f:.]+)$`) })

// editFault says what to write in place of an address for editing pages that leads to none, or "". It may be on the host of the site, or the same for all pages, as of one that
// takes reports.
func editFault(s string) string {
	if hint := placesFault(s, "{path}"); hint != "" {
		return hint
	}
	u, err := url.Parse(strings.ReplaceAll(s, "{path}", "x"))
	switch {
	case err != nil:
	case (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "", u.Scheme == "mailto" && u.Opaque != "",
		u.Scheme == "" && strings.HasPrefix(s, "/") && (u.Hostname() != "" || !strings.HasPrefix(s, "//")):
		return ""
	}
	return "write the whole address, as in https://git.example.org/handbook/edit/main/{path}"
}

// EditorFault says what to write in place of an address (of serve.editor) that opens no file in an editor, or "". It has the scheme of a program, not one that a
// browser would run or read itself.
func EditorFault(s string) string {
	scheme, _, _ := strings.Cut(s, ":")
	if browsers := []string{"javascript", "data", "vbscript", "blob", "file", "view-source"}; !schemeForm().MatchString(s) || contains(browsers, strings.ToLower(scheme)) {
		return "begin it with the scheme of the editor, as in vscode://file/{path}:{line}:{column}"
	}
	if !strings.Contains(s, "{path}") {
		return "put {path} where the name of the file belongs"
	}
	return placesFault(s, "{path}", "{line}", "{column}")
}

var (
	schemeForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`) })
	braced     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[{}][^{}]*}?`) })
)

// placesFault says what to write where an address has other words in braces than those that are known, or "".
func placesFault(s string, known ...string) string {
	for _, found := range braced().FindAllString(s, -1) {
		if !contains(known, found) {
			return diag.DidYouMean(found, known)
		}
	}
	return ""
}
