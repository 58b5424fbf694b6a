package markdown

import (
	"bytes"
	"slices"
	"strconv"

	"waymark/internal/diag"
)

// Format returns the text of a page with what formatters need and nothing else changed: a blank line before and after each line that opens or closes a
// container, and, if newID is not nil, an id for each check that has none. It finds both by parsing, so it sees what a build sees. An opening line with an id, or with
// attributes, that cannot be read is left as it is. newID gets the id that a check has until it is given one, and returns the id to write. A page without such faults comes back as it is; formatting twice changes nothing more.
func Format(f *diag.File, o Options, newID func(auto string) string) ([]byte, error) {
	data, err := f.Bytes()
	if err != nil {
		return nil, err
	}
	// A blank line can bring to light a fence that was text before, so look again until nothing is missing.
	for range 8 {
		page := diag.NewFile(f.Path, data)
		doc, err := Parse(page, o)
		if err != nil {
			return nil, err
		}
		var edits []edit
		for _, d := range doc.Diags {
			if d.Code == "container/blank-line" && d.Span.File == page {
				edits = append(edits, blankLines(data, d.Span.Start)...)
			}
		}
		if len(edits) == 0 && newID != nil {
			for _, c := range doc.Checks {
				if c.Auto && !c.Unread && c.Range.End <= len(data) && len(doc.Includes) == 0 {
					edits = append(edits, writeID(data, c.Range.Start, newID(c.ID))...)
				}
			}
			newID = nil
		}
		if len(edits) == 0 {
			break
		}
		data = apply(data, edits)
	}
	return data, nil
}

// An edit puts text in at an offset.
type edit struct {
	at   int
	text string
}

func apply(data []byte, edits []edit) []byte {
	slices.SortStableFunc(edits, func(a, b edit) int { return a.at - b.at })
	var out []byte
	last := 0
	for i, e := range edits {
		if i > 0 && edits[i-1] == e {
			continue // the blank line between two fences is asked for by both
		}
		out = append(append(out, data[last:e.at]...), e.text...)
		last = e.at
	}
	return append(out, data[last:]...)
}

// blankLines returns the blank lines that the fence at off lacks. In a quotation a blank line keeps its marks.
func blankLines(data []byte, off int) []edit {
	from := bytes.LastIndexByte(data[:off], '\n') + 1
	to := len(data)
	if i := bytes.IndexByte(data[off:], '\n'); i >= 0 {
		to = off + i + 1
	}
	end := "\n"
	if to >= 2 && data[to-1] == '\n' && data[to-2] == '\r' {
		end = "\r\n"
	}
	prefix := data[from:off]
	mark := string(bytes.TrimRight(prefix, " \t"))
	if i := bytes.LastIndexByte(prefix, '>'); i < 0 {
		mark = "" // an indented fence wants an empty line
	}
	var edits []edit
	if from > 0 {
		prev := bytes.LastIndexByte(data[:from-1], '\n') + 1
		if !blank(data[prev:from]) {
			edits = append(edits, edit{from, mark + end})
		}
	}
	if to < len(data) {
		next := len(data)
		if i := bytes.IndexByte(data[to:], '\n'); i >= 0 {
			next = to + i + 1
		}
		if !blank(data[to:next]) {
			edits = append(edits, edit{to, mark + end})
		}
	}
	return edits
}

// blank reports whether a line has nothing but white space and marks of a quotation.
func blank(line []byte) bool { return len(bytes.Trim(line, " \t\r\n>")) == 0 }

// writeID puts an id into the opening line of a container that begins at off. The first brace on the line opens its attributes.
func writeID(data []byte, off int, id string) []edit {
	to := len(data)
	if i := bytes.IndexAny(data[off:], "\r\n"); i >= 0 {
		to = off + i
	}
	line := data[off:to]
	if i := bytes.IndexByte(line, '{'); i >= 0 {
		sep := " "
		if rest := bytes.TrimSpace(line[i+1:]); len(rest) > 0 && rest[0] == '}' {
			sep = ""
		}
		return []edit{{off + i + 1, "#" + id + sep}}
	}
	return []edit{{off + len(bytes.TrimRight(line, " \t:")), " {#" + id + "}"}}
}

// UniqueID returns a func for Format that keeps ids apart: it puts a number behind an id that taken already has, and adds what it returns.
func UniqueID(taken map[string]bool) func(auto string) string {
	return func(auto string) string {
		id := auto
		for n := 2; taken[id]; n++ {
			id = auto + "-" + strconv.Itoa(n)
		}
		taken[id] = true
		return id
	}
}
