package build_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/export"
	"waymark/internal/quiz"
)

// TestAudience: a site built for one role holds nothing that is for others, in any file under any name: neither words nor titles, ids, addresses or
// files. In testdata/audience.txtar each of these has the word "zebra" in it, and what everybody or a mentee gets has the word "yak". The whole
// site is without a fault, and so the edition is, though what it keeps names what it leaves out.
func TestAudience(t *testing.T) {
	data, err := os.ReadFile("testdata/audience.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys, ok := project(string(data))
	if !ok {
		t.Fatal("the archive is no folder")
	}
	ids := map[string][]string{} // of the checks of each edition
	for _, c := range []struct {
		name       string
		set        func(*build.Options)
		zebra, yak bool
	}{
		{"for mentees", func(o *build.Options) { o.For, o.Learners = "mentee", true }, false, true},
		{"for mentors", func(o *build.Options) { o.For = "mentor" }, true, true},
		{"for all", func(*build.Options) {}, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01"}
			c.set(&o)
			site, ds, err := build.New(o).Build(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range ds {
				if d.Severity == diag.Error {
					t.Errorf("%s: %s [%s]", d.Span, d.Message, d.Code)
				}
			}
			out := written(t, site)
			checkLinks(t, out)
			var items []quiz.Item
			var tests []export.Test
			for _, m := range site.Curriculum.Modules {
				tests = append(tests, export.Test{ID: m.ID, Title: m.Title})
				for _, check := range m.Doc.Checks {
					ids[c.name] = append(ids[c.name], check.ID)
					items = append(items, quiz.Item{Check: check, File: m.Doc.File})
					tests[len(tests)-1].Checks = append(tests[len(tests)-1].Checks, items[len(items)-1])
				}
			}
			if out["deck.gift"], _, err = quiz.ExportGIFT(items); err != nil {
				t.Fatal(err)
			}
			var deck bytes.Buffer
			if _, _, _, err = export.Anki(&deck, "yaks", tests); err != nil {
				t.Fatal(err)
			}
			out["deck.tsv"] = deck.Bytes()
			var pack bytes.Buffer
			if _, _, err = export.QTI(&pack, "yaks", tests); err != nil {
				t.Fatal(err)
			}
			unpacked, err := zip.NewReader(bytes.NewReader(pack.Bytes()), int64(pack.Len()))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range unpacked.File {
				if out["qti/"+f.Name], err = fs.ReadFile(unpacked, f.Name); err != nil {
					t.Fatal(err)
				}
			}
			if out["menu.txt"] == nil {
				t.Error("a file of the navigation is left out")
			}
			found := map[string]bool{}
			for name, data := range readable(out) {
				for _, word := range []string{"zebra", "yak"} {
					if i := bytes.Index(bytes.ToLower(data), []byte(word)); i >= 0 || strings.Contains(strings.ToLower(name), word) {
						found[word] = true
						if word == "zebra" && !c.zebra {
							t.Errorf("%s holds what is for others: %q", name, data[max(0, i-60):min(len(data), max(0, i)+60)])
						}
					}
				}
				if page := path.Ext(name) == ".html"; page && c.name == "for mentees" && bytes.Contains(data, []byte("Yak eight")) && !bytes.Contains(data, []byte(`value="4"`)) {
					t.Errorf("%s: the number of the note that stays is another than in the text", name)
				}
			}
			if found["zebra"] != c.zebra || found["yak"] != c.yak {
				t.Errorf("found: %v", found)
			}
			for _, name := range []string{"data/site.js", "curriculum.json", "data/search/meta.js", "print/handbook.html", "sitemap.xml", "sw.js"} {
				if out[name] == nil {
					t.Errorf("there is no %s to look into", name)
				}
			}
		})
	}
	for _, id := range ids["for mentees"] { // answers are kept under them
		if !slices.Contains(ids["for all"], id) {
			t.Errorf("the check %s has another id in the edition for all", id)
		}
	}
}
