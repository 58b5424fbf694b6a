package curriculum

import "strings"

// external reports whether an address leads out of the site: it has a scheme, or begins with a host.
func external(dest string) bool {
	if strings.HasPrefix(dest, "//") {
		return true
	}
	i := strings.IndexByte(dest, ':')
	if i <= 0 {
		return false
	}
	for j := range i {
		c := dest[j] | 0x20
		if !(c >= 'a' && c <= 'z' || j > 0 && (c >= '0' && c <= '9' || dest[j] == '+' || dest[j] == '-' || dest[j] == '.')) {
			return false
		}
	}
	return true
}

// wholeAddress returns an address of the web with one scheme and two slashes before its host, and one of mail without slashes; all others as they are.
func wholeAddress(dest string) string {
	scheme, rest, _ := strings.Cut(dest, ":")
	bare := strings.TrimLeft(rest, `/\`)
	switch slashes := len(rest) - len(bare); {
	case scheme == "mailto":
		return "mailto:" + bare
	case scheme != "http" && scheme != "https":
	case strings.HasPrefix(bare, "http:/") || strings.HasPrefix(bare, "https:/"):
		return wholeAddress(bare)
	case slashes != 2:
		return scheme + "://" + bare
	}
	return dest
}

// SafeURL lets through what a reader may follow: addresses of the web and of mail.
func SafeURL(s string) string {
	low := strings.ToLower(strings.TrimSpace(s))
	for _, p := range []string{"https://", "http://", "mailto:"} {
		if strings.HasPrefix(low, p) && low != p {
			return strings.TrimSpace(s)
		}
	}
	return ""
}
