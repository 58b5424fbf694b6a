package plan

import (
	"net/url"
	"path"
	"strings"
	"testing"
)

// An address, resolved as a browser does it, leads back to the output it was made for. It never begins with a slash, and never can be taken for one with a scheme.
func TestAddressesLeadWhereTheyShould(t *testing.T) {
	for _, c := range []struct{ from, to, fragment, want string }{
		{"index.html", "index.html", "", "index.html"},
		{"index.html", "index.html", "a", "#a"},
		{"index.html", "about.html", "", "about.html"},
		{"index.html", "roles/sponsor.html", "", "roles/sponsor.html"},
		{"roles/sponsor.html", "index.html", "", "../index.html"},
		{"roles/sponsor.html", "roles/teacher.html", "", "teacher.html"},
		{"roles/sponsor.html", "roles/teacher.html", "first-week", "teacher.html#first-week"},
		{"roles/sponsor.html", "roles/sponsor.html", "first-week", "#first-week"},
		{"roles/sponsor.html", "skills/listen.html", "", "../skills/listen.html"},
		{"roles/sponsor.html", "roles/index.html", "", "index.html"},
		{"roles/sponsor/index.html", "roles/teacher/index.html", "", "../teacher/index.html"},
		{"roles/sponsor/index.html", "roles/sponsor/a.pdf", "", "a.pdf"},
		{"a/b/c/d.html", "a/b/x/y.html", "", "../x/y.html"},
		{"a/b/c/d.html", "a/x.html", "", "../../x.html"},
		{"a/b/c/d.html", "x.html", "z", "../../../x.html#z"},
		{"a/b.html", "a/b/c.html", "", "b/c.html"},
		{"a/b/c.html", "a/b.html", "", "../b.html"},
		{"ab/c.html", "a/c.html", "", "../a/c.html"},
		{"a.html", "two words/a & b.html", "", "two%20words/a%20&%20b.html"},
		{"a.html", "100%.html", "", "100%25.html"},
		{"a.html", "übung/ρόλος.html", "ein-ö", "%C3%BCbung/%CF%81%CF%8C%CE%BB%CE%BF%CF%82.html#ein-%C3%B6"},
		{"a.html", "a.html", "a b%", "#a%20b%25"},
		{"a.html", "a#b.html", "", "a%23b.html"},
		{"a.html", "a+b=c,d;e@f!'(g)*~_-.html", "", "a+b=c,d;e@f%21%27%28g%29%2A~_-.html"},
	} {
		got := relative(c.from, c.to, c.fragment)
		if got != c.want {
			t.Errorf("from %s to %s #%s: %s, want %s", c.from, c.to, c.fragment, got, c.want)
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "" || u.Host != "" || strings.HasPrefix(got, "/") {
			t.Errorf("from %s to %s: %s is not relative (%v)", c.from, c.to, got, err)
			continue
		}
		to := c.from
		if u.Path != "" {
			to = path.Join(path.Dir(c.from), u.Path)
		}
		if to != c.to || u.Fragment != c.fragment {
			t.Errorf("from %s, %s leads to %s #%s, want %s #%s", c.from, got, to, u.Fragment, c.to, c.fragment)
		}
	}
}

// An alias is a path as a browser shows it or sends it, and cannot lead out of the site by any spelling.
func TestAliasesOfAnySpelling(t *testing.T) {
	for old, want := range map[string]string{
		"/roles/sponsor.html": "roles/sponsor.html", "roles/sponsor.html": "roles/sponsor.html", "/old/": "old/index.html", "/old": "old/index.html", "old.htm": "old.htm",
		"/a/b/c": "a/b/c/index.html", "/two%20words/": "two words/index.html", "/v1.5": "v1.5/index.html", "/%C3%BC.html": "ü.html", "/": "index.html",
		"/../x.html": "", "/a/../x.html": "", "//host/x.html": "", "/a?b=c": "", "/a#b": "", "/a%2f..%2f..%2fx.html": "", "/%2e%2e/x.html": "", "/a\\b.html": "", "/nul.html": "", "/a./": "", "/a:b": "", "/%00.html": "",
	} {
		got, why := addresses{}.alias(old)
		if why != "" {
			got = ""
		}
		if got != want {
			t.Errorf("the alias %q is %q (%s), want %q", old, got, why, want)
		}
	}
}

func TestAddressesOfFolders(t *testing.T) {
	for _, c := range []struct {
		at        addresses
		dir, want string
	}{
		{addresses{}, "", ""}, {addresses{}, "roles/", "roles/"}, {addresses{}, "10-roles/20-deep/x/", "roles/deep/x/"}, {addresses{}, "2026/", "2026/"}, {addresses{}, "2026-05-31-log/", "2026-05-31-log/"},
		{addresses{keep: true}, "10-roles/", "10-roles/"},
	} {
		if got := c.at.dir(c.dir); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.dir, got, c.want)
		}
	}
}

func TestDirection(t *testing.T) {
	for lang, want := range map[string]string{"en": "ltr", "ar": "rtl", "he-IL": "rtl", "fa": "rtl", "ur": "rtl", "dv": "rtl", "az-Arab": "rtl", "az": "ltr", "zh-Hant": "ltr", "": "ltr", "nonsense!": "ltr"} {
		if got := direction(lang); got != want {
			t.Errorf("%q is written %s, want %s", lang, got, want)
		}
	}
}

func TestInitial(t *testing.T) {
	for title, want := range map[string]string{"apple": "A", "Ärger": "A", "“quoted”": "Q", "3 rules": "0–9", "…": "#", "": "#", "ρόλος": "Ρ", "أهلا": "ا", "導師": "導", "ñandú": "N", "(a) b": "A"} {
		if got := initial(title); got != want {
			t.Errorf("%q stands under %q, want %q", title, got, want)
		}
	}
}

// A long text ends with a whole word, or where there is none in its second half in the middle of one; a sign of any script counts as one.
func TestShorten(t *testing.T) {
	for _, c := range [][2]string{
		{"short", "short"},
		{"ten signs.", "ten signs."},
		{"eleven sign", "eleven…"},
		{"one two three", "one two…"},
		{"one two t", "one two t"},
		{"as long as it is", "as long…"},
		{"of donaudampf", "of donaud…"},
		{"donaudampfschiff", "donaudamp…"},
		{"half donaudampf", "half dona…"},
		{"halfa donaudampf", "halfa don…"},
		{"halfay donaudampf", "halfay…"},
		{"übergänge für äl", "übergänge…"},
	} {
		if got := shorten(c[0], 10); got != c[1] {
			t.Errorf("%q: %q, not %q", c[0], got, c[1])
		}
	}
}

// Whom to ask is led to where that is an address, and is a text where it is none.
func TestContact(t *testing.T) {
	for s, want := range map[string]Link{
		"ask@example.org":         {Text: "ask@example.org", URL: "mailto:ask@example.org"},
		"mailto:ask@example.org":  {Text: "ask@example.org", URL: "mailto:ask@example.org"},
		"https://example.org/ask": {Text: "https://example.org/ask", URL: "https://example.org/ask"},
		"@mentoring":              {Text: "@mentoring"},
		"Ana, room 4":             {Text: "Ana, room 4"},
		"Ana <ask@example.org>":   {Text: "Ana <ask@example.org>"},
		"ftp://example.org":       {Text: "ftp://example.org"},
		"":                        {},
	} {
		if got := contact(s); got != want {
			t.Errorf("%q: %+v, not %+v", s, got, want)
		}
	}
}
