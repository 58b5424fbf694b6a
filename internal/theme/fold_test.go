package theme_test

import (
	"bytes"
	"fmt"
	"html/template"
	"path"
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
		`{{icon (print "missing")}}{{$v := t "odd"}}{{$v}}{{t "odd" | lower}}`
	const odd, strange = "a+b <i>'c'</i> \"d\" & &amp; e \x00", "ü+<'\">&"
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\x00", `\0`)
	look, ds, err := theme.Load(theme.Layer{Name: "default theme", FS: fstest.MapFS{
		"templates/page.html":       file(page),
		"templates/parts/word.html": file(`{{t "odd"}}`),
		"templates/icons/star.html": file(`<svg></svg>`),
		"messages/en.yaml":          file("odd: \"" + quoted.Replace(odd) + "\"\nword: word\n"),
		"messages/de.yaml":          file("odd: \"" + quoted.Replace(strange) + "\"\nword: wort\n"),
	}})
	if err != nil || len(ds) > 0 {
		t.Fatal(err, ds)
	}
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

// A site's own template that leaves open what it has opened is reported where it stands, and not where it is called; one that is sound by itself and not where the default theme
// calls it, too. A pair of templates of which one opens an attribute and the other closes it is refused: html/template would escape the second page that calls it for the wrong place.
func TestUnsoundTemplates(t *testing.T) {
	const mend = "nothing can be put into this HTML safely: "
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  []string
	}{
		"sound":      {fstest.MapFS{"templates/parts/foot.html": file(`<a href="{{.}}" title='{{t "hello"}}'>{{.}}</a><!-- {{.}} -->`)}, nil},
		"unquoted":   {fstest.MapFS{"templates/parts/foot.html": file("<p>\n<a href=x\"y>{{.}}</a>")}, []string{"foot.html:1: " + mend + `"\"" in unquoted attr: "x\"y"`}},
		"attribute":  {fstest.MapFS{"templates/parts/foot.html": file("<p>\n<a href='{{.}}>{{.}}</a>")}, []string{"foot.html:1: " + mend + "ends in a non-text context"}},
		"comment":    {fstest.MapFS{"templates/parts/foot.html": file("<!-- {{.}}")}, []string{"foot.html:1: " + mend + "ends in a non-text context"}},
		"one way":    {fstest.MapFS{"templates/parts/foot.html": file("<p>\n<a href=\"{{if .}}x\"{{end}}>y</a>")}, []string{"foot.html:2: " + mend + "{{if}} branches end in different contexts"}},
		"odd name":   {fstest.MapFS{"templates/parts/a$b.html": file("<p>\n<a href=\"{{if .}}x\"{{end}}>y</a>")}, []string{"a$b.html:2: " + mend + "{{if}} branches end in different contexts"}},
		"a pair":     {fstest.MapFS{"templates/page.html": file(`{{template "parts/a.html"}}{{.}}{{template "parts/z.html"}}`), "templates/parts/a.html": file(`<a href="`), "templates/parts/z.html": file(`">x</a>`)}, []string{"a.html:1: " + mend + "ends in a non-text context"}},
		"a define":   {fstest.MapFS{"templates/parts/foot.html": file("x\n{{define \"in\"}}<script>let a = {{end}}")}, []string{"foot.html:1: " + mend + "ends in a non-text context"}},
		"in a tag":   {fstest.MapFS{"templates/parts/attr.html": file(`><b title="`)}, []string{"attr.html:1: " + mend + "ends in a non-text context"}},
		"in its tag": {fstest.MapFS{"templates/parts/attr.html": file(`<!-- -->"`)}, []string{"attr.html:1: " + mend}},
	} {
		t.Run(name, func(t *testing.T) {
			below := fstest.MapFS{"templates/tag.html": file(`<i {{template "parts/attr.html" .}}>x</i>`), "templates/parts/attr.html": file(` hidden`)}
			for name, f := range base.FS.(fstest.MapFS) {
				below[name] = f
			}
			_, ds, err := theme.Load(theme.Layer{Name: "themes/acme", FS: c.files}, theme.Layer{Name: "default theme", FS: below})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range ds {
				pos := d.Span.Position()
				got = append(got, fmt.Sprintf("%s:%d: %s", path.Base(d.Span.Path()), pos.Line, d.Message))
			}
			if len(got) != len(c.want) {
				t.Fatalf("got %q, want %q", got, c.want)
			}
			for i := range got {
				if !strings.HasPrefix(got[i], c.want[i]) {
					t.Errorf("got %q, want %q", got[i], c.want[i])
				}
			}
		})
	}
}
