package quiz

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Format writes a check in the canonical syntax of section 3.4, as one container with a line break at its end. Texts are written as Markdown
// where it is known (Rich.Markdown), else as plain text with what Markdown would read as markup escaped. Parsing the result of a check
// without faults gives the same model; an id made of the text is not written.
func Format(c *Check) string {
	w := &formatter{}
	w.line("::: %s%s", c.Word, c.attributes())
	w.block(c.promptText())
	switch c.Type {
	case Single, Multiple, Rating, Reflection:
		w.options(c)
	case Number, Short:
		w.accepts(c)
	case Order:
		w.steps(c)
	case Match:
		w.pairs(c)
	case Scenario:
		w.scenes(c)
	}
	for _, h := range c.Hints {
		w.callout(hintMark, h)
	}
	if !c.Explanation.Empty() {
		w.callout(explanationMark, c.Explanation)
	}
	w.line("")
	w.line(":::")
	return w.String()
}

type formatter struct{ strings.Builder }

func (w *formatter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// block writes a paragraph, or more, behind an empty line.
func (w *formatter) block(text string) {
	if text != "" {
		w.line("\n%s", text)
	}
}

// quote writes text as a block quote, each line behind indent.
func (w *formatter) quote(indent, text string) {
	for l := range strings.Lines(text) {
		w.line("%s", strings.TrimRight(indent+"> "+l, " \n"))
	}
}

func (w *formatter) callout(mark string, r Rich) {
	w.line("\n> [!%s]", mark)
	w.quote("", r.text(lineStart))
}

// item writes a list item: its text behind the sign, continuation lines indented, then feedback.
func (w *formatter) item(sign string, text string, feedback, missed Rich) {
	indent := "  "
	if strings.HasSuffix(strings.Fields(sign + " x")[0], ".") {
		indent = "   "
	}
	first := true
	for l := range strings.Lines(text) {
		if first {
			w.line("%s", strings.TrimRight(sign+l, " \n"))
		} else {
			w.line("%s", strings.TrimRight(indent+l, " \n"))
		}
		first = false
	}
	if first {
		w.line("%s", strings.TrimRight(sign, " "))
	}
	if !missed.Empty() {
		if !feedback.Empty() {
			w.line("")
			w.quote(indent, feedback.text(lineStart))
		}
		w.line("\n%s> [!%s]", indent, missedMark)
		w.quote(indent, missed.text(lineStart))
		w.line("")
		return
	}
	if strings.Contains(text, "\n") && !feedback.Empty() {
		w.line("")
	}
	if !feedback.Empty() {
		w.quote(indent, feedback.text(lineStart))
	}
}

func (w *formatter) options(c *Check) {
	if len(c.Options) > 0 {
		w.line("")
	}
	for i, o := range c.Options {
		sign := "- ( ) "
		switch {
		case c.Type == Rating:
			sign = "- (" + strconv.Itoa(i+1) + ") "
		case c.Type == Single && o.Right:
			sign = "- (x) "
		case c.Type == Multiple && o.Right:
			sign = "- [x] "
		case c.Type != Single:
			sign = "- [ ] "
		}
		w.item(sign, o.Text.text(inLine), o.Feedback, o.Missed)
	}
}

func (w *formatter) accepts(c *Check) {
	w.line("")
	for _, a := range c.Accepts {
		sign, value := "- != ", escape(a.Value, inLine)
		if a.Right {
			sign = "- = "
		}
		if a.Any {
			value = "*"
		}
		w.item(sign, value, a.Feedback, Rich{})
	}
}

func (w *formatter) steps(c *Check) {
	w.line("")
	for i, o := range c.Options {
		w.item(strconv.Itoa(i+1)+". ", o.Text.text(lineStart), Rich{}, Rich{})
	}
}

func (w *formatter) pairs(c *Check) {
	heads := [2]string{}
	for i, h := range c.Heads {
		if i < 2 {
			heads[i] = h.text(inCell)
		}
	}
	w.line("\n| %s | %s |\n| --- | --- |", heads[0], heads[1])
	for _, p := range c.Pairs {
		w.line("| %s | %s |", p.Left.text(inCell), p.Right.text(inCell))
	}
}

func (w *formatter) scenes(c *Check) {
	for _, s := range c.Scenes {
		w.line("\n### %s", s.Title.text(inTitle))
		if len(s.Choices) == 0 {
			w.callout(endingMark(s.Ending), s.Text)
			continue
		}
		w.block(s.Text.text(lineStart))
		w.line("")
		for _, ch := range s.Choices {
			w.item("- ", "["+ch.Text.text(inLine)+"](#"+ch.To+")", ch.Comment, Rich{})
		}
	}
}

func endingMark(e Ending) string {
	switch e {
	case EndsWell:
		return "TIP"
	case EndsBadly:
		return "WARNING"
	}
	return "NOTE"
}

// promptText writes the prompt; of a cloze with its gaps.
func (c *Check) promptText() string {
	if c.Prompt.Markdown != "" || len(c.Gaps) == 0 {
		return c.Prompt.text(lineStart)
	}
	parts := strings.Split(c.Prompt.Plain, "___")
	var b strings.Builder
	for i, p := range parts {
		where := inLine
		if i == 0 {
			where = lineStart
		}
		b.WriteString(escape(p, where))
		if i < len(parts)-1 {
			if i < len(c.Gaps) {
				b.WriteString(c.Gaps[i].source())
			} else {
				b.WriteString(`\_\_\_`)
			}
		}
	}
	return b.String()
}

func (g Gap) source() string {
	words := g.Accepts
	bar := "|"
	if len(g.Choices) > 0 {
		words, bar = nil, " | "
		for i, w := range g.Choices {
			if i == g.Right {
				w = "(" + w + ")"
			}
			words = append(words, w)
		}
	}
	var list []string
	for _, w := range words {
		list = append(list, escape(w, inLine))
	}
	return "[[" + strings.Join(list, bar) + "]]"
}

// text returns the Markdown of r for a place.
func (r Rich) text(where place) string {
	if r.Markdown != "" {
		if where == inCell {
			return strings.NewReplacer("\n", " ", `\|`, `\|`, "|", `\|`).Replace(r.Markdown)
		}
		if where == inTitle {
			return strings.ReplaceAll(r.Markdown, "\n", " ")
		}
		return strings.Trim(r.Markdown, "\n")
	}
	return escape(r.Plain, where)
}

// A place is where escaped text will stand.
type place int

const (
	inLine    place = iota // behind other text
	lineStart              // at the start of a line
	inCell                 // in a cell of a table
	inTitle                // in a heading
)

var (
	startForm = regexp.MustCompile(`^(?:[#>+=~|:-]|!=|\((?:[ xX*✓✔]|\d+)?\s*\))`)
	countForm = regexp.MustCompile(`^\d{1,9}[.)]`)
)

// escape writes plain text so that Markdown reads it as that text.
func escape(s string, where place) string {
	var b strings.Builder
	for i, word := range strings.Split(s, " ") {
		if i > 0 {
			b.WriteByte(' ')
		}
		address := strings.Contains(word, "://") || strings.HasPrefix(word, "www.")
		for j := 0; j < len(word); j++ {
			c := word[j]
			switch {
			case c == '\\' || c == '`' || c == '*' || c == '[' || c == ']',
				c == '_' && !address && !(j > 0 && j < len(word)-1 && alnum(word[j-1]) && alnum(word[j+1])),
				c == '~' && !address,
				c == '<' && j+1 < len(word) && (alnum(word[j+1]) || strings.IndexByte("/!?", word[j+1]) >= 0),
				c == '|' && where == inCell,
				(c == '#' || c == '{' || c == '}') && where == inTitle:
				b.WriteByte('\\')
			case c == '&':
				if _, n := reference([]byte(word[j:])); n > 0 && !address {
					b.WriteByte('\\')
				}
			}
			b.WriteByte(c)
		}
	}
	out := b.String()
	if where != lineStart {
		return out
	}
	if m := countForm.FindString(out); m != "" {
		return out[:len(m)-1] + `\` + out[len(m)-1:]
	}
	if startForm.MatchString(out) {
		return `\` + out
	}
	return out
}

func alnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
