package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzPage: no page breaks anything; what is indexed can be read again; terms are found by themselves.
func FuzzPage(f *testing.F) {
	f.Add("en", "Feedback that helps", "The shape: situation, behaviour, impact", "l'été don't 面談記録 ﬁne ½ e\u0301 \xff", "skills/feedback.html")
	f.Add("de", "ẞ Straße İSTANBUL ΟΔΟΣ", "ＡＢＣ ｶﾞ", "\u00ad \u0301a\u0301 'a' a’’b", "a/=b*.html")
	f.Fuzz(func(t *testing.T, lang, title, heading, text, url string) {
		if strings.ContainsAny(url, "\n") {
			return
		}
		d := Doc{URL: url, Title: title, Lang: lang, Kind: "form", Sections: []Section{{Text: title}, {ID: url, Title: heading, Text: text, Prompts: heading}}}
		for _, s := range []string{title, heading, text} {
			for _, term := range Terms(lang, s) {
				if term == "" || strings.ContainsAny(term, " \n\"\\") || !utf8.ValidString(term) || utf8.RuneCountInString(term) > longest {
					t.Errorf("term %q of %q", term, s)
				}
			}
		}
		files := buildAll(t, []Doc{d, d}, testOptions)
		for _, file := range files {
			if _, err := arguments(file.Data); err != nil || !utf8.Valid(file.Data) {
				t.Errorf("%s: %v\n%s", file.Path, err, file.Data)
			}
		}
		want := Terms(lang, title+" . "+heading+" . "+text)
		slices.Sort(want)
		for _, list := range collected(t, Page(d)) {
			if _, ok := slices.BinarySearch(want, list.term); !ok {
				t.Errorf("%q is in the index and in no text", list.term)
			}
		}
	})
}

func collected(t *testing.T, p Partial) []list {
	lists, err := collect([][]byte{p.Postings}, (&Options{}).each)
	if err != nil {
		t.Fatal(err)
	}
	return lists
}

// FuzzPostings: bytes from elsewhere are an error or an index, never a panic.
func FuzzPostings(f *testing.F) {
	f.Add(Page(Doc{Title: "Feedback", Sections: []Section{{Text: "Ask for it."}}}).Postings)
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _ = NewLayout([]string{"a"}).Index(entries(make([]Doc, 1), []Partial{{b}}), Options{})
	})
}
