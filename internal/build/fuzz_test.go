package build_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
	"waymark/internal/build"
	"waymark/internal/diag"
)

// seeds bounds how many pages FuzzBuild begins with; 0 does not.
var seeds int

// FuzzBuild builds whole sites, each a txtar archive of a project. Whatever lies in it:
//
//   - nothing panics, and the machine has no error but that there is no site at all
//   - every fault has a code of the table and a place in its file, and its text cannot drive a terminal
//   - a check reports what a build reports
//   - a site without errors is rendered to its last file, and each file has an address of its own
//   - a builder that remembers the site, or has one worker, gives the same faults, keys and bytes
func FuzzBuild(f *testing.F) {
	archives, err := filepath.Glob("../curriculum/testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	archives = append(archives, "testdata/edits.txtar")
	for i, name := range archives {
		if seeds > 0 && i%(len(archives)/seeds+1) != 0 {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add(string(txtar.Format(archive(f, goldenSite))))
	n := 0
	pages, err := filepath.Glob("../markdown/testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range pages {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if n++; strings.HasSuffix(file.Name, ".md") && (seeds == 0 || n%25 == 0) {
				f.Add(string(txtar.Format(&txtar.Archive{Files: []txtar.File{{Name: "site.yaml", Data: []byte("title: T\n")}, {Name: "content/page.md", Data: file.Data}}})))
			}
		}
	}
	f.Fuzz(func(t *testing.T, data string) {
		if len(data) > 100_000 {
			t.Skip("larger than it needs to be")
		}
		fsys, ok := project(data)
		if !ok {
			t.Skip("not a folder")
		}
		sound(t, fsys)
	})
}

// archive returns the text files of a folder as an archive.
func archive(f *testing.F, dir string) *txtar.Archive {
	a := &txtar.Archive{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !slices.Contains([]string{".md", ".yaml", ".svg", ".txt"}, path.Ext(name)) {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		a.Files = append(a.Files, txtar.File{Name: name, Data: data})
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	return a
}

// project returns an archive as a folder, if it can be one: no file is also the folder of another.
func project(data string) (fstest.MapFS, bool) {
	fsys := fstest.MapFS{}
	for _, file := range txtar.Parse([]byte(data)).Files {
		if !fs.ValidPath(file.Name) || file.Name == "." {
			return nil, false
		}
		fsys[file.Name] = &fstest.MapFile{Data: file.Data, Mode: 0o644}
	}
	for name := range fsys {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if _, taken := fsys[dir]; taken {
				return nil, false
			}
		}
	}
	return fsys, len(fsys) < 300
}

// A fuzzed file is what matters of one output.
type fuzzed struct{ Key, Digest [32]byte }

func sound(t *testing.T, fsys fstest.MapFS) {
	t.Helper()
	o := build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-06-01", Jobs: 3}
	kept := build.New(o)
	first, said := judged(t, kept, fsys)
	again, saidAgain := judged(t, kept, fsys)
	o.Jobs = 1
	one, saidByOne := judged(t, build.New(o), fsys)
	o.Check = true
	_, saidByCheck := judged(t, build.New(o), fsys)
	for who, text := range map[string]string{"the same builder": saidAgain, "one worker": saidByOne, "a check": saidByCheck} {
		if text != said {
			t.Errorf("%s says something else: -first +then\n%s", who, cmp.Diff(said, text))
		}
	}
	for who, site := range map[string]map[string]fuzzed{"the same builder": again, "one worker": one} {
		if d := cmp.Diff(first, site); d != "" {
			t.Errorf("%s gives another site: -first +then\n%s", who, d)
		}
	}
}

// judged builds a site and returns its outputs and what was said.
func judged(t *testing.T, b *build.Builder, fsys fstest.MapFS) (map[string]fuzzed, string) {
	t.Helper()
	site, ds, err := b.Build(context.Background())
	if err != nil {
		_, err1 := fs.Stat(fsys, "site.yaml")
		_, err2 := fs.Stat(fsys, "content")
		if err1 == nil && err2 == nil {
			t.Fatal(err)
		}
		return nil, err.Error()
	}
	for _, d := range ds {
		if _, ok := diag.Lookup(d.Code); !ok {
			t.Errorf("%s is not in the table of codes", d.Code)
		}
		spans := []diag.Span{d.Span}
		for _, r := range d.Related {
			spans = append(spans, r.Span)
		}
		for _, s := range spans {
			if s.File == nil {
				continue
			}
			if data, err := s.File.Bytes(); err == nil && (s.Start < 0 || s.Start > s.End || s.End > len(data)) {
				t.Errorf("%s: the place %d to %d is not in %s, which has %d bytes", d.Code, s.Start, s.End, s.File.Path, len(data))
			}
		}
	}
	var said bytes.Buffer
	if err := diag.Text(&said, ds, false); err != nil {
		t.Fatal(err)
	}
	for _, r := range said.String() {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 {
			t.Errorf("%q drives a terminal", said.String())
			break
		}
	}
	if ds.HasErrors() {
		return nil, said.String()
	}
	out := map[string]fuzzed{}
	for _, f := range site.Files {
		h := sha256.New()
		if err := f.Write(h); err != nil {
			t.Errorf("%s: %v", f.Path, err)
		}
		if _, twice := out[f.Path]; twice || !fs.ValidPath(f.Path) {
			t.Errorf("%q cannot be written, or is written twice", f.Path)
		}
		out[f.Path] = fuzzed{f.Key, [32]byte(h.Sum(nil))}
	}
	return out, said.String()
}
