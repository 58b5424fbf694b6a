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
		"https://Bücher.example:80/ü":          "https://xn--bcher-kva.example:80/%C3%BC/",
		"https://bu\u0308cher.Example/":        "https://xn--bcher-kva.example/",
		"https://例え.テスト/":                      "https://xn--r8jz45g.xn--zckzah/",
		"https://ｅｘａｍｐｌｅ．org/":                 "https://example.org/",
		"https://example.org/handbook.html/":   "https://example.org/handbook.html/",
		"https://example.org/.well-known/v1.2": "https://example.org/.well-known/v1.2/",
		"https://example.org:65535/":           "https://example.org:65535/",
	} {
		if got, hint := siteAddress(in); got != want {
			t.Errorf("%q is %q (%s), want %q", in, got, hint, want)
		}
	}
	for _, in := range []string{
		"", "/", "example.org", "https://☃.example/", "https://bücher\u200d.example/", "https://bücher/a/../b", "//example.org/", "ftp://example.org/", "https:example.org", "https://", "https:///a", "https://:80/", "https://exa mple.org/", "https://<b>.org/",
		"https://example.org/sub/?", "https://example.org/?a=b", "https://example.org/#", "https://example.org/#a", "https://u:p@example.org/", "https://@example.org/",
		"https://example.org:0/", "https://example.org:65536/", "https://example.org:99999/", "https://example.org:a/", "https://example.org/a/../b", "https://example.org/./", "https://example.org/..",
		"https://example.org/%2e%2E/", "https://example.org//a/", "https://example.org/a//", "https://example.org/index.html", "https://example.org/a/Start.HTM", "https://example.org/%zz/", "https://example.org/a\nb/",
	} {
		if got, hint := siteAddress(in); got != "" || hint == "" {
			t.Errorf("%q is %q with the hint %q, want a hint alone", in, got, hint)
		}
	}
}

// The samples are those of RFC 3492, section 7.1.
func TestPunycode(t *testing.T) {
	for in, want := range map[string]string{
		"ليهمابتكلموشعربي؟":                        "egbpdaj6bu4bxfgehfvwxn",
		"他们为什么不说中文":                                "ihqwcrb4cv8a8dqg056pqjye",
		"他們爲什麽不說中文":                                "ihqwctvzc91f659drss3x8bo0yb",
		"Pročprostěnemluvíčesky":                   "Proprostnemluvesky-uyb24dma41a",
		"למההםפשוטלאמדבריםעברית":                   "4dbcagdahymbxekheh6e0a7fei0b",
		"なぜみんな日本語を話してくれないのか":                       "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa",
		"почемужеонинеговорятпорусски":             "b1abfaaepdrnnbgefbadotcwatmq2g4l",
		"PorquénopuedensimplementehablarenEspañol": "PorqunopuedensimplementehablarenEspaol-fmd56a",
		"TạisaohọkhôngthểchỉnóitiếngViệt":          "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g",
		"3年B組金八先生":                                 "3B-ww4c5e180e575a65lsy2b",
		"安室奈美恵-with-SUPER-MONKEYS":                 "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n",
		"Hello-Another-Way-それぞれの場所":                "Hello-Another-Way--fc4qua05auwb3674vfr0b",
		"ひとつ屋根の下2":                                 "2-u9tlzr9756bt3uc0v",
		"MajiでKoiする5秒前":                            "MajiKoi5-783gue6qz075azm5e",
		"パフィーdeルンバ":                                "de-jg4avhby1noc0d",
		"そのスピードで":                                  "d9juau41awczczp",
		"-> $1.00 <-":                              "-> $1.00 <--",
	} {
		if got := punycode(in); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}

func TestAddressesWithPlaces(t *testing.T) {
	for in, want := range map[string]string{ // what the hint says; "": nothing is wrong
		"https://git.example.org/edit/main/{path}":        "",
		"HTTP://localhost:3000/?file={path}&again={path}": "",
		"mailto:editors@example.org?subject={path}":       "",
		"https://example.org/report":                      "",
		"mailto:editors@example.org":                      "",
		"/edit/{path}":                                    "",
		"//git.example.org/edit/{path}":                   "",
		"https://example.org/{file}":                      "{path}",
		"https://example.org/{Path}/{path}":               "{path}",
		"https://example.org/{path":                       "{path}",
		"edit/{path}":                                     "whole address",
		"///{path}":                                       "whole address",
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
