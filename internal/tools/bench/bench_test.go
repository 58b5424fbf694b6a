package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The tests say what a comparison stands on. None of them looks at a clock.

func small(seed uint64) *curriculum {
	return &curriculum{n: 60, seed: seed, code: true, checks: true}
}

// tree returns the digests of the files of a folder, by their names.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheSeedDecidesTheCurriculum(t *testing.T) {
	dirs := []string{t.TempDir(), t.TempDir(), t.TempDir()}
	for i, seed := range []uint64{1, 1, 2} {
		must(t, writeWaymark(dirs[i], small(seed), true))
	}
	a, b, c := tree(t, dirs[0]), tree(t, dirs[1]), tree(t, dirs[2])
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Error("one seed has given two curricula")
	}
	if fmt.Sprint(a) == fmt.Sprint(c) {
		t.Error("two seeds have given one curriculum")
	}
	modules, paths := 0, 0
	for name := range a {
		switch {
		case strings.HasSuffix(name, "_index.md"):
		case strings.HasPrefix(name, "content/part-"):
			modules++
		case strings.HasPrefix(name, "content/paths/"):
			paths++
		}
	}
	if modules != 60 || paths != 3 {
		t.Errorf("%d modules and %d paths", modules, paths)
	}
}

// All contestants get the same words; only the front matter and the form of questions differ.
func TestTheTextIsTheSameForAll(t *testing.T) {
	c := small(3)
	c.checks = false
	c.words = newLexicon(c.seed)
	for i := range c.n {
		m := c.module(i)
		if c.body(m, waymarkDialect) != c.body(m, hugoDialect) {
			t.Fatalf("module %d differs", i)
		}
	}
}

// The curriculum is good content: a build that stopped at a fault, or printed a thousand warnings, would measure something else.
func TestWaymarkFindsNoFault(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	exe, err := buildWaymark(t.TempDir())
	must(t, err)
	for _, c := range []*curriculum{small(4), {n: 60, seed: 5}} {
		dir := t.TempDir()
		must(t, writeWaymark(dir, c, c.checks))
		if out, err := exec.Command(exe, "check", "--strict", "--source", dir).CombinedOutput(); err != nil {
			t.Errorf("%v\n%.3000s", err, out)
		}
	}
}

// Hugo makes a page of each module, every link leads somewhere, and the search data has every page.
func TestHugoBuildsAllOfIt(t *testing.T) {
	hugo := findHugo("")
	if hugo == "" {
		t.Skip("there is no Hugo here")
	}
	dir := t.TempDir()
	must(t, writeHugo(dir, small(6)))
	if out, err := exec.Command(hugo, "--quiet", "--noBuildLock", "--source", dir).CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("%v\n%s", err, out)
	}
	for i := range 60 {
		m := small(6).module(i)
		page, err := os.ReadFile(filepath.Join(dir, "public", filepath.FromSlash(strings.TrimSuffix(m.path(), ".md")+".html")))
		must(t, err)
		if !bytes.Contains(page, []byte("<h1>")) || bytes.Contains(page, []byte(".md\"")) || !bytes.Contains(page, []byte(`rel="`)) {
			t.Errorf("module %d is not whole", i)
		}
	}
	index, err := os.ReadFile(filepath.Join(dir, "public", "search.json"))
	must(t, err)
	if n := bytes.Count(index, []byte(`"url":`)); n != 60 {
		t.Errorf("the search data has %d pages", n)
	}
}

func TestTheFloorMakesAPageOfEachFile(t *testing.T) {
	dir := t.TempDir()
	c := small(7)
	must(t, c.write(filepath.Join(dir, "content"), hugoDialect))
	must(t, floor(filepath.Join(dir, "content"), filepath.Join(dir, "out"), false))
	in, out := tree(t, filepath.Join(dir, "content")), tree(t, filepath.Join(dir, "out"))
	if len(in) != len(out) || len(in) < 60 {
		t.Errorf("%d files in, %d out", len(in), len(out))
	}
	page, err := os.ReadFile(filepath.Join(dir, "out", filepath.FromSlash(strings.TrimSuffix(c.module(0).path(), ".md")+".html")))
	must(t, err)
	for _, want := range []string{"<h2", "<table>", "footnote", `<span class="`, "<blockquote>"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the first page has no %s", want)
		}
	}
}

func TestTheTableSaysRatiosRoundByRound(t *testing.T) {
	runs := func(walls ...float64) (r []run) {
		for _, w := range walls {
			r = append(r, run{wall: w, cpu: 2 * w, rss: 10 * w})
		}
		return r
	}
	// In the second round the machine was ten times slower for both.
	results := []result{
		{size: 100, scenario: "cold", name: "Waymark", runs: runs(1, 10, 1), files: 120, bytes: 2_000_000},
		{size: 100, scenario: "cold", name: "Hugo", runs: runs(2, 20, 2), files: 110, bytes: 1_000_000},
		{size: 1000, scenario: "cold", name: "Waymark", runs: runs(11, 11, 11), files: 1100, bytes: 20_000_000},
	}
	var b strings.Builder
	printSize(&b, settings{seed: 1, rounds: 3, code: true}, 100, results[:2])
	if want := "| cold | Waymark | 1.000 | 2.000 | 10 | 120 | 2.0 | 0.500 | 0.500 | 0.500 |  |  | 0 % |"; !strings.Contains(b.String(), want) {
		t.Errorf("%s\nhas no row %s", b.String(), want)
	}
	b.Reset()
	printGrowth(&b, results)
	if want := "| cold | Waymark | 1,000 | 11.000 | 1.10 | 22.000 | 1.10 | 113.8 |"; !strings.Contains(b.String(), want) {
		t.Errorf("%s\nhas no row %s", b.String(), want)
	}
}
