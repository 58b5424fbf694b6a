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

// A release can be made again elsewhere and is the same, its sums are right, and its list names what is in it.
func TestAReleaseIsTheSameElsewhere(t *testing.T) {
	if os.Getenv("WAYMARK_SOAK") == "" {
		t.Skip("builds the whole program twice; WAYMARK_SOAK=1 asks for it")
	}
	here := runtime.GOOS + "/" + runtime.GOARCH
	first, second := t.TempDir(), filepath.Join(t.TempDir(), "another", "folder")
	root := filepath.Join("..", "..", "..")
	one, other := filepath.Join(t.TempDir(), "sources"), filepath.Join(t.TempDir(), "a copy of the sources")
	for _, name := range []string{"cmd", "content", "internal", "themes", "go.mod", "go.sum"} {
		copyTree(t, filepath.Join(root, name), filepath.Join(one, name))
	}
	copyTree(t, one, other)
	must(t, release(one, first, "1.2.3", []string{here}))
	must(t, release(other, second, "1.2.3", []string{here}))
	names, err := filepath.Glob(filepath.Join(first, "*"))
	must(t, err)
	if len(names) != 3 {
		t.Fatalf("a release of one target has the files %v", names)
	}
	for _, name := range names {
		a, err := os.ReadFile(name)
		must(t, err)
		b, err := os.ReadFile(filepath.Join(second, filepath.Base(name)))
		must(t, err)
		if !bytes.Equal(a, b) {
			t.Errorf("%s is another one when it is built from a copy of the sources", filepath.Base(name))
		}
	}
	sums, err := os.ReadFile(filepath.Join(first, "SHA256SUMS"))
	must(t, err)
	for line := range strings.Lines(string(sums)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		data, err := os.ReadFile(filepath.Join(first, name))
		must(t, err)
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != sum {
			t.Errorf("the sum of %s is %s, not %s", name, got, sum)
		}
	}
	exe := filepath.Join(first, "waymark-1.2.3-"+runtime.GOOS+"-"+runtime.GOARCH)
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	out, err := exec.Command(exe, "version").Output()
	must(t, err)
	if !strings.HasPrefix(string(out), "waymark 1.2.3 ") {
		t.Errorf("it says %q", out)
	}
	listed(t, exe, filepath.Join(first, "sbom.cdx.json"))
}

// listed compares the list of modules with what `go version -m` says.
func listed(t *testing.T, exe, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	must(t, err)
	var doc document
	must(t, json.Unmarshal(data, &doc))
	have := map[string]bool{}
	for _, c := range doc.Components {
		have[c.Name+" "+c.Version] = true
	}
	said, err := exec.Command("go", "version", "-m", exe).Output()
	must(t, err)
	n := 0
	for line := range strings.Lines(string(said)) {
		if f := strings.Fields(line); len(f) >= 3 && f[0] == "dep" {
			n++
			if !have[f[1]+" "+f[2]] {
				t.Errorf("the list lacks %s %s", f[1], f[2])
			}
		}
	}
	if n < 10 || len(have) != n+1 { // and the standard library
		t.Errorf("the program has %d modules, the list %d", n, len(have))
	}
	if bytes.Contains(data, []byte(t.TempDir())) {
		t.Error("the list has a path of this machine")
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
