package quiz_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"waymark/internal/diag"
	"waymark/internal/quiz"
)

var update = flag.Bool("update", false, "write the wanted parts of the archives anew")

// TestArchives runs testdata/*.txtar. In an archive, each NAME.md is a page with containers; NAME.json is the model that its checks give,
// NAME.explain the text of `check --explain`, NAME.key what a browser gets, and NAME.diag what is said about them, lints included. All but
// NAME.diag may be missing; a missing NAME.diag is an empty one.
func TestArchives(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { archive(t, name) })
	}
}

func archive(t *testing.T, name string) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	part := map[string]string{}
	for _, f := range a.Files {
		part[f.Name] = string(f.Data)
	}
	out := &txtar.Archive{Comment: a.Comment}
	used := map[string]bool{}
	for _, f := range a.Files {
		stem, ok := strings.CutSuffix(f.Name, ".md")
		if !ok {
			continue
		}
		used[stem] = true
		checks, ds := page(f.Name, f.Data, string(a.Comment))
		model, said := "", sayAll(ds)
		if _, wanted := part[stem+".json"]; wanted || *update && strings.Contains(string(a.Comment), "models") && len(checks) > 0 && !ds.HasErrors() {
			model = modelJSON(checks)
		}
		explained := ""
		if _, wanted := part[stem+".explain"]; wanted {
			for _, c := range checks {
				explained += quiz.Explain(c)
			}
		}
		keys := ""
		if _, wanted := part[stem+".key"]; wanted {
			for _, c := range checks {
				keys += oneLine(c.Key())
			}
		}
		out.Files = append(out.Files, f)
		for _, p := range []struct{ name, got string }{{stem + ".json", model}, {stem + ".explain", explained}, {stem + ".key", keys}, {stem + ".diag", said}} {
			if p.got != "" {
				out.Files = append(out.Files, txtar.File{Name: p.name, Data: []byte(p.got)})
			}
			if d := cmp.Diff(part[p.name], p.got); d != "" && !*update {
				t.Errorf("%s: %s (-want +got):\n%s", name, p.name, d)
			}
		}
	}
	for n := range part {
		if stem := strings.TrimSuffix(n, filepath.Ext(n)); !used[stem] {
			t.Errorf("%s: %s belongs to no page", name, n)
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// page parses all checks of a page and lints them. Facts are lines like "minutes: 20" in the archive's comment.
func page(name string, data []byte, facts string) ([]*quiz.Check, diag.List) {
	file := diag.NewFile(name, data)
	var checks []*quiz.Check
	var ds diag.List
	for _, in := range containers(file, data) {
		c, found := quiz.Parse(in)
		if c != nil {
			checks = append(checks, c)
			ds = append(ds, found...)
		}
	}
	if !strings.Contains(facts, "lint: off") {
		pf := quiz.PageFacts{File: file, Body: diag.Range{End: len(data)}}
		for _, line := range strings.Split(facts, "\n") {
			key, value, _ := strings.Cut(line, ": ")
			switch key {
			case "minutes":
				fmt.Sscan(value, &pf.Minutes)
			case "kind":
				pf.Kind = value
			case "language":
				pf.Language = value
			}
		}
		ds = append(ds, quiz.Lint(checks, pf)...)
	}
	return checks, ds.Sort()
}

func sayAll(ds diag.List) string {
	var b strings.Builder
	for _, d := range ds {
		p := d.Span.Position()
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s]\n", p.Line, p.Column, d.Severity, d.Message, d.Code)
		if d.Hint != "" {
			fmt.Fprintf(&b, "   hint: %s\n", d.Hint)
		}
		for _, r := range d.Related {
			fmt.Fprintf(&b, "   %d: %s\n", r.Span.Position().Line, r.Message)
		}
	}
	return b.String()
}

var (
	openLine  = regexp.MustCompile(`^:::+ +(\S+)(?: +\{(.*)\})? *$`)
	closeLine = regexp.MustCompile(`^:::+ *$`)
	attrForm  = regexp.MustCompile(`#([^\s#]+)|\.([\w-]+)|([\w-]+)=("(?:[^"\\]|\\.)*"|\S+)`)
)

// containers cuts the containers out of a page, line by line, and parses what is in each as a document of its own: enough to test
// checks without the page's parser.
func containers(file *diag.File, data []byte) []quiz.Input {
	var list []quiz.Input
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithParserOptions(parser.WithAttribute()))
	off, start := 0, -1
	var in quiz.Input
	for line := range strings.Lines(string(data)) {
		end := off + len(line)
		trimmed := strings.TrimRight(line, "\r\n")
		if start < 0 {
			if m := openLine.FindStringSubmatchIndex(trimmed); m != nil {
				in = quiz.Input{File: file, TrueFalse: [][2]string{{"Wahr", "Falsch"}}, Word: trimmed[m[2]:m[3]], Open: diag.Range{Start: off, End: off + len(trimmed)}}
				if m[4] >= 0 {
					in.Attrs = attrs(trimmed[m[4]:m[5]], off+m[4])
				}
				start = end
			}
		} else if closeLine.MatchString(trimmed) {
			in.Source, in.Offset = data[start:off], start
			in.Range = diag.Range{Start: in.Open.Start, End: off + len(trimmed)}
			in.Node = parse(md, in.Source)
			list, start = append(list, in), -1
		}
		off = end
	}
	return list
}

func parse(md goldmark.Markdown, source []byte) ast.Node {
	return md.Parser().Parse(text.NewReader(source))
}

func attrs(s string, off int) []quiz.Attr {
	var list []quiz.Attr
	for _, m := range attrForm.FindAllStringSubmatchIndex(s, -1) {
		a := quiz.Attr{Range: diag.Range{Start: off + m[0], End: off + m[1]}}
		switch {
		case m[2] >= 0:
			a.Name, a.Value = "id", s[m[2]:m[3]]
		case m[4] >= 0:
			a.Name, a.Value = "class", s[m[4]:m[5]]
		default:
			a.Name, a.Value = s[m[6]:m[7]], s[m[8]:m[9]]
			if len(a.Value) > 1 && strings.HasPrefix(a.Value, `"`) && strings.HasSuffix(a.Value, `"`) {
				a.Value = strings.ReplaceAll(strings.ReplaceAll(a.Value[1:len(a.Value)-1], `\"`, `"`), `\\`, `\`)
			}
		}
		list = append(list, a)
	}
	return list
}

func oneLine(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return b.String()
}

// modelJSON writes what matters of checks, without what is empty and without places.
func modelJSON(checks []*quiz.Check) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	for _, c := range checks {
		_ = e.Encode(model(c))
	}
	return b.String()
}

// model returns a check as nested maps and lists of what an author wrote.
func model(c *quiz.Check) map[string]any {
	m := map[string]any{"word": c.Word, "type": c.Type, "id": c.ID, "rev": c.Rev}
	put := func(key string, v any, empty bool) {
		if !empty {
			m[key] = v
		}
	}
	rich := func(key string, r quiz.Rich) { put(key, r.Plain, r.Empty()) }
	rich("prompt", c.Prompt)
	rich("explanation", c.Explanation)
	list := func(key string, n int, f func(i int) map[string]any) {
		var all []map[string]any
		for i := range n {
			one := f(i)
			for k, v := range one {
				if r, ok := v.(quiz.Rich); ok {
					one[k] = r.Plain
					if r.Empty() {
						delete(one, k)
					}
				}
				if v == false || v == "" || v == nil {
					delete(one, k)
				}
			}
			all = append(all, one)
		}
		put(key, all, n == 0)
	}
	list("options", len(c.Options), func(i int) map[string]any {
		o := c.Options[i]
		return map[string]any{"text": o.Text, "right": o.Right, "feedback": o.Feedback, "missed": o.Missed}
	})
	list("accepts", len(c.Accepts), func(i int) map[string]any {
		a := c.Accepts[i]
		m := map[string]any{"value": a.Value, "right": a.Right, "any": a.Any, "feedback": a.Feedback}
		if c.Type == quiz.Number && !a.Any {
			m["range"] = []float64{a.Min, a.Max}
		}
		return m
	})
	list("pairs", len(c.Pairs), func(i int) map[string]any {
		return map[string]any{"left": c.Pairs[i].Left, "right": c.Pairs[i].Right}
	})
	list("gaps", len(c.Gaps), func(i int) map[string]any {
		if g := c.Gaps[i]; len(g.Choices) > 0 {
			return map[string]any{"choices": g.Choices, "right": g.Right}
		}
		return map[string]any{"accepts": c.Gaps[i].Accepts}
	})
	list("scenes", len(c.Scenes), func(i int) map[string]any {
		s := c.Scenes[i]
		var choices []map[string]string
		for _, ch := range s.Choices {
			choices = append(choices, map[string]string{"text": ch.Text.Plain, "to": ch.To})
			if !ch.Comment.Empty() {
				choices[len(choices)-1]["comment"] = ch.Comment.Plain
			}
		}
		m := map[string]any{"id": s.ID, "title": s.Title, "text": s.Text, "ending": string(s.Ending)}
		if choices != nil {
			m["choices"] = choices
		}
		return m
	})
	var hints, heads []string
	for _, h := range c.Hints {
		hints = append(hints, h.Plain)
	}
	for _, h := range c.Heads {
		heads = append(heads, h.Plain)
	}
	put("hints", hints, hints == nil)
	put("heads", heads, heads == nil)
	put("true/false", true, !c.TrueFalse)
	for k, v := range settings(c) {
		m[k] = v
	}
	return m
}

// settings returns what the opening line says, by the names of the attributes.
func settings(c *quiz.Check) map[string]any {
	m := map[string]any{}
	s := c.Settings
	for k, v := range map[string]string{"score": s.Score, "pool": s.Pool, "shuffle": s.Shuffle, "pin": s.Pin, "confidence": s.Confidence, "tone": s.Tone,
		"feedback when": s.Feedback, "reveal": s.Reveal, "keep": s.Keep, "unit": s.Unit, "case": s.Case, "accents": s.Accents, "typos": s.Typos, "when": s.When, "same": s.Same,
		"draw": c.Draw.Pool, "from": c.Draw.From, "seed": c.Draw.Seed, "objective": strings.Join(s.Objectives, " "), "tags": strings.Join(s.Tags, " ")} {
		if v != "" {
			m[k] = v
		}
	}
	for k, v := range map[string]int{"tries": s.Tries + 1, "lines": s.Lines, "pick": c.Draw.Pick, "pass": c.Draw.Pass} {
		if v != 0 {
			m[k] = v
		}
	}
	if s.Points != 0 {
		m["points"] = s.Points
	}
	if s.Inline {
		m["inline"] = true
	}
	return m
}

// elsewhere are codes of questions that are reported by the curriculum, which sees all pages.
var elsewhere = []string{"question/id-twice", "question/unknown-objective", "question/objective-unserved", "question/objective-recall", "quiz/pool-empty", "quiz/pool-unused", "quiz/pick", "rating/same"}

// TestEveryCodeHasACase keeps the table and the archives together.
func TestEveryCodeHasACase(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	var all strings.Builder
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	for _, info := range diag.Codes() {
		subject, _, _ := strings.Cut(info.Code, "/")
		if !quiz.IsWord(subject) || slices.Contains(elsewhere, info.Code) {
			continue
		}
		if !strings.Contains(all.String(), "["+info.Code+"]") {
			t.Errorf("no archive shows %s", info.Code)
		}
		if strings.Count(info.Text, ".") < 2 {
			t.Errorf("%s: the text should say what it means and how to mend it", info.Code)
		}
	}
}
