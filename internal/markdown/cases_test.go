package markdown

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"waymark/internal/diag"
)

var update = flag.Bool("update", false, "write what the package does now into testdata")

// TestCases runs testdata/*.txtar. Each archive is about one construct and holds cases of several files:
//
//	name.md    the page; or name.quoted, the same as a Go string for characters that no editor shows
//	name.opts  what differs from the options of the test site, as JSON
//	name.html  what a plain theme draws of it
//	name.doc   what else is known of the page (where the archive has it)
//	name.diag  what is reported
//
// Other files can be included by the pages.
func TestCases(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no cases", err)
	}
	seen := map[string]bool{}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { runArchive(t, path, seen) })
	}
	if *update || t.Failed() {
		return
	}
	table, err := os.ReadFile("../diag/codes_page.go") // the part of the table that is ours
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`(?m)^\t\{"([a-z-]+/[a-z-]+)"`).FindAllStringSubmatch(string(table), -1)
	if len(codes) < 30 {
		t.Fatalf("the table has %d codes", len(codes))
	}
	for _, m := range codes {
		if !seen[m[1]] && !elsewhere[m[1]] {
			t.Errorf("no case brings up %s", m[1])
		}
	}
}

// elsewhere are the codes whose cases are too large or too slow for an archive; the tests named prove them.
var elsewhere = map[string]bool{
	"page/too-large":       true, // TestLimits
	"page/too-deep":        true,
	"page/too-complex":     true,
	"page/table-too-large": true,
	"code/too-long":        true,
	"code/too-slow":        true, // TestPatience
}

func runArchive(t *testing.T, path string, seen map[string]bool) {
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]int{}
	for i, f := range a.Files {
		if _, twice := files[f.Name]; twice {
			t.Errorf("%s stands twice", f.Name)
		}
		files[f.Name] = i
	}
	get := func(name string) (string, bool) {
		i, ok := files[name]
		if !ok {
			return "", false
		}
		return string(a.Files[i].Data), true
	}
	out := &txtar.Archive{Comment: a.Comment}
	for _, f := range a.Files {
		name, ext := strings.TrimSuffix(f.Name, filepath.Ext(f.Name)), filepath.Ext(f.Name)
		_, page := files[name+".md"]
		_, quoted := files[name+".quoted"]
		if !strings.Contains(f.Name, "/") && !page && !quoted {
			t.Errorf("%s belongs to no page", f.Name)
		}
		if strings.Contains(f.Name, "/") || ext == ".opts" {
			out.Files = append(out.Files, f)
			continue
		}
		if ext != ".md" && ext != ".quoted" {
			continue
		}
		out.Files = append(out.Files, f)
		t.Run(name, func(t *testing.T) {
			src := string(f.Data)
			if ext == ".quoted" {
				if src, err = strconv.Unquote(strings.TrimSpace(src)); err != nil {
					t.Fatal(err)
				}
			}
			o := site()
			if s, ok := get(name + ".opts"); ok {
				if err := json.Unmarshal([]byte(s), &o); err != nil {
					t.Fatal(err)
				}
			}
			o.Include = func(p string) ([]byte, error) {
				s, ok := get(p)
				if !ok {
					return nil, fs.ErrNotExist
				}
				return []byte(s), nil
			}
			d := parse(t, src, o)
			for _, x := range d.Diags {
				seen[x.Code] = true
			}
			invariants(t, []byte(src), o)
			compare := func(ext, got string, always bool) {
				want, _ := get(name + ext)
				if got != "" || always {
					if got != "" && !strings.HasSuffix(got, "\n") {
						got += "\n"
					}
					out.Files = append(out.Files, txtar.File{Name: name + ext, Data: []byte(got)})
				}
				if !*update && got != want {
					t.Errorf("%s%s (-want +got):\n%s", name, ext, cmp.Diff(want, got))
				}
			}
			compare(".html", draw(t, d), true)
			if _, ok := get(name + ".doc"); ok {
				compare(".doc", describe(t, d), true)
			}
			compare(".diag", say(d.Diags), false)
		})
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// describe returns what is known of a page besides its HTML.
func describe(t testing.TB, d *Doc) string {
	src, err := d.File.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	text := func(r diag.Range) string { return strconv.Quote(string(src[r.Start:r.End])) }
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\n", d.Title.Value)
	for _, h := range d.Headings {
		fmt.Fprintf(&b, "heading: %d #%s %q from %s\n", h.Level, h.ID, h.Text, text(h.Range))
	}
	for _, l := range d.Links {
		kind := "link"
		if l.Term {
			kind = "term"
		} else if l.Image {
			kind = "image"
		}
		fmt.Fprintf(&b, "%s: %s from %s\n", kind, l.Dest, text(l.Range))
	}
	for _, i := range d.Images {
		fmt.Fprintf(&b, "image %d: alt %q title %q %dx%d\n", i.Link, i.Alt, i.Title, i.Width, i.Height)
	}
	for _, a := range d.Anchors {
		fmt.Fprintf(&b, "anchor: %s\n", a)
	}
	for _, k := range d.Checks {
		fmt.Fprintf(&b, "check: %s %s %s from %s\n", k.Word, k.ID, k.Type, text(k.Range))
		if k.Points > 0 {
			fmt.Fprintf(&b, "\tpoints %v, objectives %v, tags %v\n", k.Points, k.Objectives, k.Tags)
		}
	}
	prose, err := d.Prose()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range prose.Sections {
		at := slices.IndexFunc(d.Headings, func(h Heading) bool { return h.ID == s.ID && h.Text == s.Title })
		fmt.Fprintf(&b, "section %d: %s\n", at, s.Text)
		if s.Prompts != "" {
			fmt.Fprintf(&b, "prompts %d: %s\n", at, s.Prompts)
		}
	}
	for _, u := range d.Uses {
		fmt.Fprintf(&b, "uses: %s %s\n", u.Value, text(u.At))
	}
	for _, x := range d.Remarks {
		fmt.Fprintf(&b, "remark: %s %s\n", x.Value, text(x.At))
	}
	for _, f := range d.Foreign {
		fmt.Fprintf(&b, "foreign: %s\n", f.Value)
	}
	for _, i := range d.Includes {
		fmt.Fprintf(&b, "includes: %s\n", i)
	}
	fmt.Fprintf(&b, "words: %d\n", d.Words)
	return b.String()
}
