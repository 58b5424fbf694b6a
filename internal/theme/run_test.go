package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

type word string

type shown struct{ n int }

func (s shown) String() string { return fmt.Sprint("<", s.n, "> & so on") }

type inner struct {
	Text, URL string
	N         int
	HTML      template.HTML
	Below     *inner
	List      []inner
}

type outer struct {
	inner
	Any   any
	Word  word
	Shown shown
	Far   *string
	Link  template.URL
	JS    template.JS
	Map   map[string]any
	Words []word
	Many  []any
	No    *inner
	Yes   bool
	Half  float64
	Big   uint8
}

// Whatever a template of the default theme shows, in whatever place, a run writes what html/template writes: texts, addresses, numbers, HTML, and values of every other kind;
// fields, entries, variables, branches, loops, functions and templates in templates.
func TestRunsWriteWhatTemplatesWrite(t *testing.T) {
	part := `{{with .Text}}<i>{{.}}</i>{{else}}none{{end}}{{range $i, $x := .List}}{{$i}}:{{$x.Text}}{{$.N}}{{else}}no list{{end}}`
	page := `<!doctype html><title>{{.Text}}{{.Any}}</title><p title="{{.Text}}" class="a {{.Word}}" data-n="{{.N}}{{.Any}}">{{.Text}}{{.HTML}}{{.Any}}{{.Word}}{{.Shown}}{{.Far}}{{.Half}}{{.Big}}{{.Yes}}</p>
<a href="{{.URL}}" title="{{.HTML}}">{{.Map.a}}{{.Map.b}}</a><a href="{{.Link}}#{{.Text}}">{{.JS}}</a><a href="#{{.URL}}">x</a><a href="x?q={{.Any}}&amp;{{.Shown}}">{{.Link}}</a><a href="{{.Any}}">y</a><a href="{{.Word}}">z</a>
<script type="application/json">{{.JS}}</script><script type="application/json">{{.Map}}{{.N}}</script>
{{if .Yes}}yes{{else if .N}}number{{else}}no{{end}}{{with .Below}}{{.Text}}{{$.Text}}{{with .Below}}{{.N}}{{end}}{{else}}nothing below{{end}}
{{range .List}}{{.Text}}{{range .List}}{{.N}}{{end}}{{else}}empty{{end}}{{range .Many}}<b>{{.}}</b>{{end}}{{range .Words}}{{.}}{{end}}{{range .Map.list}}{{.}}{{end}}
{{$t := or .Text .URL "neither"}}{{$t}}{{and .Yes .N .Text}}{{not .Text}}{{if eq .Text "x"}}x{{end}}{{if ne .Word "y"}}not y{{end}}{{if lt .N 2}}few{{end}}{{if le .N 1}}fewer{{end}}{{if gt .N 1}}more{{end}}{{if .Shown}}a struct{{end}}{{if ge (len .List) 2}}many{{end}}{{if eq .Yes true}}true{{end}}{{len .Text}}{{len .Map}}
{{t "odd" .Text .N .Any}}{{t (printf "k.%s" .Word)}}{{printf "%v-%d" .Any .N}}{{add .N 1}}{{lower .Text}}{{range seq 3}}{{.}}{{end}}{{icon "star"}}{{icon .Text}}
{{template "parts/part.html" .}}{{template "parts/part.html" .Below}}{{with dict "Text" .Text "List" .List "N" 3}}{{template "parts/part.html" .}}{{end}}{{draw "parts/part.html" .}}{{once "parts/word.html" .Text}}{{once "parts/word.html" .N}}
{{$first := true}}{{range .List}}{{if not $first}}; {{end}}{{$first = false}}{{.Text}}{{end}}{{with .List}}{{(index . 0).Text}}{{index $.Many 0}}{{end}}{{template "parts/none.html"}}{{template "parts/names.html" .}}{{with dict "N" .N}}{{$n := .N}}{{with $.Text}}{{$n = .}}{{end}}{{$n}}{{end}}<textarea>{{.Text}}{{.HTML}}</textarea>`
	other := `{{range $k, $v := .Map}}{{$k}}{{$v}}{{end}}{{range .N}}{{.}}{{end}}{{range 2}}x{{end}}`
	rest := `{{if gt .Half 1.5}}half{{end}}{{define "loop"}}{{.N}}{{with .Below}}{{template "loop" .}}{{end}}{{end}}{{template "loop" .}}<p style="color: {{.Text}}" onclick="say({{.Text}})">{{range $x := .List}}{{if $x.N}}{{continue}}{{end}}{{$x.Text}}{{end}}</p>{{template "parts/part.html" .}}`
	files := fstest.MapFS{
		"templates/page.html":        {Data: []byte(page)},
		"templates/other.html":       {Data: []byte(other)},
		"templates/rest.html":        {Data: []byte(rest)},
		"templates/parts/part.html":  {Data: []byte(part)},
		"templates/parts/word.html":  {Data: []byte(`<u>{{.}}</u>`)},
		"templates/parts/none.html":  {Data: []byte(`{{with .}}something{{else}}nothing{{end}}`)},
		"templates/parts/names.html": {Data: []byte(`{{$v := .Text}}{{with .URL}}{{$v := .}}{{$v}}{{$v = "new"}}{{$v}}{{end}}{{$v}}{{range $v, $w := .List}}{{$v}}{{$w := .N}}{{$w}}{{end}}{{$v}}{{$v := .N}}{{$v}}`)},
		"templates/icons/star.html":  {Data: []byte(`<svg></svg>`)},
		"messages/en.yaml":           {Data: []byte("odd: \"{0} & {1} <{2}>\"\n")},
	}
	look, ds, err := Load(Layer{Name: "default theme", FS: files})
	if err != nil || len(ds) > 0 {
		t.Fatal(err, ds)
	}
	plain, err := look.clone("en") // nothing is folded in it
	if err != nil {
		t.Fatal(err)
	}
	all, err := look.forLanguage("en")
	if err != nil {
		t.Fatal(err)
	}
	if all.runs["page.html"] == nil || all.runs["other.html"] == nil || all.runs["rest.html"] != nil {
		t.Fatal("the page is no run, or the rest is one")
	}

	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 1))
	pick := func(from ...string) string { return from[rnd.IntN(len(from))] }
	text := func() string {
		return pick("", "x", "plain words", `"quoted" & 'so' <b>on</b> a+b`, "\x00", "ünïcode ☃", "&amp; &lt;", "</script><!--", "a\nb", "ZgotmplZ", "\xff\xfe", "{{.}}")
	}
	address := func() string {
		return pick("", "x.html", "../a/b.html#c", "a b", "javascript:alert(1)", "JAVASCRIPT:x", "https://example.org/a?b=c&d=e", "//host/x", "mailto:a@b", "data:text/html,x", "a:b", "%41%zz", "'\"<>", "ä.html", "x?y=(z)", ":")
	}
	var value func(deep int) any
	value = func(deep int) any {
		list := []any{nil, text(), address(), rnd.IntN(5) - 2, true, 1.5, word(text()), shown{rnd.IntN(9)}, &shown{3}, template.HTML("<b>" + address() + "</b>"), template.URL(address()), template.JS(`{"a":1}`),
			template.CSS("red"), template.HTMLAttr("dir=ltr"), []byte("bytes"), []string{text(), text()}, fmt.Errorf("%s", text()), new(text()), (*string)(nil), uint8(200)}
		if deep > 0 {
			list = append(list, map[string]any{"a": value(deep - 1)}, []any{value(deep - 1), value(deep - 1)})
		}
		return list[rnd.IntN(len(list))]
	}
	var within func(deep int) inner
	within = func(deep int) inner {
		x := inner{Text: text(), URL: address(), N: rnd.IntN(4) - 1, HTML: template.HTML("<em>" + text() + "</em>")}
		if deep > 0 {
			if rnd.IntN(2) == 0 {
				x.Below = new(within(deep - 1))
			}
			for range rnd.IntN(3) {
				x.List = append(x.List, within(deep-1))
			}
		}
		return x
	}
	same := 0
	for range 3000 {
		data := &outer{
			inner: within(3), Any: value(2), Word: word(pick("x", "y", text())), Shown: shown{rnd.IntN(3)}, Link: template.URL(address()), JS: template.JS(pick(`{"a":1}`, `"x"`)),
			Yes: rnd.IntN(2) == 0, Half: rnd.Float64() * 3, Big: uint8(rnd.IntN(3)),
		}
		if data.Below == nil {
			data.Below = new(within(1)) // it is shown without a question
		}
		if rnd.IntN(2) == 0 {
			data.Far = new(text())
		}
		if rnd.IntN(3) > 0 {
			data.Map = map[string]any{"a": value(1), "list": []any{value(1), value(0)}}
		}
		for range rnd.IntN(3) {
			data.Words, data.Many = append(data.Words, word(text())), append(data.Many, value(1))
		}
		for _, name := range []string{"page.html", "other.html", "rest.html"} {
			var want, got bytes.Buffer
			errWant, errGot := plain.ExecuteTemplate(&want, name, data), error(nil)
			if name == "page.html" { // and not html/template for it, once it has failed
				errGot = all.runs[name].draw(&got, reflect.ValueOf(data))
			} else {
				errGot = look.Execute(&got, name, "en", data)
			}
			if (errWant == nil) != (errGot == nil) {
				t.Fatalf("seed %d: %s of %+v:\n got %v\nwant %v", seed, name, data, errGot, errWant)
			}
			if errWant == nil {
				same++
				if got.String() != want.String() {
					t.Fatalf("seed %d: %s of %+v:\n got %q\nwant %q", seed, name, data, got.String(), want.String())
				}
			}
		}
	}
	if same < 3000 {
		t.Errorf("seed %d: only %d of 9000 were drawn", seed, same)
	}
}

// What a run cannot draw html/template draws, or says what is wrong with it and where: what is not there, values of other kinds, a function that fails.
func TestRunsFailAsTemplatesFail(t *testing.T) {
	for name, text := range map[string]string{
		"no such field":      `{{.Gone}}`,
		"a field of a word":  `{{.Text.Gone}}`,
		"a field of nothing": `{{.No.Text}}`,
		"a loop over a word": `{{range .Text}}x{{end}}`,
		"words and numbers":  `{{if eq .Text .N}}x{{end}}`,
		"a part of a part":   `{{with .Below}}{{.Gone}}{{end}}`,
		"out of range":       `{{index .List 0}}`,
		"index of a word":    `{{index .N 0}}`,
		"no word":            `{{t .N}}`,
		"too much":           `{{seq 9223372036854775807}}`,
		"a wrong argument":   `{{add .Text 1}}`,
	} {
		t.Run(name, func(t *testing.T) {
			look, ds, err := Load(Layer{Name: "default theme", FS: fstest.MapFS{"templates/page.html": {Data: []byte("<p>" + text)}}})
			if err != nil || len(ds) > 0 {
				t.Fatal(err, ds)
			}
			data := &outer{inner: inner{Text: "x", Below: &inner{}}}
			plain, err := look.clone("en")
			if err != nil {
				t.Fatal(err)
			}
			if err := plain.ExecuteTemplate(new(bytes.Buffer), "page.html", data); err == nil {
				t.Error("html/template has nothing against it")
			}
			out := bytes.NewBufferString("before")
			err = look.Execute(out, "page.html", "en", data)
			if err == nil || !strings.Contains(err.Error(), "default theme/templates/page.html:1: ") {
				t.Error(err)
			}
			if !strings.HasPrefix(out.String(), "before") {
				t.Error(out.String())
			}
		})
	}
}

// What is drawn once for many pages is a word, a number, nothing, or what pages share; a list, which has no equal, is named by its type.
func TestOnceWantsWords(t *testing.T) {
	for text, want := range map[string]string{
		`{{once "word.html" .Text}}`:  "<u>x</u>",
		`{{once "word.html" 3}}`:      "<u>3</u>",
		`{{once "word.html" nil}}`:    "<u></u>",
		`{{once "word.html" .Below}}`: "<u>{y ",
		`{{once "word.html" .List}}`:  "once wants a word, a number or what pages share, not []theme.inner",
	} {
		look, ds, err := Load(Layer{Name: "default theme", FS: fstest.MapFS{"templates/page.html": {Data: []byte(text)}, "templates/word.html": {Data: []byte(`<u>{{.}}</u>`)}}})
		if err != nil || len(ds) > 0 {
			t.Fatal(err, ds)
		}
		var out bytes.Buffer
		err = look.Execute(&out, "page.html", "en", &outer{inner: inner{Text: "x", Below: &inner{Text: "y"}}})
		if got := out.String() + fmt.Sprint(err); !strings.Contains(got, want) || (err == nil) != strings.HasPrefix(want, "<u>") {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// A template that draws itself whatever it is given, or another that draws it, is named; one that ends somewhere is drawn, also when it is no run.
func TestDrawingWithoutEnd(t *testing.T) {
	const noRun = `{{range $k, $v := .List}}{{break}}{{end}}`
	for name, c := range map[string]struct{ part, word, want string }{
		"itself":          {`<b>{{draw "part.html" .}}</b>`, "", "endless"},
		"itself, no run":  {noRun + `<b>{{draw "part.html" .}}</b>`, "", "endless"},
		"by another":      {`<b>{{draw "word.html" .}}</b>`, `<i>{{once "part.html" .}}</i>`, "endless"},
		"another, no run": {`<b>{{draw "word.html" .}}</b>`, noRun + `{{template "part.html" .}}`, "endless"},
		"an end":          {`<b>{{.Text}}{{with .Below}}{{draw "part.html" .}}{{end}}</b>`, "", "<b>1<b>2<b>3</b></b></b>"},
		"an end, no run":  {noRun + `<b>{{.Text}}{{with .Below}}{{draw "part.html" .}}{{end}}</b>`, "", "<b>1<b>2<b>3</b></b></b>"},
	} {
		t.Run(name, func(t *testing.T) {
			look, ds, err := Load(Layer{Name: "default theme", FS: fstest.MapFS{"templates/part.html": {Data: []byte(c.part)}, "templates/word.html": {Data: []byte(c.word)}}})
			if err != nil || len(ds) > 0 {
				t.Fatal(err, ds)
			}
			for range 2 {
				var out bytes.Buffer
				err = look.Execute(&out, "part.html", "en", &inner{Text: "1", Below: &inner{Text: "2", Below: &inner{Text: "3"}}})
				if c.want == "endless" {
					if _, ok := errors.AsType[*endlessError](err); !ok || len(err.Error()) > 200 {
						t.Error(err)
					}
				} else if err != nil || out.String() != c.want {
					t.Error(err, out.String())
				}
			}
			if n := look.drawing.Load(); n != 0 {
				t.Errorf("%d parts are being drawn", n)
			}
		})
	}
}
