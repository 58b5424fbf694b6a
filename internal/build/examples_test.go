package build_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"waymark/internal/build"
)

var (
	example   = regexp.MustCompile("(?ms)^```markdown\n(.*?)^```$")
	objective = regexp.MustCompile(`objective=("[^"]*"|[\w-]+)`)
)

// TestExamplesForAuthorsWork builds what the pages for authors give as examples: each page's containers as one page, each example with front matter as a page
// of its own. An author may copy them as they stand.
func TestExamplesForAuthorsWork(t *testing.T) {
	files, err := filepath.Glob("../../content/authoring/*.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		site := fstest.MapFS{
			"site.yaml":         {Data: []byte("title: Examples\nroles:\n  - {id: mentor, title: Mentor}\n  - {id: mentee, title: Mentee}\n")},
			"content/_index.md": {Data: []byte("---\ntitle: Examples\nsummary: What the pages for authors show.\n---\n")},
		}
		var body strings.Builder
		var objectives []string
		for i, m := range example.FindAllStringSubmatch(string(source), -1) {
			text := m[1]
			switch {
			case strings.HasPrefix(text, "---\n"):
				site[fmt.Sprintf("content/examples/page-%d.md", i)] = &fstest.MapFile{Data: []byte(text)}
			case strings.Contains(text, ":::"):
				body.WriteString(text + "\n")
				for _, o := range objective.FindAllStringSubmatch(text, -1) {
					objectives = append(objectives, strings.Fields(strings.Trim(o[1], `"`))...)
				}
			default:
				continue
			}
			found++
		}
		if len(site) == 2 && body.Len() == 0 {
			continue
		}
		slices.Sort(objectives)
		var head strings.Builder
		head.WriteString("---\nid: examples\nkind: practice\ntitle: Examples\nsummary: All in a row.\naudience: [mentor, mentee]\n")
		for i, id := range slices.Compact(objectives) {
			if i == 0 {
				head.WriteString("objectives:\n")
			}
			fmt.Fprintf(&head, "  - {id: %s, verb: remember, text: \"Name it\"}\n", id)
		}
		site["content/examples/all.md"] = &fstest.MapFile{Data: []byte(head.String() + "---\n\n" + body.String())}
		site["content/parts/contact.md"] = &fstest.MapFile{Data: []byte("---\nid: contact\nkind: page\ntitle: Contact\nsummary: Whom to ask.\n---\n\nAsk the coordinator.\n")}
		site["content/glossary.yaml"] = &fstest.MapFile{Data: []byte("terms:\n  - {id: match, term: Match, text: A pair.}\n")}
		b := build.New(build.Options{Project: site, Themes: layered(site), Today: "2026-11-01", Check: true, Jobs: 1})
		_, ds, err := b.Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range ds {
			t.Errorf("%s: %v: %s [%s]", name, d.Span, d.Message, d.Code)
		}
	}
	if found < 16 {
		t.Errorf("only %d examples were found", found)
	}
}

// TestExamplesOfAPathWorkTogether lays the path that the page on paths shows, piece by piece, into the guide, with the pages for authors that it leads to.
func TestExamplesOfAPathWorkTogether(t *testing.T) {
	read := func(page string, form *regexp.Regexp, has string) string {
		source, err := os.ReadFile("../../content/authoring/" + page)
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, m := range form.FindAllSubmatch(source, -1) {
			if bytes.Contains(m[1], []byte(has)) {
				all.Write(append(m[1], '\n'))
			}
		}
		return all.String()
	}
	site := fstest.MapFS{}
	guide := os.DirFS("../..")
	config, err := fs.ReadFile(guide, "site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	site["site.yaml"] = &fstest.MapFile{Data: config}
	err = fs.WalkDir(guide, "content", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(guide, name)
		site[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	matter := regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$")
	cohort := read("paths.md", matter, "\npath: ")
	path := strings.Split(strings.Replace(read("paths.md", matter, ""), cohort, "", 1), "---\n") // what comes first has both marks
	site["content/cohorts/example.md"] = &fstest.MapFile{Data: []byte(cohort + "\nWelcome.\n")}
	site["content/skills/small-talk.md"] = &fstest.MapFile{Data: []byte(read("getting-started.md", example, "id: small-talk"))}
	site["content/skills/ready.md"] = &fstest.MapFile{Data: []byte("---\nid: ready-page\nkind: practice\ntitle: Ready\nsummary: Before and after.\naudience: [mentor]\n" +
		"objectives: [{id: run-first-meeting, verb: apply, text: Run a first meeting}]\n---\n\n" + read("checks.md", example, "::: rating"))}
	site["content/paths/example.md"] = &fstest.MapFile{Data: []byte("---\n" + strings.Join(path, "") + "summary: An example.\n---\n\nText.\n")}
	_, ds, err := build.New(build.Options{Project: site, Themes: layered(site), Today: "2026-11-01", Check: true, Jobs: 1}).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range ds {
		t.Errorf("%v: %s [%s]", d.Span, d.Message, d.Code)
	}
}

// TestHostingNamesThePolicy holds the header that the page on hosting tells people to send to the policy that each page carries.
func TestHostingNamesThePolicy(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(goldenWant, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	policy := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindSubmatch(page)
	if policy == nil {
		t.Fatal("the page carries no policy")
	}
	hosting, err := os.ReadFile("../../content/authoring/hosting.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := html.UnescapeString(string(policy[1])) + "; frame-ancestors 'none'\n"; !strings.Contains(string(hosting), want) {
		t.Errorf("the page on hosting does not name the header %s", want)
	}
}
