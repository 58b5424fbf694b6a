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

	"waymark/internal/diag"
)

// siteAddress returns the address of the folder that a site is published in as it stands before the names of pages: escaped, with a slash at its end. When s is the
// address of no such folder base is empty, and hint says what to write.
func siteAddress(s string) (base, hint string) {
	const example = "write it as https://handbook.example.org/ or https://example.org/handbook/"
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", example
	}
	dots := func(name string) bool { return name == "." || name == ".." }
	file := strings.ToLower(path.Ext(u.Path))
	host := strings.ToLower(u.Hostname())
	port, badPort := strconv.Atoi(u.Port())
	switch {
	case u.User != nil:
		return "", "take away what stands before the @, which everybody could read"
	case strings.ContainsAny(s, "?#"):
		return "", "take away all from the ? or # on"
	case strings.ContainsFunc(host, func(r rune) bool { return r > unicode.MaxASCII }):
		return "", "write the name of the host as browsers copy it, in the letters that all programs know: bücher.example is xn--bcher-kva.example"
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

// hostForm is a name, or a number of IPv6.
var hostForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([a-z0-9._-]+|[0-9a-f.]*:[0-9a-f:.]+)$`) })

// editFault says what to write in place of an address for editing pages that leads to none, or "".
func editFault(s string) string {
	if hint := placesFault(s, "{path}"); hint != "" {
		return hint
	}
	u, err := url.Parse(strings.ReplaceAll(s, "{path}", "x"))
	switch {
	case err != nil:
	case (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "", u.Scheme == "mailto" && u.Opaque != "":
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
	return placesFault(s, "{path}", "{line}", "{column}")
}

var (
	schemeForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`) })
	braced     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[{}][^{}]*}?`) })
)

// placesFault says what to write where an address has other words in braces than those that are known, or lacks the first of them, or "".
func placesFault(s string, known ...string) string {
	for _, found := range braced().FindAllString(s, -1) {
		if !contains(known, found) {
			return diag.DidYouMean(found, known)
		}
	}
	if !strings.Contains(s, known[0]) {
		return "put " + known[0] + " where the name of the file belongs"
	}
	return ""
}
