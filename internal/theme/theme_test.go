package theme_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/internal/diag"
	"waymark/internal/theme"
)

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

var base = theme.Layer{Name: "default theme", FS: fstest.MapFS{
	"theme.yaml":                file("name: base\n"),
	"templates/page.html":       file(`<h1>{{t "hello" .}}</h1>{{template "parts/foot.html" .}}`),
	"templates/parts/foot.html": file(`<footer>base</footer>`),
	"templates/icons/star.html": file(`<svg></svg>`),
	"messages/en.yaml":          file("hello: \"Hello {0}\"\npage.one: \"{count} page\"\npage.other: \"{count} pages\"\nminutes.short: \"{0} min\"\nminutes.range: \"{0}–{1} min\"\nhours.short: \"{0} h\"\nhours.minutes.short: \"{0} h {1} min\"\ntime.range: \"{0} to {1}\"\n"),
	"messages/ar.yaml":          file("page.zero: \"لا صفحات\"\npage.one: \"صفحة\"\npage.two: \"صفحتان\"\npage.few: \"{count} صفحات\"\npage.many: \"{count} صفحة\"\npage.other: \"{count} صفحة\"\n"),
	"assets/a.css":              file("a{}"),
}}

func load(t *testing.T, layers ...theme.Layer) *theme.Theme {
	t.Helper()
	look, ds, err := theme.Load(append(layers, base)...)
	if err != nil || len(ds) > 0 {
		t.Fatal(err, ds)
	}
	return look
}

func render(t *testing.T, look *theme.Theme, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := look.Execute(&b, "page.html", lang, "you"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestASiteOverridesOneTemplateAndKeepsTheOthers(t *testing.T) {
	own := theme.Layer{Name: "themes/acme", FS: fstest.MapFS{"templates/parts/foot.html": file(`<footer>acme</footer>`)}}
	look := load(t, own)
	if got, want := render(t, look, "en"), "<h1>Hello you</h1><footer>acme</footer>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := look.Origin("parts/foot.html"); got != "themes/acme" {
		t.Errorf("the foot comes from %q", got)
	}
	if look.Digest == load(t).Digest {
		t.Error("another template is another digest")
	}
}

// theme.yaml belongs to what a page's bytes depend on, as it is written: a comma that was forgotten makes one name of two.
func TestACorrectedListIsAnotherDigest(t *testing.T) {
	with := func(css string) [32]byte {
		return load(t, theme.Layer{Name: "themes/acme", FS: fstest.MapFS{
			"theme.yaml": file("name: acme\ncss: [" + css + "]\n"), "assets/a.css": file("a"), "assets/b.css": file("b"), "assets/a.css b.css": file("c"),
		}}).Digest
	}
	if with("a.css b.css") == with("a.css, b.css") {
		t.Error("one style sheet and two have the same digest")
	}
}

// A large file lies packed in the default theme, and is read when it is asked for.
func TestAPackedFileIsPublishedUnpacked(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte("let x"))
	w.Close()
	below := &fstest.MapFS{"theme.yaml": file("name: below\n"), "assets/lib.js.gz": &fstest.MapFile{Data: packed.Bytes()}}
	look, ds, err := theme.Read(theme.Layer{Name: "themes/acme", FS: fstest.MapFS{"theme.yaml": file("name: acme\nhead: lib.js\n")}}, theme.Layer{Name: "default theme", FS: below, Fixed: true})
	if err != nil || len(ds) > 0 || len(look.Assets) != 1 {
		t.Fatal(err, ds, look.Assets)
	}
	a := look.Assets[0]
	if data, err := a.Bytes(); err != nil || a.Path != "lib.js" || string(data) != "let x" {
		t.Errorf("%s holds %q, %v", a.Path, data, err)
	}
	if a.Digest != diag.Digest(packed.Bytes()) {
		t.Error("its digest is not that of its bytes")
	}
}

// What theme.yaml lists lies over the lists below it entry by entry; without any entry it empties them.
func TestMapsLieOverOneAnother(t *testing.T) {
	below := theme.Layer{Name: "default theme", FS: fstest.MapFS{
		"theme.yaml": file("name: default\nstyles: {home: [a.css], path: [a.css]}\nscripts: {home: [a.js]}\n"), "assets/a.css": file("a"), "assets/a.js": file("a"), "assets/b.css": file("b"),
	}}
	for in, want := range map[string]string{
		"name: acme\n":                               "map[home:[a.css] path:[a.css]] map[home:[a.js]]",
		"name: acme\nstyles: {}\n":                   "map[] map[home:[a.js]]",
		"name: acme\nstyles:\nscripts: {}\n":         "map[home:[a.css] path:[a.css]] map[]",
		"name: acme\nstyles: {home: [b.css, a.css]}": "map[home:[b.css a.css] path:[a.css]] map[home:[a.js]]",
	} {
		look, ds, err := theme.Read(theme.Layer{Name: "themes/acme", FS: fstest.MapFS{"theme.yaml": file(in)}}, below)
		if got := fmt.Sprint(look.Meta.Styles, look.Meta.Scripts); err != nil || len(ds) > 0 || got != want {
			t.Errorf("%q: got %s, %v, %v, want %s", in, got, ds, err, want)
		}
	}
}

func TestWordsFallBackToTheBaseLanguageAndToEnglish(t *testing.T) {
	look := load(t)
	for lang, want := range map[string]string{"en": "en", "en-GB": "en", "ar-EG": "ar", "fi": "en", "not a language": "en"} {
		if got := look.Language(lang); got != want {
			t.Errorf("%s: got %s, want %s", lang, got, want)
		}
	}
	if got := render(t, look, "ar"); !strings.Contains(got, "Hello you") {
		t.Errorf("a word that a language lacks is English: %s", got)
	}
}

func TestPluralsFollowTheLanguage(t *testing.T) {
	look := load(t)
	for _, c := range []struct {
		lang  string
		count int
		want  string
	}{
		{"en", 1, "1 page"}, {"en", 0, "0 pages"}, {"en", 2, "2 pages"},
		{"ar", 0, "لا صفحات"}, {"ar", 1, "صفحة"}, {"ar", 2, "صفحتان"}, {"ar", 3, "3 صفحات"}, {"ar", 11, "11 صفحة"}, {"ar", 100, "100 صفحة"},
	} {
		if got := look.Plural(c.lang, "page", c.count); got != c.want {
			t.Errorf("%s, %d: got %q, want %q", c.lang, c.count, got, c.want)
		}
	}
}

func TestAFaultInATemplateNamesItsFileAndLine(t *testing.T) {
	own := theme.Layer{Name: "themes/acme", FS: fstest.MapFS{"templates/parts/foot.html": file("<footer>\n{{if}}\n</footer>")}}
	_, ds, err := theme.Load(own, base)
	if err != nil {
		t.Fatal(err)
	}
	if len(ds) != 1 || ds[0].Code != "theme/template" || ds[0].Span.File.Path != "themes/acme/templates/parts/foot.html" || ds[0].Span.Position().Line != 2 {
		t.Errorf("got %v", ds)
	}
}

// What a template names and the theme does not have is told before a page is drawn.
func TestATemplateNamesWhatIsThere(t *testing.T) {
	own := theme.Layer{Name: "themes/acme", FS: fstest.MapFS{
		"templates/parts/foot.html": file("<footer>\n{{if .}}{{t \"no.such\"}}{{else}}{{range .}}{{template \"parts/fot.html\" .}}{{end}}{{end}}\n{{with draw \"parts/none.html\" .}}{{.}}{{end}}</footer>"),
	}}
	_, ds, err := theme.Load(own, base)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range ds {
		p := d.Span.Position()
		got = append(got, fmt.Sprintf("%d:%d %s %s", p.Line, p.Column, d.Message, d.Hint))
	}
	want := []string{
		`2:13 no message is called "no.such" `,
		`2:54 the theme has no template "parts/fot.html" did you mean "parts/foot.html"?`,
		`3:13 the theme has no template "parts/none.html" `,
	}
	for i := range got {
		if i >= len(want) || !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got %s", got[i])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d faults, want %d", len(got), len(want))
	}
}

func TestAFaultAtWorkNamesItsFileAndLine(t *testing.T) {
	own := theme.Layer{Name: "themes/acme", FS: fstest.MapFS{"templates/parts/foot.html": file("<footer>\n{{.Nothing}}\n</footer>")}}
	look := load(t, own)
	err := look.Execute(new(bytes.Buffer), "page.html", "en", "you")
	if err == nil || !strings.Contains(err.Error(), "themes/acme/templates/parts/foot.html:2") {
		t.Errorf("got %v", err)
	}
}
