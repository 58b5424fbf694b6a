package markdown

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/net/html"
	"waymark/internal/diag"
	"waymark/internal/quiz"
	"waymark/internal/schema"
	"waymark/internal/wire"
)

// invariants are what holds of every page, whatever is written in it: parsing it twice gives equal Docs, no Doc holds on to the file's
// bytes, every place lies in the file, what is stored comes back equal, and the HTML is well nested and harmless.
func invariants(t testing.TB, src []byte, o Options) {
	t.Helper()
	bytesOf := slices.Clone(src)
	f := diag.NewFile("content/page.md", bytesOf)
	d, err := Parse(f, o)
	if err != nil {
		t.Fatal(err)
	}
	again := parse(t, string(src), o)
	for i := range bytesOf {
		bytesOf[i] = 'x'
	}
	if diff := cmp.Diff(again, d, sameDoc...); diff != "" {
		t.Fatalf("parsed twice, or after the file's bytes changed (-want +got):\n%s", diff)
	}
	places(t, reflect.ValueOf(d).Elem(), len(src), "Doc")
	c, _ := d.Content()
	places(t, reflect.ValueOf(c).Elem(), len(src), "Content")
	for _, b := range bodies(c) {
		holes(t, b, d, c)
	}
	comesBack(t, d)
	if o.HTML != "allow" {
		wellFormed(t, draw(t, d))
	}
	o.seekAddresses = true
	if diff := cmp.Diff(d, parse(t, string(src), o), sameDoc...); diff != "" {
		t.Fatalf("read otherwise when bare addresses are looked for in every page (-want +got):\n%s", diff)
	}
}

var sameDoc = cmp.Options{
	cmp.AllowUnexported(Doc{}), cmpopts.IgnoreFields(Doc{}, "File", "away"),
	cmp.Comparer(func(a, b *diag.File) bool { return (a == nil) == (b == nil) }),
}

// comesBack checks that a Doc and its content come back from their bytes as they were.
func comesBack(t testing.TB, d *Doc) {
	t.Helper()
	got, err := Unmarshal(d.Marshal(), d.File)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := d.Content()
	back, err := UnmarshalContent(c.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	prose, _ := d.Prose()
	var prosaic Prose
	if err := wire.Unmarshal(wire.Marshal(prose), &prosaic); err != nil {
		t.Fatal(err)
	}
	got.PutAway(func() (*Content, error) { return back, nil }, func() (*Prose, error) { return &prosaic, nil })
	opts := append(sameDoc, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(Doc{}, "content", "prose"))
	if diff := cmp.Diff(d, got, opts); diff != "" {
		t.Fatalf("stored and read again (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(prose, &prosaic, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("prose stored and read again (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(c, back, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("content stored and read again (-want +got):\n%s", diff)
	}
	if !bytes.Equal(d.Marshal(), got.Marshal()) {
		t.Fatal("the same Doc has other bytes when stored again")
	}
}

var placeType = reflect.TypeFor[diag.Range]()

// places checks that every diag.Range in v lies in a file of n bytes.
func places(t testing.TB, v reflect.Value, n int, path string) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == placeType {
			r := v.Interface().(diag.Range)
			if r.Start < 0 || r.End < r.Start || r.End > n {
				t.Fatalf("%s is %v in a file of %d bytes", path, r, n)
			}
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Type != reflect.TypeFor[*diag.File]() {
				places(t, v.Field(i), n, path+"."+f.Name)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			places(t, v.Index(i), n, path+"[]")
		}
	case reflect.Pointer:
		if !v.IsNil() {
			places(t, v.Elem(), n, path)
		}
	}
}

func bodies(c *Content) []Body {
	all := []Body{c.Body}
	for _, b := range c.Blocks {
		all = append(append(all, b.Title, b.Body), b.Parts...)
	}
	return all
}

// holes checks that holes are in order and lead to something.
func holes(t testing.TB, b Body, d *Doc, c *Content) {
	at := 0
	for _, h := range b.Holes {
		limit := 1
		switch h.Kind {
		case HoleHref, HoleRel:
			limit = len(d.Links)
		case HoleImage:
			limit = len(d.Images)
		case HoleBlock:
			limit = len(c.Blocks)
		case HoleGap:
			limit = 10_000
		}
		if h.At < at || h.At > len(b.HTML) || h.N < 0 || h.N >= limit {
			t.Fatalf("hole %+v behind %d in %d bytes, limit %d", h, at, len(b.HTML), limit)
		}
		at = h.At
	}
}

var ours = set("gap-0 input figcaption")

// wellFormed checks that HTML is well nested, and holds nothing that runs.
func wellFormed(t testing.TB, page string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(page))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("never closed: %v in\n%s", open, page)
			}
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			if !voidElements[tok.Data] {
				open = append(open, tok.Data)
			}
			harmless(t, tok, page)
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> where %v is open in\n%s", name, open, page)
			}
			open = open[:len(open)-1]
		}
	}
}

var harmful = set(`script style iframe frame frameset object embed applet form button select textarea option svg math template base link meta
noscript noembed noframes xmp plaintext title head html body audio video source track portal`)

func harmless(t testing.TB, tok html.Token, page string) {
	t.Helper()
	if harmful[tok.Data] {
		t.Fatalf("<%s> in\n%s", tok.Data, page)
	}
	seen := map[string]bool{}
	for _, a := range tok.Attr {
		switch {
		case seen[a.Key]:
			t.Fatalf("%s twice on <%s> in\n%s", a.Key, tok.Data, page)
		case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc", a.Key == "formaction":
			t.Fatalf("%s on <%s> in\n%s", a.Key, tok.Data, page)
		case a.Key == "href" || a.Key == "src":
			if s := scheme(a.Val); s != "" && !slices.Contains(schemes, s) {
				t.Fatalf("%s=%q on <%s> in\n%s", a.Key, a.Val, tok.Data, page)
			}
		}
		seen[a.Key] = true
	}
}

// TestQuestionMeta holds the keys under `questions` to the attributes that package quiz knows.
func TestQuestionMeta(t *testing.T) {
	known := map[string]bool{}
	for _, w := range quiz.Words {
		d := parse(t, "::: "+w+" {#x qqqqqq=1}\n\nWhich?\n\n:::\n", site())
		for _, x := range d.Diags {
			if _, names, ok := strings.Cut(x.Hint, " takes: "); ok {
				for _, n := range strings.Split(names, ", ") {
					known[n] = true
				}
			}
		}
	}
	delete(known, "id")
	delete(known, "class")
	keys, _ := schema.Keys(QuestionMeta{})
	for _, k := range keys {
		if !known[k] && k != "source" && k != "note" {
			t.Errorf("%s is no attribute", k)
		}
		delete(known, k)
	}
	if len(known) > 0 {
		t.Errorf("no keys: %v", known)
	}
}
