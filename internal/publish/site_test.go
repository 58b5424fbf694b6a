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
