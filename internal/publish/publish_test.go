package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// page is a file whose key is its content.
func page(path, content string) File {
	return File{Path: path, Key: sha(content), Write: func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}}
}

func sha(s string) [32]byte {
	var k [32]byte
	d := digestOf([]byte(s))
	copy(k[:], d[:])
	return k
}

// pages makes a site of "path: content" lines.
func pages(lines ...string) (files []File) {
	for _, l := range lines {
		path, content, _ := strings.Cut(l, ": ")
		f := page(path, content)
		if !strings.HasSuffix(path, ".html") {
			f.Class = Asset
		}
		files = append(files, f)
	}
	return files
}

func publish(t testing.TB, dest string, files []File, o Options) Changes {
	t.Helper()
	c, err := Dir(t.Context(), dest, files, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func refused(t testing.TB, err error, words ...string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%v; want an error for people", err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
}

// tree reads a folder: path to content, "-> target" for links, "/" for empty folders.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	m, err := treeOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func treeOf(dir string) (map[string]string, error) {
	m := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		switch {
		case d.IsDir():
			if entries, err := os.ReadDir(name); err != nil || len(entries) > 0 {
				return err
			}
			m[rel] = "/"
		case d.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(name)
			m[rel] = "-> " + to
			return err
		case d.Type().IsRegular():
			b, err := os.ReadFile(name)
			m[rel] = string(b)
			return err
		default:
			m[rel] = d.Type().String()
		}
		return nil
	})
	return m, err
}

// site is tree without the manifest.
func siteIn(t testing.TB, dir string) map[string]string {
	t.Helper()
	m := tree(t, dir)
	delete(m, manifestName)
	return m
}

func equal(t testing.TB, want, got map[string]string) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// alone fails if anything but the named is in dir: stages, replaced sites, locks.
func alone(t testing.TB, dir string, names ...string) {
	t.Helper()
	for _, e := range readNames(t, dir) {
		if !slices.Contains(names, e) {
			t.Errorf("left behind: %s", e)
		}
	}
}

func readNames(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// times is what must not move if nothing is touched: identity, mode and times of every file and folder.
func times(t testing.TB, dir string) map[string]string {
	t.Helper()
	m := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		fi, err := d.Info()
		if err != nil {
			return err
		}
		m[name] = fmt.Sprint(fi.Mode(), fi.Size(), fi.ModTime().UnixNano(), identity(fi))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func write(t testing.TB, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func lstat(t testing.TB, name string) fs.FileInfo {
	t.Helper()
	fi, err := os.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	return fi
}

// age makes a file old, so that its time says whether it was written again.
func age(t testing.TB, names ...string) {
	t.Helper()
	for _, name := range names {
		at := time.Now().Add(-time.Hour)
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheFirstBuildMakesTheFolder(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "out", "public")
	c := publish(t, dest, pages("index.html: home", "roles/mentor.html: mentor", "assets/site.css: css"), Options{})
	equal(t, map[string]string{"index.html": "home", "roles/mentor.html": "mentor", "assets/site.css": "css"}, siteIn(t, dest))
	if c.Written != 3 || !c.Swapped || !slices.Equal(c.WrittenPaths, []string{"assets/site.css", "index.html", "roles/mentor.html"}) {
		t.Errorf("%+v", c)
	}
	alone(t, filepath.Dir(dest), "public")
}

func TestOnlyWhatChangedIsWrittenAndTheRestKeepsItsTime(t *testing.T) {
	for _, state := range []bool{true, false} {
		t.Run(fmt.Sprintf("state=%v", state), func(t *testing.T) {
			parent := t.TempDir()
			dest := filepath.Join(parent, "public")
			var o Options
			if state {
				o.State = filepath.Join(t.TempDir(), "state")
			}
			publish(t, dest, pages("a.html: one", "b/b.html: two", "c.html: gone", "d/only.html: gone"), o)
			age(t, filepath.Join(dest, "b/b.html"))
			before := lstat(t, filepath.Join(dest, "b/b.html"))
			c := publish(t, dest, pages("a.html: ONE", "b/b.html: two", "e/f/new.html: new"), o)
			equal(t, map[string]string{"a.html": "ONE", "b/b.html": "two", "e/f/new.html": "new"}, siteIn(t, dest))
			want := Changes{Written: 2, Kept: 1, Removed: 2, WrittenPaths: []string{"a.html", "e/f/new.html"}, RemovedPaths: []string{"c.html", "d/only.html"}, Swapped: true}
			if d := cmp.Diff(want, c); d != "" {
				t.Error(d)
			}
			after := lstat(t, filepath.Join(dest, "b/b.html"))
			if !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
				t.Error("the unchanged file is not the one that was there")
			}
			alone(t, parent, "public")
		})
	}
}

func TestNothingChangedTouchesNothing(t *testing.T) {
	for _, state := range []bool{true, false} {
		t.Run(fmt.Sprintf("state=%v", state), func(t *testing.T) {
			parent := t.TempDir()
			dest := filepath.Join(parent, "public")
			o := Options{Progress: func(int, int) {}}
			if state {
				o.State = filepath.Join(t.TempDir(), "state")
			}
			files := pages("a.html: one", "b/b.html: two", "b/c.css: css")
			publish(t, dest, files, o)
			write(t, filepath.Join(dest, "CNAME"), "example.org")
			for i := range files {
				files[i].Write = func(io.Writer) error { t.Error("an unchanged file is made again"); return nil }
			}
			before := times(t, parent)
			for range 3 {
				c := publish(t, dest, files, o)
				if d := cmp.Diff(Changes{Kept: 3, Foreign: 1}, c); d != "" {
					t.Error(d)
				}
			}
			equal(t, before, times(t, parent))
		})
	}
}

func TestANewKeyForTheSameBytesKeepsTheFile(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	publish(t, dest, pages("a.html: one", "b.html: two"), Options{})
	root, before := lstat(t, dest), lstat(t, filepath.Join(dest, "a.html"))

	files := pages("a.html: one", "b.html: two")
	files[0].Key = sha("made by a newer version")
	c := publish(t, dest, files, Options{})
	if d := cmp.Diff(Changes{Kept: 2}, c); d != "" {
		t.Error(d)
	}
	if !os.SameFile(root, lstat(t, dest)) {
		t.Error("the folder was exchanged, and no file is new")
	}
	files[0].Write = func(io.Writer) error { t.Error("the new key is not in the manifest"); return nil }
	publish(t, dest, files, Options{})

	files[0].Key = sha("newer still")
	files[0].Write = page("", "one").Write
	files[1] = page("b.html", "TWO")
	c = publish(t, dest, files, Options{})
	if !slices.Equal(c.WrittenPaths, []string{"b.html"}) || c.Kept != 1 {
		t.Errorf("%+v", c)
	}
	if after := lstat(t, filepath.Join(dest, "a.html")); !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("the file with the same bytes is not the one that was there")
	}
	alone(t, parent, "public")
}

func TestWhatSomebodyChangedIsPutRight(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state")
	dest := filepath.Join(t.TempDir(), "public")
	files := pages("same-size.html: one", "longer.html: one", "deleted.html: one", "kept.html: one", "touched.html: one")
	o := Options{State: state}
	publish(t, dest, files, o)
	write(t, filepath.Join(dest, "same-size.html"), "ONE")
	write(t, filepath.Join(dest, "longer.html"), "one and more")
	age(t, filepath.Join(dest, "touched.html"))
	if err := os.Remove(filepath.Join(dest, "deleted.html")); err != nil {
		t.Fatal(err)
	}
	c := publish(t, dest, files, o)
	if d := cmp.Diff([]string{"deleted.html", "longer.html", "same-size.html"}, c.WrittenPaths); d != "" {
		t.Error(d)
	}
	for path, content := range siteIn(t, dest) {
		if content != "one" {
			t.Errorf("%s is %q", path, content)
		}
	}
}

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

func TestAFileBecomesAFolderAndBack(t *testing.T) {
	for _, inPlace := range []bool{false, true} {
		dest := filepath.Join(t.TempDir(), "public")
		if err := os.Mkdir(dest, 0o755); err != nil {
			t.Fatal(err)
		}
		if inPlace {
			t.Chdir(dest)
		}
		a, b := pages("x: file", "y/z/deep.html: deep", "keep.html: k"), pages("x/in.html: in", "y: file", "keep.html: k")
		for range 2 {
			publish(t, dest, a, Options{})
			equal(t, map[string]string{"x": "file", "y/z/deep.html": "deep", "keep.html": "k"}, siteIn(t, dest))
			publish(t, dest, b, Options{})
			equal(t, map[string]string{"x/in.html": "in", "y": "file", "keep.html": "k"}, siteIn(t, dest))
		}
	}
}

func TestAFaultLeavesTheOldSite(t *testing.T) {
	for _, jobs := range []int{1, 4} {
		parent := t.TempDir()
		dest := filepath.Join(parent, "public")
		var many []File
		for i := range 300 {
			many = append(many, page(fmt.Sprintf("%d/%d.html", i%7, i), fmt.Sprint("old", i)))
		}
		publish(t, dest, many, Options{})
		before := times(t, dest)

		fault := errors.New("the template is wrong")
		for i := range many {
			many[i].Key = sha(fmt.Sprint("new", i))
			many[i].Write = func(w io.Writer) error {
				if i == 250 {
					return fault
				}
				_, err := fmt.Fprint(w, "new", i)
				return err
			}
		}
		_, err := Dir(t.Context(), dest, many, Options{Jobs: jobs})
		if !errors.Is(err, fault) || !strings.Contains(err.Error(), "250.html: the template is wrong") {
			t.Errorf("%v", err)
		}
		equal(t, before, times(t, dest))
		alone(t, parent, "public")

		ctx, cancel := context.WithCancelCause(t.Context())
		stop := errors.New("stopped by Ctrl-C")
		var count atomic.Int64
		for i := range many {
			many[i].Write = func(w io.Writer) error {
				if count.Add(1) == 100 {
					cancel(stop)
				}
				_, err := fmt.Fprint(w, "new", i)
				return err
			}
		}
		if _, err := Dir(ctx, dest, many, Options{Jobs: jobs}); err != stop {
			t.Errorf("%v", err)
		}
		cancel(nil)
		if n := count.Load(); n > 200 {
			t.Errorf("%d files were made after the end", n)
		}
		equal(t, before, times(t, dest))
		alone(t, parent, "public")
	}
}

func TestDryRunTellsAndTouchesNothing(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	publish(t, dest, pages("a.html: 1", "b.html: 1", "c.html: 1"), Options{})
	if err := os.Mkdir(filepath.Join(parent, ".public.waymark-stage-1-2"), 0o755); err != nil {
		t.Fatal(err)
	}
	before := times(t, parent)
	files := pages("a.html: 1", "b.html: 2")
	files[1].Write = nil
	c := publish(t, dest, files, Options{DryRun: true, State: filepath.Join(parent, "state")})
	if d := cmp.Diff(Changes{Written: 1, Kept: 1, Removed: 1, WrittenPaths: []string{"b.html"}, RemovedPaths: []string{"c.html"}}, c); d != "" {
		t.Error(d)
	}
	if c := publish(t, filepath.Join(parent, "none"), files, Options{DryRun: true}); c.Written != 2 {
		t.Errorf("%+v", c)
	}
	equal(t, before, times(t, parent))
}

// Equal sites have equal bytes, whatever the folder, the order of the files, the number of workers, and what was there before.
func TestTwoBuildsAreEqualByteForByte(t *testing.T) {
	var files []File
	for i := range 200 {
		files = append(files, page(fmt.Sprintf("%d/é%d.html", i%9, i), strings.Repeat(fmt.Sprint(i), i)))
	}
	one := filepath.Join(t.TempDir(), "public")
	publish(t, one, files, Options{Jobs: 1, State: t.TempDir()})

	two := filepath.Join(t.TempDir(), "elsewhere")
	slices.Reverse(files)
	publish(t, two, append(pages("old.html: old", "0/é9.html: old"), files[:100]...), Options{Jobs: 3})
	publish(t, two, files, Options{Jobs: 7})
	equal(t, tree(t, one), tree(t, two))
	if m := tree(t, one)[manifestName]; !strings.HasPrefix(m, manifestHead) || strings.Contains(m, one) {
		t.Errorf("the manifest is %.300q", m)
	}
	var paths []string
	for l := range strings.Lines(tree(t, one)[manifestName]) {
		if f := strings.Fields(l); len(f) == 4 {
			paths = append(paths, f[3])
		}
	}
	if len(paths) != 200 || !slices.IsSorted(paths) {
		t.Errorf("%d lines, sorted: %v", len(paths), slices.IsSorted(paths))
	}
}

func TestTheManifestIsWhatItWasOrIsRefused(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	publish(t, dest, pages("a.html: 1", "in/b.html: 1"), Options{})
	name := filepath.Join(dest, manifestName)
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := range good {
		bad := slices.Clone(good)
		bad[i] ^= 4
		if _, err := parseManifest(bad); err == nil {
			t.Fatalf("byte %d changed from %q to %q, and it is read:\n%s", i, good[i], bad[i], bad)
		}
		if _, err := parseManifest(good[:i]); err == nil {
			t.Fatalf("the first %d bytes are read as the whole", i)
		}
	}
	write(t, name, string(good[:len(good)/2]))
	before := times(t, dest)
	for _, try := range []func() error{
		func() error { _, err := Dir(t.Context(), dest, pages("a.html: 2"), Options{}); return err },
		func() error { _, err := Clean(t.Context(), dest, Options{}); return err },
	} {
		refused(t, try(), manifestName+", is damaged", "empty the folder by hand")
	}
	equal(t, before, times(t, dest))

	// Sealed rightly, but with paths that Dir would never have written.
	for _, path := range []string{"../up.html", "/etc/passwd", "a/../../b", `a\b`, ".git/hooks/x", "a//b", ""} {
		if _, err := parseManifest(format([]line{{path: path}})); err == nil {
			t.Errorf("%q is accepted", path)
		}
	}
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte("abc"), "a.html")
	f.Fuzz(func(t *testing.T, b []byte, path string) {
		_, _ = parseManifest(b)
		_, _ = parseManifest(seal(append([]byte(manifestHead), b...)))
		l := line{path: path, key: digestOf(b), sum: digestOf([]byte(path)), size: int64(len(b))}
		m, err := parseManifest(format([]line{l}))
		if ok := checkPath(path) == nil; ok != (err == nil) {
			t.Fatalf("%q: a good path is %v, read back: %v", path, ok, err)
		} else if ok && (len(m[path]) != 1 || m[path][0] != l) {
			t.Fatalf("%q: %v", path, m)
		}
	})
}

func TestCleanRemovesWhatWasWrittenAndNothingElse(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	if c, err := Clean(t.Context(), dest, Options{}); err != nil || c.Removed != 0 {
		t.Errorf("no folder: %+v, %v", c, err)
	}
	state := t.TempDir()
	write(t, filepath.Join(dest, "mine/.gitkeep"), "")
	publish(t, dest, pages("a.html: 1", "b/c/d.html: 1", "mine/e.html: 1"), Options{State: state})
	write(t, filepath.Join(dest, "a.html"), "changed by hand, and still ours")
	write(t, filepath.Join(parent, ".public.waymark-stage-9-9/x/y.html"), "left by a dead build")
	before := times(t, parent)
	c, err := Clean(t.Context(), dest, Options{DryRun: true})
	want := Changes{Removed: 3, Foreign: 1, RemovedPaths: []string{"a.html", "b/c/d.html", "mine/e.html"}}
	if d := cmp.Diff(want, c); d != "" || err != nil {
		t.Error(d, err)
	}
	equal(t, before, times(t, parent))
	c, err = Clean(t.Context(), dest, Options{State: state})
	if d := cmp.Diff(want, c); d != "" || err != nil {
		t.Error(d, err)
	}
	equal(t, map[string]string{"mine/.gitkeep": ""}, tree(t, dest))
	alone(t, parent, "public")
	alone(t, state, ".gitignore")
	if c, err := Clean(t.Context(), dest, Options{}); err != nil || c.Removed != 0 || c.Foreign != 1 {
		t.Errorf("again: %+v, %v", c, err)
	}
}

func TestProgressCountsEachFileOnce(t *testing.T) {
	var files []File
	for i := range 150 {
		files = append(files, page(fmt.Sprintf("%d.html", i), "x"))
	}
	seen := map[int]bool{} // not locked: calls come one after the other
	publish(t, filepath.Join(t.TempDir(), "public"), files, Options{Jobs: 8, Progress: func(done, total int) {
		if total != 150 || seen[done] {
			t.Errorf("%d of %d", done, total)
		}
		seen[done] = true
	}})
	if len(seen) != 150 || !seen[150] {
		t.Errorf("%d calls", len(seen))
	}
}

func TestFilesAreWrittenThroughABuffer(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	var want strings.Builder
	files := []File{{Path: "a.html", Write: func(w io.Writer) error {
		for i := range 100_000 {
			if _, err := fmt.Fprintf(w, "%d,", i); err != nil {
				return err
			}
		}
		return nil
	}}}
	for i := range 100_000 {
		fmt.Fprintf(&want, "%d,", i)
	}
	publish(t, dest, files, Options{})
	if siteIn(t, dest)["a.html"] != want.String() {
		t.Error("what is there is not what was written")
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

func TestRemainsOfDeadBuildsAreCleared(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	files := pages("a.html: 1")
	publish(t, dest, files, Options{})
	write(t, filepath.Join(parent, ".public.waymark-stage-77-0badcafe/a.html"), "half")
	write(t, filepath.Join(parent, ".public.waymark-lock"), "77\n")
	write(t, filepath.Join(dest, inside+"77-0badcafe/a.html"), "half")
	// A site that was replaced, by a build that was killed before it had removed it.
	old := filepath.Join(parent, ".public.waymark-old-77-0badcafe")
	publish(t, old, pages("a.html: 0", "gone.html: 0"), Options{})
	write(t, filepath.Join(old, "late.txt"), "late")
	// Other things beside it are nobody's business.
	write(t, filepath.Join(parent, ".public.waymark"), "")
	write(t, filepath.Join(parent, "public.waymark-stage-1/x"), "")
	publish(t, dest, files, Options{})
	equal(t, map[string]string{"a.html": "1", "late.txt": "late"}, siteIn(t, dest))
	alone(t, parent, "public", ".public.waymark", "public.waymark-stage-1")
}

func TestWhereNothingCanBeExchangedTwoStepsDo(t *testing.T) {
	exchange = func(a, b string) error { return errors.ErrUnsupported }
	t.Cleanup(func() { exchange = exchangeFolders })
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	publish(t, dest, pages("a.html: 1", "b.html: 1"), Options{})
	write(t, filepath.Join(dest, "CNAME"), "example.org")
	c := publish(t, dest, pages("a.html: 2", "b.html: 1"), Options{})
	if !c.Swapped {
		t.Errorf("%+v", c)
	}
	want := map[string]string{"a.html": "2", "b.html": "1", "CNAME": "example.org"}
	equal(t, want, siteIn(t, dest))
	alone(t, parent, "public")

	// Killed between the two steps: there is no destination. The next build finds the old site and goes on from there.
	if err := os.Rename(dest, filepath.Join(parent, ".public.waymark-old-77-0badcafe")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(parent, ".public.waymark-stage-77-0badcafe/a.html"), "3")
	fault := errors.New("fault")
	_, err := Dir(t.Context(), dest, []File{{Path: "a.html", Write: func(io.Writer) error { return fault }}}, Options{})
	if !errors.Is(err, fault) {
		t.Fatal(err)
	}
	equal(t, want, siteIn(t, dest))
	alone(t, parent, "public")
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
