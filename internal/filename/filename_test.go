package filename

import (
	"strings"
	"testing"
)

func TestFault(t *testing.T) {
	for _, good := range []string{
		"index.html", "a/b/c.html", "größe/ä.html", "日本/語.html", ".well-known/x", ".nojekyll", "a b.html", "..a", "a..b", "com.html",
		"com10.html", "lpt.html", "console.html", "nul-and-void.html", "x/CNAME", "waymark-manifest", "git", ".gitignore",
		strings.Repeat("n", MaxName), "a@b+c=d,e;f'g(h)[i]{j}~k!l#m$n%o&p^q`.html",
	} {
		if why := Fault(good); why != "" {
			t.Errorf("%q is refused: %s", good, why)
		}
	}
	for bad, why := range map[string]string{
		"":                               "empty",
		"/etc/passwd":                    "begins at the root",
		"..":                             "leads elsewhere",
		"../x":                           "leads elsewhere",
		"a/../../x":                      "leads elsewhere",
		"a/./x":                          "leads elsewhere",
		"a//x":                           "empty name",
		"a/":                             "empty name",
		`a\x`:                            `'\\'`,
		`..\x`:                           `'\\'`,
		"C:/x":                           `':'`,
		"a\x00b":                         `'\x00'`,
		"a\nb":                           `'\n'`,
		"a\x7fb":                         `'\x7f'`,
		"a\u0085b":                       `'\u0085'`,
		"what?":                          `'?'`,
		"a*b":                            `'*'`,
		"a|b":                            `'|'`,
		"<a>":                            `'<'`,
		`"a"`:                            `'"'`,
		"turn\u202ename":                 "nobody can see",
		"a\u2028b":                       "nobody can see",
		"a\ufffdb":                       "could not be read",
		"com0":                           "device",
		"a.":                             "Windows drops",
		"a./b":                           "Windows drops",
		"a /b":                           "Windows drops",
		"CON":                            "device",
		"con.html":                       "device",
		"Aux/x.html":                     "device",
		"nul.tar.gz":                     "device",
		"com1":                           "device",
		"LPT9.html":                      "device",
		"com¹.html":                      "device",
		"prn .html":                      "device",
		"conin$":                         "device",
		"a\xffb":                         "UTF-8",
		strings.Repeat("n", MaxName+1):   "more than 255 bytes",
		strings.Repeat("nn/", 400) + "x": "more than 1024 bytes",
		".waymark-manifest":              "kept for the program",
		"a/.Waymark-x":                   "kept for the program",
		".git/hooks/post-checkout":       "repository",
		"a/.GIT/config":                  "repository",
	} {
		if got := Fault(bad); !strings.Contains(got, why) {
			t.Errorf("%q: %q; want %q", bad, got, why)
		} else if strings.ContainsAny(got, "\x00\n\x7f\u202e") {
			t.Errorf("%q: the text carries characters that control: %q", bad, got)
		}
	}
}

// Paths with equal folds are one file somewhere, and no others are.
func TestFold(t *testing.T) {
	for _, c := range []struct {
		a, b string
		one  bool
	}{
		{"Index.html", "index.html", true},
		{"Guide/a", "guide/A", true},
		{"caf\u00e9", "cafe\u0301", true},
		{"stra\u00dfe", "STRASSE", true},
		{"\u03c3", "\u03c2", true},       // two forms of sigma
		{"\u212a", "k", true},            // the Kelvin sign
		{"\u1e9b\u0323", "\u1e69", true}, // case and normal form together
		{"i", "\u0131", false},           // the dotless i is a letter of its own
		{"a\uff0fb", "a/b", false},       // a wide slash is none
		{"\u00e4", "a", false},
		{"a-b", "a/b", false},
	} {
		if got := Fold(c.a) == Fold(c.b); got != c.one {
			t.Errorf("%q and %q are one: %v, want %v", c.a, c.b, got, c.one)
		}
		for _, p := range []string{c.a, c.b} {
			if strings.Count(Fold(p), "/") != strings.Count(p, "/") {
				t.Errorf("%q has as its fold %q, with other folders", p, Fold(p))
			}
		}
	}
}
