package schema

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// FuzzPlainly: what is read without the library is read as the library reads it, to the last place and style.
func FuzzPlainly(f *testing.F) {
	for _, s := range []string{
		"a: b\n", "a: b", "a: b\n\n", "\na: b\n", "title: \"It works\"\nid: 'one'\nweight: 5\n", "tags: [a, b c, \"d, e\"]\n", "duration: {read: 50m}\n",
		"objectives:\n  - {id: o-1, verb: apply, text: \"Say so\"}\n  - {id: o-2, verb: apply, text: 'Do'}\n", "a:\n- b\n- c\nd: e\n", "a:\n  - b\n  -  c\n", "a:\n  b: c\n  d:\n    e: f\ng: h\n",
		"sources:\n  - title: One\n    url: https://example.org/a?b=c#d\n  - title: Two\n", "a: b\n c\n", "a: b # c\n", "# c\na: b\n", "a: true\nb: True\nc: null\n", "a: 2026-02-30\nb: 2026-02-28\n", "a: 0x1f\nb: 007\nc: 1_000\nd: 3d\ne: 1e3\n",
		"Tïtle: ü\n", "a: ü\nb: {c: ü, d: e}\n", "a: [ü ü, b]\n", "a: {b: [c, {d: e}], f: []}\n", "a: b: c\n", "a: 'it''s'\n", "a: \"b\\n\"\n", "a: \"b\nc\"\n", "a: [b,\n c]\n", "a: |\n  b\n", "a: *b\n", "a: &b c\n", "true: a\n",
		"---\na: b\n", "a: b\n---\n", "a: b\n...\n", "a:\tb\n", "a: b\r\n", "a: b \n", "a : b\n", "a: []\nb: {}\n", "a: [,]\n", "a: [b,]\n", "a: {b: }\n", "a: {b}\n", "a: [b: c]\n", "a: -\n", "a:\n  - - b\n", "a:\n-b\n", "- a\n- b\n",
		"a: x\u2028y\n", "a: \ufeff\n", "a: (b) c\nd: /e\n", "a: b:c\n", "a: b,c]\n", "a: {b: c:d}\n", "a: \"b\"c\n", "a: b\n  \n", "a:\n - b: c\n   d: e\n - f\n", "a:\n - b: c\n  d: e\n", "a: 12:30\n", "<<: a\n", "a: a\na: b\n", "a: http://b: c\n",
		"a:  b\n", "a: {b:  c ,d: e }\n", "a: {b: c}}\n", "a: [b]]\n", "a: - b\n", "a: ? b\n", "a: 3 ways\nb: 1h30m\nc: 80%\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		room := plainRooms.Get().(*plainRoom) // where another tree was
		defer func() {
			room.empty()
			plainRooms.Put(room)
		}()
		mine, ok := plainly(data, room)
		if !ok {
			return
		}
		var doc yaml.Node
		if err := yaml.Load(data, &doc, yaml.WithUniqueKeys(false)); err != nil {
			t.Fatalf("the library does not read %q: %v", data, err)
		}
		if len(doc.Content) != 1 {
			t.Fatalf("the library finds nothing in %q", data)
		}
		if got, want := shown(mine), shown(doc.Content[0]); got != want {
			t.Fatalf("%q\nis read as\n%s\nthe library reads\n%s", data, got, want)
		}
	})
}

// shown writes down all that a tree says.
func shown(n *yaml.Node) string {
	var b strings.Builder
	var walk func(n *yaml.Node, depth int)
	walk = func(n *yaml.Node, depth int) {
		fmt.Fprintf(&b, "%s%d:%d kind %d style %d %s %q %q %v %q %q %q\n", strings.Repeat("  ", depth), n.Line, n.Column, n.Kind, n.Style, n.Tag, n.Value, n.Anchor, n.Alias, n.HeadComment, n.LineComment, n.FootComment)
		for _, c := range n.Content {
			walk(c, depth+1)
		}
	}
	walk(n, 0)
	return b.String()
}

// Front matter as authors write it needs no library: else plainly would be there for nothing.
func TestFrontMatterIsPlain(t *testing.T) {
	all, plain := 0, 0
	err := filepath.WalkDir("../../content", func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".md" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, rest, ok := strings.Cut(string(text), "---\n")
		if !ok {
			return nil
		}
		front, _, _ := strings.Cut(rest, "\n---\n")
		all++
		if _, ok := plainly([]byte(front+"\n"), new(plainRoom)); ok {
			plain++
		} else if testing.Verbose() {
			t.Logf("%s\n%s", path, front)
		}
		return nil
	})
	if err != nil || all < 50 {
		t.Fatal(all, err)
	}
	if plain*3 < all*2 {
		t.Errorf("%d of %d pages have plain front matter", plain, all)
	}
}
