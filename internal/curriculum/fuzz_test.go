package curriculum_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"waymark/internal/build"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/theme"
)

// FuzzPaths puts the front matter of two learning paths, the second of which may need the first, and of a module that stands on them into a small site that has a page of
// every kind and a check of every kind. Whatever they say about stages, choices, needs, dates and rules:
//
//   - resolving and planning end, and the machine has no error
//   - every fault has a code of the table and a place in its file, and its words cannot drive a terminal
//   - a second time, on more goroutines, it is the same
//   - a curriculum of which no fault was said is one that a learner can walk (see walkable), in the edition for a role as well
func FuzzPaths(f *testing.F) {
	site, err := txtar.ParseFile("testdata/fuzz-paths.txtar")
	if err != nil {
		f.Fatal(err)
	}
	base := fstest.MapFS{}
	for _, file := range site.Files {
		base[file.Name] = &fstest.MapFile{Data: file.Data}
	}
	const (
		module = "needs: {modules: [one]}"
		alone  = "id: q\ntitle: Q\nstages: [{id: s, title: S, items: [{module: one}, {module: two}]}]"
		after  = alone + "\nneeds: {paths: [p]}"
	)
	f.Add("id: p\ntitle: P\nstages: [{id: s, title: S, items: [{module: one}, {module: two}]}]", after, module)
	f.Add("id: p\ntitle: P\nneeds: {paths: [q]}\nstages: [{id: s, title: S, items: [{module: two}]}]", after, module)
	f.Add("id: p\ntitle: P\nstages: [{id: s, title: S, items: [{module: two}]}]", alone, "needs: {modules: [long], objectives: [o1], paths: [q]}")
	for _, name := range []string{"paths", "path-faults", "programme"} {
		a, err := txtar.ParseFile("testdata/" + name + ".txtar")
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if matter, ok := frontMatter(string(file.Data)); ok && strings.Contains(matter, "\nstages:") {
				f.Add(matter, alone, module)
			}
		}
	}
	for _, s := range []string{
		"items: [{choose: 2, from: [one, long, short]}, {choose: 1, from: [short]}]", "items: [{session: talk, repeat: 2147483647}, {session: talk, repeat: 2147483647}]", "items: [{review: {cards: -1}}]",
		"after: [s]\n    items: [{module: one}]", "items: [{form: paper, done: signed}, {quiz: final, pass: 100%}, {reflection: r1}]", "items: [{module: q}, {module: p}]",
		"items: &i [{module: one}]\n    milestone: {id: s, title: S}\n  - id: t\n    title: T\n    after: [s]\n    items: *i", "items: [{module: two, test_out: q1}, {optional: two}, {}]",
	} {
		for _, roles := range []string{"mentor", "[mentee]", "[]"} {
			f.Add("id: p\ntitle: P\nfor: "+roles+"\nstages:\n  - id: s\n    title: S\n    "+s, after, module)
		}
	}
	for _, rule := range []string{
		"{all: [read, manual, {stages: [s]}, {milestones: [m]}]}", "{any: []}", "{count: {min: 2, of: [read, {quiz: final}]}}", "{checks: {min: 0%, of: [q1]}}", "{scenario: story, good: true}",
		"{all: [{any: [{all: [{rating: ready}]}]}]}", "{review: {cards: 1}}", "{session: talk}", "{reflections: {min: 1}}", "read",
	} {
		f.Add("id: p\ntitle: P\nstages: [{id: s, title: S, items: [{module: two}], milestone: {id: m, title: M, confirm: rule}}]\ncomplete: "+rule, after, "complete: "+rule)
	}
	f.Fuzz(func(t *testing.T, path, second, module string) {
		fsys := fstest.MapFS{}
		for name, file := range base {
			fsys[name] = file
		}
		fsys["content/paths/p.md"] = &fstest.MapFile{Data: []byte("---\n" + path + "\n---\n")}
		fsys["content/paths/q.md"] = &fstest.MapFile{Data: []byte("---\n" + second + "\n---\n")}
		fsys["content/modules/two.md"] = &fstest.MapFile{Data: []byte("---\nid: two\nkind: practice\n" + module + "\n---\n# Two\n")}
		o := build.Options{Check: true, Project: fsys, Jobs: 1, Today: "2026-05-31", Themes: func(string) ([]theme.Layer, error) {
			return []theme.Layer{{Name: "theme", FS: fstest.MapFS{"theme.yaml": {Data: []byte("name: plain")}}}}, nil
		}}
		first, ds := planned(t, o)
		o.Jobs = 3
		if again, ds2 := planned(t, o); reported(t, ds) != reported(t, ds2) || picture(again) != picture(first) {
			t.Errorf("first\n%s%s\nand then\n%s%s", picture(first), reported(t, ds), picture(again), reported(t, ds2))
		}
		if ds.HasErrors() {
			return
		}
		walkable(t, first)
		for _, role := range first.Config.Roles {
			o.For = role.ID.Value
			edition, ds := planned(t, o)
			if ds.HasErrors() {
				t.Errorf("the edition for %s has faults that the whole has not:\n%s", o.For, reported(t, ds))
				continue
			}
			walkable(t, edition)
		}
	})
}

// frontMatter returns what stands between the fences of a page's front matter.
func frontMatter(page string) (string, bool) {
	matter, ok := strings.CutPrefix(page, "---\n")
	if !ok {
		return "", false
	}
	matter, _, ok = strings.Cut(matter, "\n---")
	return matter, ok
}

// planned runs the pipeline up to the plan.
func planned(t *testing.T, o build.Options) (*curriculum.Curriculum, diag.List) {
	t.Helper()
	site, ds, err := build.New(o).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range ds {
		if _, ok := diag.Lookup(d.Code); !ok {
			t.Errorf("%s is not in the table of codes", d.Code)
		}
		spans := []diag.Span{d.Span}
		for _, r := range d.Related {
			spans = append(spans, r.Span)
		}
		for _, s := range spans {
			if s.File == nil {
				continue
			}
			if data, err := s.File.Bytes(); err != nil || s.Start < 0 || s.Start > s.End || s.End > len(data) {
				t.Errorf("%s: the place %d to %d is not in %s, which has %d bytes (%v)", d.Code, s.Start, s.End, s.File.Path, len(data), err)
			}
		}
	}
	return site.Curriculum, ds
}

func reported(t *testing.T, ds diag.List) string {
	t.Helper()
	var said bytes.Buffer
	if err := diag.Text(&said, ds, false); err != nil {
		t.Fatal(err)
	}
	for _, r := range said.String() {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 {
			t.Fatalf("%q drives a terminal", said.String())
		}
	}
	return said.String()
}

// walkable checks what a learner relies on in a curriculum without faults: every step of a path leads to something that is there, as many can be chosen as are to be
// chosen, no stage waits for one behind it, no path for itself, and a path names each of its modules once.
func walkable(t *testing.T, c *curriculum.Curriculum) {
	t.Helper()
	for _, p := range c.Paths {
		if p.Minutes.From < 0 || p.Minutes.From > p.Minutes.To {
			t.Errorf("%s takes from %d to %d minutes", p.ID, p.Minutes.From, p.Minutes.To)
		}
		on := map[*curriculum.Module]bool{}
		for _, m := range p.Modules {
			if on[m] || !slices.Contains(c.Modules, m) {
				t.Errorf("%s names %s twice, or it is no module of the site", p.ID, m.ID)
			}
			on[m] = true
		}
		seen := map[*curriculum.Stage]bool{}
		for _, st := range p.Stages {
			for _, before := range st.After {
				if !seen[before] {
					t.Errorf("%s: the stage %s waits for %s, which does not stand before it", p.ID, st.ID.Value, before.ID.Value)
				}
			}
			seen[st] = true
			for _, s := range st.Stops {
				switch s.What {
				case "module", "optional", "session", "form":
					if !on[s.Module] {
						t.Errorf("%s: a step leads to no module of the path", p.ID)
					}
				case "quiz", "reflection":
					if s.Check == nil || !slices.Contains(c.Modules, s.Check.Module) {
						t.Errorf("%s: a step leads to no check", p.ID)
					}
				case "choose":
					if s.Choose < 1 || s.Choose > len(s.From) {
						t.Errorf("%s: %d of %d are to be chosen", p.ID, s.Choose, len(s.From))
					}
				case "review":
				default:
					t.Errorf("%s: a step is a %q", p.ID, s.What)
				}
			}
		}
		var waits func(q *curriculum.Path, behind []*curriculum.Path)
		waits = func(q *curriculum.Path, behind []*curriculum.Path) {
			if slices.Contains(behind, q) {
				t.Errorf("the path %s waits for itself", q.ID)
				return
			}
			for _, n := range q.Needs {
				waits(n, append(behind, q))
			}
		}
		waits(p, nil)
	}
}
