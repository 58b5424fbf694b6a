package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestFilesOfOthersStay(t *testing.T) {
	for _, linked := range []bool{true, false} {
		t.Run(fmt.Sprintf("links=%v", linked), func(t *testing.T) {
			if !linked {
				refuseLinks(t)
			}
			dest := filepath.Join(t.TempDir(), "public")
			write(t, filepath.Join(dest, ".gitkeep"), "")
			publish(t, dest, pages("index.html: 1", "guide/a.html: a", "guide/old/x.html: x"), Options{})
			write(t, filepath.Join(dest, "CNAME"), "example.org")
			write(t, filepath.Join(dest, "guide/old/mine.txt"), "mine")
			write(t, filepath.Join(dest, "data/deep/x.csv"), "1,2")
			for _, dir := range []string{"empty", "closed/in"} {
				if err := os.MkdirAll(filepath.Join(dest, dir), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chmod(filepath.Join(dest, "empty"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(filepath.Join(dest, "closed"), 0o555); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(filepath.Join(dest, "closed"), 0o755) })
			elsewhere := t.TempDir()
			write(t, filepath.Join(elsewhere, "precious.txt"), "precious")
			for name, to := range map[string]string{"to-nowhere": "missing", "guide/to-folder": elsewhere, "to-file": "CNAME"} {
				if err := os.Symlink(to, filepath.Join(dest, name)); err != nil {
					t.Skip(err)
				}
			}
			age(t, filepath.Join(dest, "CNAME"))
			before := lstat(t, filepath.Join(dest, "CNAME"))
			want := siteIn(t, dest)

			c := publish(t, dest, pages("index.html: 2", "guide/b.html: b"), Options{})
			if !c.Swapped || c.Foreign != 7 {
				t.Errorf("%+v", c)
			}
			delete(want, "guide/a.html")
			delete(want, "guide/old/x.html")
			want["index.html"], want["guide/b.html"] = "2", "b"
			equal(t, want, siteIn(t, dest))
			after := lstat(t, filepath.Join(dest, "CNAME"))
			if linked && !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
				t.Error("CNAME is not the file that was there")
			}
			if m := lstat(t, filepath.Join(dest, "empty")).Mode().Perm(); m != 0o700 {
				t.Errorf("empty/ has the mode %v", m)
			}
			if m := lstat(t, filepath.Join(dest, "closed")).Mode().Perm(); m != 0o555 {
				t.Errorf("closed/ has the mode %v", m)
			}
			equal(t, map[string]string{"precious.txt": "precious"}, tree(t, elsewhere))
			alone(t, filepath.Dir(dest), "public")
		})
	}
}

func refuseLinks(t *testing.T) {
	link = func(from, to *folder, name string) error { return errors.New("links are refused here") }
	t.Cleanup(func() { link = linkFile })
}

func TestWithoutLinksUnchangedFilesAreCopiedWithTheirTime(t *testing.T) {
	refuseLinks(t)
	dest := filepath.Join(t.TempDir(), "public")
	o := Options{State: t.TempDir()}
	publish(t, dest, pages("a.html: one", "b.html: two"), o)
	age(t, filepath.Join(dest, "b.html"))
	before := lstat(t, filepath.Join(dest, "b.html"))
	publish(t, dest, pages("a.html: ONE", "b.html: two"), o)
	equal(t, map[string]string{"a.html": "ONE", "b.html": "two"}, siteIn(t, dest))
	if after := lstat(t, filepath.Join(dest, "b.html")); !before.ModTime().Equal(after.ModTime()) {
		t.Error("the copy has another time")
	}
	if c := publish(t, dest, pages("a.html: ONE", "b.html: two"), o); c.Swapped || c.Kept != 2 {
		t.Errorf("%+v", c)
	}
}

func TestTheFolderKeepsItsMode(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	publish(t, dest, pages("a.html: 1", "in/b.html: 1"), Options{})
	for dir, mode := range map[string]fs.FileMode{dest: 0o750, filepath.Join(dest, "in"): 0o700} {
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, dest, pages("a.html: 2", "in/b.html: 1"), Options{})
	if m := lstat(t, dest).Mode().Perm(); m != 0o750 {
		t.Errorf("public/ has the mode %v", m)
	}
	if m := lstat(t, filepath.Join(dest, "in")).Mode().Perm(); m != 0o700 {
		t.Errorf("public/in/ has the mode %v", m)
	}
}

func TestAFileOfOthersInTheWayIsNamed(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	write(t, filepath.Join(dest, "index.html"), "mine")
	write(t, filepath.Join(dest, "assets"), "a file where a folder goes")
	write(t, filepath.Join(dest, "about.html/x"), "a folder where a file goes")
	before := times(t, dest)
	_, err := Dir(t.Context(), dest, pages("index.html: 1", "about.html: 1", "assets/a.css: 1", "assets/b.css: 1", "ok.html: 1"), Options{})
	refused(t, err, "about.html, assets, index.html", "hint: ", "empty the folder")
	equal(t, before, times(t, dest))
	alone(t, filepath.Dir(dest), "public")

	dest = filepath.Join(t.TempDir(), "public")
	publish(t, dest, pages("index.html: 1", "folder/x.html: 1"), Options{})
	write(t, filepath.Join(dest, "new.html"), "mine")
	write(t, filepath.Join(dest, "folder/mine.txt"), "mine")
	if err := os.Mkdir(filepath.Join(dest, "bare"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err = Dir(t.Context(), dest, pages("index.html: 2", "new.html: 2", "folder: 2", "bare: 2"), Options{})
	refused(t, err, "bare, folder, new.html", "move them away")

	// A link in the place of a file of ours was put there by somebody.
	dest = filepath.Join(t.TempDir(), "public")
	publish(t, dest, pages("index.html: 1"), Options{})
	target := filepath.Join(t.TempDir(), "target")
	write(t, target, "precious")
	name := filepath.Join(dest, "index.html")
	if err := errors.Join(os.Remove(name), os.Symlink(target, name)); err != nil {
		t.Fatal(err)
	}
	_, err = Dir(t.Context(), dest, pages("index.html: 2"), Options{})
	refused(t, err, "index.html")
	if b, _ := os.ReadFile(target); string(b) != "precious" {
		t.Errorf("the target of the link is now %q", b)
	}
}

// While the new site is put together, others go on: what they put into the old folder must not go with it.
func TestWhatComesDuringTheBuildIsNotLost(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	publish(t, dest, pages("a.html: 1", "in/b.html: 1"), Options{})
	write(t, filepath.Join(dest, "edited.txt"), "before")
	write(t, filepath.Join(dest, "deleted.txt"), "before")
	var said []string
	files := pages("in/b.html: 1", "new.html: ours")
	files = append(files, File{Path: "a.html", Key: sha("2"), Write: func(w io.Writer) error {
		write(t, filepath.Join(dest, "late.txt"), "late")
		write(t, filepath.Join(dest, "in/late.txt"), "late")
		write(t, filepath.Join(dest, "fresh/folder/late.txt"), "late")
		write(t, filepath.Join(dest, "tmp"), "after")
		if err := os.Rename(filepath.Join(dest, "tmp"), filepath.Join(dest, "edited.txt")); err != nil {
			return err
		}
		write(t, filepath.Join(dest, "new.html"), "theirs")
		_, err := io.WriteString(w, "2")
		return err
	}})
	publish(t, dest, files, Options{Jobs: 1, Logf: func(f string, a ...any) { said = append(said, fmt.Sprintf(f, a...)) }})
	equal(t, map[string]string{
		"a.html": "2", "in/b.html": "1", "new.html": "ours",
		"edited.txt": "after", "deleted.txt": "before",
		"late.txt": "late", "in/late.txt": "late", "fresh/folder/late.txt": "late",
	}, siteIn(t, dest))
	if len(said) != 1 || !strings.Contains(said[0], "new.html was put there during the build") {
		t.Errorf("%q", said)
	}
	left := slices.DeleteFunc(readNames(t, parent), func(s string) bool { return s == "public" })
	if len(left) != 1 || siteIn(t, filepath.Join(parent, left[0]))["new.html"] != "theirs" {
		t.Errorf("the file of others that could not be carried over is not kept: %v", left)
	}
}
