package diag

import (
	"bytes"
	"crypto/sha256"
	"sync"
	"unicode/utf8"
)

// A File is one text file that an author wrote: its name and, when asked for, its bytes.
//
// A File is shared by spans, documents and caches. Its bytes must not be modified. They can be
// released once a stage has read them, and come back (from open) when a diagnostic is printed,
// so that a large site need not hold all of its sources in memory. Safe for concurrent use.
type File struct {
	// Path is the slash-separated path from the project's root, as the author knows it:
	// "content/roles/sponsor.md". It is what diagnostics print.
	Path string

	open    func() ([]byte, error)
	setting bool

	mu     sync.Mutex
	data   []byte
	loaded bool
}

// NewFile returns a file that holds data.
func NewFile(path string, data []byte) *File {
	return &File{Path: path, data: data, loaded: true}
}

// Setting returns what stands for a file where an author wrote something elsewhere: the name of an option or of a variable of the environment. Programs are told of no place in it.
func Setting(name string) *File { return &File{Path: name, loaded: true, setting: true} }

// LazyFile returns a file whose bytes are read by open when they are first needed.
func LazyFile(path string, open func() ([]byte, error)) *File {
	return &File{Path: path, open: open}
}

// Bytes returns the file's content, reading it if need be. The error is that of the machine.
func (f *File) Bytes() ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.loaded {
		return f.data, nil
	}
	data, err := f.open()
	if err != nil {
		return nil, err
	}
	f.data, f.loaded = data, true
	return data, nil
}

// Release forgets the bytes of a file that can read them again; a file from NewFile keeps them.
func (f *File) Release() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.open != nil {
		f.data, f.loaded = nil, false
	}
}

// Span returns the part r of f.
func (f *File) Span(r Range) Span { return Span{File: f, Range: r} }

// A Range is a half-open interval of byte offsets in a file. The zero Range is the file's start.
type Range struct{ Start, End int }

// At returns the empty range at off.
func At(off int) Range { return Range{off, off} }

// Shift returns r moved by n bytes.
func (r Range) Shift(n int) Range { return Range{r.Start + n, r.End + n} }

// A Span is a range in a file. The zero Span is nowhere: it belongs to the site as a whole.
type Span struct {
	File *File
	Range
}

// InFile reports whether the span is in a file: not nowhere, nor in a Setting.
func (s Span) InFile() bool { return s.File != nil && !s.File.setting }

// IsSetting reports whether the span is in a Setting.
func (s Span) IsSetting() bool { return s.File != nil && s.File.setting }

// Position is a place for people: Line and Column count from 1, Column in characters (code points).
type Position struct{ Line, Column int }

// Path returns the path of the span's file, and nothing for a span without one. Each build makes files anew, so places of two builds are compared by it.
func (s Span) Path() string {
	if s.File == nil {
		return ""
	}
	return s.File.Path
}

// Position returns the place of the span's start. A span without a file, or whose file cannot be read any more, has the zero Position.
func (s Span) Position() Position { return s.place(s.Start) }

// EndPosition returns the place just behind the span's last character.
func (s Span) EndPosition() Position { return s.place(s.End) }

func (s Span) place(off int) Position {
	if s.File == nil {
		return Position{}
	}
	data, err := s.File.Bytes()
	if err != nil {
		return Position{}
	}
	off = min(max(off, 0), len(data))
	start := bytes.LastIndexByte(data[:off], '\n') + 1
	return Position{
		Line:   1 + bytes.Count(data[:start], []byte{'\n'}),
		Column: 1 + utf8.RuneCount(bytes.TrimPrefix(data[start:off], bom)),
	}
}

var bom = []byte("\xef\xbb\xbf")

// Line returns the whole line in which the span starts, without its end.
func (s Span) Line() string {
	if s.File == nil {
		return ""
	}
	data, err := s.File.Bytes()
	if err != nil {
		return ""
	}
	off := min(max(s.Start, 0), len(data))
	start := bytes.LastIndexByte(data[:off], '\n') + 1
	end := len(data)
	if i := bytes.IndexByte(data[start:], '\n'); i >= 0 {
		end = start + i
	}
	return string(bytes.TrimSuffix(bytes.TrimPrefix(data[start:end], bom), []byte{'\r'}))
}

// Digest returns the SHA-256 of data.
func Digest(data []byte) [32]byte { return sha256.Sum256(data) }
