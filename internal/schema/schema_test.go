package schema

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v4"
	"waymark/internal/diag"
)

var update = flag.Bool("update", false, "write what the package does now into testdata")

// page has a field of each type that can be decoded.
type page struct {
	Title    string            `key:"title,required" doc:"a text"`
	ID       Text              `key:"id" doc:"a text with its place"`
	Kind     string            `key:"kind" enum:"role,practice,reading" doc:"one of a set"`
	Weight   int               `key:"weight" doc:"a whole number"`
	Ratio    float64           `key:"ratio" doc:"a number"`
	Draft    bool              `key:"draft" doc:"a switch"`
	Shuffle  string            `key:"shuffle" enum:"on,off,true,false" doc:"a switch that can be unset"`
	Read     Minutes           `key:"read" doc:"minutes"`
	First    Days              `key:"first" doc:"days"`
	Reviewed Date              `key:"reviewed" doc:"a day"`
	Pass     Percent           `key:"pass" doc:"a share"`
	Audience []Text            `key:"audience" doc:"a list"`
	Levels   []string          `key:"levels" enum:"low,high" doc:"a list of a set"`
	Needs    needs             `key:"needs" doc:"a mapping"`
	Goals    []goal            `key:"goals" doc:"a list of mappings"`
	Review   *needs            `key:"review" doc:"a mapping that may be missing"`
	Toc      *bool             `key:"toc" doc:"a switch that may be missing"`
	Words    map[string]string `key:"words" doc:"free keys"`
	Params   map[string]any    `key:"params" doc:"free values"`
	Complete *rule             `key:"complete" doc:"a shape of its own"`
	At       diag.Range        `key:"-at"`
}

type needs struct {
	Modules []Text `key:"modules" doc:"ids"`
	Text    string `key:"text" doc:"in words"`
}

type goal struct {
	ID   Text       `key:"id,required" doc:"an id"`
	Text string     `key:"text,required" doc:"what"`
	At   diag.Range `key:"-at"`
}

// rule is `read`, or a mapping whose `all` holds rules.
type rule struct {
	Word string
	All  []rule
	Of   *needs
}

func (r *rule) SetNode(d *Decoder, n *yaml.Node) {
	n, ok := d.Resolve(n)
	if !ok {
		return
	}
	if n.Kind == yaml.ScalarNode {
		r.Word = n.Value
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch n.Content[i].Value {
		case "all":
			d.Value(n.Content[i+1], reflect.ValueOf(&r.All).Elem())
		case "of":
			d.Value(n.Content[i+1], reflect.ValueOf(&r.Of).Elem())
		}
	}
}

func (*rule) JSONSchema(g *Generator) map[string]any {
	return map[string]any{"type": "object", "properties": map[string]any{"of": g.Of(reflect.TypeFor[needs]())}}
}

// TestCases runs testdata/*.txtar. Each case is NAME.yaml or NAME.toml (or NAME.lenient.yaml; NAME.quoted is YAML as a Go string for characters that no
// editor shows); NAME.want is what it decodes into, as JSON, and NAME.diag what is reported.
func TestCases(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no cases", err)
	}
	seen := map[string]bool{}
	for _, path := range archives {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for _, f := range a.Files {
			if _, twice := want[f.Name]; twice {
				t.Errorf("%s: %s stands twice", path, f.Name)
			}
			want[f.Name] = string(f.Data)
		}
		out := &txtar.Archive{Comment: a.Comment}
		for _, f := range a.Files {
			name, ext := strings.TrimSuffix(f.Name, filepath.Ext(f.Name)), filepath.Ext(f.Name)
			if ext != ".yaml" && ext != ".toml" && ext != ".quoted" {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar")+"/"+name, func(t *testing.T) {
				src := f.Data
				if ext == ".quoted" {
					s, err := strconv.Unquote(strings.TrimSpace(string(src)))
					if err != nil {
						t.Fatal(err)
					}
					src = []byte(s)
				}
				decoded, ds := decodePage(src, ext == ".toml", strings.HasSuffix(name, ".lenient"))
				for _, d := range ds {
					seen[d.Code] = true
				}
				var report bytes.Buffer
				if err := diag.Text(&report, ds.Sort(), false); err != nil {
					t.Fatal(err)
				}
				out.Files = append(out.Files, f)
				for _, got := range []struct{ ext, text string }{{".want", decoded}, {".diag", report.String()}} {
					if diff := cmp.Diff(want[name+got.ext], got.text); diff != "" && !*update {
						t.Errorf("%s -want +got\n%s", got.ext, diff)
					}
					if got.text != "" {
						out.Files = append(out.Files, txtar.File{Name: name + got.ext, Data: []byte(got.text)})
					}
				}
			})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(out), 0o666); err != nil {
				t.Fatal(err)
			}
		} else if len(out.Files) != len(a.Files) {
			t.Errorf("%s has files that belong to no case", path)
		}
	}
	for _, i := range diag.Codes() {
		if strings.HasPrefix(i.Code, "yaml/") && !seen[i.Code] && i.Code != "yaml/too-large" { // TestBombs
			t.Errorf("no case brings up %s", i.Code)
		}
	}
}

// decodePage returns what the text decodes into, without what is not said, and what is reported.
func decodePage(src []byte, isTOML, lenient bool) (string, diag.List) {
	f := diag.NewFile("page.md", append([]byte("---\n"), src...))
	s := Source{File: f, Data: src, Offset: 4}
	if isTOML {
		f = diag.NewFile("page.toml", src)
		s = Source{File: f, Data: src}
	}
	var p page
	decode := Decode
	if isTOML {
		decode = DecodeTOML
	}
	unknown, ds := decode(s, &p, lenient)
	m := map[string]any{}
	v := reflect.ValueOf(p)
	for _, x := range describe(v.Type()).fields {
		if field := v.FieldByIndex(x.index); !x.at && !field.IsZero() {
			m[x.key] = said(field)
		}
	}
	for _, u := range unknown {
		m["unknown"] = append(append([]any{}, anyList(m["unknown"])...), fmt.Sprintf("%s at %s", u.Value, f.Span(u.At)))
	}
	if len(m) == 0 {
		return "", ds
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return "error: " + err.Error() + "\n", ds
	}
	return b.String(), ds
}

func anyList(v any) []any {
	l, _ := v.([]any)
	return l
}

// said writes a value without places.
func said(v reflect.Value) any {
	switch {
	case v.Type() == textType:
		return v.Interface().(Text).Value
	case v.Kind() == reflect.Pointer:
		return said(v.Elem())
	case v.Kind() == reflect.Slice:
		l := []any{}
		for i := range v.Len() {
			l = append(l, said(v.Index(i)))
		}
		return l
	case v.Kind() == reflect.Struct:
		m := map[string]any{}
		for _, f := range reflect.VisibleFields(v.Type()) {
			if x := v.FieldByIndex(f.Index); f.Type != rangeType && !x.IsZero() {
				m[strings.ToLower(f.Name)] = said(x)
			}
		}
		return m
	}
	return v.Interface()
}

// Data that expands, nests or grows without end is refused at once, with one complaint and a place.
func TestBombs(t *testing.T) {
	laughs := "params:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 12; i++ {
		laughs += fmt.Sprintf("  a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1)
	}
	for name, c := range map[string]struct{ src, code string }{
		"aliases of aliases":        {"title: x\n" + laughs, "yaml/too-large"},
		"a value that holds itself": {"title: x\nparams: &p {a: *p, b: *p}\n", "yaml/too-large"},
		"a rule that holds itself":  {"title: x\ncomplete: &r {all: [*r]}\n", "yaml/too-large"},
		"rules in rules":            {"title: x\ncomplete: " + strings.Repeat("{all: [", 3000) + "read" + strings.Repeat("]}", 3000), "yaml/too-large"},
		"merges in merges":          {"title: x\nwords: " + strings.Repeat("{<<: ", 3000) + "{a: b}" + strings.Repeat("}", 3000), "yaml/too-large"},
		"many merges of many keys":  {"title: x\nparams: {a: &a {" + keys(20_000) + "}}\nwords: {<<: [" + strings.Repeat("*a, ", 20_000) + "]}\n", "yaml/too-large"},
		"a merge that holds itself": {"title: x\nwords: &w {<<: *w}\n", "yaml/too-large"},
		"lists in lists":            {"title: x\nparams: {a: " + strings.Repeat("[", 3000) + strings.Repeat("]", 3000) + "}", "yaml/too-large"},
		"brackets without end":      {"title: x\nparams: " + strings.Repeat("[", 100_000), "yaml/syntax"},
		"a long file":               {"title: x\n" + strings.Repeat("# comment\n", 200_000), "yaml/too-large"},
		"TOML: a long file":         {"title = 'x'\n" + strings.Repeat("# comment\n", 200_000), "yaml/too-large"},
		"TOML: brackets":            {"title = 'x'\nparams = {a = " + strings.Repeat("[", 3000) + strings.Repeat("]", 3000) + "}", "yaml/too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			var p page
			decode := Decode
			if strings.HasPrefix(name, "TOML") {
				decode = DecodeTOML
			}
			_, ds := decode(Source{File: diag.NewFile("site.yaml", []byte(c.src)), Data: []byte(c.src)}, &p, false)
			if len(ds) != 1 || ds[0].Code != c.code {
				t.Errorf("%d complaints, the first of %v", len(ds), ds[:min(len(ds), 3)])
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// Many lists one after the other are not deep.
func TestManyListsInTOML(t *testing.T) {
	src := []byte("title = 'x'\nparams = {a = [" + strings.Repeat("[1], {b = 2}, ", 3000) + "]}")
	if _, ds := decodePage(src, true, false); len(ds) > 0 {
		t.Error(ds[0])
	}
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: 1, ", i)
	}
	return b.String()
}

// A file over another says only what is different; what it says replaces, so that a list can get shorter.
func TestOneFileOverAnother(t *testing.T) {
	var p page
	for i, src := range []string{"title: Base\naudience: [a, b, c]\nneeds: {text: first, modules: [x]}\nwords: {a: b}\ngoals: [{id: g, text: t}]\n", "audience: [d]\nneeds: {text: second}\nwords: {c: d}\ngoals: [{id: h}]\n"} {
		_, ds := Decode(Source{File: diag.NewFile("site.yaml", []byte(src)), Data: []byte(src)}, &p, false)
		if i == 0 && len(ds) > 0 || i == 1 && (len(ds) != 1 || ds[0].Code != "yaml/missing") {
			t.Errorf("file %d: %v", i, ds)
		}
	}
	got := fmt.Sprint(p.Title, said(reflect.ValueOf(p.Audience)), said(reflect.ValueOf(p.Needs)), p.Words, said(reflect.ValueOf(p.Goals)))
	if want := "Base[d] map[modules:[x] text:second] map[c:d] [map[id:h]]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestScalars(t *testing.T) {
	for _, c := range []struct {
		into Scalar
		text string
		want string // of Sprint, or "error"
	}{
		{new(Minutes), "25m", "25"}, {new(Minutes), "25", "25"}, {new(Minutes), "1h", "60"}, {new(Minutes), "1h30m", "90"}, {new(Minutes), "1h 30m", "90"}, {new(Minutes), "1h30", "90"},
		{new(Minutes), "", "error"}, {new(Minutes), "h", "error"}, {new(Minutes), "-5", "error"}, {new(Minutes), "1.5h", "error"}, {new(Minutes), "12 minutes", "error"}, {new(Minutes), "999999", "error"},
		{new(Days), "30d", "30"}, {new(Days), "30", "30"}, {new(Days), "0d", "0"}, {new(Days), "-1d", "error"}, {new(Days), "2w", "error"},
		{new(Date), "2026-05-31", "2026-05-31"}, {new(Date), "2026-05-31T10:00:00Z", "2026-05-31"}, {new(Date), "2026-02-30", "error"}, {new(Date), "31.5.2026", "error"}, {new(Date), "2026-5-1", "error"},
		{new(Clock), "9:30", "09:30"}, {new(Clock), "09:30:00", "09:30"}, {new(Clock), "09:30:15", "error"}, {new(Clock), "24:00", "error"}, {new(Clock), "9.30", "error"}, {new(Clock), "9:30 am", "error"},
		{new(Percent), "80%", "80"}, {new(Percent), "80", "80"}, {new(Percent), "80 %", "80"}, {new(Percent), "1%", "1"}, {new(Percent), "0%", "error"}, {new(Percent), "101%", "error"}, {new(Percent), "-1", "error"}, {new(Percent), "0.8", "error"},
	} {
		got := "error"
		if err := c.into.SetText(c.text); err == nil {
			got = fmt.Sprint(reflect.ValueOf(c.into).Elem())
		}
		if got != c.want {
			t.Errorf("%T of %q is %s, want %s", c.into, c.text, got, c.want)
		}
	}
}

func TestIsSlug(t *testing.T) {
	for s, want := range map[string]bool{
		"sponsor": true, "first-meeting": true, "2027": true, "rôle": true, "роль": true, "役割": true, "a_b": true, "a": true,
		"": false, "Sponsor": false, "-a": false, "a-": false, "a b": false, "a/b": false, "a.b": false, "a#b": false, "é\u200b": false, strings.Repeat("a", 100): true, strings.Repeat("a", 101): false,
	} {
		if IsSlug(s) != want {
			t.Errorf("IsSlug(%q) is %v", s, !want)
		}
	}
}

// The grammar of ids as learning.md has it, said by a regular expression.
func TestIsSlugIsTheGrammar(t *testing.T) {
	form := regexp.MustCompile(`^[\pL\pN](?:[\pL\pM\pN_-]{0,98}[\pL\pM\pN])?$`)
	letters := []string{"a", "B", "é", "e\u0301", "\u0301", "役", "7", "½", "-", "_", ".", " ", "\xff", "\u200b", "İ", "ß", "\n"}
	r := rand.New(rand.NewPCG(1, 2))
	yes := 0
	for range 50_000 {
		var s string
		for range r.IntN(5) {
			s += letters[r.IntN(len(letters))]
		}
		if r.IntN(50) == 0 {
			s = strings.Repeat(letters[r.IntN(len(letters))], 97+r.IntN(5)) + s
		}
		want := form.MatchString(s) && s == strings.ToLower(s)
		if IsSlug(s) != want {
			t.Fatalf("IsSlug(%q) is %v", s, !want)
		}
		if want {
			yes++
		}
	}
	if yes < 300 {
		t.Errorf("only %d of the words were ids", yes)
	}
}

func TestKeys(t *testing.T) {
	keys, docs := Keys(goal{})
	if diff := cmp.Diff([]string{"id", "text"}, keys); diff != "" || len(docs) != 2 {
		t.Error(diff, docs)
	}
}
