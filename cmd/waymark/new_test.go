package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waymark/internal/scaffold"
)

// waymark runs a command in a folder and wants an exit code.
func waymark(t *testing.T, dir string, want int, args ...string) {
	t.Helper()
	t.Chdir(dir)
	if got := run(args); got != want {
		t.Errorf("waymark %s: exit %d, want %d", strings.Join(args, " "), got, want)
	}
}

// What `new` writes checks clean as it stands, with every lint an error: the starter, and then a page of each kind, each
// question and a path in it.
func TestWhatIsNewChecksClean(t *testing.T) {
	dir := t.TempDir()
	waymark(t, dir, exitFine, "new", "site", "My Book", "--quiet")
	site := filepath.Join(dir, "My Book")
	waymark(t, site, exitFine, "check", "--strict", "--quiet")
	for _, kind := range scaffold.Kinds() {
		waymark(t, site, exitFine, "new", kind, "extra/"+kind+"-page", "--title", `A "new": `+kind, "--quiet")
		if kind == "practice" || kind == "challenge" || kind == "role" {
			for _, q := range scaffold.Questions() {
				waymark(t, site, exitFine, "new", "question", q, "content/extra/"+kind+"-page.md", "--quiet")
			}
		}
	}
	waymark(t, site, exitFine, "new", "module", "extra/plain", "--kind", "page", "--quiet")
	// What names have in common, ids do not, and none is read as anything but a text.
	for _, name := range []string{"mentors/agreeing", "mentees/agreeing", "a/mentees/agreeing", "agreeing", "null", "true", "123", "1e3", "0x1F", "2026-05-31", "mentors/_index", "Über uns/Größe", "v1.2", strings.Repeat("long-", 30) + "name"} {
		for _, kind := range []string{"practice", "challenge"} {
			waymark(t, site, exitFine, "new", kind, kind+"s/"+name, "--quiet")
			waymark(t, site, exitFine, "new", "question", "quiz", kind+"s/"+name, "--quiet")
		}
	}
	waymark(t, site, exitFine, "new", "path", "null", "null", "challenges-null", "--quiet")
	waymark(t, site, exitFine, "new", "path", "second", "listening", "practice-page", "--quiet")
	waymark(t, site, exitFine, "new", "path", "third", "--quiet")
	waymark(t, site, exitFine, "new", "path", "fourth", "listening", "form-page", "session-page", "plain", "--quiet")
	waymark(t, site, exitFine, "check", "--strict", "--drafts", "--quiet")
	waymark(t, site, exitFine, "build", "--strict", "--quiet")

	// The preview's script is in the preview alone.
	err := filepath.WalkDir(filepath.Join(site, "public"), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if strings.Contains(string(data), "_waymark/") {
			t.Errorf("%s holds something of the preview", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// Nothing is overwritten, and nothing lands outside of the project.
func TestNewNeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	waymark(t, dir, exitFine, "new", "site", ".", "--quiet")
	page := filepath.Join(dir, "content", "listening.md")
	before, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	waymark(t, dir, exitUsage, "new", "site", ".")
	waymark(t, dir, exitUsage, "new", "module", "listening")
	waymark(t, dir, exitUsage, "new", "path", "first-steps")
	waymark(t, dir, exitUsage, "new", "module", "../outside")
	waymark(t, dir, exitUsage, "new", "module", "CON")
	waymark(t, dir, exitUsage, "new", "module", ".git/a")
	waymark(t, dir, exitUsage, "new", "module", "index")
	waymark(t, dir, exitUsage, "new", "module", "Listening")
	waymark(t, dir, exitUsage, "new", "module", "10-listening")
	waymark(t, dir, exitUsage, "new", "module", strings.Repeat("x", 252))
	waymark(t, dir, exitUsage, "new", "question", "single", "listening", "--id", "My Id")
	waymark(t, dir, exitUsage, "new", "module", "a", "--kind", "practise")
	waymark(t, dir, exitUsage, "new", "path", "a", "no-such-module")
	waymark(t, dir, exitUsage, "new", "path", "a", "listening", "--roles", "mentro")
	waymark(t, dir, exitUsage, "new", "site", "")
	waymark(t, dir, exitUsage, "new", "site", "site.yaml")
	waymark(t, dir, exitUsage, "new", "site", "elsewhere", "-s", "there")
	waymark(t, dir, exitUsage, "new", "question", "single", "no-such-page")
	waymark(t, dir, exitUsage, "new", "question", "single", "listening", "--id", "open-question")
	waymark(t, dir, exitUsage, "new", "question", "single", "listening", "--id", "open question")
	waymark(t, dir, exitUsage, "new", "nothing")
	if after, _ := os.ReadFile(page); string(after) != string(before) {
		t.Error("a page has changed")
	}
	waymark(t, dir, exitFine, "check", "--drafts", "--quiet") // nothing was written
	empty := t.TempDir()
	waymark(t, empty, exitUsage, "new", "module", "a")
}

// The handbook that comes with the program is a site that builds.
func TestNewSiteFromHandbook(t *testing.T) {
	content, err := filepath.Abs(filepath.Join("..", "..", "content"))
	if err != nil {
		t.Fatal(err)
	}
	own, dir := os.DirFS(content), t.TempDir()
	waymark(t, dir, exitFine, "new", "site", "guide", "--from", "handbook", "--title", "null", "--quiet")
	waymark(t, filepath.Join(dir, "guide"), exitFine, "build", "--quiet")
	if _, err := os.Stat(filepath.Join(dir, "guide", "public", "paths", "new-mentor.html")); err != nil {
		t.Error(err)
	}
	if conf, err := os.ReadFile(filepath.Join(dir, "guide", "site.yaml")); err != nil || !strings.Contains(string(conf), "title: \"null\"\nid: \"null\"\n") {
		t.Errorf("%v\n%s", err, conf)
	}
	if _, err := os.Stat(filepath.Join(dir, "guide", "content", "content.go")); err == nil {
		t.Error("the site holds Go")
	}
	err = fs.WalkDir(own, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == "content.go" {
			return err
		}
		want, err := fs.ReadFile(own, name)
		if name == "_index.md" {
			want = bytes.Replace(want, []byte("title: The mentor instruction guide\n"), []byte("title: \"null\"\n"), 1)
		}
		if got, gerr := os.ReadFile(filepath.Join(dir, "guide", "content", filepath.FromSlash(name))); gerr != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not as it lies in content/: %v", name, gerr)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
