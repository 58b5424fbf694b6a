package markdown

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"waymark/internal/diag"
)

// TestUnreadable: only a file that cannot be read is an error; it is the machine's.
func TestUnreadable(t *testing.T) {
	f := diag.LazyFile("content/page.md", func() ([]byte, error) { return nil, fs.ErrPermission })
	if _, err := Parse(f, site()); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("err = %v", err)
	}
}

// TestConcurrent: the parsers are shared by all pages at once.
func TestConcurrent(t *testing.T) {
	page := "---\ntitle: A\nglossary: [mentee]\n---\n\n# B\n\n::: question {#q}\n\nWhat?\n\n- (x) A\n- ( ) B\n\n:::\n\nA mentee <b>x</b>[^1].\n\n```go\nfunc f() {}\n```\n\n[^1]: x\n\n| a |\n|---|\n| b |\n"
	want := draw(t, parse(t, page, site()))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got := draw(t, parse(t, page, site())); got != want {
					t.Error("another result")
				}
			}
		})
	}
	wg.Wait()
}

// TestDigest: the digest moves with whatever may change the Doc.
func TestDigest(t *testing.T) {
	base := site()
	include := func(text string) Options {
		o := site()
		o.Include = func(string) ([]byte, error) { return []byte(text), nil }
		return o
	}
	change := func(f func(o *Options)) Options {
		o := site()
		f(&o)
		return o
	}
	const page = "Text.\n\n::: include {path=a.md}\n:::\n"
	seen := map[[32]byte]string{}
	for name, d := range map[string]*Doc{
		"base":      parse(t, page, base),
		"text":      parse(t, page+"x", base),
		"html":      parse(t, page, change(func(o *Options) { o.HTML = "escape" })),
		"lenient":   parse(t, page, change(func(o *Options) { o.Lenient = true })),
		"kind":      parse(t, page, change(func(o *Options) { o.Kind = "path" })),
		"words":     parse(t, page, change(func(o *Options) { o.Words = nil })),
		"terms":     parse(t, page, change(func(o *Options) { o.Terms = nil })),
		"audiences": parse(t, page, change(func(o *Options) { o.Audiences = o.Audiences[:1] })),
		"truth":     parse(t, page, change(func(o *Options) { o.TrueFalse = [][2]string{{"Ja", "Nein"}} })),
		"include":   parse(t, page, include("a")),
		"include 2": parse(t, page, include("b")),
	} {
		if other, twice := seen[d.Digest]; twice {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[d.Digest] = name
	}
	keyed := base
	keyed.Key = base.Digest()
	if parse(t, page, keyed).Digest != parse(t, page, base).Digest {
		t.Error("a key that the caller computed gives another digest")
	}
}

// TestDamaged: damaged bytes are an error, never a panic.
func TestDamaged(t *testing.T) {
	d := parse(t, "---\ntitle: A\nparams: {a: [1, 2.5, true, ~, x]}\n---\n\n# B\n\n![](x) ::: \n\n::: note\n\nx\n", site())
	data := d.Marshal()
	for i := range data {
		for _, c := range []byte{0, 1, 0x7f, 0xff} {
			damaged := bytes.Clone(data)
			damaged[i] = c
			_, _ = Unmarshal(damaged, d.File)
		}
		if _, err := Unmarshal(data[:i], d.File); err == nil {
			t.Errorf("cut at %d of %d: no error", i, len(data))
		}
	}
}

// TestWrite: what fills a hole is plain and gets escaped.
func TestWrite(t *testing.T) {
	d := parse(t, "[a](b.md) ![c](d.png)\n\n::: note\n\nx\n\n:::\n", site())
	c, _ := d.Content()
	fail := errors.New("no")
	var w bytes.Buffer
	f := Filler{
		Prefix: "p--",
		Href:   func(int) (string, bool) { return `x y"<ü>&z%20`, true },
		Rel:    func(int) []Attr { return []Attr{{"rel", `a"b`}} },
		Image:  func(int) []Attr { return []Attr{{"src", `a"b`}, {"width", "3"}} },
		Block:  func(*bytes.Buffer, int) error { return fail },
	}
	if err := Write(&w, c.Body, f); err != fail {
		t.Errorf("err = %v", err)
	}
	want := `<p><a href="x%20y%22%3C%C3%BC%3E&amp;z%20" rel="a&quot;b">a</a> <img src="a%22b" width="3" alt="c"></p>` + "\n"
	if diff := cmp.Diff(want, w.String()); diff != "" {
		t.Error(diff)
	}
	w.Reset()
	if err := Write(&w, c.Body, Filler{}); err != nil || !strings.HasPrefix(w.String(), `<p><a>a</a> <img alt="c"></p>`) {
		t.Errorf("the zero Filler: %v %q", err, w.String())
	}
}
