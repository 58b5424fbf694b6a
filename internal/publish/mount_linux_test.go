package publish

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// tmpfs mounts a file system of so many bytes on dir, if this process may.
func tmpfs(t *testing.T, dir string, size int) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("none", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
}

// heavy is a site of n files of 100 KB.
func heavy(n int) (files []File) {
	data := make([]byte, 100_000)
	_, _ = rand.Read(data)
	for i := range n {
		files = append(files, File{Path: fmt.Sprintf("%d/%d.html", i%3, i), Key: [32]byte(data), Write: func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		}})
	}
	return files
}

func TestAFullDiskLeavesTheOldSite(t *testing.T) {
	for _, name := range []string{"public", ""} { // a folder on the small disk, and the small disk itself
		t.Run("destination="+name, func(t *testing.T) {
			disk := filepath.Join(t.TempDir(), "disk")
			tmpfs(t, disk, 4<<20)
			dest := filepath.Join(disk, name)
			o := Options{State: t.TempDir()}
			publish(t, dest, heavy(20), o)
			write(t, filepath.Join(dest, "CNAME"), "mine")
			before := tree(t, dest)
			_, err := Dir(t.Context(), dest, heavy(60), o)
			refused(t, err, dest+"/: cannot be written: no space left on the device (needs about 6 MB)\n  hint: make room")
			if !errors.Is(err, unix.ENOSPC) {
				t.Errorf("%v hides what lies behind it", err)
			}
			equal(t, before, tree(t, dest))
			if name != "" {
				alone(t, disk, "public")
			}
			// It is not even room for the list.
			if err := os.WriteFile(filepath.Join(disk, "filler"), make([]byte, 1<<20), 0o644); err != nil {
				t.Fatal(err)
			}
			for err == nil || errors.Is(err, unix.ENOSPC) {
				var f *os.File
				if f, err = os.OpenFile(filepath.Join(disk, "filler"), os.O_APPEND|os.O_WRONLY, 0); err != nil {
					t.Fatal(err)
				}
				_, err = f.Write(make([]byte, 4096))
				f.Close()
				if errors.Is(err, unix.ENOSPC) {
					break
				}
			}
			if _, err := Dir(t.Context(), dest, heavy(1), o); err == nil {
				t.Error("100 KB fit on a full disk")
			}
			if err := os.Remove(filepath.Join(disk, "filler")); err != nil {
				t.Fatal(err)
			}
			equal(t, before, tree(t, dest))
			publish(t, dest, pages("a.html: small"), o)
			if got := siteIn(t, dest); got["a.html"] != "small" || got["CNAME"] != "mine" || len(got) != 2 {
				t.Errorf("afterwards there are %d files", len(got))
			}
		})
	}
}

func TestAMountPointIsWrittenFileByFile(t *testing.T) {
	parent := t.TempDir()
	dest := filepath.Join(parent, "public")
	tmpfs(t, dest, 50<<20)
	testInPlace(t, dest, "it is a mount point")
	alone(t, parent, "public")
}

// A folder can be mounted elsewhere on its own disk: its device says nothing.
func TestABindMountIsWrittenFileByFile(t *testing.T) {
	parent := t.TempDir()
	dest, source := filepath.Join(parent, "public"), t.TempDir()
	bind(t, source, dest)
	testInPlace(t, dest, "it is a mount point")
}

func TestAMountInsideStaysWhereItIs(t *testing.T) {
	parent := t.TempDir()
	dest, source := filepath.Join(parent, "public"), t.TempDir()
	write(t, filepath.Join(source, "precious.txt"), "precious")
	bind(t, source, filepath.Join(dest, "data"))
	testInPlace(t, dest, "data in it is a mount point")
	equal(t, map[string]string{"precious.txt": "precious"}, tree(t, source))
}

func bind(t *testing.T, from, to string) {
	t.Helper()
	if err := os.MkdirAll(to, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount(from, to, "", unix.MS_BIND, ""); err != nil {
		t.Skipf("nothing can be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(to, unix.MNT_DETACH) })
}

func testInPlace(t *testing.T, dest, why string) {
	t.Helper()
	root := lstat(t, dest)
	foreign := tree(t, dest)
	delete(foreign, ".")
	var said string
	o := Options{State: t.TempDir(), Logf: func(f string, a ...any) { said += fmt.Sprintf(f, a...) }}
	for _, n := range []int{0, 1, 1, 0} {
		said = ""
		c := publish(t, dest, version(n), o)
		if c.Swapped || c.Written > 0 && !strings.Contains(said, "written file by file: "+why) {
			t.Errorf("%+v, said %q", c, said)
		}
		clean := filepath.Join(t.TempDir(), "public")
		publish(t, clean, version(n), Options{})
		want := tree(t, clean)
		for path, content := range foreign {
			want[path] = content
		}
		equal(t, want, tree(t, dest))
	}
	if !os.SameFile(root, lstat(t, dest)) {
		t.Error("the folder is another one")
	}
}
