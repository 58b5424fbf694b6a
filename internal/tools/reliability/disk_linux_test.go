package reliability

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// disk mounts a small disk on a folder, if this process may.
func disk(t *testing.T, dir string, kib int) {
	t.Helper()
	must(t, os.MkdirAll(dir, 0o755))
	if err := unix.Mount("none", dir, "tmpfs", 0, fmt.Sprintf("size=%dk", kib)); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
}

// fill writes a file until the disk is full.
func fill(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	must(t, err)
	defer f.Close()
	for size := 64 << 10; size > 0; size /= 2 {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, unix.ENOSPC) {
			t.Fatal(err)
		}
	}
}

// weight is how many bytes a site takes on a disk that has pages of 4 KiB.
func weight(t *testing.T, files map[string]string) (n int) {
	t.Helper()
	s := newSite(t, files)
	s.build("--cache", "off")
	must(t, filepath.WalkDir(s.path("public"), func(_ string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil {
			n += (int(info.Size()) + 4095) &^ 4095
		}
		return err
	}))
	return n
}

// A disk that is full, for the new site or for anything at all, leaves the old site; when there is room again the next build is a clean one.
func TestAFullDisk(t *testing.T) {
	old, new := handbook(0, 10), handbook(1, 60)
	s := newSite(t, old)
	small := newSite(t, nil)
	disk(t, small.root, (weight(t, old)+weight(t, new)/2)>>10) // room for the old site and half of the new one
	dest := small.path("public")
	s.build("--destination", dest)
	before := mustLook(t, dest)
	s.become(new)
	refused(t, s, dest, before, dest+"/: cannot be written: no space left on the device", "hint: make room on the disk")
	s.become(old)
	s.write(map[string]string{"content/more.md": "---\ntitle: More\n---\n\nOne more page.\n"})
	fill(t, small.path("filler"))
	refused(t, s, dest, before, dest+"/: cannot be written: no space left on the device")
	must(t, os.Remove(small.path("filler")))
	s.build("--destination", dest)
	old["content/more.md"] = "---\ntitle: More\n---\n\nOne more page.\n"
	same(t, "the site when there is room", clean(t, old), mustLook(t, dest))
}

// A disk that has no room for what is remembered costs time only.
func TestAFullDiskForWhatIsRemembered(t *testing.T) {
	files := handbook(0, 10)
	s := site{t, newSite(t, nil).path("project")}
	disk(t, s.root, 1500)
	s.write(files)
	dest := newSite(t, nil).path("public")
	fill(t, s.path("filler"))
	for range 2 {
		s.build("--destination", dest)
	}
	same(t, "the site", clean(t, files), mustLook(t, dest))
	must(t, os.Remove(s.path("filler")))
	s.build("--destination", dest)
	same(t, "the site when there is room", clean(t, files), mustLook(t, dest))
}
