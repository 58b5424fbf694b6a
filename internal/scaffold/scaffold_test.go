package scaffold

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

var update = flag.Bool("update", false, "copy the repository's site.yaml to handbook.yaml")

// The copy of the handbook's configuration is the one at the repository's top, which cannot be embedded from here.
func TestHandbookConfigurationIsTheRepositorys(t *testing.T) {
	top, err := os.ReadFile("../../site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("handbook.yaml", top, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	own, err := os.ReadFile("handbook.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if string(own) != string(top) {
		t.Error("handbook.yaml is older than site.yaml at the top: run `go test ./internal/scaffold -update`")
	}
}

// No word in capitals is left standing, whatever the title.
func TestPlaceholdersAreFilled(t *testing.T) {
	check := func(list []File) {
		t.Helper()
		for _, f := range list {
			for _, word := range []string{"TITLE", "SITE-ID", "#ID", "ID-", "id: ID", "POOL"} {
				if strings.Contains(string(f.Data), word) {
					t.Errorf("%s still has %s", f.Path, word)
				}
			}
		}
	}
	site, err := Site(`Ann's "book": a start`)
	if err != nil {
		t.Fatal(err)
	}
	check(site)
	for _, want := range []string{"site.yaml", ".gitignore", "README.md", "content/_index.md", "content/paths/first-steps.md"} {
		if !slices.ContainsFunc(site, func(f File) bool { return f.Path == want }) {
			t.Errorf("the starter has no %s", want)
		}
	}
	for _, kind := range Kinds() {
		f, err := Page(kind, "a/some-page", "", nobody)
		if err != nil {
			t.Fatal(err)
		}
		check([]File{f})
		if f.Path != "content/a/some-page.md" || !strings.Contains(string(f.Data), "title: Some page\n") {
			t.Errorf("%s: %s\n%s", kind, f.Path, f.Data)
		}
	}
	for _, kind := range Questions() {
		text, err := Question(kind, "some-page-1", "see-it")
		if err != nil {
			t.Fatal(err)
		}
		check([]File{{kind, text}})
		if n := strings.Count(string(text), "objective=see-it"); n == 0 {
			t.Errorf("%s has no objective", kind)
		}
	}
	if _, err := Page("nothing", "a", "", nobody); err == nil {
		t.Error("a page of an unknown kind")
	}
	if _, err := Question("../kinds/role", "a", ""); err == nil {
		t.Error("a question from elsewhere")
	}
	if _, err := Path("p", "", nil, nil, nobody); err == nil {
		t.Error("a path that leads nowhere")
	}
}

func nobody(string) bool { return false }

// The ids of a page are those that nothing has yet, texts in YAML, and short where they stand on an opening line.
func TestIdsAreFree(t *testing.T) {
	for _, c := range []struct {
		name, taken string // ids
		want        []string
	}{
		{"mentees/agreeing", "", []string{"id: agreeing\n", "id: agreeing-apply,", "{#agreeing-check objective=agreeing-apply}"}},
		{"mentees/agreeing", "agreeing-check", []string{"id: mentees-agreeing\n", "{#mentees-agreeing-check objective=mentees-agreeing-apply}"}},
		{"mentees/agreeing", "agreeing mentees-agreeing-mine", []string{"id: agreeing-2\n", "{#agreeing-2-check objective=agreeing-2-apply}"}},
		{"agreeing", "agreeing agreeing-2", []string{"id: agreeing-3\n"}},
		{"x/null", "", []string{"id: \"null\"\n", "{#null-check"}},
		{"10", "", []string{"id: \"10\"\n", "title: \"10\"\n"}},
		{"skills/_index", "", []string{"id: skills\n", "title: Skills\n"}},
		{"index", "", []string{"id: home\n", "title: Home\n"}},
		{"communication-and-feedback", "", []string{"id: communication-and-feedback\n", "{#communication-and-check objective=communication-and-apply}"}},
		{"communication-and-fairness", "communication-and-apply", []string{"id: communication-and-fairness-2\n", "{#communication-and-2-check objective=communication-and-2-apply}"}},
	} {
		f, err := Page("practice", c.name, "", func(id string) bool { return slices.Contains(strings.Fields(c.taken), id) })
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if !strings.Contains(string(f.Data), want) {
				t.Errorf("%s lacks %q:\n%s", c.name, want, f.Data)
			}
		}
	}
	if got := QuestionIDs("quiz", "x"); !slices.Contains(got, "x") || !slices.Contains(got, "x-2") {
		t.Errorf("a quiz has the ids %q", got)
	}
	if got := QuestionID(strings.Repeat("word-", 20), "an-objective", 3); got != "word-word-word-word-word-3" {
		t.Errorf("the id of a question is %q", got)
	}
}

func TestTitlesAndIds(t *testing.T) {
	for in, want := range map[string]string{
		"Ask well": "Ask well", "a: b": `"a: b"`, `say "no"`: `"say \"no\""`, "- x": `"- x"`, "yes": `"yes"`, "": `""`, "#1": `"#1"`, "10": `"10"`, "Менторство": "Менторство", "a & b": `"a & b"`, "x # y": `"x # y"`, "a\nb": `"a\nb"`,
	} {
		if got := scalar(in); got != want {
			t.Errorf("scalar(%q) is %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{"My Handbook!": "my-handbook", "--": "new", "Ümläut 3": "ümläut-3", "Менторство": "менторство", "\u0301a": "a",
		strings.Repeat("long word ", 9): strings.TrimSuffix(strings.Repeat("long-word-", 8), "-"), strings.Repeat("ü", 300): strings.Repeat("ü", 80)} {
		if got := ID(in); got != want {
			t.Errorf("ID(%q) is %q, want %q", in, got, want)
		}
	}
}

// The handbook is a site: its content, its configuration, and no Go.
func TestHandbook(t *testing.T) {
	list, err := Handbook(fstest.MapFS{"content.go": {}, "_index.md": {Data: []byte("---\ntitle: The guide\n---\nx\n")}, "roles/a.md": {}}, "Northwind: a guide")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range list {
		names = append(names, f.Path)
	}
	if got := strings.Join(names, " "); got != ".gitignore content/_index.md content/roles/a.md site.yaml" {
		t.Errorf("the files are %s", got)
	}
	conf := string(list[len(list)-1].Data)
	if !strings.Contains(conf, "\ntitle: \"Northwind: a guide\"\nid: northwind-a-guide\n") || strings.Count(conf, "\nid: ") != 1 || !strings.Contains(conf, "  - id: mentor\n    title: Mentor\n") {
		t.Errorf("site.yaml is\n%s", conf)
	}
	// The new site is no edition of the guide, and not by its authors; that it comes from it is said.
	if !strings.Contains(conf, "\ncopyright: Adapted from The Mentor Instruction Guide #") || strings.Contains(conf, "The authors") || strings.Contains(conf, "\nedition: ") {
		t.Errorf("site.yaml is\n%s", conf)
	}
	if home := string(list[1].Data); home != "---\ntitle: \"Northwind: a guide\"\n---\nx\n" {
		t.Errorf("the home page is\n%s", home)
	}
}

// Nothing is overwritten, and with one file in the way none is written; a link in the way is not followed.
func TestWriteNeverOverwrites(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	list := []File{{"a.md", []byte("new")}, {"deep/er/b.md", []byte("new")}}
	if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Write(root, list); !errors.Is(err, ErrThere) || !strings.Contains(err.Error(), "a.md") {
		t.Errorf("the error is %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "deep")); err == nil {
		t.Error("a part was written")
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "a.md")); string(data) != "mine" {
		t.Errorf("the file is now %q", data)
	}
	if err := Write(root, append(list[1:], File{"c.md", []byte("c")})); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]string{"deep/er/b.md": "new", "c.md": "c"} {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(data) != want {
			t.Errorf("%s is %q: %v", name, data, err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	if err := Write(root, []File{{"out/c.md", nil}}); err == nil {
		t.Error("a link was followed out of the folder")
	}
	if err := os.Symlink(filepath.Join(outside, "x"), filepath.Join(dir, "dangling.md")); err != nil {
		t.Fatal(err)
	}
	if err := Write(root, []File{{"dangling.md", nil}}); !errors.Is(err, ErrThere) {
		t.Errorf("a link that leads nowhere: %v", err)
	}
	if entries, _ := os.ReadDir(outside); len(entries) != 0 {
		t.Errorf("there is %v outside", entries)
	}
}

// A path leads to what it is given, for the roles that it is given, and begins as a draft.
func TestPath(t *testing.T) {
	const text = `---
id: first
title: "First: steps"
summary: One sentence for cards and search engines.
for: [mentor, "10"]
status: draft # published when it is ready; drafts are shown in the preview only
mode: advise # open, advise, strict
stages:
  - id: begin
    title: Begin
    text: One sentence on this stage.
    items:
      - {module: asking-well}
      - {session: "12"}
    milestone: {id: first-begun, title: Ready to go on, confirm: learner}
complete:
  all:
    - {stages: [begin]}
---

Where the path leads, and how long it takes.
`
	items := []Item{{"module", "asking-well"}, {"session", "12"}}
	f, err := Path("first", "First: steps", []string{"mentor", "10"}, items, nobody)
	if err != nil || f.Path != "content/paths/first.md" || string(f.Data) != text {
		t.Errorf("%v, %s:\n%s", err, f.Path, f.Data)
	}
	one, err := Path("first", "First: steps", []string{"mentor"}, items, nobody)
	if err != nil || !strings.Contains(string(one.Data), "\nfor: [mentor]\n") {
		t.Errorf("for one role: %v\n%s", err, one.Data)
	}
	all, err := Path("first", "First: steps", nil, items, nobody)
	if err != nil || string(all.Data) != strings.Replace(text, "for: [mentor, \"10\"]\n", "", 1) {
		t.Errorf("for all: %v\n%s", err, all.Data)
	}
}

// A title stands in YAML as YAML has it, and in a text for people as it was typed.
func TestTitleOfASite(t *testing.T) {
	site, err := Site(`Ann's "book": a start`)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range site {
		want := map[string]string{"site.yaml": `title: "Ann's \"book\": a start"`, "README.md": `# Ann's "book": a start`, "content/_index.md": `title: "Ann's \"book\": a start"`}[f.Path]
		if !strings.Contains(string(f.Data), want) {
			t.Errorf("%s lacks %s:\n%s", f.Path, want, f.Data)
		}
	}
}

// What a quiz checks is what its questions say.
func TestObjectiveOfAQuiz(t *testing.T) {
	text, err := Question("quiz", "page-1", "see-it")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "::: ") && strings.Contains(line, "objective=see-it") != strings.HasPrefix(line, "::: question ") {
			t.Error(line)
		}
	}
	if text, err = Question("single", "page-1", ""); err != nil || strings.Contains(string(text), "objective") {
		t.Errorf("%v:\n%s", err, text)
	}
}

// Names of files become titles, and ids of whole words that fit.
func TestNames(t *testing.T) {
	for in, want := range map[string]string{"asking-well": "Asking well", "asking_well today": "Asking well today", "über--uns": "Über uns", "--": "--", "": ""} {
		if got := Title(in); got != want {
			t.Errorf("the title of %q is %q, not %q", in, got, want)
		}
	}
	a := func(n int) string { return strings.Repeat("a", n) }
	for in, want := range map[string]string{a(80): a(80), a(81): a(80), a(81) + " b": a(80), a(80) + " b": a(80), a(79) + " b": a(79), a(78) + " b": a(78) + "-b", a(78) + " bc": a(78), "a " + a(80): "a"} {
		if got := ID(in); got != want {
			t.Errorf("the id of %q is %q, not %q", in, got, want)
		}
	}
	f, err := Page("practice", "mentor-programme-ideas", "", func(id string) bool { return id == "mentor-programme-ideas" })
	if err != nil || !strings.Contains(string(f.Data), "{#mentor-programme-2-check ") {
		t.Errorf("%v: the number has no room:\n%s", err, f.Data)
	}
}
