package plan

import (
	"testing"

	"waymark/internal/schema"
	"waymark/internal/source"
)

func TestAddressesAreRelativeToThePage(t *testing.T) {
	for _, c := range []struct{ from, to, fragment, want string }{
		{"index.html", "roles/sponsor.html", "", "roles/sponsor.html"},
		{"roles/sponsor.html", "index.html", "", "../index.html"},
		{"roles/sponsor.html", "roles/mentor.html", "", "mentor.html"},
		{"roles/a/b.html", "roles/c.html", "", "../c.html"},
		{"roles/a/b.html", "roles/a/index.html", "", "index.html"},
		{"a/b/c.html", "d/e/f.html", "", "../../d/e/f.html"},
		{"roles/sponsor.html", "roles/sponsor.html", "first", "#first"},
		{"roles/sponsor.html", "roles/sponsor.html", "", "sponsor.html"},
		{"index.html", "skills/how to ask.html", "", "skills/how%20to%20ask.html"},
		{"index.html", "skills/frågor.html", "öppna", "skills/fr%C3%A5gor.html#%C3%B6ppna"},
		{"index.html", "a#b?.html", "", "a%23b%3F.html"},
		{"/404.html", "roles/sponsor.html", "first", "/roles/sponsor.html#first"},
		{"/hand/book/404.html", "index.html", "", "/hand/book/index.html"},
	} {
		if got := relative(c.from, c.to, c.fragment); got != c.want {
			t.Errorf("from %s to %s#%s: got %s, want %s", c.from, c.to, c.fragment, got, c.want)
		}
	}
}

// A page that hosts show under any address begins its addresses at the root of the host, below the path of base_url. No base_url makes them lead to another host.
func TestAPageForAnyAddress(t *testing.T) {
	for _, c := range []struct{ base, from, root, to string }{
		{"", "404.html", "", "a/b.html"},
		{"https://example.org/", "/404.html", "/", "/a/b.html"},
		{"https://example.org/hand/book/", "/hand/book/404.html", "/hand/book/", "/hand/book/a/b.html"},
		{"https://example.org//other.example/", "/other.example/404.html", "/other.example/", "/other.example/a/b.html"},
		{"https://example.org/två ord/", "/tv%C3%A5%20ord/404.html", "/tv%C3%A5%20ord/", "/tv%C3%A5%20ord/a/b.html"},
	} {
		m := maker{cfg: &source.Config{BaseURL: schema.Text{Value: c.base}}}
		from := m.anywhere(notFoundPath)
		if to := relative(from, "a/b.html", ""); from != c.from || root(from) != c.root || to != c.to {
			t.Errorf("%q: at %s, root %q, to %s; want %s, %q, %s", c.base, from, root(from), to, c.from, c.root, c.to)
		}
		m.o.Serve = true
		for base, want := range map[string]string{"": "/404.html", "/": "/404.html", "/hand book/": "/hand%20book/404.html"} {
			m.o.Base = base
			if from := m.anywhere(notFoundPath); from != want {
				t.Errorf("%q: a preview under %q has a base of its own, %s, got %s", c.base, base, want, from)
			}
		}
	}
}

func TestAliasesAreAddressesInTheSite(t *testing.T) {
	a := addresses{}
	for old, want := range map[string]string{
		"/roles/sponsor/":     "roles/sponsor/index.html",
		"/roles/sponsor":      "roles/sponsor/index.html",
		"roles/sponsor.html":  "roles/sponsor.html",
		"/":                   "index.html",
		"../outside.html":     "",
		"/a/../../b.html":     "",
		"/a#b":                "",
		"/con.html":           "",
		"https://example.org": "",
	} {
		got, why := a.alias(old)
		if want == "" && why == "" {
			t.Errorf("%s became %s, it should be refused", old, got)
		}
		if want != "" && (got != want || why != "") {
			t.Errorf("%s became %q (%s), want %s", old, got, why, want)
		}
	}
}

// Neighbours see the same part of a long list, so that a rename in a large section renders few pages again.
func TestAWindowIsBoundedAndShared(t *testing.T) {
	seen := map[[2]int]int{}
	for at := range 500 {
		from, to := window(at, 500, 40)
		if to-from > 40 || at < from || at >= to {
			t.Fatalf("window of %d is %d to %d", at, from, to)
		}
		seen[[2]int{from, to}]++
	}
	if len(seen) > 30 {
		t.Errorf("500 pages see %d different parts", len(seen))
	}
	if from, to := window(3, 10, 40); from != 0 || to != 10 {
		t.Errorf("a short list is shown whole, got %d to %d", from, to)
	}
}
