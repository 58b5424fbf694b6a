package reliability

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A site is a project on the disk.
type site struct {
	t    testing.TB
	root string
}

func newSite(t testing.TB, files map[string]string) site {
	t.Helper()
	s := site{t, filepath.Join(t.TempDir(), "site")}
	s.write(files)
	return s
}

func (s site) path(name string) string { return filepath.Join(s.root, filepath.FromSlash(name)) }

func (s site) write(files map[string]string) {
	s.t.Helper()
	for name, text := range files {
		must(s.t, os.MkdirAll(filepath.Dir(s.path(name)), 0o755))
		must(s.t, os.WriteFile(s.path(name), []byte(text), 0o644))
	}
}

// build builds the site, which must have no fault.
func (s site) build(args ...string) outcome {
	s.t.Helper()
	o := waymark(s.t, append([]string{"build", "--source", s.root}, args...)...)
	o.want(s.t, fine)
	return o
}

// handbook is a small site in a version: every page differs from version to version, some files are the same in all, and some are there in every other one only.
func handbook(version, pages int) map[string]string {
	files := map[string]string{
		"site.yaml":            "title: The handbook\nroles:\n  - {id: mentor, title: Mentor, plural: Mentors}\n",
		"content/_index.md":    fmt.Sprintf("---\ntitle: The handbook\nsummary: Version %d.\n---\n\nThis is version %d.\n", version, version),
		"content/same.md":      "---\ntitle: Always the same\n---\n\nThis page is in all versions.\n",
		"content/picture.svg":  fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="%d" height="8"/></svg>`, version%8),
		"content/large.txt":    strings.Repeat(fmt.Sprintf("a line of version %d\n", version), 20_000),
		"content/constant.txt": strings.Repeat("always the same\n", 1000),
		fmt.Sprintf("content/only-%d/_index.md", version%2): "---\ntitle: Sometimes there\n---\n\nIn every other version.\n",
		fmt.Sprintf("content/only-%d/page.md", version%2):   "---\ntitle: A page that comes and goes\n---\n\nIn every other version.\n",
	}
	var items strings.Builder
	for i := range pages {
		name := fmt.Sprintf("content/part-%d/page-%03d.md", i%5, i)
		files[name] = fmt.Sprintf(`---
id: page-%[1]d
title: Page %[1]d
kind: page
objectives:
  - {id: objective-%[1]d, verb: apply, text: "Do the thing of page %[1]d"}
---

Stamp %[2]d. Read [the one that is always the same](../same.md).

## A heading

%[3]s

%[4]sgo
func version() int { return %[2]d }
%[4]s

![A picture](../picture.svg)

::: question {#q-%[1]d objective=objective-%[1]d}

Which version is this?

- (x) The version of the page
  > Yes.
- ( ) Some other older version
  > No.

:::

Stamp %[2]d.
`, i, version, strings.Repeat(fmt.Sprintf("Some words of version %d to fill the page. ", version), 20), "```")
		fmt.Fprintf(&items, "      - {module: page-%d}\n", i)
	}
	files["content/paths/all.md"] = "---\nid: all\ntitle: All of it\nsummary: Everything in order.\nfor: [mentor]\nstages:\n  - id: one\n    title: One\n    items:\n" + items.String() + "---\n\nOne after the other.\n"
	return files
}

// become makes the site another version: files that the version does not have are gone.
func (s site) become(files map[string]string) {
	s.t.Helper()
	must(s.t, os.RemoveAll(s.path("content")))
	s.write(files)
}

// A tree is what a folder holds: the digest of each file, and "/" for each folder.
type tree map[string]string

// look reads a folder. A folder that is not there is an error.
func look(dir string) (tree, error) {
	found := tree{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		if e.IsDir() {
			found[filepath.ToSlash(rel)] = "/"
			return nil
		}
		data, err := os.ReadFile(name)
		found[filepath.ToSlash(rel)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	return found, err
}

func mustLook(t testing.TB, dir string) tree {
	t.Helper()
	found, err := look(dir)
	must(t, err)
	return found
}

// difference says in a few words how two trees differ; "" if they do not.
func difference(want, got tree) string {
	if maps.Equal(want, got) {
		return ""
	}
	var words []string
	say := func(what, name string) {
		if len(words) < 8 {
			words = append(words, what+" "+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		switch now, ok := got[name]; {
		case !ok:
			say("lacks", name)
		case now != want[name]:
			say("has another", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			say("has", name)
		}
	}
	return strings.Join(words, ", ")
}

// same fails the test if a folder is not as it should be.
func same(t testing.TB, what string, want, got tree) {
	t.Helper()
	if d := difference(want, got); d != "" {
		t.Errorf("%s: it %s", what, d)
	}
}

// clean returns what a build without any memory makes of the files.
func clean(t testing.TB, files map[string]string) tree {
	t.Helper()
	s := newSite(t, files)
	s.build("--cache", "off")
	return mustLook(t, s.path("public"))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
