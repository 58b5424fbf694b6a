package theme_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/internal/theme"
)

var words = theme.Layer{Name: "themes/words", FS: fstest.MapFS{
	"messages/en.yaml":    file("both: \"{0} and {1}\"\nonly-en: English\nday.one: \"{count} day of {1}\"\nday.other: \"{count} days of {1}\"\nscript.a: A\nscript.b: B\n"),
	"messages/de.yaml":    file("both: \"{1} und {0}\"\nhello: \"Hallo {0}\"\nday.one: Tag\nday.other: Tage\nscript.a: Ah\n"),
	"messages/de-AT.yaml": file("hello: \"Servus {0}\"\nday.one: Tagerl\n"),
	"messages/pl.yaml":    file("day.one: dzień\nday.few: dni\nday.many: \"{count} dni (wiele)\"\nday.other: dnia\n"),
	"templates/own.html":  file("{{t `both`}}{{t \"only-en\"}}{{n \"day\" 1}}"),
	"assets/own.js":       file("say('a', 'b')"),
}}

// A catalogue need not be whole: a region takes from its language, every language from English, and what nobody says is its key.
func TestACatalogueNeedNotBeWhole(t *testing.T) {
	look := load(t, words)
	for _, c := range []struct{ lang, key, want string }{
		{"de-AT", "hello", "Servus X"}, {"de", "hello", "Hallo X"}, {"de-AT", "both", "Y und X"}, {"de-AT", "only-en", "English"}, {"en", "nowhere", "nowhere"}, {"de", "nowhere", "nowhere"},
	} {
		if got := look.Message(look.Language(c.lang), c.key, "X", "Y"); got != c.want {
			t.Errorf("%s, %s: got %q, want %q", c.lang, c.key, got, c.want)
		}
	}
	for _, c := range []struct {
		lang  string
		count int
		want  string
	}{{"de-AT", 1, "Tagerl"}, {"de-AT", 2, "Tage"}, {"pl", 1, "dzień"}, {"pl", 3, "dni"}, {"pl", 5, "5 dni (wiele)"}, {"fi", 1, "1 day of May"}, {"fi", -2, "-2 days of May"}} {
		if got := look.Plural(look.Language(c.lang), "day", c.count, "May"); got != c.want {
			t.Errorf("%s, %d: got %q, want %q", c.lang, c.count, got, c.want)
		}
	}
	if got := look.Script("de-AT"); got["a"] != "Ah" || got["b"] != "B" || len(got) != 2 {
		t.Errorf("a script gets %v", got)
	}
}

// What stands in a title is no placeholder.
func TestArgumentsAreTextAlone(t *testing.T) {
	look := load(t, words)
	if got := look.Message("en", "both", "{1}", "{0}"); got != "{1} and {0}" {
		t.Errorf("got %q", got)
	}
	if got := look.Plural("en", "day", 2, "{count} {0}"); got != "2 days of {count} {0}" {
		t.Errorf("got %q", got)
	}
}

// theme.yaml of a layer says only what is different; a list in it takes the place of the default theme's.
func TestAThemeSaysOnlyWhatIsDifferent(t *testing.T) {
	bottom := theme.Layer{Name: "default theme", FS: fstest.MapFS{"theme.yaml": file("name: base\ncss: [a.css]\nicon: i.svg\n"), "assets/a.css": file("a{}"), "assets/.hidden": file("x")}}
	top := theme.Layer{Name: "themes/acme", FS: fstest.MapFS{"theme.yaml": file("name: acme\ncss: [a.css, b.css]\n"), "assets/b.css": file("b{}"), "assets/a.css": file("other{}"), "src/x.ts": file("x"), "README.md": file("x")}}
	look, ds, err := theme.Load(top, bottom)
	if err != nil || len(ds) > 0 {
		t.Fatal(err, ds)
	}
	if m := look.Meta; m.Name != "acme" || m.Icon != "i.svg" || len(m.CSS) != 2 {
		t.Errorf("the theme is %+v", m)
	}
	var names []string
	for _, a := range look.Assets {
		names = append(names, a.Path+"="+string(a.Data))
	}
	if len(names) != 2 || names[0] != "a.css=other{}" || names[1] != "b.css=b{}" {
		t.Errorf("the assets are %v", names)
	}
}

// Every fault of a theme is told in one run, with its file.
func TestFaultsOfAThemeAreToldTogether(t *testing.T) {
	own := theme.Layer{Name: "themes/acme", FS: fstest.MapFS{
		"theme.yaml": file("nam: acme\n"), "messages/en.yaml": file("hello: [x]\nhello: y\n"), "templates/page.html": file("{{.X"), "templates/parts/foot.html": file("{{template}}"),
	}}
	_, ds, err := theme.Load(own, base)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, d := range ds {
		files[d.Span.File.Path] += d.Code + " "
	}
	for name, want := range map[string]string{
		"themes/acme/theme.yaml": "yaml/unknown-key ", "themes/acme/messages/en.yaml": "yaml/type yaml/duplicate-key ",
		"themes/acme/templates/page.html": "theme/template ", "themes/acme/templates/parts/foot.html": "theme/template ",
	} {
		if files[name] != want {
			t.Errorf("%s: %q, want %q", name, files[name], want)
		}
	}
}

// A key that no English words have is a slip, but for the plural forms of a language and for what the theme's own templates name. That holds for English words of one's own,
// too.
func TestAKeyThatNothingAsksFor(t *testing.T) {
	bottom := theme.Layer{Name: "default theme", FS: fstest.MapFS{"theme.yaml": file("name: base\n"), "messages/en.yaml": file("next: Next\nday.one: a day\nday.other: days\n"), "messages/de.yaml": file("nxt: Weiter\n")}}
	top := theme.Layer{Name: "themes/acme", FS: fstest.MapFS{
		"messages/en.yaml":    file("next: On\nmine: Mine\na.label: A\nnxet: On\n"),
		"messages/fr.yaml":    file("next: Suivant\nday.many: jours\nmine: À moi\nnxet: Suivant\n\"day.several\": jours\n"),
		"templates/page.html": file("{{t \"mine\"}}{{t (print . \".label\")}}"),
	}}
	_, ds, err := theme.Read(top, bottom)
	if err != nil || len(ds) != 3 {
		t.Fatal(err, ds)
	}
	for i, want := range []string{"en.yaml nxet 4", "fr.yaml day.several 5", "fr.yaml nxet 4"} {
		d, p := ds[i], strings.Fields(want)
		if d.Code != "theme/message" || !strings.HasSuffix(d.Span.Path(), p[0]) || !strings.Contains(d.Message, p[1]) || fmt.Sprint(d.Span.Position().Line) != p[2] {
			t.Errorf("%v: %s; want %s", d.Span, d.Message, want)
		}
	}
	if ds[2].Hint != `did you mean "next"?` {
		t.Errorf("the hint is %q", ds[2].Hint)
	}
}

// A file of messages is called by its language, however that is spelt; another is named.
func TestFilesOfMessages(t *testing.T) {
	look, ds, err := theme.Load(theme.Layer{Name: "themes/acme", FS: fstest.MapFS{
		"messages/pt-br.yaml": file("hello: Oi\n"), "messages/french.yaml": file("hello: Salut\n"), "messages/fr.yml": file("hello: Salut\n"), "messages/README.md": file("Words"),
	}}, base)
	if err != nil || len(ds) != 2 {
		t.Fatal(err, ds)
	}
	for i, want := range []string{`fr.yml": files of messages end in .yaml`, `french.yaml": its name is not that of a language`} {
		if d := ds[i]; d.Code != "theme/message" || !strings.HasSuffix(d.Message, want) {
			t.Errorf("got %s, want %s", d.Message, want)
		}
	}
	if got := look.Message(look.Language("pt-BR"), "hello"); got != "Oi" {
		t.Errorf("got %q", got)
	}
}
