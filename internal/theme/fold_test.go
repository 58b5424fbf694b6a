package theme_test

import (
	"bytes"
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/internal/theme"
)

// Messages and icons that are written into the templates beforehand are written as html/template does, wherever they stand: in text, in a title, in attributes, addresses,
// scripts and style, in parts that pages call in several of these places, and in each language with its own words.
func TestMessagesStandAsTheyWould(t *testing.T) {
	page := `<!doctype html><title>{{t "odd"}}</title><style>a { color: {{t "odd"}} }</style><p title="{{t "odd"}}" class={{t "odd"}} data-{{t "word"}}="x">{{t "odd"}} {{icon "star"}}{{if t "word"}}{{t "word"}}{{end}}</p>` +
		`<a href="{{t "word"}}?q={{t "odd"}}" title="{{icon "star"}}" onclick="say({{t "odd"}})">{{template "parts/word.html"}}</a><textarea>{{t "odd"}}{{icon "star"}}</textarea>` +
		`<script>let a = {{t "odd"}}, b = "{{template "parts/word.html"}}"</script><b title="{{template "parts/word.html"}}">{{range list 1 2}}{{t "word"}}{{.}}{{else}}{{t "odd"}}{{end}}{{with t "odd"}}{{.}}{{end}}</b>` +
		`{{icon "missing"}}{{$v := t "odd"}}{{$v}}{{t "odd" | lower}}`
	const odd, strange = "a+b <i>'c'</i> \"d\" & &amp; e \x00", "ü+<'\">&"
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\x00", `\0`)
	look := load(t, theme.Layer{Name: "themes/acme", FS: fstest.MapFS{
		"templates/page.html":       file(page),
		"templates/parts/word.html": file(`{{t "odd"}}`),
		"messages/en.yaml":          file("odd: \"" + quoted.Replace(odd) + "\"\nword: word\n"),
		"messages/de.yaml":          file("odd: \"" + quoted.Replace(strange) + "\"\nword: wort\n"),
	}})
	for lang, words := range map[string]map[string]string{"en": {"odd": odd, "word": "word"}, "de": {"odd": strange, "word": "wort"}} {
		plain := template.New("").Funcs(template.FuncMap{
			"t": func(key string, _ ...any) string {
				if text, ok := words[key]; ok {
					return text
				}
				return key
			},
			"icon":  func(name string) template.HTML { return map[string]template.HTML{"star": "<svg></svg>"}[name] },
			"list":  func(v ...any) []any { return v },
			"lower": strings.ToLower,
		})
		template.Must(plain.New("parts/word.html").Parse(`{{t "odd"}}`))
		template.Must(plain.New("page.html").Parse(page))
		var want, got bytes.Buffer
		if err := plain.ExecuteTemplate(&want, "page.html", nil); err != nil {
			t.Fatal(err)
		}
		if err := look.Execute(&got, "page.html", lang, nil); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("%s:\n got %q\nwant %q", lang, got.String(), want.String())
		}
	}
}

// A template that html/template refuses is said by name when a page uses it, and only then; the others are drawn.
func TestATemplateThatCannotBeEscapedIsSaidWhereItIsUsed(t *testing.T) {
	look := load(t, theme.Layer{Name: "themes/acme", FS: fstest.MapFS{"templates/parts/open.html": file("\n<a title='{{t \"hello\"}}"), "templates/bad.html": file(`{{template "parts/open.html"}}`)}})
	if got, want := render(t, look, "en"), "<h1>Hello you</h1><footer>base</footer>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var b bytes.Buffer
	if err := look.Execute(&b, "bad.html", "en", nil); err == nil || !strings.Contains(err.Error(), "themes/acme/templates/") {
		t.Errorf("%v: %q", err, b.String())
	}
	if got := render(t, look, "en"); !strings.HasPrefix(got, "<h1>Hello you</h1>") {
		t.Errorf("afterwards: %s", got)
	}
}
