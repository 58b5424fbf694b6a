package theme

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"

	"waymark/internal/diag"
)

// A WrongField is a field that a template asks for and that its data does not have.
type WrongField struct {
	Span  diag.Span // the field's name in the template
	Field string
	Type  string // of the data: "plan.Module"
}

// text/template, exec.go: evalField.
var noField = regexp.MustCompile(`template: ?([^:]*):(\d+):(\d+): .*can't evaluate field (\S+) in type \*?(\S+)`)

// WrongField tries a template on data, and returns the first field it asks for that is not there. One in a template of the theme at the bottom is not the author's.
func (t *Theme) WrongField(name, lang string, data any) (WrongField, bool) {
	tmpl, err := t.forLanguage(lang)
	if err == nil {
		err = tmpl.ExecuteTemplate(io.Discard, name, data)
	}
	if err == nil {
		return WrongField{}, false
	}
	for { // what is drawn by once or draw is an error in an error
		inner, ok := errors.AsType[*explained](err)
		if !ok {
			break
		}
		err = inner.err
	}
	p := noField.FindStringSubmatch(err.Error())
	if p == nil || !t.own(p[1]) {
		return WrongField{}, false
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
	return WrongField{file.Span(diag.Range{Start: at, End: at + len(p[4])}), p[4], p[5]}, true
}

// Own reports whether any template lies over those of the theme at the bottom, and is another.
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
	return ok && !s.bottom
}
