package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// A handbook printed by the program is a PDF that screen readers and the list of bookmarks can use, in a folder that is made for it.
func TestPDF(t *testing.T) {
	_, root, here := browsing(t)
	file := filepath.Join(t.TempDir(), "print", "handbook.pdf")
	run(t, root, nil, "go", "run", "./cmd/waymark", "export", "pdf", "--cache", "off", "-s", filepath.Join(here, "site"), "-o", file)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Fatalf("it begins %q", data[:min(len(data), 20)])
	}
	for _, part := range []string{"/StructTreeRoot", "/Outlines", "/Lang (en)", "/Title (A small handbook)"} {
		if !bytes.Contains(data, []byte(part)) {
			t.Errorf("it has no %s", part)
		}
	}
}
