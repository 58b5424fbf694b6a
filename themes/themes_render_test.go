package themes_test

import (
	"bytes"
	"html/template"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"waymark/internal/plan"
	"waymark/internal/quiz"
	"waymark/internal/theme"
	"waymark/themes"
)

// callouts are the containers that have a template of their own name.
var callouts = []string{"note", "tip", "important", "warning", "caution", "details", "steps", "figure", "diagram", "tabs", "tab", "facilitator", "say", "rather-not", "talk", "key-points", "audience"}

func look(t *testing.T) *theme.Theme {
	t.Helper()
	look, ds, err := theme.Load(theme.Layer{Name: "default theme", FS: themes.Default()})
	if err != nil || len(ds) > 0 {
		t.Fatal(err, ds)
	}
	return look
}

// TestEveryTemplateRenders: each template of a page and of a block gets a view in which everything is said, and one in which nothing is, in each language of the
// theme. No field is missing, nothing is left open, no id stands twice.
func TestEveryTemplateRenders(t *testing.T) {
	look := look(t)
	used := map[string]bool{}
	for _, lang := range []string{"en", "de", "ar"} {
		for name, part := range plan.PageTemplates {
			used[name] = true
			for _, full := range []bool{true, false} {
				v := new(plan.View)
				if full {
					plan.Sample(v)
				}
				for _, f := range reflect.VisibleFields(reflect.TypeFor[plan.View]()) {
					field := reflect.ValueOf(v).Elem().FieldByIndex(f.Index)
					switch {
					case field.Kind() != reflect.Pointer:
					case f.Tag.Get("wire") == "-": // what every page has
						if field.IsNil() {
							field.Set(reflect.New(field.Type().Elem()))
						}
					case f.Name != part:
						field.SetZero()
					case field.IsNil():
						field.Set(reflect.New(field.Type().Elem()))
						if forms := field.Elem().FieldByName("Form"); name == "form.html" {
							forms.Set(reflect.New(forms.Type().Elem()))
						}
						if session := field.Elem().FieldByName("Session"); name == "session.html" {
							session.Set(reflect.New(session.Type().Elem()))
						}
					}
				}
				render(t, look, name, lang, v, full)
			}
		}
		for _, word := range callouts {
			name := "blocks/" + word + ".html"
			used[name] = true
			for _, full := range []bool{true, false} {
				c := &plan.Callout{Name: word}
				if full {
					plan.Sample(c)
					c.Name = word
				}
				render(t, look, name, lang, c, false)
			}
		}
		for _, typ := range quiz.Types {
			name := "blocks/" + string(typ) + ".html"
			used[name] = true
			for _, full := range []bool{true, false} {
				c := new(plan.Check)
				if full {
					plan.Sample(c)
				}
				c.ID, c.Type, c.Word = "check", typ, "question"
				if typ == quiz.Quiz {
					c.Draw = &plan.CheckDraw{Pick: 1, Of: 2, Questions: []template.HTML{"<p>One</p>", "<p>Two</p>"}}
				}
				for i := range c.Gaps {
					render(t, look, "parts/gap.html", lang, &c.Gaps[i], false)
				}
				render(t, look, name, lang, c, false)
			}
		}
	}
	used["parts/gap.html"] = true
	everyTemplateIsUsed(t, used)
}

// render executes a template, and reads what it gives as a browser does.
func render(t *testing.T, look *theme.Theme, name, lang string, data any, whole bool) {
	t.Helper()
	var b bytes.Buffer
	if err := look.Execute(&b, name, lang, data); err != nil {
		t.Errorf("%s in %s: %v", name, lang, err)
		return
	}
	out := b.String()
	for _, bad := range []string{"<no value>", "ZgotmplZ", "%!", "&lt;nil&gt;", "[]"} {
		if strings.Contains(out, bad) {
			i := strings.Index(out, bad)
			t.Errorf("%s in %s: %q in %q", name, lang, bad, out[max(0, i-80):min(len(out), i+40)])
		}
	}
	var open []string
	ids := map[string]bool{}
	z := html.NewTokenizer(&b)
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := string(z.Raw())
		tok := z.Token()
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			seen := map[string]bool{}
			for _, m := range attribute.FindAllStringSubmatch(raw, -1) {
				if seen[m[1]] {
					t.Errorf("%s in %s: an attribute stands twice in %s", name, lang, raw)
				}
				seen[m[1]] = true
			}
			for _, a := range tok.Attr {
				if a.Key == "id" {
					if ids[a.Val] || a.Val == "" {
						t.Errorf("%s in %s: the id %q stands twice, or is empty", name, lang, a.Val)
					}
					ids[a.Val] = true
				}
			}
		}
		switch {
		case kind == html.StartTagToken && !void[tok.Data]:
			open = append(open, tok.Data)
		case kind == html.EndTagToken && (len(open) == 0 || open[len(open)-1] != tok.Data):
			t.Errorf("%s in %s: </%s> closes %v", name, lang, tok.Data, open[max(0, len(open)-3):])
			return
		case kind == html.EndTagToken:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%s in %s: %v is never closed", name, lang, open)
	}
	if whole && !strings.HasPrefix(out, "<!doctype html>") {
		t.Errorf("%s in %s is no page: %.40q", name, lang, out)
	}
}

// attribute is one attribute of a tag: the parser shows the first of two with one name, as a browser does.
var attribute = regexp.MustCompile(`\s([^\s"'>/=]+)(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]+))?`)

var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true, "meta": true, "source": true, "track": true, "wbr": true,
	"path": true, "circle": true, "rect": true, "use": true,
}

// everyTemplateIsUsed reports templates that no page and no block leads to.
func everyTemplateIsUsed(t *testing.T, used map[string]bool) {
	t.Helper()
	call := regexp.MustCompile(`\b(?:template|draw|once)\s+"([^"]+\.html)"`)
	text := map[string]string{}
	err := fs.WalkDir(themes.Default(), "templates", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(name, "templates/icons/") {
			return err
		}
		data, err := fs.ReadFile(themes.Default(), name)
		text[strings.TrimPrefix(name, "templates/")] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var todo []string
	for name := range used {
		todo = append(todo, name)
	}
	for len(todo) > 0 {
		name := todo[0]
		todo = todo[1:]
		for _, m := range call.FindAllStringSubmatch(text[name], -1) {
			if _, ok := text[m[1]]; !ok {
				t.Errorf("%s calls %s, which is not there", name, m[1])
			}
			if !used[m[1]] {
				used[m[1]] = true
				todo = append(todo, m[1])
			}
		}
	}
	for name := range text {
		if !used[name] && name != "blocks/question.html" && name != "blocks/callout.html" {
			t.Errorf("nothing leads to %s", name)
		}
	}
}

// TestTemplatesSayKnownWords: every message that a template asks for by name is in the English catalogue, in all its forms; other languages have none that
// English has not.
func TestTemplatesSayKnownWords(t *testing.T) {
	catalogue := func(lang string) map[string]bool {
		data, err := os.ReadFile("default/messages/" + lang + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		known := map[string]bool{}
		for _, m := range regexp.MustCompile(`(?m)^([\w.-]+):`).FindAllStringSubmatch(string(data), -1) {
			known[m[1]] = true
		}
		return known
	}
	english := catalogue("en")
	ask := regexp.MustCompile(`[{(]\s*-?\s*(t|n) "([\w.-]+)"`)
	asked := 0
	err := fs.WalkDir(themes.Default(), "templates", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(themes.Default(), name)
		for _, m := range ask.FindAllStringSubmatch(string(data), -1) {
			asked++
			switch {
			case m[1] == "t" && !english[m[2]]:
				t.Errorf("%s: %s is not in messages/en.yaml", name, m[2])
			case m[1] == "n" && (!english[m[2]+".one"] || !english[m[2]+".other"]):
				t.Errorf("%s: %s.one and .other are not in messages/en.yaml", name, m[2])
			}
		}
		return err
	})
	if err != nil || asked < 100 {
		t.Errorf("%d messages are asked for: %v", asked, err)
	}
	form := regexp.MustCompile(`\.(zero|two|few|many)$`)
	for _, lang := range []string{"de", "ar"} {
		for key := range catalogue(lang) {
			if !english[key] && !english[form.ReplaceAllString(key, ".other")] {
				t.Errorf("messages/%s.yaml: English has no %s", lang, key)
			}
		}
	}
}
