package build

import (
	"io/fs"

	"waymark/internal/diag"
	"waymark/internal/source"
)

// A note is a diagnostic with names in place of files.
type note struct {
	Severity      diag.Severity
	Code          string
	Message, Hint string
	At            place
	Related       []relatedNote
}

type relatedNote struct {
	At      place
	Message string
}

// A place is a span. Whole says that it is a file as such, whose bytes are not shown; Setting that it is none.
type place struct {
	File       string
	Whole      bool
	Setting    bool
	Start, End int
}

// A noter writes diagnostics down.
type noter struct {
	proj  *source.Project
	pages map[*diag.File]bool // files that are the project's, and can be read again
	fine  bool                // every place was in such a file, or in one that says the same when it is read again
}

func newNoter(proj *source.Project) *noter {
	n := &noter{proj: proj, pages: make(map[*diag.File]bool, len(proj.Pages)), fine: true}
	for _, p := range proj.Pages {
		n.pages[p.File] = true
	}
	return n
}

func (n *noter) notes(ds diag.List) []note {
	if len(ds) == 0 {
		return nil
	}
	notes := make([]note, len(ds))
	for i, d := range ds {
		s := note{Severity: d.Severity, Code: d.Code, Message: d.Message, Hint: d.Hint, At: n.at(d.Span)}
		for _, rel := range d.Related {
			s.Related = append(s.Related, relatedNote{n.at(rel.Span), rel.Message})
		}
		notes[i] = s
	}
	return notes
}

// sizeOf returns about how many bytes notes take when they are written down.
func sizeOf(notes []note) (n int) {
	for i := range notes {
		s := &notes[i]
		n += len(s.Code) + len(s.Message) + len(s.Hint) + len(s.At.File) + 64 + 256*len(s.Related)
	}
	return n
}

func (n *noter) at(s diag.Span) place {
	if s.File == nil {
		return place{}
	}
	p := place{File: s.File.Path, Setting: s.IsSetting(), Start: s.Start, End: s.End}
	if !n.pages[s.File] {
		data, err := s.File.Bytes()
		if p.Whole = len(data) == 0; !p.Whole {
			again, rerr := fs.ReadFile(n.proj.FS, p.File)
			n.fine = n.fine && err == nil && rerr == nil && string(again) == string(data)
		}
	}
	return p
}

// A reader makes diagnostics of notes.
type reader struct {
	proj  *source.Project
	files map[string]*diag.File
}

func newReader(proj *source.Project) *reader {
	r := &reader{proj, make(map[string]*diag.File, len(proj.Pages))}
	for _, p := range proj.Pages {
		r.files[p.File.Path] = p.File
	}
	return r
}

func (r *reader) read(notes []note) diag.List {
	ds := make(diag.List, len(notes))
	for i, s := range notes {
		ds[i] = diag.Diagnostic{Severity: s.Severity, Code: s.Code, Message: s.Message, Hint: s.Hint, Span: r.span(s.At)}
		for _, rel := range s.Related {
			ds[i].Related = append(ds[i].Related, diag.Related{Span: r.span(rel.At), Message: rel.Message})
		}
	}
	return ds
}

func (r *reader) span(p place) diag.Span {
	if p.File == "" {
		return diag.Span{}
	}
	f := r.files[p.File]
	switch {
	case p.Setting:
		f = diag.Setting(p.File)
	case p.Whole:
		f = diag.NewFile(p.File, nil)
	case f == nil:
		f = diag.LazyFile(p.File, func() ([]byte, error) { return fs.ReadFile(r.proj.FS, p.File) })
		r.files[p.File] = f
	}
	return f.Span(diag.Range{Start: p.Start, End: p.End})
}
