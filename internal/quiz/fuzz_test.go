package quiz_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"waymark/internal/diag"
	"waymark/internal/quiz"
)

// FuzzParse holds three laws against any page: Parse does not panic, every place lies in the file, and a check without faults, written by
// Format and parsed again, gives the same model.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if strings.HasSuffix(file.Name, ".md") {
				f.Add(string(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, data string) { laws(t, data) })
}

func laws(t *testing.T, data string) {
	file := diag.NewFile("page.md", []byte(data))
	for _, in := range containers(file, []byte(data)) {
		c, ds := quiz.Parse(in)
		if c == nil {
			continue
		}
		ds = append(ds, quiz.Lint([]*quiz.Check{c}, quiz.PageFacts{File: file, Kind: "role", Minutes: 20, Body: diag.Range{End: len(data)}})...)
		inFile(t, c, ds, len(data))
		_ = quiz.Explain(c)
		k := c.Key()
		_ = quiz.Mark(k, quiz.Answer{})
		if again, _ := quiz.Parse(containers(file, []byte(data))[index(data, in)]); !cmp.Equal(model(c), model(again)) {
			t.Errorf("parsing twice differs")
		}
		if ds.HasErrors() || lossy(c) {
			continue
		}
		text := quiz.Format(c)
		back, said := page("formatted.md", []byte(text), "lint: off")
		if len(back) != 1 {
			t.Fatalf("%q is not one check", text)
		}
		if d := cmp.Diff(model(c), model(back[0])); d != "" {
			t.Fatalf("-written +read:\n%s\n%s\n%s", d, text, sayAll(said))
		}
	}
}

// index returns which of the page's containers in is.
func index(data string, in quiz.Input) int {
	return slices.IndexFunc(containers(in.File, []byte(data)), func(o quiz.Input) bool { return o.Open == in.Open })
}

func inFile(t *testing.T, c *quiz.Check, ds diag.List, size int) {
	check := func(what string, r diag.Range) {
		if r.Start < 0 || r.Start > r.End || r.End > size {
			t.Errorf("%s at %v, outside of a file of %d bytes", what, r, size)
		}
	}
	for _, d := range ds {
		check(d.Code, d.Span.Range)
		for _, r := range d.Related {
			check(d.Code+", related", r.Span.Range)
		}
	}
	check("check", c.Range)
	check("id", c.IDRange)
	for _, r := range c.Riches() {
		check(r.Plain, r.Range)
	}
	for _, o := range c.Options {
		check("option", o.Range)
	}
	for _, a := range c.Accepts {
		check("accept", a.Range)
	}
	for _, p := range c.Pairs {
		check("pair", p.Range)
	}
	for _, g := range c.Gaps {
		check("gap", g.Range)
	}
	for _, s := range c.Scenes {
		check("scene", s.Range)
		for _, ch := range s.Choices {
			check("choice", ch.Range)
		}
	}
}

// lossy reports whether the plain texts of a check cannot stand for it: a text of nothing but a picture, addresses that become links, and blanks
// written as underscores beside real gaps.
func lossy(c *quiz.Check) bool {
	for _, r := range c.Riches() {
		p := strings.ToLower(r.Plain)
		if p == "" || strings.Contains(p, "://") || strings.Contains(p, "www.") || strings.Contains(p, "@") || strings.Contains(p, "mailto:") || strings.Contains(p, "xmpp:") {
			return true
		}
	}
	return strings.Count(c.Prompt.Plain, "___") != len(c.Gaps)
}

// TestFormatIsCanonical: what Format writes it writes again.
func TestFormatIsCanonical(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	n := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range txtar.Parse(data).Files {
			if !strings.HasSuffix(f.Name, ".md") {
				continue
			}
			checks, ds := page(f.Name, f.Data, "lint: off")
			if ds.HasErrors() {
				continue
			}
			for _, c := range checks {
				text := quiz.Format(c)
				back, _ := page(f.Name, []byte(text), "lint: off")
				if len(back) != 1 || quiz.Format(back[0]) != text {
					t.Errorf("%s %s: written once:\n%s", name, f.Name, text)
					continue
				}
				n++
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d checks were written", n)
	}
}

// tokens are what the random edits put into pages: whatever means something to a check.
var tokens = []string{"- (x) ", "- ( ) ", "- [x] ", "- [ ] ", "- = ", "- != ", "- (1) ", "(x) ", "[ ] ", "= ", "!= ", "*", "**", "_", "___", "`", "```\n", "1. ", "2) ", "- ", "+ ",
	"[[", "]]", "[[a|b]]", "[[(a) | b]]", "|", `\|`, `\`, "[", "]", "(", ")", "](#waiting)", "- [go](#waiting)\n", "#", "### ", "> ", "  > ", "[!TIP]", "[!NOTE]\n> ", "[!MISSED]", "[!X]", "\n", "\n\n", "  ", "    ", "\t", "\r\n",
	"| a | b |\n|---|---|\n| c | d |\n", "|  | e |\n", "&amp;", "&", "&#65;", "<b>", "<!-- -->", "~~", "~", "ß", "é", "İ", "\u0301", "\u00a0", "\x00", "\xff", "…", "..", "+-", "±", "9", "1,200", "%", "{#x}", "{", "}", "!", ":", "://", "---\n", "===\n", "$", "\"", "'",
	"::: question\n\n", "::: scenario {#a}\n\n", ":::\n", "type=text ", "same=x ", "unit=\"a|b\" "}

// TestLawsUnderEdits holds the laws of FuzzParse against random edits of the pages in the archives, by a fixed seed.
func TestLawsUnderEdits(t *testing.T) {
	var pages []string
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if strings.HasSuffix(f.Name, ".md") {
				pages = append(pages, string(f.Data))
			}
		}
	}
	n := 3000
	if s := os.Getenv("EDITS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	rnd := rand.New(rand.NewPCG(3, 5))
	for range n {
		s := pages[rnd.IntN(len(pages))]
		for range 1 + rnd.IntN(5) {
			at := rnd.IntN(len(s) + 1)
			switch rnd.IntN(4) {
			case 0:
				s = s[:at] + s[min(len(s), at+1+rnd.IntN(8)):]
			case 1: // a line twice
				lines := strings.SplitAfter(s, "\n")
				i := rnd.IntN(len(lines))
				s = strings.Join(slices.Insert(lines, rnd.IntN(len(lines)), lines[i]), "")
			default:
				s = s[:at] + tokens[rnd.IntN(len(tokens))] + s[at:]
			}
		}
		if ok := t.Run("", func(t *testing.T) { laws(t, s) }); !ok {
			t.Logf("the page:\n%s\n%q", s, s)
			return
		}
	}
}

// FuzzImport: no import panics, and what it gives can be written, read again and exported.
func FuzzImport(f *testing.F) {
	files, _ := filepath.Glob("testdata/exchange/*.txtar")
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			f.Add(string(file.Data))
		}
	}
	f.Fuzz(func(t *testing.T, data string) { importLaws(t, data) })
}

func importLaws(t *testing.T, data string) {
	for _, read := range []func([]byte) ([]*quiz.Check, []string){quiz.ParseGIFT, quiz.ParseMkdocsQuiz, quiz.ParseQuizdown} {
		checks, _ := read([]byte(data))
		var items []quiz.Item
		ids := map[string]bool{}
		for _, c := range checks {
			if ids[c.ID] || c.ID == "" {
				t.Errorf("id %q twice", c.ID)
			}
			ids[c.ID] = true
			page("page.md", []byte(quiz.Format(c)), "")
			items = append(items, quiz.Item{Check: c})
		}
		if _, _, err := quiz.ExportGIFT(items); err != nil {
			t.Error(err)
		}
	}
}

// TestImportLawsUnderEdits holds the law of FuzzImport against random edits.
func TestImportLawsUnderEdits(t *testing.T) {
	var pages []string
	files, _ := filepath.Glob("testdata/exchange/*.txtar")
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			pages = append(pages, string(f.Data))
		}
	}
	rnd := rand.New(rand.NewPCG(7, 7))
	more := append([]string{"{", "}", "~", "=", "#", "####", "->", "%50%", "%", "::", "[html]", "<p>", "</b>", "<a href=x>", "//", "{#", "..", "$CATEGORY:", "<quiz>", "</quiz>", "```quizdown"}, tokens...)
	for range 1500 {
		s := pages[rnd.IntN(len(pages))]
		for range 1 + rnd.IntN(6) {
			at := rnd.IntN(len(s) + 1)
			if rnd.IntN(3) == 0 {
				s = s[:at] + s[min(len(s), at+1+rnd.IntN(12)):]
			} else {
				s = s[:at] + more[rnd.IntN(len(more))] + s[at:]
			}
		}
		importLaws(t, s)
		if t.Failed() {
			t.Fatalf("%q", s)
		}
	}
}

// TestLargeChecks: a check as long as a page may be is read in a time that grows with its length, not with its square. The limit is
// a hundred times what it takes.
func TestLargeChecks(t *testing.T) {
	for _, part := range []string{"[[a]] ", "[[ ", "[[a|", "*a [[ ** "} {
		data := []byte("::: question\n\n" + strings.Repeat(part, 200_000/len(part)) + "\n\n:::\n")
		for _, in := range containers(diag.NewFile("page.md", data), data) {
			start := time.Now()
			quiz.Parse(in)
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("%q over and over: %v", part, took)
			}
		}
	}
}
