package build_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"waymark/internal/build"
	"waymark/internal/diag"
	"waymark/internal/search"
	"waymark/internal/theme"
	"waymark/themes"
)

var update = flag.Bool("update", false, "write what is built now into testdata/golden/want")

const goldenSite, goldenWant = "testdata/golden/site", "testdata/golden/want"

// layered finds a site's own themes over the default one, as the command does.
func layered(fsys fs.FS) func(string) ([]theme.Layer, error) {
	return func(name string) ([]theme.Layer, error) {
		base := theme.Layer{Name: "default theme", FS: themes.Default()}
		if name == "" {
			return []theme.Layer{base}, nil
		}
		own, err := fs.Sub(fsys, path.Join("themes", name))
		if err == nil {
			_, err = fs.Stat(own, ".")
		}
		if err != nil {
			return nil, fmt.Errorf("there is no theme %q", name)
		}
		return []theme.Layer{{Name: path.Join("themes", name), FS: own}, base}, nil
	}
}

// mustBuild builds a site that has no faults.
func mustBuild(t testing.TB, b *build.Builder) *build.Site {
	t.Helper()
	site, ds, err := b.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(ds) > 0 {
		var text bytes.Buffer
		_ = diag.Text(&text, ds, false)
		t.Fatalf("the site has faults:\n%s", text.String())
	}
	return site
}

// written renders every output of a site.
func written(t testing.TB, site *build.Site) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, f := range site.Files {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		if _, twice := out[f.Path]; twice {
			t.Errorf("%s is written twice", f.Path)
		}
		out[f.Path] = b.Bytes()
	}
	return out
}

// readable returns the output as readers get to see it: the search's files of text unpacked.
func readable(out map[string][]byte) map[string][]byte {
	seen := maps.Clone(out)
	for name, data := range out {
		if text, err := search.Unpack(data); err == nil {
			seen[name] = text
		}
	}
	return seen
}

func goldenOptions() build.Options {
	fsys := os.DirFS(goldenSite)
	return build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Jobs: 2}
}

// TestGolden builds one realistic site that shows everything there is, and compares every byte of its output with what somebody has read and found right.
// The files of the default theme and its words for scripts are only listed: they have tests of their own.
func TestGolden(t *testing.T) {
	b := build.New(goldenOptions())
	got := written(t, mustBuild(t, b))
	for name, data := range written(t, mustBuild(t, b)) {
		if !bytes.Equal(got[name], data) {
			t.Errorf("%s: the second build of one builder differs", name)
		}
	}
	var list []string
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if strings.HasPrefix(name, "assets/") || strings.HasPrefix(name, "data/words/") {
			list = append(list, name)
			delete(got, name)
		}
	}
	got["assets.list"] = []byte(strings.Join(list, "\n") + "\n")
	if *update {
		writeGolden(t, got)
		return
	}
	err := filepath.WalkDir(goldenWant, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(goldenWant, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		want, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		data, ok := got[rel]
		delete(got, rel)
		switch {
		case !ok:
			t.Errorf("%s is no output any more; `go test -update` takes it away", rel)
		case bytes.Equal(data, want):
		case isText(rel):
			t.Errorf("%s: -want +got\n%s", rel, cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(data), "\n")))
		default:
			t.Errorf("%s has other bytes", rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		t.Errorf("%s is a new output; read it and run `go test -update`", name)
	}
}

func isText(name string) bool {
	return slices.Contains([]string{".html", ".htm", ".js", ".json", ".xml", ".txt", ".bib", ".list", ".svg"}, path.Ext(name))
}

func writeGolden(t *testing.T, files map[string][]byte) {
	t.Helper()
	err := os.RemoveAll(goldenWant)
	for name, data := range files {
		full := filepath.Join(goldenWant, filepath.FromSlash(name))
		err = errors.Join(err, os.MkdirAll(filepath.Dir(full), 0o777), os.WriteFile(full, data, 0o666))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Drafts, the notes for facilitators and blocks for others are not in the output where they should not be, and nowhere else either.
func TestGoldenLeavesOut(t *testing.T) {
	const draft, notes, mentors = "Nobody sees this", "Run this as a pair exercise", "For mentors only"
	for _, c := range []struct {
		name       string
		set        func(*build.Options)
		has, hasNo []string
	}{
		{"as it is", func(*build.Options) {}, []string{notes, mentors}, []string{draft}},
		{"with drafts", func(o *build.Options) { o.Drafts = true }, []string{notes, mentors, draft}, nil},
		{"for learners", func(o *build.Options) { o.Learners = true }, []string{mentors}, []string{draft, notes}},
		{"for mentees", func(o *build.Options) { o.For = "mentee" }, nil, []string{draft, notes, mentors}}, // the page that holds both is for mentors
		{"for mentors", func(o *build.Options) { o.For = "mentor" }, []string{notes, mentors}, []string{draft}},
	} {
		o := goldenOptions()
		c.set(&o)
		var all bytes.Buffer
		for _, data := range readable(written(t, mustBuild(t, build.New(o)))) {
			all.Write(data)
		}
		for _, s := range c.has {
			if !bytes.Contains(all.Bytes(), []byte(s)) {
				t.Errorf("%s: %q is missing", c.name, s)
			}
		}
		for _, s := range c.hasNo {
			if bytes.Contains(all.Bytes(), []byte(s)) {
				t.Errorf("%s: %q is there", c.name, s)
			}
		}
	}
}
