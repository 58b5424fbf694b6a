package publish

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
