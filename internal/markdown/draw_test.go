package markdown

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"waymark/internal/diag"
)

// A site is what a test parses a page with, unless it says otherwise.
func site() Options {
	return Options{
		Kind:      "page",
		Audiences: []string{"mentor", "mentee"},
		Words:     map[string]string{"pregunta": "question", "nota": "note", "incluye": "include"},
		Terms: map[string]Term{
			"mentee":        {ID: "mentee", Forms: []string{"mentee", "mentees", "protégé"}},
			"learning-path": {ID: "learning-path", Forms: []string{"learning path", "path"}},
		},
	}
}

func parse(t testing.TB, src string, o Options) *Doc {
	t.Helper()
	d, err := Parse(diag.NewFile("content/page.md", []byte(src)), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// draw returns the page's HTML as a plain theme would draw it: blocks as elements of their own name.
func draw(t testing.TB, d *Doc) string {
	t.Helper()
	c, err := d.Content()
	if err != nil {
		t.Fatal(err)
	}
	var f Filler
	f.Prefix = "P-"
	f.Href = func(n int) (string, bool) { return d.Links[n].Dest, true }
	f.Rel = func(n int) []Attr {
		if strings.HasPrefix(d.Links[n].Dest, "http") {
			return []Attr{{"rel", "external"}}
		}
		return nil
	}
	f.Image = func(n int) []Attr { return []Attr{{"src", d.Links[d.Images[n].Link].Dest}} }
	f.Gap = func(w *bytes.Buffer, n int) error { fmt.Fprintf(w, "<gap-%d></gap-%d>", n, n); return nil }
	f.Block = func(w *bytes.Buffer, n int) error {
		b := c.Blocks[n]
		fmt.Fprintf(w, "<block-%s", b.Name)
		if b.ID != "" {
			fmt.Fprintf(w, " id=%q", f.Prefix+b.ID)
		}
		for _, k := range slices.Sorted(maps.Keys(b.Attrs)) {
			fmt.Fprintf(w, " %s=%q", k, b.Attrs[k])
		}
		fmt.Fprintf(w, ">\n")
		if len(b.Title.HTML) > 0 {
			w.WriteString("<block-title>")
			if err := Write(w, b.Title, f); err != nil {
				return err
			}
			w.WriteString("</block-title>\n")
		}
		if err := Write(w, b.Body, f); err != nil {
			return err
		}
		for _, p := range b.Parts {
			w.WriteString("<part>")
			if err := Write(w, p, f); err != nil {
				return err
			}
			w.WriteString("</part>\n")
		}
		fmt.Fprintf(w, "</block-%s>", b.Name)
		return nil
	}
	var w bytes.Buffer
	if err := Write(&w, c.Body, f); err != nil {
		t.Fatal(err)
	}
	return w.String()
}

// say returns diagnostics as a terminal shows them.
func say(ds diag.List) string {
	var b strings.Builder
	for _, d := range ds {
		p := d.Span.Position()
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s]\n", p.Line, p.Column, d.Severity, d.Message, d.Code)
		for _, r := range d.Related {
			p := r.Span.Position()
			fmt.Fprintf(&b, "\t%d:%d: %s\n", p.Line, p.Column, r.Message)
		}
		if d.Hint != "" {
			fmt.Fprintf(&b, "\thint: %s\n", d.Hint)
		}
	}
	return b.String()
}
