package quiz

import (
	"bytes"
	"strings"

	"waymark/internal/diag"
)

// source returns the Markdown of the part r of a file, without what the blocks around it put before its lines: the > of quotes and the
// indentation of list items.
func source(file []byte, r diag.Range) string {
	start, end := min(max(r.Start, 0), len(file)), min(max(r.End, 0), len(file))
	if start >= end {
		return ""
	}
	prefix := file[bytes.LastIndexByte(file[:start], '\n')+1 : start]
	var b strings.Builder
	first := true
	for line := range bytes.Lines(file[start:end]) {
		if !first {
			line = dropPrefix(line, prefix)
		}
		first = false
		b.Write(line)
	}
	return strings.TrimSpace(b.String())
}

// dropPrefix takes from the start of line what stands for prefix there: for each > one, for all else blanks, as many as there are up to
// the prefix's length.
func dropPrefix(line, prefix []byte) []byte {
	for len(prefix) > 0 && len(line) > 0 {
		switch {
		case prefix[0] == '>':
			rest := bytes.TrimLeft(line, " ")
			if len(rest) == 0 || rest[0] != '>' {
				return line
			}
			line = rest[1:]
		case line[0] == ' ' || line[0] == '\t':
			line = line[1:]
		}
		prefix = prefix[1:]
	}
	return line
}

// markdown returns how r is written: its own Markdown, that of the file, or its plain text, escaped.
func (r Rich) markdown(file []byte) string {
	switch {
	case r.Markdown != "":
		return r.Markdown
	case file != nil && r.Range.End > r.Range.Start:
		return withoutMarker(source(file, r.Range))
	}
	return escape(r.Plain, lineStart)
}

// KeepSource fills in how the texts of the check are written, from the text that their ranges count in: for checks whose places do not lead to their text in the file.
func (c *Check) KeepSource(text []byte) {
	for _, r := range c.Riches() {
		r.Markdown = r.markdown(text)
	}
	if len(c.Gaps) > 0 {
		c.Prompt.Markdown = c.promptSource(text, Gap.source)
	}
}

// withoutMarker takes away the `[!NOTE]` that a quotation starts with: it says what the text is, it is not part of it.
func withoutMarker(s string) string {
	if rest, ok := strings.CutPrefix(s, "[!"); ok {
		if word, rest, ok := strings.Cut(rest, "]"); ok && word != "" && strings.ToUpper(word) == word && !strings.ContainsAny(word, " \n") {
			return strings.TrimSpace(rest)
		}
	}
	return s
}
