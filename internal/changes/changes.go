// Package changes says in plain words what changed in a handbook between two versions, for somebody who reviews it and does not read Markdown: settings, objectives, rules, paths, and
// above all what is right and wrong in checks. Of running text it says only that it changed.
package changes

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/quiz"
	"waymark/internal/source"
)

// A Version is a handbook as it is, or was.
type Version struct {
	Config     source.Config
	Glossary   []source.Term
	Curriculum *curriculum.Curriculum
}

// A File is a file of the project, with what changed in it, a line each, without control characters. Lines that begin with two blanks belong to the line above.
type File struct {
	Path  string
	Lines []string
}

// Between lists what changed from one version to another: site.yaml, the glossary, then pages by their paths. It reads the files of both. The error is that of reading.
func Between(was, is Version) (files []File, err error) {
	add := func(path string, lines []string) {
		if len(lines) > 0 {
			files = append(files, File{path, lines})
		}
	}
	add("site.yaml", fields(reflect.ValueOf(was.Config), reflect.ValueOf(is.Config)))
	add("content/glossary.yaml", list("", reflect.ValueOf(was.Glossary), reflect.ValueOf(is.Glossary)))
	pages, err := modules(was.Curriculum, is.Curriculum)
	files = append(files, pages...)
	for i := range files {
		f := &files[i]
		f.Path = shownIn(f.Path)
		for i, l := range f.Lines {
			f.Lines[i] = shownIn(l)
		}
	}
	return files, err
}

// modules compares pages, which are the same when they have the same id, or else stand in the same file.
func modules(was, is *curriculum.Curriculum) (files []File, err error) {
	before, then := map[string]*curriculum.Module{}, map[string]*curriculum.Module{}
	for _, m := range was.Modules {
		before["id "+m.ID], before["file "+m.Source] = m, m
	}
	for _, m := range is.Modules {
		then["id "+m.ID] = m
	}
	seen := map[*curriculum.Module]bool{}
	for _, m := range is.Modules {
		f := File{Path: "content/" + m.Source}
		old := before["id "+m.ID]
		if other := before["file "+m.Source]; old == nil && other != nil && then["id "+other.ID] == nil {
			old = other
		}
		if old == nil {
			f.Lines = []string{"new: " + what(m)}
		} else {
			seen[old] = true
			if f.Lines, err = module(old, m); err != nil {
				return nil, err
			}
		}
		if len(f.Lines) > 0 {
			files = append(files, f)
		}
	}
	for _, m := range was.Modules {
		if !seen[m] {
			files = append(files, File{"content/" + m.Source, []string{"gone: " + what(m)}})
		}
	}
	slices.SortStableFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files, nil
}

// what names a page, and how much hangs on it.
func what(m *curriculum.Module) string {
	s := cmp.Or(m.Kind, "page") + " " + quoted(m.Title)
	if n := len(m.Doc.Checks); n > 0 {
		s += ", with " + count(n, "check")
	}
	return s
}

func module(was, is *curriculum.Module) (lines []string, err error) {
	if was.ID != is.ID {
		lines = append(lines, fmt.Sprintf("id: %s → %s; what learners did under the old one is lost", was.ID, is.ID))
	}
	if was.Source != is.Source {
		lines = append(lines, "moved from content/"+was.Source)
	}
	if was.Title != is.Title {
		lines = append(lines, changed("title", quoted(was.Title), quoted(is.Title)))
	}
	before, now := was.Doc.Meta, is.Doc.Meta
	before.ID, before.Title = now.ID, now.Title // of which all is said
	lines = append(lines, fields(reflect.ValueOf(before), reflect.ValueOf(now))...)
	lines = append(lines, checks(was.Doc.Checks, is.Doc.Checks, func(c *quiz.Check) int { return is.Doc.File.Span(c.Range).Position().Line })...)
	a, err := prose(was)
	if err != nil {
		return nil, err
	}
	b, err := prose(is)
	if err == nil && !bytes.Equal(a, b) {
		lines = append(lines, "the text changed")
	}
	return lines, err
}

// prose is the text of a page without its front matter and checks.
func prose(m *curriculum.Module) ([]byte, error) {
	data, err := m.Doc.File.Bytes()
	if err != nil {
		return nil, err
	}
	defer m.Doc.File.Release()
	var out []byte
	at := diag.Range{Start: min(m.Doc.Text.Start, len(data)), End: min(m.Doc.Text.End, len(data))} // the file may be another by now
	for _, c := range m.Doc.Checks {
		if c.Range.Start >= at.Start && c.Range.End <= at.End { // it was not included
			out = append(out, data[at.Start:c.Range.Start]...)
			at.Start = c.Range.End
		}
	}
	return append(out, data[at.Start:at.End]...), nil
}

// checks compares the checks of a page. Those with equal ids are the same; one that has another id and is the same in all else was renamed.
func checks(was, is []*quiz.Check, line func(*quiz.Check) int) (lines []string) {
	find := func(list []*quiz.Check, id string) *quiz.Check {
		if i := slices.IndexFunc(list, func(c *quiz.Check) bool { return c.ID == id }); i >= 0 {
			return list[i]
		}
		return nil
	}
	renamed := map[*quiz.Check]bool{}
	for _, c := range is {
		name := fmt.Sprintf("%s %s (line %d)", c.Word, c.ID, line(c))
		old := find(was, c.ID)
		if old == nil {
			whole := say(reflect.ValueOf(view(c)))
			same := slices.IndexFunc(was, func(o *quiz.Check) bool { return find(is, o.ID) == nil && say(reflect.ValueOf(view(o))) == whole })
			if same < 0 {
				lines = append(lines, name+": new: "+shortened(quoted(c.Prompt.Plain)))
				continue
			}
			renamed[was[same]] = true
			lines = append(lines, fmt.Sprintf("%s: was %s; what learners answered under that id is lost", name, was[same].ID))
			continue
		}
		more := fields(reflect.ValueOf(view(old)), reflect.ValueOf(view(c)))
		if len(more) == 0 {
			continue
		}
		if old.Rev != c.Rev {
			name += ": another question than the one that was answered; learners see it as changed"
		}
		lines = append(lines, name)
		for _, l := range more {
			lines = append(lines, "  "+l)
		}
	}
	for _, c := range was {
		if find(is, c.ID) == nil && !renamed[c] {
			lines = append(lines, fmt.Sprintf("%s %s: gone: %s", c.Word, c.ID, shortened(quoted(c.Prompt.Plain))))
		}
	}
	return lines
}

// A question is what a check says.
type question struct {
	Type        word      `key:"type"`
	Asks        string    `key:"asks"`
	Order       string    `key:"right order"`
	Options     []option  `key:"option"`
	Accepts     []option  `key:"answer"`
	Pairs       []pair    `key:"pair"`
	Gaps        []gap     `key:"gap"`
	Scenes      []scene   `key:"scene"`
	Hints       []string  `key:"hint"`
	Explanation string    `key:"explanation"`
	Draws       quiz.Draw `key:"draws"`
	quiz.Settings
}

type (
	option struct {
		Text     string `key:"text"`
		Verdict  word   `key:"is"`
		Feedback string `key:"feedback"`
		Missed   string `key:"if missed"`
	}
	pair struct {
		Left  string `key:"text"`
		Right string `key:"partner"`
	}
	gap struct {
		Right string `key:"right"`
		Wrong string `key:"wrong"`
	}
	scene struct {
		ID      string   `key:"id"`
		Title   string   `key:"title"`
		Says    string   `key:"says"`
		Choices []choice `key:"choice"`
		Ends    word     `key:"ends"`
	}
	choice struct {
		Text    string `key:"text"`
		To      string `key:"leads to"`
		Comment string `key:"comment"`
	}
)

func view(c *quiz.Check) question {
	q := question{Type: word(c.Type), Asks: c.Prompt.Plain, Explanation: c.Explanation.Plain, Settings: c.Settings, Draws: c.Draw}
	marked := c.Type == quiz.Single || c.Type == quiz.Multiple
	for _, o := range c.Options {
		if c.Type == quiz.Order {
			q.Order = strings.TrimPrefix(q.Order+", "+o.Text.Plain, ", ")
			continue
		}
		v := option{Text: o.Text.Plain, Feedback: o.Feedback.Plain, Missed: o.Missed.Plain}
		if marked {
			v.Verdict = verdict(o.Right)
		}
		q.Options = append(q.Options, v)
	}
	for _, a := range c.Accepts {
		q.Accepts = append(q.Accepts, option{Text: a.Value, Verdict: verdict(a.Right), Feedback: a.Feedback.Plain})
	}
	for _, p := range c.Pairs {
		q.Pairs = append(q.Pairs, pair{p.Left.Plain, p.Right.Plain})
	}
	for _, g := range c.Gaps {
		v := gap{Right: strings.Join(g.Accepts, " | ")}
		if g.Choices != nil {
			v.Right, v.Wrong = g.Choices[g.Right], strings.Join(slices.Delete(slices.Clone(g.Choices), g.Right, g.Right+1), " | ")
		}
		q.Gaps = append(q.Gaps, v)
	}
	for _, s := range c.Scenes {
		v := scene{ID: s.ID, Title: s.Title.Plain, Says: s.Text.Plain, Ends: word(s.Ending)}
		for _, x := range s.Choices {
			v.Choices = append(v.Choices, choice{x.Text.Plain, x.To, x.Comment.Plain})
		}
		q.Scenes = append(q.Scenes, v)
	}
	for _, h := range c.Hints {
		q.Hints = append(q.Hints, h.Plain)
	}
	return q
}

func verdict(right bool) word {
	if right {
		return "right"
	}
	return "wrong"
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
