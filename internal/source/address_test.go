package source

import (
	"strings"
	"testing"
)

func TestSiteAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org":                  "https://example.org/",
		"https://example.org/":                 "https://example.org/",
		" HTTPS://Example.ORG/Handbook ":       "https://example.org/Handbook/",
		"http://localhost:8080/a":              "http://localhost:8080/a/",
		"https://my_server:/a/":                "https://my_server/a/",
		"http://[2001:DB8::1]:8080":            "http://[2001:db8::1]:8080/",
		"https://example.org/a b/":             "https://example.org/a%20b/",
		"https://example.org/ü/":               "https://example.org/%C3%BC/",
		"https://example.org/a%20b/%c3%bc/":    "https://example.org/a%20b/%c3%bc/",
		"https://xn--bcher-kva.example":        "https://xn--bcher-kva.example/",
		"https://example.org/handbook.html/":   "https://example.org/handbook.html/",
		"https://example.org/.well-known/v1.2": "https://example.org/.well-known/v1.2/",
		"https://example.org:65535/":           "https://example.org:65535/",
	} {
		if got, hint := siteAddress(in); got != want {
			t.Errorf("%q is %q (%s), want %q", in, got, hint, want)
		}
	}
	for _, in := range []string{
		"", "/", "example.org", "https://bücher.example/", "//example.org/", "ftp://example.org/", "https:example.org", "https://", "https:///a", "https://:80/", "https://exa mple.org/", "https://<b>.org/",
		"https://example.org/sub/?", "https://example.org/?a=b", "https://example.org/#", "https://example.org/#a", "https://u:p@example.org/", "https://@example.org/",
		"https://example.org:0/", "https://example.org:65536/", "https://example.org:99999/", "https://example.org:a/", "https://example.org/a/../b", "https://example.org/./", "https://example.org/..",
		"https://example.org/%2e%2E/", "https://example.org//a/", "https://example.org/a//", "https://example.org/index.html", "https://example.org/a/Start.HTM", "https://example.org/%zz/", "https://example.org/a\nb/",
	} {
		if got, hint := siteAddress(in); got != "" || hint == "" {
			t.Errorf("%q is %q with the hint %q, want a hint alone", in, got, hint)
		}
	}
}

func TestAddressesWithPlaces(t *testing.T) {
	for in, want := range map[string]string{ // what the hint says; "": nothing is wrong
		"https://git.example.org/edit/main/{path}":        "",
		"HTTP://localhost:3000/?file={path}&again={path}": "",
		"mailto:editors@example.org?subject={path}":       "",
		"https://example.org/edit":                        "put {path}",
		"https://example.org/{file}":                      "{path}",
		"https://example.org/{Path}/{path}":               "{path}",
		"https://example.org/{path":                       "{path}",
		"edit/{path}":                                     "whole address",
		"/edit/{path}":                                    "whole address",
		"//example.org/{path}":                            "whole address",
		"https:///{path}":                                 "whole address",
		"mailto:?subject={path}":                          "whole address",
		"javascript:alert(1)//{path}":                     "whole address",
		"file:///home/me/{path}":                          "whole address",
	} {
		if got := editFault(in); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("edit_url %q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"vscode://file/{path}:{line}:{column}": "",
		"idea://open?file={path}&line={line}":  "",
		"TXMT://open/?url=file://{path}":       "",
		"vscode://file":                        "put {path}",
		"vscode://file/{path}:{row}":           "{line}",
		"code {path}":                          "scheme",
		"javascript:alert('{path}')":           "scheme",
		"JavaScript:alert('{path}')":           "scheme",
		"file://{path}":                        "scheme",
	} {
		if got := EditorFault(in); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("editor %q: %q, want %q", in, got, want)
		}
	}
}
