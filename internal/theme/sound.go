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

// closed is a writer that takes nothing.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
