package diag

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// Every code is "subject/what", and `waymark explain` has a paragraph for it that is more than its name.
func TestTableIsHelpful(t *testing.T) {
	for _, i := range Codes() {
		subject, what, ok := strings.Cut(i.Code, "/")
		if !ok || subject == "" || what == "" || strings.ToLower(i.Code) != i.Code {
			t.Errorf("%s is not of the form subject/what", i.Code)
		}
		if i.Severity != Error && i.Severity != Warning {
			t.Errorf("%s has severity %s", i.Code, i.Severity)
		}
		if r := []rune(i.Text); len(r) < 30 || !unicode.IsUpper(r[0]) && r[0] != '`' || !strings.HasSuffix(i.Text, ".") && !strings.HasSuffix(i.Text, ".)") {
			t.Errorf("%s: the explanation is no paragraph: %q", i.Code, i.Text)
		}
	}
}

// Two runs print the same whatever the order in which faults were found, and nothing is said twice.
func TestSort(t *testing.T) {
	a, b := NewFile("content/a.md", []byte("abc")), NewFile("content/b.md", []byte("abc"))
	var l List
	l.Add("page/stale", b.Span(At(0)), "", "b")
	l.Add("link/broken", a.Span(At(2)), "", "late")
	l.Add("link/broken", a.Span(At(1)), "", "two")
	l.Add("link/broken", a.Span(At(1)), "", "one")
	l.Add("link/anchor", a.Span(At(1)), "", "zero")
	l.Add("link/broken", NewFile("content/a.md", []byte("abc")).Span(At(1)), "", "one") // the same page, parsed anew
	l.Add("site/color", Span{}, "", "nowhere")
	var got []string
	for _, d := range l.Sort() {
		got = append(got, d.Message)
	}
	if diff := cmp.Diff([]string{"nowhere", "zero", "one", "two", "late", "b"}, got); diff != "" {
		t.Error("-want +got\n", diff)
	}
}

// However the list came about, in few runs or in none, it comes out in order, and those that differ in nothing but their hint keep the first.
func TestSortAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	files := []*File{nil, NewFile("a.md", nil), NewFile("b.md", nil), NewFile("a.md", nil)}
	for n := range 200 {
		var l List
		for i := range n {
			d := l.Add("page/stale", Span{File: files[r.IntN(len(files))], Range: At(r.IntN(6))}, fmt.Sprint(i), "%c", 'a'+rune(r.IntN(3)))
			d.Code = []string{"page/stale", "link/broken"}[r.IntN(2)]
		}
		for range r.IntN(4) { // runs that are in order
			from := r.IntN(n + 1)
			slices.SortStableFunc(l[from:from+r.IntN(n-from+1)], func(a, b Diagnostic) int { return compare(&a, &b) })
		}
		want := slices.Clone(l)
		slices.SortStableFunc(want, func(a, b Diagnostic) int { return compare(&a, &b) })
		want = slices.CompactFunc(want, func(a, b Diagnostic) bool { return compare(&a, &b) == 0 })
		got := l.Sort()
		if !slices.EqualFunc(got, want, func(a, b Diagnostic) bool { return compare(&a, &b) == 0 && a.Hint == b.Hint }) {
			t.Fatalf("%d diagnostics:\n got %v\nwant %v", n, got, want)
		}
	}
}

// site.yaml and --strict change how hard a warning is; an error stays one.
func TestApply(t *testing.T) {
	var l List
	l.Add("link/broken", Span{}, "", "an error")
	l.Add("page/stale", Span{}, "", "a warning")
	l.Add("page/foreign-keys", Span{}, "", "another")
	switches := map[string]Severity{"link/broken": Off, "page/stale": Off, "page/foreign-keys": Error}
	for _, c := range []struct {
		name             string
		switches         map[string]Severity
		strict           bool
		errors, warnings int
	}{
		{"as they are", nil, false, 1, 2},
		{"strict", nil, true, 3, 0},
		{"switched", switches, false, 2, 0},
		{"switched and strict", switches, true, 2, 0},
		{"kept as a warning, and strict", map[string]Severity{"page/stale": Warning}, true, 3, 0},
	} {
		if e, w := l.Apply(c.switches, c.strict).Count(); e != c.errors || w != c.warnings {
			t.Errorf("%s: %d errors and %d warnings, want %d and %d", c.name, e, w, c.errors, c.warnings)
		}
	}
	if e, w := l.Count(); e != 1 || w != 2 {
		t.Error("Apply changed the list it was given")
	}
}

func TestNearest(t *testing.T) {
	known := []string{"title", "summary", "objectives", "audience", "path", "on", "off"}
	for typed, want := range map[string]string{
		"titel": "title", "Title": "title", "objetives": "objectives", "audiance": "audience", "sumary": "summary", "pth": "path",
		"colour": "", "x": "", "": "", "zzzzzzzzzzzz": "", "offf": "off", "no": "off", "None": "off", "false": "off", "yes": "on", "true": "on",
	} {
		if got := Nearest(typed, known); got != want {
			t.Errorf("Nearest(%q) is %q, want %q", typed, got, want)
		}
	}
	if got := Nearest("False", []string{"on", "off", "true", "false"}); got != "false" {
		t.Error(got)
	}
	if got := DidYouMean("titel", known); got != `did you mean "title"?` {
		t.Error(got)
	}
	if got := DidYouMean("colour", known); got != "use one of: title, summary, objectives, audience, path, on, off" {
		t.Error(got)
	}
	if got := DidYouMean("x", nil); got != "" {
		t.Error(got)
	}
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"a \"b\"":                 `"a "b""`,
		"a\x1b[31m\nb\u202ec\x9b": "\"a\uFFFD[31m\uFFFDb\uFFFDc\uFFFD\"",
		strings.Repeat("ä", 90):   `"` + strings.Repeat("ä", 79) + `…"`,
	} {
		if got := Quote(in); got != want {
			t.Errorf("Quote(%q) is %s, want %s", in, got, want)
		}
	}
}

// The bytes of a file can be let go of and come back; a file that was given its bytes keeps them.
func TestFile(t *testing.T) {
	reads := 0
	lazy := LazyFile("a.md", func() ([]byte, error) { reads++; return []byte("one\ntwo"), nil })
	for range 2 {
		if p := lazy.Span(At(4)).Position(); p != (Position{2, 1}) {
			t.Fatal(p)
		}
	}
	lazy.Release()
	if lazy.Span(At(4)).Line() != "two" || reads != 2 {
		t.Errorf("read %d times", reads)
	}
	kept := NewFile("a.md", []byte("x"))
	kept.Release()
	if kept.Span(Range{}).Line() != "x" {
		t.Error("a file without a source lost its bytes")
	}
	if p := kept.Span(Range{Start: 99, End: 120}).Position(); p != (Position{1, 2}) {
		t.Errorf("a place behind the end is %v", p)
	}
}
