package cache

import (
	"errors"
	"fmt"
	"testing"

	"golang.org/x/sys/unix"
)

// A full disk costs entries, never an answer: what was stored before can be read, and what is stored later when there is room again.
func TestAFullDiskCostsEntriesOnly(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("none", dir, "tmpfs", 0, fmt.Sprintf("size=%d", 2<<20)); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	defer unix.Unmount(dir, unix.MNT_DETACH)
	fill(t, dir, 0, 50, 10_000)
	c := open(t, dir, Options{})
	for n := range 400 {
		if data, ok := c.Get(key(n)); ok && string(data) != string(content(n, 10_000)) {
			t.Fatalf("entry %d is wrong", n)
		} else if !ok && n < 50 {
			t.Fatalf("entry %d is missing", n)
		}
		c.Put(key(n), content(n, 10_000))
	}
	for n := range 400 {
		if data, ok := c.Get(key(n)); ok && string(data) != string(content(n, 10_000)) {
			t.Fatalf("entry %d is wrong after the disk was full", n)
		}
	}
	if err := c.Close(); !errors.Is(err, unix.ENOSPC) {
		t.Errorf("Close says %v, want that the disk is full", err)
	}
	c = open(t, dir, Options{})
	for n := range 50 {
		want(t, c, n, 10_000)
	}
	for n := range 5 {
		c.Put(key(1000+n), content(n, 100))
	}
	closed(t, c)
	if left := files(t, dir, runExt); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}
