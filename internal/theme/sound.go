package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"waymark/internal/diag"
)

// unsound reports the site's own templates whose HTML html/template refuses, each by itself and with those that call it: such as leave open a tag, an attribute or a
// comment. Were a template to end elsewhere in the HTML than it began, the second page that calls it would be escaped for the wrong place: html/template takes for the
// end of a template that it knows the place where that began.
func (t *Theme) unsound() (ds diag.List) {
	if !t.Own() {
		return nil
	}
	calls := map[string][]string{}
	for _, x := range t.base.Templates() {
		calls[x.Name()] = nil
		nodes(x, func(n parse.Node) {
			if n, ok := n.(*parse.TemplateNode); ok {
				calls[x.Name()] = append(calls[x.Name()], n.Name)
			}
		})
	}
	fileOf := func(name string) string { // of a template, which may be one of several in it
		if x := t.base.Lookup(name); x != nil && x.Tree != nil {
			return x.Tree.ParseName
		}
		return ""
	}
	mine := func(name string) bool { return t.own(fileOf(name)) }
	refused := map[string]*template.Error{}
	for _, name := range sortedKeys(calls) {
		if mine(name) || slices.ContainsFunc(calls[name], mine) {
			if e := t.alone(name); e != nil {
				refused[name] = e
			}
		}
	}
	seen := map[diag.Span]bool{}
	for _, name := range sortedKeys(refused) {
		e := refused[name]
		if reaches(name, calls, map[string]bool{}, func(other string) bool { return other != name && refused[other] != nil }) {
			continue // it is said of that one
		}
		file, line := name, 1
		if !mine(name) {
			file = calls[name][slices.IndexFunc(calls[name], mine)]
		}
		file = fileOf(file)
		if e.Node != nil {
			where, _ := (*parse.Tree)(nil).ErrorContext(e.Node) // "parts/foot.html:2:8"
			if p := strings.Split(where, ":"); len(p) > 1 && t.own(p[0]) {
				file = p[0]
				line, _ = strconv.Atoi(p[1])
			}
		}
		s := t.sources[file]
		text, _ := s.file.Bytes()
		span := s.file.Span(diag.At(lineOffset(text, line)))
		if seen[span] {
			continue
		}
		seen[span] = true
		why, _, _ := strings.Cut(e.Description, ": {state") // and names of html/template's own
		ds.Add("theme/template", span, "close each tag, quotation mark and comment in the template that opens it, and put quotation marks round attributes", "nothing can be put into this HTML safely: %s", why)
	}
	return ds
}

// alone escapes a template, and those that it calls, as if there were no others; nil: it can be.
func (t *Theme) alone(name string) *template.Error {
	all, err := t.clone("en")
	if err == nil {
		err = t.escape(all, name)
	}
	e, _ := errors.AsType[*template.Error](err) // another error is said when a page is drawn
	return e
}

// escape has html/template escape templates, and those that they call, in a set of which nothing was drawn. The error is what it refuses.
func (t *Theme) escape(all *template.Template, names ...string) error {
	var calls strings.Builder
	for _, name := range names {
		fmt.Fprintf(&calls, "{{template %q}}", name)
	}
	caller, err := all.New("\x00").Parse("x" + calls.String())
	if err != nil {
		return err
	}
	if err := caller.Execute(closed{}, nil); !errors.Is(err, io.ErrClosedPipe) { // writing stops at the first letter
		return err
	}
	return nil
}

// reaches reports whether a template calls one that is wanted, itself or by others.
func reaches(name string, calls map[string][]string, seen map[string]bool, wanted func(string) bool) bool {
	return slices.ContainsFunc(calls[name], func(other string) bool {
		if seen[other] {
			return false
		}
		seen[other] = true
		return wanted(other) || reaches(other, calls, seen, wanted)
	})
}

// leads reports whether a template is another, or calls it, itself or by others.
func leads(from, to string, calls map[string][]string) bool {
	return from == to || reaches(from, calls, map[string]bool{}, func(name string) bool { return name == to })
}

// closed is a writer that takes nothing.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

const endlessHint = "draw it only while something is left to draw, between {{with …}} or {{range …}} and {{end}}"

// A drawing is a template that another draws, and where that says so.
type drawing struct {
	at   parse.Node
	name string
}

// endless reports the site's own templates that draw themselves, or others that draw them, on every way through them; and those that draw themselves for the same data that they
// were given, for which they take the same way again. Two that draw each other for the same data may take each another way. These, and those that have no end for some data only, are
// found when they are drawn.
func (t *Theme) endless() (ds diag.List) {
	if !t.Own() {
		return nil
	}
	always, again := map[string][]drawing{}, map[string][]drawing{}
	for _, x := range t.base.Templates() {
		if x.Tree == nil {
			continue
		}
		drawings(x.Tree.Root, true, true, func(d drawing, surely, equal bool) {
			if surely {
				always[x.Name()] = append(always[x.Name()], d)
			}
			if equal && d.name == x.Name() {
				again[d.name] = append(again[d.name], d)
			}
		})
	}
	said := map[string]bool{}
	for _, all := range []map[string][]drawing{always, again} {
		calls := map[string][]string{}
		for name, list := range all {
			for _, d := range list {
				calls[name] = append(calls[name], d.name)
			}
		}
		for _, name := range sortedKeys(all) {
			file := t.base.Lookup(name).Tree.ParseName
			i := slices.IndexFunc(all[name], func(d drawing) bool { return leads(d.name, name, calls) })
			if i < 0 || said[name] || !t.own(file) {
				continue
			}
			for other := range all { // who is drawn on the way says nothing new
				said[other] = said[other] || leads(name, other, calls) && leads(other, name, calls)
			}
			d, why := all[name][i], "it draws itself"
			if d.name != name {
				why = "it draws " + diag.Quote(d.name) + ", which draws it"
			}
			ds.Add("theme/template", t.sources[file].file.Span(diag.At(int(d.at.Position()))), endlessHint, "%s, and that has no end", why)
		}
	}
	return ds
}

// drawings calls f for what a list of nodes draws: surely, when no branch and no loop leaves it out; equal, for the data that the template has. whole says that the list is
// reached on every way, dot that the dot in it is the template's data.
func drawings(l *parse.ListNode, whole, dot bool, f func(d drawing, surely, equal bool)) {
	if l == nil {
		return
	}
	given := func(n parse.Node) bool {
		v, _ := n.(*parse.VariableNode)
		return n.Type() == parse.NodeDot && dot || v != nil && v.String() == "$"
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TemplateNode:
			f(drawing{n, n.Name}, whole, n.Pipe != nil && len(n.Pipe.Cmds) == 1 && len(n.Pipe.Cmds[0].Args) == 1 && given(n.Pipe.Cmds[0].Args[0]))
		case *parse.ActionNode:
			for _, c := range n.Pipe.Cmds {
				if what, arg, ok := call(c); ok && (what == "draw" || what == "once") {
					f(drawing{arg, arg.Text}, whole, len(c.Args) == 3 && given(c.Args[2]))
				}
			}
		case *parse.IfNode:
			drawings(n.List, false, dot, f)
			drawings(n.ElseList, false, dot, f)
		case *parse.WithNode:
			drawings(n.List, false, false, f)
			drawings(n.ElseList, false, dot, f)
		case *parse.RangeNode:
			drawings(n.List, false, false, f)
			drawings(n.ElseList, false, dot, f)
		}
	}
}
