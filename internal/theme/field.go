package theme

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"regexp"
	"strconv"
	"strings"
	"text/template/parse"

	"waymark/internal/diag"
)

// A Fault is what is wrong with a template: a field that it asks for and that its data does not have, or HTML in which nothing can be put safely.
type Fault struct {
	Span    diag.Span // the field's name in the template, or the line
	Field   string
	Type    string // of the data: "plan.Module"
	Refused string // instead of a field: what html/template says of the HTML
}

// text/template, exec.go: evalField.
var noField = regexp.MustCompile(`template: ?([^:]*):(\d+):(\d+): .*can't evaluate field (\S+) in type \*?(\S+)`)

// Try draws a template with data, and returns the first fault. A field in a template of the theme at the bottom is not the author's.
func (t *Theme) Try(name, lang string, data any) (Fault, bool) {
	tmpl, err := t.forLanguage(lang)
	if err == nil {
		err = tmpl.ExecuteTemplate(io.Discard, name, data)
	}
	if err == nil {
		return Fault{}, false
	}
	if e, ok := errors.AsType[*template.Error](err); ok {
		return t.refused(name, e), true
	}
	p := noField.FindStringSubmatch(err.Error())
	if p == nil || !t.own(p[1]) {
		return Fault{}, false
	}
	file := t.sources[p[1]].file
	text, _ := file.Bytes()
	line, _ := strconv.Atoi(p[2])
	at := lineOffset(text, line)
	column, _ := strconv.Atoi(p[3])
	column = min(max(column-1, 0), len(text)-at) // of the whole chain: ".Module.Titel"
	if i := bytes.Index(text[at+column:], []byte("."+p[4])); i >= 0 {
		at += column + i + 1
	} else if i := bytes.Index(text[at:], []byte("."+p[4])); i >= 0 {
		at += i + 1
	}
	return Fault{Span: file.Span(diag.Range{Start: at, End: at + len(p[4])}), Field: p[4], Type: p[5]}, true
}

// refused is what html/template says of the HTML of a template, or of one that it calls.
func (t *Theme) refused(name string, e *template.Error) Fault {
	line := e.Line
	if e.Node != nil {
		where, _ := (*parse.Tree)(nil).ErrorContext(e.Node) // "parts/foot.html:2:8"
		if p := strings.Split(where, ":"); len(p) > 1 {
			name, _, _ = strings.Cut(p[0], "$") // what follows names a copy for another place in HTML
			line, _ = strconv.Atoi(p[1])
		}
	}
	why, _, _ := strings.Cut(e.Description, ": {state") // and names of html/template's own
	file := t.sources[name].file
	text, _ := file.Bytes()
	return Fault{Span: file.Span(diag.At(lineOffset(text, line))), Refused: why}
}

// Own reports whether any template lies over those of the theme at the bottom.
func (t *Theme) Own() bool {
	for name := range t.sources {
		if t.own(name) {
			return true
		}
	}
	return false
}

func (t *Theme) own(name string) bool {
	s, ok := t.sources[name]
	return ok && s.layer != t.bottom && !strings.HasPrefix(name, "icons/")
}
