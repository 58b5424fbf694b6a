package source_test

import (
	"bytes"
	"testing"
	"testing/fstest"

	"waymark/internal/diag"
	"waymark/internal/source"
)

// FuzzConfig: whatever site.yaml, a second configuration and the glossary hold, loading ends, what is wrong has a code of the table and a place in its file, the words for it
// cannot drive a terminal, and a second time it is the same.
func FuzzConfig(f *testing.F) {
	for _, s := range []string{
		"title: T\n", "", "title: [a]\n", "title: T\nroles: [{id: a, title: A}, {id: a, title: B}]\n", "title: T\nbrand: {accent: \"#0e5a57\", logo: ../x}\n", "title: T\nbase_url: javascript:x\nurls: folder\n",
		"title: T\nnav: [{to: gone}, {title: x, to: https://a.b/}]\n", "title: T\nmarkdown: {words: {Hinweis: note}, html: allow}\n", "a: &a [*a]\n", "\x00", "title: \"\\u001b[2J\"\n", "terms:\n  - {id: a, term: A, text: T, also: [b]}\n",
		"title: T\nlints: {question/none-at-end: off, nothing/there: on}\n", "title: T\nlanguage: xx-YY\nserve: {port: 99999}\nsearch: {off: true}\nprint: {answers: \"off\"}\n",
	} {
		f.Add(s, "title: Over it\n", "terms:\n  - {id: a, term: A, text: T}\n")
		f.Add("title: T\n", s, s)
	}
	f.Fuzz(func(t *testing.T, config, over, glossary string) {
		load := func() string {
			fsys := fstest.MapFS{"site.yaml": {Data: []byte(config)}, "over.yaml": {Data: []byte(over)}, "content/glossary.yaml": {Data: []byte(glossary)}, "content/a.md": {Data: []byte("# A\n")}}
			_, ds, err := source.Load(fsys, source.Options{Configs: []string{"site.yaml", "over.yaml"}, Set: map[string]source.Setting{"title": {Value: "T"}}})
			if err != nil {
				t.Fatal(err) // the machine has no fault
			}
			for _, d := range ds {
				if _, ok := diag.Lookup(d.Code); !ok {
					t.Errorf("%s is not in the table of codes", d.Code)
				}
				if d.Span.File == nil {
					continue
				}
				if data, err := d.Span.File.Bytes(); err != nil || d.Span.Start < 0 || d.Span.Start > d.Span.End || d.Span.End > len(data) {
					t.Errorf("%s: the place %d to %d is not in %s (%v)", d.Code, d.Span.Start, d.Span.End, d.Span.File.Path, err)
				}
			}
			var said bytes.Buffer
			if err := diag.Text(&said, ds.Sort(), false); err != nil {
				t.Fatal(err)
			}
			for _, r := range said.String() {
				if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 {
					t.Fatalf("%q drives a terminal", said.String())
				}
			}
			return said.String()
		}
		if first, again := load(), load(); first != again {
			t.Errorf("it says\n%s\nand then\n%s", first, again)
		}
	})
}
