package theme

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"waymark/internal/diag"
)

// A Fault is an error of a template in the terms of the theme's author.
type Fault struct {
	Span    diag.Span // the place in the template
	Message string
	Field   string // a field that the template asks for and that its data does not have, or ""
	Type    string // of that data: "plan.Module"
	Own     bool   // the template is one of the site's own

	err error
}

func (f *Fault) Error() string {
	return fmt.Sprintf("%s:%d: %s", f.Span.Path(), f.Span.Position().Line, f.Message)
}
func (f *Fault) Unwrap() error { return f.err }

// Certain reports whether the template is wrong whatever it is given: its faults are of types and of the number of arguments, or it draws itself without end. Else it may be that only
// this data is not what it wants: a list that is too short, something that is not there.
func (f *Fault) Certain() bool {
	for _, s := range certain {
		if strings.Contains(f.Message, s) {
			return true
		}
	}
	return f.Field != "" || f.Endless()
}

// Endless reports whether the template drew itself without end.
func (f *Fault) Endless() bool {
	_, endless := errors.AsType[*endlessError](f.err)
	return endless || f.Message == noEnd
}

// Diagnostic is the fault as a diagnostic. on is what it was found on: "index.html"; or "".
func (f *Fault) Diagnostic(on string) diag.Diagnostic {
	var ds diag.List
	hint := "mend the template, or take it away to get the default theme's"
	switch {
	case f.Endless():
		hint = endlessHint
	case strings.Contains(f.Message, "nil pointer"):
		hint = "show it only where it is there, between {{with …}} and {{end}}"
	}
	if on != "" {
		on = " for " + diag.Quote(on)
	}
	return *ds.Add("theme/template", f.Span, hint, "the template cannot be drawn%s: %s", on, f.Message)
}

// What text/template (exec.go, funcs.go) says of values of the wrong type and of calls of the wrong form.
var certain = []string{
	"wrong type for value", "wrong number of args", "incompatible types for comparison", "range can't iterate over", "can't call method/function", "has arguments but cannot be invoked",
}

var (
	executing = regexp.MustCompile(`template: ?([^:]*):(\d+)(?::(\d+))?: (?:executing "[^"]*" at <(.*?)>: )?(.*)$`)
	noField   = regexp.MustCompile(`can't evaluate field (\S+) in type \*?(\S+)`) // evalField
)

// explain says an error of html/template in the terms of the theme's author: at the innermost place in a template of the site's own, or else at the innermost. What is no fault of a
// template it returns as it is.
func (t *Theme) explain(err error) error {
	inner, nested := errors.AsType[*Fault](err) // of what is drawn by once or draw
	if nested && inner.Own {
		return inner
	}
	endless, _ := errors.AsType[*endlessError](err)
	first, _, _ := strings.Cut(err.Error(), "\n")
	p := executing.FindStringSubmatch(first)
	switch {
	case p != nil && (t.own(p[1]) || endless == nil && !nested):
	case nested:
		return inner
	case endless != nil:
		p = []string{"", endless.name, "1", "", "", noEnd}
	default:
		return err
	}
	s, ok := t.sources[p[1]]
	if !ok {
		return fmt.Errorf("theme: %w", err)
	}
	f := &Fault{Message: p[5], Own: t.own(p[1]), err: err}
	text, _ := s.file.Bytes()
	line, _ := strconv.Atoi(p[2])
	begin := lineOffset(text, line)
	column, _ := strconv.Atoi(p[3])
	at := diag.At(min(begin+column, len(text)))
	switch {
	case nested:
		f.Message = inner.Error()
	case endless != nil || strings.Contains(f.Message, "exceeded maximum template depth"): // of text/template
		f.Message = noEnd
	}
	if x := noField.FindStringSubmatch(f.Message); x != nil && !nested {
		f.Field, f.Type = x[1], x[2]
		at = nameAt(text, begin, column, f.Field)
	}
	f.Span = s.file.Span(at)
	return f
}

// nameAt is the place of a field's name in the line that begins at begin; column is that of its whole chain: ".Module.Titel".
func nameAt(text []byte, begin, column int, name string) diag.Range {
	at := begin
	column = min(max(column-1, 0), len(text)-at)
	if i := bytes.Index(text[at+column:], []byte("."+name)); i >= 0 {
		at += column + i + 1
	} else if i := bytes.Index(text[at:], []byte("."+name)); i >= 0 {
		at += i + 1
	}
	return diag.Range{Start: at, End: min(at+len(name), len(text))}
}

// Try draws a template for data and returns what is wrong with it, or nil. A theme of which Parse has found faults is not tried.
func (t *Theme) Try(name, lang string, data any) *Fault {
	if t.faulty {
		return nil
	}
	tmpl, err := t.forLanguage(lang)
	if err == nil {
		err = tmpl.ExecuteTemplate(io.Discard, name, data)
	}
	if err == nil {
		return nil
	}
	f, _ := errors.AsType[*Fault](t.explain(err))
	return f
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
