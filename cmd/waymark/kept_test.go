package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"waymark/internal/source"
)

// A file that is put in the place of another one and has its size and time is told from it, and so is one that was written and given its time back. A file that nobody touches
// stays the same.
func TestKeptTellsFilesApart(t *testing.T) {
	name := filepath.Join(t.TempDir(), "page.md")
	old := time.Now().Add(-time.Hour)
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	look := func() source.Kept {
		t.Helper()
		fi, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return kept(fi)
	}
	write(name, "one")
	first := look()
	if first == (source.Kept{}) {
		t.Skip("this system does not tell")
	}
	if again := look(); again != first {
		t.Errorf("nobody touched the file, and it is %v after %v", again, first)
	}
	time.Sleep(50 * time.Millisecond) // ticks of the file system's clock
	write(name+".new", "two")
	if err := os.Rename(name+".new", name); err != nil {
		t.Fatal(err)
	}
	second := look()
	if second == first {
		t.Error("another file is taken for the first one")
	}
	time.Sleep(50 * time.Millisecond)
	write(name, "six")
	if third := look(); third == second {
		t.Error("a text that was changed is taken for what it was")
	}
}
