package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/schema"
	"waymark/internal/source"
)

// A format is a file that authors write, with both judges of it: the decoder of the build, and the JSON Schema by which an editor complains while the
// author types. They must not differ.
type format struct {
	name   string
	schema *jsonschema.Schema
	decode func(src []byte) diag.List
}

func formats(t *testing.T) map[string]format {
	t.Helper()
	one := func(name string, v any, decode func(schema.Source) diag.List) format {
		c := jsonschema.NewCompiler()
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.JSONSchema(v, name)))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(name+".json", doc); err != nil {
			t.Fatal(err)
		}
		s, err := c.Compile(name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		return format{name, s, func(src []byte) diag.List {
			return decode(schema.Source{File: diag.NewFile(name+".yaml", src), Data: src})
		}}
	}
	return map[string]format{
		"site": one("site", source.Config{}, func(s schema.Source) diag.List {
			_, ds := schema.Decode(s, new(source.Config), false)
			return ds
		}),
		"module": one("module", markdown.Meta{}, func(s schema.Source) diag.List {
			_, ds := schema.Decode(s, new(markdown.Meta), false)
			return ds
		}),
		"glossary": one("glossary", source.Glossary{}, func(s schema.Source) diag.List {
			_, ds := schema.Decode(s, new(source.Glossary), false)
			return ds
		}),
	}
}

// judge returns both verdicts, and why. The decoder's is about the shape alone: what stands in the same file but is no fault of shape has other codes.
func (f format) judge(t *testing.T, src []byte) (decoder, validator bool, why string) {
	t.Helper()
	var v any
	if err := yaml.Load(src, &v, yaml.WithUniqueKeys(false)); err != nil {
		t.Fatalf("the sample is not YAML: %v\n%s", err, src)
	}
	ds := f.decode(src)
	err := f.schema.Validate(plain(v))
	var b bytes.Buffer
	_ = diag.Text(&b, ds, false)
	return len(ds) == 0, err == nil, fmt.Sprintf("decoder:\n%s\nschema: %v", b.String(), err)
}

// plain is a value as JSON has it: keys are texts, a day is a text.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := map[string]any{}
		for k, x := range v {
			m[k] = plain(x)
		}
		return m
	case map[any]any:
		m := map[string]any{}
		for k, x := range v {
			m[fmt.Sprint(k)] = plain(x)
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, x := range v {
			l[i] = plain(x)
		}
		return l
	case time.Time:
		return v.Format(time.DateOnly)
	case int:
		return json.Number(fmt.Sprint(v))
	case int64, uint64:
		return json.Number(fmt.Sprint(v))
	}
	return v
}

// TestSchemasAgree judges the samples in testdata/agree/*.txtar by both. An archive is about one format; a sample FORMAT.ok.NAME is valid, FORMAT.bad.NAME is not,
// and FORMAT.differ.NAME is one of the documented exceptions: valid for the schema, refused by the decoder, since no schema can say it.
func TestSchemasAgree(t *testing.T) {
	all := formats(t)
	archives, err := filepath.Glob("testdata/agree/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no samples", err)
	}
	n := 0
	for _, path := range archives {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range a.Files {
			n++
			t.Run(s.Name, func(t *testing.T) {
				kind, rest, _ := strings.Cut(s.Name, ".")
				verdict, _, _ := strings.Cut(rest, ".")
				f, ok := all[kind]
				want, known := map[string][2]bool{"ok": {true, true}, "bad": {false, false}, "differ": {false, true}}[verdict]
				if !ok || !known {
					t.Fatal("the sample has no name of the form FORMAT.VERDICT.NAME")
				}
				decoder, validator, why := f.judge(t, s.Data)
				if decoder != want[0] || validator != want[1] {
					t.Errorf("decoder %v, schema %v, want %v\n%s", decoder, validator, want, why)
				}
			})
		}
	}
	if n < 60 {
		t.Errorf("only %d samples", n)
	}
}

// TestSchemasAgreeOnMutants breaks the valid samples in every place by every means, and asks both judges. Each key of a sample is tried by itself (with
// the title, that a site needs), which is the same and faster.
func TestSchemasAgreeOnMutants(t *testing.T) {
	all := formats(t)
	archives, _ := filepath.Glob("testdata/agree/*.txtar")
	mutants, refused := 0, 0
	for _, path := range archives {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range a.Files {
			kind, rest, _ := strings.Cut(s.Name, ".")
			var doc yaml.Node
			if !strings.HasPrefix(rest, "ok.") {
				continue
			}
			if err := yaml.Load(s.Data, &doc); err != nil {
				t.Fatal(err)
			}
			whole := doc.Content[0]
			for i := 0; i < len(whole.Content); i += 2 {
				key := whole.Content[i].Value
				part := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: whole.Content[i : i+2 : i+2]}
				if kind == "site" && key != "title" {
					part.Content = append(part.Content, whole.Content[0], whole.Content[1])
				}
				mutate(part, func(what string) {
					if mutants++; mutants%every != 0 {
						return
					}
					src, err := yaml.Dump(part)
					if err != nil {
						t.Fatal(err)
					}
					decoder, validator, why := all[kind].judge(t, src)
					if !decoder {
						refused++
					}
					if decoder != validator && !(decoder && (key == "complete" || later.MatchString(what))) {
						t.Errorf("%s, %s: %s: decoder %v, schema %v\n%s\n%s", s.Name, key, what, decoder, validator, why, src)
					}
				})
			}
		}
	}
	if judged := mutants / every; mutants < 5000 || refused < judged/4 || refused > judged*19/20 {
		t.Errorf("%d mutants, %d of %d refused: the test has lost its teeth", mutants, refused, judged)
	}
}

// later are the values whose form the schema knows and the decoder leaves to who reads them; TestSchemaKnowsForms is about these.
var later = regexp.MustCompile(`^(id|base_url|accent|mark|color|lints|page/stale|widths|stages|items) replaced`)

// every is how many mutants there are to one that is judged.
var every = 1

// replacements are values of every shape, put in the place of every value. `complete` is left alone where the decoder takes it: its ids may not be `true` for the
// schema, and its lists may not be empty.
var replacements = []string{"~", "word", "''", "7", "'7'", "'YES'", "-7", "1.5", "true", "on", "2026-05-31", "80%", "25m", "[]", "[word]", "[7, [x]]", "{}", "{word: x}", "{id: x}", "{min: 1}", "[{id: x, title: y, text: z}]"}

// mutate changes each node below n in turn, calls f, and puts it back.
func mutate(n *yaml.Node, f func(what string)) {
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			was := c.Value
			c.Value = was + "x"
			f("key " + was + " misspelt")
			c.Value = was
			rest := n.Content
			n.Content = append(append([]*yaml.Node{}, rest[:i]...), rest[i+2:]...)
			f("without " + was)
			n.Content = rest
			continue
		}
		name := "item"
		if n.Kind == yaml.MappingNode {
			name = n.Content[i-1].Value
		}
		for _, r := range replacements {
			var doc yaml.Node
			if err := yaml.Load([]byte(r), &doc); err != nil {
				panic(err)
			}
			n.Content[i] = doc.Content[0]
			f(name + " replaced by " + r)
		}
		n.Content[i] = c
		mutate(c, f)
	}
}

// TestSchemaKnowsForms: what the build refuses for its form alone, an editor marks while it is written, and nothing else.
func TestSchemaKnowsForms(t *testing.T) {
	site := formats(t)["site"]
	for _, s := range []string{
		"id: guide", "id: Guide", "id: a-", "id: größe", "id: ''", "id: 360", "id: a_b", "id: _b", "id: a b", "id: " + strings.Repeat("x", 100), "id: " + strings.Repeat("x", 101),
		"base_url: https://example.org/a/", "base_url: HTTP://example.org", "base_url: example.org", "base_url: https://example.org/?a", "base_url: https://a@example.org/", "base_url: ''",
		"base_url: http://[::1]:8080/", "base_url: ftp://example.org/",
		"brand: {accent: '#0E5A57'}", "brand: {accent: '#fff'}", "brand: {mark: red}", "brand: {mark: '#12345'}", "brand: {mark: ''}",
		"roles: [{id: a, title: A, color: '#123456'}]", "roles: [{id: A, title: A}]", "roles: [{id: a, title: A, color: blue}]",
		"lints: {page/stale: off}", "lints: {page/stale: never}", "lints: {page/stale: 'error'}",
		"serve: {port: 99999}", "serve: {port: -1}", "serve: {port: 8080}", "serve: {port: '8080'}", "images: {widths: [0]}", "images: {widths: [480]}", "images: {widths: ['480', 960]}",
		"images: {widths: [5000]}", "images: {widths: 480}", "offline: 'true'", "offline: YES", "offline: 'no'", "offline: 1",
	} {
		src := []byte("title: x\n" + s + "\n")
		_, ds, err := source.Load(fstest.MapFS{"site.yaml": {Data: src}, "content/index.md": {Data: []byte("# x\n")}}, source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, validator, why := site.judge(t, src); validator == ds.HasErrors() {
			t.Errorf("%s: build %v, schema %v\n%v\n%s", s, !ds.HasErrors(), validator, ds, why)
		}
	}
}

// TestScalarsAgree: what SetText takes, Form describes.
func TestScalarsAgree(t *testing.T) {
	for _, zero := range []schema.Scalar{new(schema.Minutes), new(schema.Days), new(schema.Date), new(schema.Clock), new(schema.Percent), new(markdown.Tries)} {
		types, pattern, least, most := zero.Form()
		form := regexp.MustCompile(pattern)
		for _, s := range []string{
			"", " ", "word", "25m", " 25m ", "1h", "1h30m", "1h 30m", "1h30", "h", "m", "90", "0", "00", "07", "7", "-7", "+7", "1.5", "99", "100", "101", "99999", "100000", "9999h", "10000h",
			"30d", " 30d", "d", "80%", "80 %", " 80% ", "080%", "+80%", "0%", "100%", "101%", "%", "09:30", "9:30", " 9:30 ", "24:00", "23:59", "7:5", "7:05:00", "2026-05-31", "2026-5-31", "2026-05-31T12:00:00Z", "2026-13-01", "2026-00-10", "20260531",
		} {
			v := reflect.New(reflect.TypeOf(zero).Elem()).Interface().(schema.Scalar)
			took := v.SetText(s) == nil
			if took != form.MatchString(s) {
				t.Errorf("%T: %q: SetText %v, pattern %v", zero, s, took, !took)
			}
			n, err := strconv.Atoi(s)
			if whole := err == nil && s == strconv.Itoa(n); whole && slices.Contains(types, "integer") && took != (least <= n && n <= most) {
				t.Errorf("%T: %d: SetText %v, from %d to %d", zero, n, took, least, most)
			}
		}
	}
}

// The printed schemas are what editors load: they name their draft, each key is explained, and no unknown key passes.
func TestSchemaIsForEditors(t *testing.T) {
	for name, v := range map[string]any{"site.yaml": source.Config{}, "front matter of a module": markdown.Meta{}} {
		var s struct {
			Schema     string `json:"$schema"`
			Title      string
			Properties map[string]struct{ Description string }
			Additional *bool `json:"additionalProperties"`
		}
		out := schema.JSONSchema(v, name)
		if err := json.Unmarshal(out, &s); err != nil {
			t.Fatal(err)
		}
		if s.Schema != "https://json-schema.org/draft/2020-12/schema" || s.Title != name || s.Additional == nil || *s.Additional {
			t.Errorf("%s: %+v", name, s)
		}
		for key, p := range s.Properties {
			if p.Description == "" {
				t.Errorf("%s: %s is not explained", name, key)
			}
		}
		if again := schema.JSONSchema(v, name); !bytes.Equal(out, again) {
			t.Errorf("%s: two runs differ", name)
		}
	}
}

// FuzzDecode: whatever the text, decoding ends, does not panic, reports places that lie in the file, and does the same twice.
func FuzzDecode(f *testing.F) {
	archives, _ := filepath.Glob("testdata/*.txtar")
	more, _ := filepath.Glob("testdata/agree/*.txtar")
	for _, path := range append(archives, more...) {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, x := range txtar.Parse(data).Files {
			f.Add(x.Data, strings.Contains(x.Name, ".toml"), strings.Contains(x.Name, "lenient"))
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, isTOML, lenient bool) {
		decode := schema.Decode
		if isTOML {
			decode = schema.DecodeTOML
		}
		const before = "---\n"
		file := diag.NewFile("a.md", append([]byte(before), src...))
		run := func() string {
			var m markdown.Meta
			unknown, ds := decode(schema.Source{File: file, Data: src, Offset: len(before)}, &m, lenient)
			for _, d := range ds {
				if r := d.Span.Range; r.Start < len(before) || r.End < r.Start || r.End > len(before)+len(src) {
					t.Fatalf("%s: the place %v is not in the file of %d bytes", d.Message, r, len(src))
				}
				if _, ok := diag.Lookup(d.Code); !ok {
					t.Fatalf("no code %s", d.Code)
				}
			}
			for _, u := range unknown {
				if u.At.Start < len(before) || u.At.End > len(before)+len(src) {
					t.Fatalf("the place of %q is %v", u.Value, u.At)
				}
			}
			return fmt.Sprintf("%+v %v", unknown, ds)
		}
		if a, b := run(), run(); a != b {
			t.Fatalf("two runs differ:\n%s\n%s", a, b)
		}
	})
}
