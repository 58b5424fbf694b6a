package publish

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFileBecomesAFolderAndBack(t *testing.T) {
	for _, inPlace := range []bool{false, true} {
		dest := filepath.Join(t.TempDir(), "public")
		if err := os.Mkdir(dest, 0o755); err != nil {
			t.Fatal(err)
		}
		o := Options{InPlace: inPlace}
		a, b := pages("x: file", "y/z/deep.html: deep", "keep.html: k"), pages("x/in.html: in", "y: file", "keep.html: k")
		for range 2 {
			publish(t, dest, a, o)
			equal(t, map[string]string{"x": "file", "y/z/deep.html": "deep", "keep.html": "k"}, siteIn(t, dest))
			publish(t, dest, b, o)
			equal(t, map[string]string{"x/in.html": "in", "y": "file", "keep.html": "k"}, siteIn(t, dest))
		}
	}
}

// The exchange itself may be refused when everything else went well. Then the files that are ready are moved in one by one.
func TestARefusedExchangeEndsFileByFile(t *testing.T) {
	exchange = func(a, b string) error { return errors.New("device or resource busy") }
	t.Cleanup(func() { exchange = exchangeFolders })
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	publish(t, dest, pages("a.html: 1", "b.html: 1", "c/c.html: 1"), Options{})
	write(t, filepath.Join(dest, "CNAME"), "example.org")
	files := pages("a.html: 2", "b.html: 1", "n/n.html: new")
	calls := 0
	make2 := files[0].Write
	files[0].Write = func(w io.Writer) error { calls++; return make2(w) }
	var said string
	c := publish(t, dest, files, Options{Logf: func(f string, a ...any) { said += fmt.Sprintf(f, a...) }})
	if c.Swapped || c.Written != 2 || c.Removed != 1 || calls != 1 || !strings.Contains(said, "written file by file") {
		t.Errorf("%+v, made %d times, said %q", c, calls, said)
	}
	equal(t, map[string]string{"a.html": "2", "b.html": "1", "n/n.html": "new", "CNAME": "example.org"}, siteIn(t, dest))
	alone(t, parent, "public")
	clean := filepath.Join(t.TempDir(), "public")
	publish(t, clean, files, Options{})
	if tree(t, clean)[manifestName] != tree(t, dest)[manifestName] {
		t.Error("the manifest is not that of a clean build")
	}
}

func TestInTheWorkingFolderItIsFileByFile(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	publish(t, dest, pages("a.html: 1", "in/b.html: 1", "in/c.html: 1", "s.css: 1"), Options{})
	write(t, filepath.Join(dest, "in/.gitkeep"), "")
	t.Chdir(filepath.Join(dest, "in"))
	before := lstat(t, dest)
	c := publish(t, dest, pages("a.html: 2", "n/d.html: 1", "s.css: 2"), Options{})
	if c.Swapped || !os.SameFile(before, lstat(t, dest)) {
		t.Error("the folder that the program stands in was exchanged")
	}
	equal(t, map[string]string{"a.html": "2", "n/d.html": "1", "s.css": "2", "in/.gitkeep": ""}, siteIn(t, dest))
	alone(t, filepath.Dir(dest), "public")
	fault := errors.New("fault")
	files := pages("a.html: 3")
	files = append(files, File{Path: "z.html", Write: func(io.Writer) error { return fault }})
	was := maps.Clone(siteIn(t, dest))
	if _, err := Dir(t.Context(), dest, files, Options{}); !errors.Is(err, fault) {
		t.Error(err)
	}
	equal(t, was, siteIn(t, dest))
}

// Where not all can come at once, the order is: what pages need, pages, and only then what is not needed any more.
func TestFileByFileAssetsComeFirstAndRemovalsLast(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	o := Options{InPlace: true, Jobs: 1}
	old := pages("a.css: 1", "z/z.js: 1", "b.html: 1", "m.html: 1", "n.html: 1", "gone.html: 1")
	publish(t, dest, old, o)
	files := pages("a.css: 2", "z/z.js: 2", "new/y.css: 2", "b.html: 2", "m.html: 1", "n.html: 2")
	// In the middle of the pages something gets in the way that was not there at the start.
	files[4] = File{Path: "m.html", Key: sha("2"), Write: func(w io.Writer) error {
		name := filepath.Join(dest, "m.html")
		if err := os.Remove(name); err != nil {
			return err
		}
		write(t, filepath.Join(name, "x"), "x")
		_, err := io.WriteString(w, "2")
		return err
	}}
	_, err := Dir(t.Context(), dest, files, o)
	refused(t, err, "cannot be written to its end and is now partly the new site", "m.html")
	equal(t, map[string]string{"a.css": "2", "z/z.js": "2", "new/y.css": "2", "b.html": "2", "m.html/x": "x", "n.html": "1", "gone.html": "1"}, siteIn(t, dest))

	if err := os.RemoveAll(filepath.Join(dest, "m.html")); err != nil {
		t.Fatal(err)
	}
	files[4] = page("m.html", "2")
	publish(t, dest, files, o)
	clean := filepath.Join(t.TempDir(), "public")
	publish(t, clean, files, Options{})
	equal(t, tree(t, clean), tree(t, dest))
}
