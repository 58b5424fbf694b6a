package build_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"waymark/internal/build"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
)

// The handbook in content/ is written by people, so its rules are tested like code: what it promises, in tables under testdata/content, and how it reads.

// referenceOnPurpose are the modules of the guide that stand on no path: a reader looks them up.
var referenceOnPurpose = map[string]bool{}

var guide = sync.OnceValues(func() (*build.Site, diag.List) {
	fsys := os.DirFS("../..")
	b := build.New(build.Options{Project: fsys, Themes: layered(fsys), Today: "2026-11-01", Check: true, Strict: true, Jobs: 2})
	site, ds, err := b.Build(context.Background())
	if err != nil {
		panic(err)
	}
	return site, ds
})

// curriculumOf returns the guide, whose check must have found nothing.
func curriculumOf(t *testing.T) *curriculum.Curriculum {
	t.Helper()
	site, ds := guide()
	if len(ds) > 0 {
		var text bytes.Buffer
		_ = diag.Text(&text, ds, false)
		t.Fatalf("the guide has faults:\n%s", text.String())
	}
	return site.Curriculum
}

// rows reads a table: lines of fields between tabs, below comments and a heading.
func rows(t *testing.T, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/content", name))
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	if len(out) < 2 {
		t.Fatalf("%s has no rows", name)
	}
	return out[1:]
}

// modulesOf are the pages that teach: neither index pages nor paths nor the pages about Waymark itself.
func modulesOf(c *curriculum.Curriculum) []*curriculum.Module {
	var out []*curriculum.Module
	for _, m := range c.Modules {
		if !m.Index && m.Kind != "path" && m.Kind != "page" && m.Kind != "cohort" && m.Kind != "section" {
			out = append(out, m)
		}
	}
	return out
}

// TestGuideKeepsItsPromises compares every module with its line of brief.tsv. Minutes are those of reading and doing together.
func TestGuideKeepsItsPromises(t *testing.T) {
	c := curriculumOf(t)
	var want, got []string
	questions := 0
	for _, row := range rows(t, "brief.tsv") {
		want = append(want, strings.Join(row, " | "))
	}
	for _, m := range modulesOf(c) {
		dir, _, _ := strings.Cut(m.Source, "/")
		d := m.Doc.Meta.Duration
		var after []string
		for _, n := range m.Needs {
			if n.Module != nil {
				after = append(after, n.Module.ID)
			}
		}
		if after == nil {
			after = []string{"-"}
		}
		questions += len(m.Doc.Checks)
		got = append(got, strings.Join([]string{m.ID, dir, m.Kind, strconv.Itoa(int(d.Read + d.Do)), strings.Join(after, " "), strconv.Itoa(len(m.Doc.Checks))}, " | "))
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the guide is not what testdata/content/brief.tsv says: -want +got\n%s", diff)
	}
	if questions != 226 {
		t.Errorf("the guide has %d questions, want 226", questions)
	}
}

// TestEveryIdeaHasAHome looks up the modules that coverage.tsv names for each idea of the sources.
func TestEveryIdeaHasAHome(t *testing.T) {
	c := curriculumOf(t)
	for _, row := range rows(t, "coverage.tsv") {
		if len(row) != 2 || len(strings.Fields(row[1])) == 0 {
			t.Errorf("%q has no module", row[0])
			continue
		}
		for _, id := range strings.Fields(row[1]) {
			if m := c.ModuleByID(id); m == nil || m.Draft {
				t.Errorf("%q lives in %q, and there is no such page", row[0], id)
			}
		}
	}
}

func TestEveryObjectiveIsServed(t *testing.T) {
	c := curriculumOf(t)
	served := map[string]bool{}
	for _, m := range c.Modules {
		for _, q := range m.Doc.Checks {
			for _, id := range q.Objectives {
				served[id] = true
			}
		}
	}
	for _, m := range modulesOf(c) {
		if len(m.Doc.Meta.Objectives) == 0 {
			t.Errorf("%s has no objectives", m.Source)
		}
		for _, o := range m.Doc.Meta.Objectives {
			if !served[o.ID.Value] {
				t.Errorf("%s: no question serves %q", m.Source, o.ID.Value)
			}
		}
	}
}

// TestPathsHaveTheirModules compares the stages of the paths with paths.tsv, and finds the modules that no path leads to.
func TestPathsHaveTheirModules(t *testing.T) {
	c := curriculumOf(t)
	want, got, onPath := map[string][]string{}, map[string][]string{}, map[string]bool{}
	for _, row := range rows(t, "paths.tsv") {
		want[row[0]] = append(want[row[0]], row[1]+": "+row[2])
	}
	for _, p := range c.Paths {
		for _, s := range p.Stages {
			var ids []string
			for _, stop := range s.Stops {
				if stop.Module != nil && stop.Check == nil && !slices.Contains(ids, stop.Module.ID) {
					ids = append(ids, stop.Module.ID)
				}
			}
			got[p.ID] = append(got[p.ID], s.Title+": "+strings.Join(ids, " "))
		}
		for _, m := range p.Modules {
			onPath[m.ID] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the paths are not what testdata/content/paths.tsv says: -want +got\n%s", diff)
	}
	for _, m := range modulesOf(c) {
		if onPath[m.ID] == referenceOnPurpose[m.ID] {
			t.Errorf("%s: on a path is %v, for reference on purpose is %v", m.Source, onPath[m.ID], referenceOnPurpose[m.ID])
		}
	}
}

// TestFormsSayTheirPages holds the papers to a number of pages; what they really print is looked at in a browser.
func TestFormsSayTheirPages(t *testing.T) {
	two := map[string]bool{"template-needs-assessment": true, "template-evaluation": true}
	for _, m := range modulesOf(curriculumOf(t)) {
		if m.Doc.Meta.Form == nil {
			continue
		}
		want := 1
		if two[m.ID] {
			want = 2
		}
		if got := m.Doc.Meta.Form.Pages; got != want {
			t.Errorf("%s: form.pages is %d, want %d", m.Source, got, want)
		}
	}
}

const run = 8 // words in a row that two pages may not share

// TestNoPageRepeatsAnother looks for a run of eight equal words in two modules. Headings, texts of links, codes and sources are left out.
func TestNoPageRepeatsAnother(t *testing.T) {
	c := curriculumOf(t)
	first := map[string]string{}
	for _, m := range modulesOf(c) {
		meta := m.Doc.Meta
		texts := []string{meta.Summary.Value}
		for _, o := range meta.Objectives {
			texts = append(texts, o.Text)
		}
		if meta.Form != nil {
			for _, f := range meta.Form.Fields {
				texts = append(texts, f.Label, f.Hint)
			}
		}
		for _, p := range passages(t, m) {
			texts = append(texts, linked.ReplaceAllString(p, " "))
		}
		here := map[string]bool{}
		for _, text := range texts {
			words := word.FindAllString(strings.ToLower(text), -1)
			for i := 0; i+run <= len(words); i++ {
				here[strings.Join(words[i:i+run], " ")] = true
			}
		}
		for gram := range here {
			if other, ok := first[gram]; ok {
				t.Errorf("%s and %s both say %q", other, m.Source, gram)
			}
			first[gram] = m.Source
		}
	}
	if len(first) < 20_000 {
		t.Errorf("only %d runs of words were compared", len(first))
	}
}

var (
	word    = regexp.MustCompile(`[\pL\pN]+(?:['’][\pL]+)?`)
	linked  = regexp.MustCompile(`!?\[[^\]]*\]\([^)]*\)|\[@[^\]]*\]`)
	leading = regexp.MustCompile(`^[\s>]*(?:[-*] (?:\[[ x]\] |\([ x]\) )?|\d+\. |\|)?\s*`)
)

// passages returns the texts of a page below its front matter, one for each paragraph, item and cell; no headings, fences or rules.
func passages(t *testing.T, m *curriculum.Module) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../content", filepath.FromSlash(m.Source)))
	if err != nil {
		t.Fatal(err)
	}
	_, body, ok := strings.Cut(strings.TrimPrefix(string(data), "---\n"), "\n---\n")
	if !ok {
		t.Fatalf("%s has no front matter", m.Source)
	}
	var out []string
	open, quoted := false, false // the last passage goes on; it stands in a quotation
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		bare := strings.TrimSpace(strings.TrimLeft(line, "> "))
		switch {
		case bare == "" || strings.HasPrefix(bare, "#") || strings.HasPrefix(bare, ":::") || strings.HasPrefix(bare, "[!") || strings.HasPrefix(bare, "|--") || strings.HasPrefix(bare, "|:"):
			open = false
		case strings.HasPrefix(bare, "|"):
			out = append(out, strings.Split(strings.Trim(bare, "|"), "|")...)
			open = false
		case open && quoted == strings.HasPrefix(line, ">") && leading.FindString(bare) == "":
			out[len(out)-1] += " " + bare
		default:
			out = append(out, leading.ReplaceAllString(line, ""))
			open, quoted = true, strings.HasPrefix(line, ">")
		}
	}
	return out
}
