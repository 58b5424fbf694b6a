package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// A release can be made again elsewhere and is the same, its sums are right, and its list names what is in it. A long run makes it for every system, as it is published; else
// it is for this one.
func TestAReleaseIsTheSameElsewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the whole program twice")
	}
	list := []string{runtime.GOOS + "/" + runtime.GOARCH}
	if os.Getenv("WAYMARK_SOAK") != "" {
		list = targets
	}
	first, second := t.TempDir(), filepath.Join(t.TempDir(), "another", "folder")
	root := filepath.Join("..", "..", "..")
	one, other := filepath.Join(t.TempDir(), "sources"), filepath.Join(t.TempDir(), "a copy of the sources")
	for _, name := range []string{"cmd", "content", "internal", "themes", "go.mod", "go.sum"} {
		copyTree(t, filepath.Join(root, name), filepath.Join(one, name))
	}
	copyTree(t, one, other)
	must(t, release(one, first, "1.2.3", list))
	must(t, release(other, second, "1.2.3", list))
	names, err := filepath.Glob(filepath.Join(first, "*"))
	must(t, err)
	if len(names) != len(list)+2 {
		t.Fatalf("a release of %d targets has the files %v", len(list), names)
	}
	for _, name := range names {
		a, err := os.ReadFile(name)
		must(t, err)
		b, err := os.ReadFile(filepath.Join(second, filepath.Base(name)))
		must(t, err)
		if !bytes.Equal(a, b) {
			t.Errorf("%s is another one when it is built from a copy of the sources", filepath.Base(name))
		}
		for _, dir := range []string{one, first} {
			if bytes.Contains(a, []byte(dir)) {
				t.Errorf("%s has a path of this machine", filepath.Base(name))
			}
		}
	}
	summed(t, first, names)
	programs, err := filepath.Glob(filepath.Join(first, "waymark-1.2.3-*"))
	must(t, err)
	listed(t, programs, filepath.Join(first, "sbom.cdx.json"))
	exe := filepath.Join(first, "waymark-1.2.3-"+runtime.GOOS+"-"+runtime.GOARCH)
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	out, err := exec.Command(exe, "version").Output()
	must(t, err)
	if !strings.HasPrefix(string(out), "waymark 1.2.3 ") {
		t.Errorf("it says %q", out)
	}
}

// summed compares SHA256SUMS with the files of a release: it has each of them, but itself.
func summed(t *testing.T, dir string, names []string) {
	t.Helper()
	sums, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
	must(t, err)
	n := 0
	for line := range strings.Lines(string(sums)) {
		n++
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		data, err := os.ReadFile(filepath.Join(dir, name))
		must(t, err)
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != sum {
			t.Errorf("the sum of %s is %s, not %s", name, got, sum)
		}
	}
	if n != len(names)-1 {
		t.Errorf("%d sums for the files %v", n, names)
	}
}

// listed compares the list of modules with what `go version -m` says of the programs.
func listed(t *testing.T, programs []string, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	must(t, err)
	var doc document
	must(t, json.Unmarshal(data, &doc))
	have, linked := map[string]bool{}, map[string]bool{}
	for _, c := range doc.Components {
		have[c.Name+" "+c.Version] = true
	}
	for _, exe := range programs {
		said, err := exec.Command("go", "version", "-m", exe).Output()
		must(t, err)
		for line := range strings.Lines(string(said)) {
			if f := strings.Fields(line); len(f) >= 3 && f[0] == "dep" {
				linked[f[1]+" "+f[2]] = true
				if !have[f[1]+" "+f[2]] {
					t.Errorf("the list lacks %s %s, which is in %s", f[1], f[2], filepath.Base(exe))
				}
			}
		}
	}
	if len(linked) < 10 || len(have) != len(linked)+1 { // and the standard library
		t.Errorf("the programs have %d modules, the list %d", len(linked), len(have))
	}
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(to), 0o755))
	info, err := os.Stat(from)
	must(t, err)
	if !info.IsDir() {
		data, err := os.ReadFile(from)
		must(t, err)
		must(t, os.WriteFile(to, data, 0o644))
		return
	}
	must(t, os.MkdirAll(to, 0o755))
	entries, err := os.ReadDir(from)
	must(t, err)
	for _, e := range entries {
		if e.Name() == "node_modules" || e.Name() == ".waymark" || e.Name() == "tools" && filepath.Base(from) == "internal" {
			continue
		}
		copyTree(t, filepath.Join(from, e.Name()), filepath.Join(to, e.Name()))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
