package serve

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// guard says whether a request may be answered; a refusal is its status and a sentence for the person who meets it.
//
// The preview is for one person on one machine, but every site this person visits can make the browser send requests to it. So: a foreign name that
// was made to lead here (DNS rebinding) is refused by its Host; a foreign page that links, embeds or fetches is refused by Sec-Fetch-Site, and by Origin where a
// browser sends that; there are no CORS headers, so nothing could be read either. X-Forwarded-* and Forwarded are never looked at: whoever can send a
// request can send those.
func (s *Server) guard(r *http.Request) (status int, why string) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return http.StatusMethodNotAllowed, "the preview answers GET and HEAD only"
	}
	if !s.hostAllowed(r.Host) {
		return http.StatusForbidden, "the preview does not answer to this name; start it with --host to give it one"
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
	case "same-site":
		// Another port of this machine. A link may lead here, nothing may embed or fetch.
		if r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document" {
			return http.StatusForbidden, "another page asked for this"
		}
	default:
		return http.StatusForbidden, "a page of another site led here; type the address into the browser instead"
	}
	for _, o := range r.Header.Values("Origin") {
		if !sameOrigin(o, r.Host) {
			return http.StatusForbidden, "another page asked for this"
		}
	}
	return 0, ""
}

// hostAllowed lets pass the names of this machine's loopback and the host that was given. Under an unspecified address (0.0.0.0) any address passes, for a
// rebinding attack needs a name.
func (s *Server) hostAllowed(hostport string) bool {
	host := hostname(hostport)
	if host == "localhost" {
		return true
	}
	given := hostname(s.o.Host)
	if host != "" && host == given {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	if ip.IsLoopback() {
		return true
	}
	g, err := netip.ParseAddr(given)
	return err == nil && (g.IsUnspecified() || g == ip)
}

// hostname takes the port and the brackets off a host and brings it into one case.
func hostname(hostport string) string {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

func sameOrigin(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && strings.EqualFold(u.Host, host)
}
