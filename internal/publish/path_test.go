package publish

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"waymark/internal/filename"
)

// What filename refuses is not written, and the error says it.
func TestTheGrammarOfPaths(t *testing.T) {
	for _, bad := range []string{"", "/etc/passwd", "../x", `a\x`, "a\x00b", "a\nb", "a.", "con.html", "a\xffb", ".waymark-manifest", ".git/hooks/post-checkout", strings.Repeat("n", filename.MaxName+1)} {
		err := checkPath(bad)
		if err == nil || !strings.Contains(err.Error(), filename.Fault(bad)) {
			t.Errorf("%q: %v; want %q", bad, err, filename.Fault(bad))
		} else if strings.ContainsAny(err.Error(), "\x00\n\x7f") {
			t.Errorf("%q: the error carries control characters: %q", bad, err)
		}
	}
}

// What publish accepts, every system must take. This one can be asked.
func TestGoodPathsCanBeWritten(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	files := pages("größe/ä.html: 1", "日本/語.html: 1", ".well-known/x: 1", strings.Repeat("n", filename.MaxName)+": 1", strings.Repeat("long/", 150)+"x.html: 1")
	if runtime.GOOS == "windows" {
		files = files[:3] // longer ones need a setting there
	}
	publish(t, dest, files, Options{})
	if got := len(siteIn(t, dest)); got != len(files) {
		t.Errorf("%d of %d files", got, len(files))
	}
}

func TestTwoPathsThatAreOneSomewhere(t *testing.T) {
	for _, c := range []struct{ paths, want string }{
		{"a.html a.html", "a.html is made twice"},
		{"Index.html index.html", "Index.html and index.html are one file"},
		{"index.html Index.html", "Index.html and index.html are one file"},
		{"caf\u00e9.html cafe\u0301.html", "are one file"},
		{"stra\u00dfe.html STRASSE.html", "are one file"},
		{"\u03c3.html \u03c2.html", "are one file"},   // two forms of sigma
		{"\u212a.html k.html", "are one file"},        // the Kelvin sign
		{"\u1e9b\u0323.html \u1e69.html", "one file"}, // case and normal form together
		{"a a/b.html", "a would be a file and, for a/b.html, a folder"},
		{"a/b.html A", "A would be a file and, for a/b.html, a folder"},
		{"a/b/c/d.html a/B", "a/B would be a file"},
		{"Guide/a.html guide/b.html", "the folders Guide and guide are one"},
		{"x/Guide/a.html y/a.html x/guide/b.html", "the folders x/Guide and x/guide are one"},
		{"a/b.html a/c.html b/a.html ab.html a-b/c.html i.html \u0131.html", ""}, // the dotless i is a letter of its own
	} {
		var files []File
		for p := range strings.FieldsSeq(c.paths) {
			files = append(files, page(p, p))
		}
		err := checkFiles(files)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v; want %q", c.paths, err, c.want)
		}
	}
}

// No path, good or bad, writes outside the destination.
func FuzzPath(f *testing.F) {
	for _, s := range []string{"a/b.html", "../x", "/x", `..\x`, "a/../../x", ".git/config", "a\x00", "con", ".waymark-manifest"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		parent := t.TempDir()
		dest := filepath.Join(parent, "public")
		_, err := Dir(t.Context(), dest, []File{{Path: path, Write: func(w io.Writer) error {
			_, err := io.WriteString(w, "x")
			return err
		}}}, Options{Jobs: 1})
		for _, name := range readNames(t, parent) {
			if name != "public" {
				t.Fatalf("%q made %q", path, name)
			}
		}
		if err != nil {
			if _, serr := os.Lstat(dest); serr == nil {
				t.Fatalf("%q: %v, and the folder is there", path, err)
			}
			return
		}
		if got := siteIn(t, dest); len(got) != 1 || got[path] != "x" {
			t.Fatalf("%q made %q", path, got)
		}
	})
}
