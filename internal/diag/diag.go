// Package diag says where in a text file something is, and what is wrong there.
//
// A diagnostic is something an author fixes by editing a file; an error is something the machine did.
// Stages return (value, diag.List) and collect everything they find in one run: nobody is handed a logger.
// Offsets stay byte offsets until they are printed. Every code stands in the table of codes.go, which
// `waymark explain` prints.
package diag

import (
	"fmt"
	"slices"
)

// Severity says what a diagnostic does to a build.
type Severity int8

const (
	Error   Severity = iota + 1 // the build stops before anything is written
	Warning                     // the site is built; --strict makes it an error
	Off                         // not reported
)

func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "off"
}

// A Diagnostic is one fault in what an author wrote.
type Diagnostic struct {
	Severity Severity
	Code     string // a code of the table: "question/no-answer"
	Span     Span
	Message  string // one sentence, lower case, no full stop; names the thing in the author's words
	Hint     string // what to do, in the imperative; may be empty
	Related  []Related
}

// Related is a second place that belongs to a diagnostic: the other of two equal ids.
type Related struct {
	Span    Span
	Message string
}

// A List is what a stage found. The zero List is empty and ready to use.
type List []Diagnostic

// Add reports code at span, with the severity that the table gives it. It panics on a code that the
// table does not have: that is a fault of ours, and every code has a test.
func (l *List) Add(code string, span Span, hint, format string, args ...any) *Diagnostic {
	info, ok := Lookup(code)
	if !ok {
		panic("diag: unknown code " + code)
	}
	*l = append(*l, Diagnostic{Severity: info.Severity, Code: code, Span: span, Message: fmt.Sprintf(format, args...), Hint: hint})
	return &(*l)[len(*l)-1]
}

// Count returns how many errors and warnings the list has.
func (l List) Count() (errors, warnings int) {
	for _, d := range l {
		switch d.Severity {
		case Error:
			errors++
		case Warning:
			warnings++
		}
	}
	return errors, warnings
}

// HasErrors reports whether the list has an error.
func (l List) HasErrors() bool {
	n, _ := l.Count()
	return n > 0
}

// Apply returns the list with the severities of the switch (code to severity) put in, in which strict
// makes each remaining warning an error. Errors by default cannot be switched off or down. It is the list itself where nothing is another.
func (l List) Apply(switches map[string]Severity, strict bool) List {
	severity := func(d Diagnostic) Severity {
		s := d.Severity
		if put, ok := switches[d.Code]; ok && s == Warning {
			s = put
		}
		if strict && s == Warning {
			s = Error
		}
		return s
	}
	if !slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Off || severity(d) != d.Severity }) {
		return l
	}
	out := make(List, 0, len(l))
	for _, d := range l {
		if d.Severity = severity(d); d.Severity != Off {
			out = append(out, d)
		}
	}
	return out
}
