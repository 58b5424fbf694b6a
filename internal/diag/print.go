package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Text writes the list for people: place, severity, message, code, the line with a mark below it, and the hint. What authors wrote has its control
// characters taken out, so that it cannot drive the terminal.
func Text(w io.Writer, l List, color bool) error {
	paint := func(code, s string) string {
		if !color {
			return s
		}
		return "\x1b[" + code + "m" + s + "\x1b[0m"
	}
	var b strings.Builder
	for _, d := range l {
		word := paint("33", d.Severity.String()+":")
		if d.Severity == Error {
			word = paint("31", d.Severity.String()+":")
		}
		if at := d.Span.String(); at != "" {
			b.WriteString(paint("1", at) + ": ")
		}
		fmt.Fprintf(&b, "%s %s %s\n", word, plain(d.Message), paint("2", "["+d.Code+"]"))
		excerpt(&b, d.Span, paint)
		for _, r := range d.Related {
			fmt.Fprintf(&b, "   %s: %s\n", r.Span, plain(r.Message))
		}
		if d.Hint != "" {
			fmt.Fprintf(&b, "   %s %s\n", paint("36", "hint:"), plain(d.Hint))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// String returns the place for people: "content/roles/sponsor.md:42:5"; only the path where the file has no bytes.
func (s Span) String() string {
	if s.File == nil {
		return ""
	}
	p := s.Position()
	if data, err := s.File.Bytes(); err != nil || len(data) == 0 {
		return plain(s.File.Path)
	}
	return fmt.Sprintf("%s:%d:%d", plain(s.File.Path), p.Line, p.Column)
}

const excerptWidth = 100

// excerpt writes the line and a caret under the span's start. A long line is cut around it.
func excerpt(b *strings.Builder, s Span, paint func(code, s string) string) {
	line := s.Line()
	if strings.TrimSpace(line) == "" {
		return
	}
	p := s.Position()
	runes := []rune(plain(strings.ReplaceAll(line, "\t", " ")))
	at := min(p.Column-1, len(runes))
	from := 0
	if len(runes) > excerptWidth && at > excerptWidth/2 {
		from = at - excerptWidth/2
	}
	to := min(len(runes), from+excerptWidth)
	wide := 1
	if end := s.EndPosition(); end.Line == p.Line && end.Column > p.Column {
		wide = end.Column - p.Column
	}
	number := fmt.Sprintf("%5d │ ", p.Line)
	b.WriteString(paint("2", number) + string(runes[from:to]) + "\n")
	marks := max(1, cells(runes[at:min(at+wide, to)]))
	b.WriteString(strings.Repeat(" ", 6) + paint("2", "│ ") + strings.Repeat(" ", cells(runes[from:at])) + paint("31", strings.Repeat("^", marks)) + "\n")
}

// cells returns how many columns of a terminal the characters take: East Asian ones two, marks that stand over others none.
func cells(runes []rune) int {
	n := 0
	for _, r := range runes {
		switch k := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case k == width.EastAsianWide || k == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// plain takes control characters, and what turns the direction of text, out of s. The number of characters stays the same: each byte that
// is no text counts as one, as it does for columns.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '\uFFFD'
		}
		return r
	}, s)
}

type jsonPlace struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"endLine,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"`
}

func place(s Span) jsonPlace {
	if !s.InFile() {
		return jsonPlace{}
	}
	a, z := s.Position(), s.EndPosition()
	return jsonPlace{s.File.Path, a.Line, a.Column, z.Line, z.Column}
}

// named is the message, with the name of the setting that it is about.
func (d *Diagnostic) named() string {
	if d.Span.IsSetting() {
		return d.Span.File.Path + ": " + d.Message
	}
	return d.Message
}

// JSON writes the list as one JSON document: {"diagnostics": [{"severity", "code", "message", "hint", "file", "line", "column", …}]}.
func JSON(w io.Writer, l List) error {
	type related struct {
		jsonPlace
		Message string `json:"message"`
	}
	type entry struct {
		Severity string `json:"severity"`
		Code     string `json:"code"`
		Message  string `json:"message"`
		Hint     string `json:"hint,omitempty"`
		jsonPlace
		Related []related `json:"related,omitempty"`
	}
	out := struct {
		Diagnostics []entry `json:"diagnostics"`
	}{[]entry{}}
	for _, d := range l {
		e := entry{Severity: d.Severity.String(), Code: d.Code, Message: d.named(), Hint: d.Hint, jsonPlace: place(d.Span)}
		for _, r := range d.Related {
			e.Related = append(e.Related, related{place(r.Span), r.Message})
		}
		out.Diagnostics = append(out.Diagnostics, e)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// SARIF writes the list in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS). Files are named from where the project's folder is dir, with slashes.
func SARIF(w io.Writer, l List, version, dir string) error {
	type m = map[string]any
	used := map[string]bool{}
	results := []any{}
	for _, d := range l {
		used[d.Code] = true
		text := d.named()
		if d.Hint != "" {
			text += " (" + d.Hint + ")"
		}
		r := m{"ruleId": d.Code, "level": d.Severity.String(), "message": m{"text": text}}
		if d.Span.InFile() {
			r["locations"] = []any{location(d.Span, dir)}
		}
		var related []any
		for _, x := range d.Related {
			if x.Span.InFile() {
				at := location(x.Span, dir)
				at["message"] = m{"text": x.Message}
				related = append(related, at)
			}
		}
		if related != nil {
			r["relatedLocations"] = related
		}
		results = append(results, r)
	}
	rules := []any{}
	for _, i := range Codes() {
		if used[i.Code] {
			rules = append(rules, m{"id": i.Code, "fullDescription": m{"text": i.Text}, "defaultConfiguration": m{"level": i.Severity.String()}})
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(m{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []any{m{"tool": m{"driver": m{"name": "waymark", "version": version, "rules": rules}}, "columnKind": "unicodeCodePoints", "results": results}},
	})
}

// location is a place in SARIF: the file as a URI reference, and the region, which a file that cannot be read any more has not.
func location(s Span, dir string) map[string]any {
	p := place(s)
	at := map[string]any{"artifactLocation": map[string]any{"uri": (&url.URL{Path: path.Join(dir, p.File)}).String()}}
	if p.Line > 0 {
		at["region"] = map[string]any{"startLine": p.Line, "startColumn": p.Column, "endLine": p.EndLine, "endColumn": p.EndColumn}
	}
	return map[string]any{"physicalLocation": at}
}

// GitHub writes the list as workflow commands, which GitHub shows beside the lines. Files are named as in SARIF.
func GitHub(w io.Writer, l List, dir string) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	prop := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var b strings.Builder
	for _, d := range l {
		text := d.named()
		if d.Hint != "" {
			text += "\n" + d.Hint
		}
		at := ""
		if d.Span.InFile() {
			p := place(d.Span)
			at = fmt.Sprintf("file=%s,line=%d,col=%d,", prop.Replace(path.Join(dir, p.File)), max(p.Line, 1), max(p.Column, 1))
		}
		fmt.Fprintf(&b, "::%s %stitle=%s::%s\n", d.Severity, at, prop.Replace(d.Code), data.Replace(text))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
