package curriculum_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"waymark/internal/build"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/schema"
	"waymark/internal/source"
	"waymark/internal/theme"
)

var update = flag.Bool("update", false, "write what the package does now into testdata")

// TestCases runs testdata/*.txtar. An archive is a small site about one rule:
//
//	site.yaml   left out: a title alone
//	content/…   the pages; a name with characters that no editor shows stands in quotes, as a Go string
//	options     a line each: drafts; stale; today DAY; set KEY VALUE; config NAME …; link, pipe, socket or device NAME; size NAME BYTES
//	want        what the site resolves to
//	want.diag   what is reported, with the severities and switches of site.yaml
//
// The whole pipeline runs up to the plan, as in `waymark check`: rules about addresses are part of what authors meet.
func TestCases(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no cases", err)
	}
	seen := map[string]bool{}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { runArchive(t, name, seen) })
	}
	for _, i := range diag.Codes() {
		if ours(i.Code) && !seen[i.Code] && !*update {
			t.Errorf("no case brings up %s", i.Code)
		}
	}
}

// ours are the codes of the tables about the site and the curriculum, but for those that only the web can bring up, whose case is external.txtar of the scripts of cmd/waymark.
func ours(code string) bool {
	if code == "link/dead" || code == "link/moved" {
		return false
	}
	subject, _, _ := strings.Cut(code, "/")
	switch subject {
	case "role", "objective", "needs", "path", "cohort", "rule", "link", "image", "glossary", "yaml", "site", "form":
		return true
	}
	return slices.Contains([]string{
		"page/id", "page/id-twice", "page/title-twice", "page/two-indexes", "page/stale", "page/reviewed", "page/foreign-keys", "page/same-address", "page/slug", "page/alias", "page/unknown-module", "page/url",
		"question/id-twice", "question/unknown-objective", "question/objective-unserved", "question/objective-recall", "quiz/pool-empty", "quiz/pool-unused", "quiz/pick", "rating/same",
	}, code)
}

func runArchive(t *testing.T, name string, seen map[string]bool) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"site.yaml": {Data: []byte("title: Test\n")}}
	o := build.Options{Check: true, Project: fsys, Jobs: 2, Set: map[string]source.Setting{}, Themes: func(name string) ([]theme.Layer, error) {
		if name != "" {
			return nil, fmt.Errorf("there is no theme %q", name)
		}
		return []theme.Layer{{Name: "theme", FS: fstest.MapFS{"theme.yaml": {Data: []byte("name: plain")}}}}, nil
	}}
	out := &txtar.Archive{Comment: a.Comment}
	want := map[string]string{}
	for _, f := range a.Files {
		switch f.Name {
		case "want", "want.diag":
			want[f.Name] = string(f.Data)
			continue
		case "options":
			options(t, string(f.Data), &o, fsys)
		default:
			file := f.Name
			if strings.HasPrefix(file, `"`) {
				if file, err = strconv.Unquote(file); err != nil {
					t.Fatal(err)
				}
			}
			fsys[file] = &fstest.MapFile{Data: f.Data}
		}
		out.Files = append(out.Files, f)
	}
	site, ds, err := build.New(o).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range ds {
		seen[d.Code] = true
		if _, ok := diag.Lookup(d.Code); !ok {
			t.Errorf("the code %s is not in the table", d.Code)
		}
	}
	var report bytes.Buffer
	if err := diag.Text(&report, ds, false); err != nil {
		t.Fatal(err)
	}
	for _, got := range []struct{ name, text string }{{"want", picture(site.Curriculum)}, {"want.diag", report.String()}} {
		if diff := cmp.Diff(want[got.name], got.text); diff != "" && !*update {
			t.Errorf("%s -want +got\n%s", got.name, diff)
		}
		if got.text != "" {
			out.Files = append(out.Files, txtar.File{Name: got.name, Data: []byte(got.text)})
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	// A build, on more goroutines, says the same in the same order: check finds whatever a build would find.
	o.Jobs, o.Check = 8, false
	again, ds2, err := build.New(o).Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var second bytes.Buffer
	_ = diag.Text(&second, ds2, false)
	if second.String() != report.String() || picture(again.Curriculum) != picture(site.Curriculum) {
		t.Errorf("a build says something else:\n%s", second.String())
	}
}

func options(t *testing.T, text string, o *build.Options, fsys fstest.MapFS) {
	irregular := map[string]fs.FileMode{"link": fs.ModeSymlink, "pipe": fs.ModeNamedPipe, "socket": fs.ModeSocket, "device": fs.ModeDevice, "strange": fs.ModeIrregular}
	for line := range strings.Lines(text) {
		w := strings.Fields(line)
		switch w[0] {
		case "drafts":
			o.Drafts = true
		case "stale":
			o.Stale = true
		case "strict":
			o.Strict = true
		case "today":
			o.Today = schema.Date(w[1])
		case "set":
			o.Set[w[1]] = source.Setting{Value: strings.Join(w[2:], " "), From: "WAYMARK_" + strings.ToUpper(w[1])}
		case "config":
			o.Configs = w[1:]
		case "size":
			n, err := strconv.Atoi(w[2])
			if err != nil {
				t.Fatal(err)
			}
			fsys[w[1]] = &fstest.MapFile{Data: make([]byte, n)}
		default:
			mode, ok := irregular[w[0]]
			if !ok {
				t.Fatalf("no option %s", w[0])
			}
			fsys[w[1]] = &fstest.MapFile{Mode: mode}
		}
	}
}

// picture is what a site resolves to, as text: its sections and modules in teaching order, then the paths.
func picture(c *curriculum.Curriculum) string {
	var b strings.Builder
	section(&b, c.Root, "")
	if rest := beside(c); len(rest) > 0 {
		b.WriteString("beside the sections\n")
		for _, m := range rest {
			module(&b, m, "  ")
		}
	}
	for _, p := range c.Paths {
		learningPath(&b, p)
	}
	for _, m := range c.Orphans() {
		fmt.Fprintf(&b, "orphan %s\n", m.ID)
	}
	return b.String()
}

// beside are the modules that no section lists: the pages of paths.
func beside(c *curriculum.Curriculum) []*curriculum.Module {
	listed := map[*curriculum.Module]bool{}
	var walk func(s *curriculum.Section)
	walk = func(s *curriculum.Section) {
		listed[s.Index] = true
		for _, m := range s.Modules {
			listed[m] = true
		}
		for _, sub := range s.Sections {
			walk(sub)
		}
	}
	walk(c.Root)
	var rest []*curriculum.Module
	for _, m := range c.Modules {
		if !listed[m] {
			rest = append(rest, m)
		}
	}
	return rest
}

func section(b *strings.Builder, s *curriculum.Section, indent string) {
	fmt.Fprintf(b, "%s%s/ %q\n", indent, path.Base("/"+s.Dir), s.Title)
	if s.Index != nil {
		module(b, s.Index, indent+"  ")
	}
	for _, c := range s.Children {
		if c.Module != nil {
			module(b, c.Module, indent+"  ")
		} else {
			section(b, c.Section, indent+"  ")
		}
	}
}

func module(b *strings.Builder, m *curriculum.Module, indent string) {
	fmt.Fprintf(b, "%s%s %s %q", indent, path.Base(m.Source), m.Kind, m.Title)
	if m.ID != strings.TrimSuffix(m.Source, path.Ext(m.Source)) {
		fmt.Fprintf(b, " #%s", m.ID)
	}
	if d := m.Doc.Meta.Duration; d.Read+d.Do+d.Group > 0 {
		fmt.Fprintf(b, " %d+%d min", m.Minutes.Read, m.Minutes.Do)
	}
	for _, r := range m.Audience {
		fmt.Fprintf(b, " for:%s", r.ID.Value)
	}
	for _, flag := range []struct {
		on   bool
		name string
	}{{m.Index, "index"}, {m.Draft, "draft"}, {m.Retired, "retired"}} {
		if flag.on {
			b.WriteString(" " + flag.name)
		}
	}
	b.WriteByte('\n')
	for _, n := range m.Needs {
		switch {
		case n.Path != nil:
			fmt.Fprintf(b, "%s  needs path %s\n", indent, n.Path.ID)
		case n.Objective != nil:
			fmt.Fprintf(b, "%s  needs %s by %s\n", indent, n.Module.ID, n.Objective.ID.Value)
		default:
			fmt.Fprintf(b, "%s  needs %s\n", indent, n.Module.ID)
		}
	}
	for i, to := range m.Targets {
		fmt.Fprintf(b, "%s  %s → %s", indent, m.Doc.Links[i].Dest, target(to))
		if to.Kind == curriculum.External && to.Name != m.Doc.Links[i].Dest {
			fmt.Fprintf(b, " %s", to.Name)
		}
		b.WriteByte('\n')
	}
}

func target(t curriculum.Target) string {
	s := map[curriculum.TargetKind]string{
		curriculum.Broken: "broken", curriculum.External: "external", curriculum.ToModule: "page ", curriculum.ToSection: "section ", curriculum.ToAsset: "file ",
		curriculum.ToTerm: "term ", curriculum.ToHome: "home",
	}[t.Kind]
	switch t.Kind {
	case curriculum.ToModule:
		s += t.Module.Source
	case curriculum.ToSection:
		s += t.Section.Dir
	case curriculum.ToAsset, curriculum.ToTerm:
		s += t.Name
	}
	if t.Fragment != "" {
		s += " #" + t.Fragment
	}
	return s
}

func learningPath(b *strings.Builder, p *curriculum.Path) {
	fmt.Fprintf(b, "path %s %q %d–%d min", p.ID, p.Title, p.Minutes.From, p.Minutes.To)
	for _, r := range p.Roles {
		fmt.Fprintf(b, " for:%s", r.ID.Value)
	}
	b.WriteByte('\n')
	for _, n := range p.Needs {
		fmt.Fprintf(b, "  needs path %s\n", n.ID)
	}
	for _, o := range p.Outcomes {
		fmt.Fprintf(b, "  outcome %s\n", o.ID.Value)
	}
	for _, m := range p.Cohorts {
		fmt.Fprintf(b, "  cohort %s\n", m.ID)
		dates := func(id string, days []int) {
			for n, day := range days {
				d := m.Cohort.On(id, n+1, day)
				fmt.Fprintln(b, strings.TrimRight(fmt.Sprintf("    %s %d: %s %s %s", id, n+1, d.Day, d.Time, d.Place), " "))
			}
		}
		if s := p.Module.Doc.Meta.Schedule; s != nil {
			for i := range s.Events {
				dates(s.Events[i].ID.Value, curriculum.Days(&s.Events[i]))
			}
		}
		for level, part := range p.Module.Doc.Meta.Evaluation.Levels() {
			dates(level, curriculum.Whole(part.At))
		}
	}
	number := func(m *curriculum.Module) string {
		for _, pl := range m.Places {
			if pl.Path == p {
				if pl.Optional {
					return fmt.Sprintf("%d optional %s", pl.Number, m.ID)
				}
				return fmt.Sprintf("%d %s", pl.Number, m.ID)
			}
		}
		return m.ID
	}
	for _, st := range p.Stages {
		fmt.Fprintf(b, "  stage %s", st.ID.Value)
		for _, a := range st.After {
			fmt.Fprintf(b, " after:%s", a.ID.Value)
		}
		b.WriteByte('\n')
		for _, s := range st.Stops {
			fmt.Fprintf(b, "    %s", s.What)
			switch {
			case s.What == "choose":
				fmt.Fprintf(b, " %d of", s.Choose)
				for _, m := range s.From {
					fmt.Fprintf(b, " (%s)", number(m))
				}
			case s.Check != nil:
				fmt.Fprintf(b, " %s in %s", s.Check.ID, s.Module.ID)
			case s.Module != nil:
				fmt.Fprintf(b, " %s", number(s.Module))
			case s.Review != nil:
				fmt.Fprintf(b, " %d cards", s.Review.Cards)
			}
			if s.Repeat > 0 {
				fmt.Fprintf(b, " × %d", s.Repeat)
			}
			if s.TestOut != nil {
				fmt.Fprintf(b, " test-out:%s", s.TestOut.ID)
			}
			b.WriteByte('\n')
		}
		if st.Milestone != nil {
			fmt.Fprintf(b, "    milestone %s\n", st.Milestone.ID.Value)
		}
	}
}
