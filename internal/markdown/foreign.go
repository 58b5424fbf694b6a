package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"waymark/internal/diag"
)

// A notation is what other tools give a meaning and Waymark shows as text.
type notation struct {
	sign string // what it begins with
	line bool   // only where a line begins
	end  string // what ends it on the same line; empty: nothing
	hint string
}

// notations are those that are reported, one that begins as another does before that one.
var notations = []notation{
	{"!!! ", true, "", "write `::: note Title`, the text between blank lines, and `:::`"},
	{"??? ", true, "", "write `::: details Title`, the text between blank lines, and `:::`"},
	{"???+ ", true, "", "write `::: details Title`, the text between blank lines, and `:::`"},
	{`=== "`, true, `"`, "write `::: tabs`, a heading for each tab with its text below, and `:::`"},
	{"--8<--", true, "", "write `::: include {path=part.md}` and `:::`"},
	{"{{<", true, "}}", "write it as Markdown or a container; there are no shortcodes"},
	{"{{%", true, "}}", "write it as Markdown or a container; there are no shortcodes"},
	{"{%", true, "%}", "pages are no templates; `::: include {path=part.md}` shows another file"},
	{"[TOC]", true, "", "take it away; pages with several headings list them by themselves"},
	{"![[", false, "]]", "write ![What it shows](image.png); for a page `::: include {path=page.md}`"},
	{"[[", false, "]]", "write [its title](page.md)"},
	{"$$", true, "", "put the formula into a block of code with the language math; a theme may have a script that draws it"},
	{"%%", false, "%%", "write <!-- a comment -->"},
	{"{:", false, "}", "take it away; only headings have attributes, as in ## Title {#my-id}"},
	{"){", false, "}", "take it away; links and images have no attributes, and what an image shows stands between its brackets"},
}

// A foreigner is a notation on a page: where it stands first, and how often.
type foreigner struct {
	at    diag.Range
	wrote string
	count int
	open  bool // its sign ends it, too, on a line of its own
}

// seekForeign looks which notations the page may have. Most pages have none.
func (r *renderer) seekForeign() {
	for i, n := range notations {
		if bytes.Contains(r.p.src, []byte(n.sign)) {
			if r.foreign == nil {
				r.foreign = map[int]*foreigner{}
			}
			r.foreign[i] = &foreigner{}
		}
	}
}

// foreignText notes the notations that begin in a piece of text, which ends as last does.
func (r *renderer) foreignText(seg text.Segment, last *ast.Text) {
	src := r.p.src
	line := len(bytes.TrimRight(src[:seg.Start], " "))
	begins := line == 0 || src[line-1] == '\n' || src[line-1] == '>' || src[line-1] == '-' || src[line-1] == '*'
	link := last.NextSibling() != nil && last.NextSibling().Kind() == ast.KindLink
	for i, f := range r.foreign {
		n := &notations[i]
		if n.line && begins && bytes.HasPrefix(src[seg.Start:], []byte(n.sign)) {
			r.noteForeign(n, f, seg.Start)
		}
		at, stop := seg.Start, min(seg.Stop+len(n.sign)-1, len(src))
		if n.sign == "){" && at > 0 { // the parenthesis of a link is no text
			at--
			stop = min(at+2, len(src))
		}
		for !n.line && at < stop {
			k := bytes.Index(src[at:stop], []byte(n.sign))
			if k < 0 {
				break
			}
			if at += k; link && at+len(n.sign) > seg.Stop {
				break // its last bracket begins a link
			}
			if before, _ := utf8.DecodeLastRune(src[:at]); n.sign == "){" || before != '\\' && before != '!' && !(n.sign == "%%" && percent(src[:at])) && !unicode.IsLetter(before) && !unicode.IsDigit(before) {
				at += r.noteForeign(n, f, at)
			}
			at += len(n.sign)
		}
	}
}

// noteForeign counts a notation whose sign stands at the offset at, and returns its length behind the sign; 0 if it is none.
func (r *renderer) noteForeign(n *notation, f *foreigner, at int) int {
	line := trimLine(firstLine(r.p.src[at:min(at+maxAddress, len(r.p.src))]))
	end := len(line)
	if end < len(n.sign) {
		return 0 // it ended with a blank
	}
	if n.end != "" {
		i := bytes.Index(line[len(n.sign):], []byte(n.end))
		end = len(n.sign) + i + len(n.end)
		if i < 0 {
			return 0
		}
	}
	if n.sign == "$$" && end == len(n.sign) {
		if f.open = !f.open; !f.open {
			return 0
		}
	}
	if !n.means(string(line[len(n.sign) : end-len(n.end)])) {
		return 0
	}
	if f.count++; f.count == 1 {
		from := 0
		if n.sign == "){" {
			from = 1
		}
		f.at, f.wrote = r.p.at.span(at+from, at+end), string(line[from:end])
	}
	return end - len(n.sign)
}

// percent reports whether a text ends with a number, which a sign behind it would count: 5 %%.
func percent(before []byte) bool {
	before = bytes.TrimRight(before, " ")
	return len(before) > 0 && before[len(before)-1] >= '0' && before[len(before)-1] <= '9'
}

// means reports whether what stands behind the sign of a notation is such as the tools have that know it.
func (n *notation) means(s string) bool {
	letter := strings.IndexFunc(s, unicode.IsLetter) >= 0
	switch n.sign {
	case "!!! ", "??? ", "???+ ":
		words, title, titled := strings.Cut(s, `"`)
		kinds := strings.Fields(words)
		return len(kinds) > 0 && len(kinds) < 4 && (titled && strings.HasSuffix(title, `"`) || len(kinds) == 1 && !titled) &&
			strings.Trim(strings.Join(kinds, ""), "abcdefghijklmnopqrstuvwxyz-_") == ""
	case "[TOC]":
		return s == ""
	case "[[":
		return letter && !strings.ContainsAny(s, "[]\"'`=,")
	case "$$":
		return s == "" || strings.HasSuffix(s, "$$") || strings.ContainsAny(s, `\^_=`)
	case "%%":
		return letter && !strings.HasPrefix(s, "%")
	case "{:", "){":
		s = strings.TrimLeft(s, ": ")
		return letter && (strings.HasPrefix(s, ".") || strings.HasPrefix(s, "#") || strings.Contains(s, "=") || n.sign == "{:" && s == "toc")
	}
	return true
}

// reportForeign reports each notation once.
func (r *renderer) reportForeign() {
	for i, n := range notations {
		f := r.foreign[i]
		if f == nil || f.count == 0 {
			continue
		}
		more := ""
		if f.count > 1 {
			more = "; the page has " + strconv.Itoa(f.count) + " of them"
		}
		r.p.doc.Diags.Add("page/foreign-markup", r.p.file.Span(f.at), n.hint, "%s means something to other tools, here it is shown as it was written%s", diag.Quote(f.wrote), more)
	}
}
