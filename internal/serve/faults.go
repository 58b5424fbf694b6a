package serve

import (
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"waymark/internal/diag"
)

// defaultEditor is for who names none: it opens Visual Studio Code at a place.
const defaultEditor = "vscode://file/{path}:{line}:{column}"

// A fault is a diagnostic as the browser shows it. Its JSON goes to client/overlay.js and client/bar.js.
type fault struct {
	Severity string `json:"severity"`
	Code     string `json:"code,omitempty"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Text     string `json:"text"`             // the whole as the terminal prints it
	Editor   string `json:"editor,omitempty"` // address that opens the place
}

// maxFaults is how many faults a tab is sent. Nobody reads more at once, and the terminal has them all.
const maxFaults = 50

// faults returns what must be mended before there is a new site: the errors among the diagnostics, or what went wrong with the machine.
func (s *Server) faults(ds diag.List, err error) []fault {
	var out []fault
	for _, d := range ds {
		if d.Severity == diag.Error && len(out) < maxFaults {
			out = append(out, s.fault(d))
		}
	}
	if n, _ := ds.Count(); n > maxFaults {
		more := fmt.Sprintf("and %d more", n-maxFaults)
		out = append(out, fault{Severity: "error", Message: more, Text: more})
	}
	if err != nil {
		out = append(out, s.failure(err))
	}
	return out
}

// failure is an error of the machine. Errors that name a place ("themes/acme/templates/module.html:7: …") lead to it.
func (s *Server) failure(err error) fault {
	f := fault{Severity: "error", Message: err.Error(), Text: "error: " + err.Error()}
	if p := place.FindStringSubmatch(err.Error()); p != nil && filepath.IsLocal(filepath.FromSlash(p[1])) {
		f.File = p[1]
		f.Line, _ = strconv.Atoi(p[2])
		f.Editor = s.editor(f.File, f.Line, 1)
	}
	return f
}

var place = regexp.MustCompile(`^([^:\s][^:]*\.[a-z]+):(\d+): `)

// warnings returns the warnings of a list.
func warnings(ds diag.List) diag.List {
	_, n := ds.Count()
	if n == len(ds) {
		return ds
	}
	out := make(diag.List, 0, n)
	for _, d := range ds {
		if d.Severity == diag.Warning {
			out = append(out, d)
		}
	}
	return out
}

// same reports whether two lists say the same.
func same(a, b diag.List) bool {
	return slices.EqualFunc(a, b, func(a, b diag.Diagnostic) bool {
		return a.Code == b.Code && a.Span.Range == b.Span.Range && a.Message == b.Message && a.Hint == b.Hint && a.Span.Path() == b.Span.Path()
	})
}

func (s *Server) fault(d diag.Diagnostic) fault {
	f := fault{Severity: d.Severity.String(), Code: d.Code, Message: d.Message, Hint: d.Hint, Text: text(d)}
	if d.Span.InFile() {
		at := d.Span.Position()
		f.File, f.Line, f.Column = d.Span.File.Path, max(at.Line, 1), max(at.Column, 1)
		f.Editor = s.editor(f.File, f.Line, f.Column)
	}
	return f
}

// text is a diagnostic as the terminal prints it.
func text(d diag.Diagnostic) string {
	var b strings.Builder
	if err := diag.Text(&b, diag.List{d}, false); err != nil {
		return d.Message
	}
	return strings.TrimRight(b.String(), "\n")
}

// editor returns the address that opens a file of the project in the author's editor.
func (s *Server) editor(file string, line, column int) string {
	abs, err := filepath.Abs(filepath.Join(s.o.Watch.Root, filepath.FromSlash(file)))
	if err != nil {
		return ""
	}
	p := (&url.URL{Path: filepath.ToSlash(abs)}).EscapedPath()
	p = strings.NewReplacer("?", "%3F", "#", "%23", ":", "%3A").Replace(p)
	addr := s.editorAddress()
	if i := strings.Index(addr, "{path}"); i > 0 && addr[i-1] == '/' {
		p = strings.TrimPrefix(p, "/")
	}
	return strings.NewReplacer("{path}", p, "{line}", strconv.Itoa(line), "{column}", strconv.Itoa(column)).Replace(addr)
}

// editorAddress is that of the options, of the last good site's configuration, or Visual Studio Code's.
func (s *Server) editorAddress() string {
	if s.o.Editor != "" {
		return s.o.Editor
	}
	if st := s.state.Load(); st != nil && st.site != nil && st.site.Config.Serve.Editor != "" {
		return st.site.Config.Serve.Editor
	}
	return defaultEditor
}

// describe says how far the first build is.
func (s *Server) describe() string {
	if at := s.at.Load(); at != nil {
		return *at
	}
	return "starting"
}

// undrawn is the error of a page that a theme could not draw.
func (s *Server) undrawn(name string, err error) []fault {
	f := s.failure(err)
	if f.File == "" {
		f.Message = fmt.Sprintf("%s: %v", name, err)
		f.Text = "error: " + f.Message
	}
	return []fault{f}
}
