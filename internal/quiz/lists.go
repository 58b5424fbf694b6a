package quiz

import (
	"fmt"
	"strings"

	"waymark/internal/diag"
)

// Two notations of quizzes in Markdown are close to ours and can be taken over: that of mkdocs-quiz (`<quiz>` around a prompt and a list of check
// boxes) and that of quizdown (a heading, a quote as hint, a list of check boxes). Both give checks to be written with Format; the report
// says, with lines, what could not be taken over.

// ParseMkdocsQuiz reads the `<quiz>` elements of a page. One ticked option makes a single choice, several a multiple one; text behind the options
// is the explanation; `[[word]]` is a gap.
func ParseMkdocsQuiz(data []byte) ([]*Check, []string) {
	r := &listReader{ids: map[string]bool{}}
	var block []string
	start, first := 0, 0 // lines: of the opening tag, of what stands first in block
	code := ""
	for i, line := range fileLines(data) {
		trimmed := strings.TrimSpace(line)
		switch {
		case code != "":
			if strings.HasPrefix(trimmed, code) {
				code = ""
			}
		case strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~"):
			code = trimmed[:3]
		case start == 0 && quizForm().MatchString(trimmed):
			m := quizForm().FindStringSubmatch(trimmed)
			start, first, block, line = i+1, i+1, nil, m[2]
			if attrs := strings.TrimSpace(m[1]); attrs != "" {
				r.say(start, "the settings %s are left out", diag.Quote(attrs))
			}
			if line == "" {
				first++
				continue
			}
		case start == 0 && (trimmed == "<?quiz?>" || trimmed == "quiz-start"): // up to 0.0.41
			r.say(i+1, "%s begins a question in an older form of mkdocs-quiz, it is left out", trimmed)
		}
		if start == 0 {
			continue
		}
		before, _, closed := strings.Cut(line, "</quiz>")
		if closed = closed && code == ""; !closed {
			before = line
		}
		if !closed || strings.TrimSpace(before) != "" {
			block = append(block, before)
		}
		if closed {
			r.question(first, block, "")
			start = 0
		}
	}
	if start > 0 {
		r.say(start, "<quiz> is not closed, it is left out")
	}
	return r.checks, r.report
}

// ParseQuizdown reads a quizdown text, or the quizdown blocks of a page. Each heading begins a question; a numbered list of check boxes is a
// single choice, one with dashes a multiple choice; a numbered list without check boxes is an ordering.
func ParseQuizdown(data []byte) ([]*Check, []string) {
	r := &listReader{ids: map[string]bool{}, quizdown: true}
	lines := fileLines(data)
	fenced := false
	for _, l := range lines {
		fenced = fenced || strings.HasPrefix(strings.TrimSpace(l), "```quizdown")
	}
	var block []string
	title, start, inside, settings, code := "", 0, !fenced, false, false
	flush := func() {
		if start > 0 {
			r.question(start+1, block, title)
		}
		title, start, block = "", 0, nil
	}
	for i, line := range lines {
		trimmed := strings.TrimSpace(line)
		switch {
		case fenced && !inside:
			inside = strings.HasPrefix(trimmed, "```quizdown")
			continue
		case fenced && trimmed == "```" && !code:
			flush()
			inside = false
			continue
		case strings.HasPrefix(trimmed, "```"):
			code = !code
		case trimmed == "---" && start == 0 && !code:
			settings = !settings
			continue
		case settings:
			continue
		}
		if h := headingForm().FindStringSubmatch(line); h != nil && !code {
			flush()
			title, start = h[1], i+1
			continue
		}
		if start > 0 {
			block = append(block, line)
		}
	}
	flush()
	return r.checks, r.report
}

var (
	headingForm = later(`^#{1,6}[ \t]+(.*?)[ \t]*#*$`)
	boxForm     = later(`^(\s*)([-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s*(.*)$`)
	stepForm    = later(`^\d{1,9}[.)]\s+(.*)$`)
	quizForm    = later(`^<quiz(\s[^>]*)?>\s*(.*)$`)
	partForm    = later(`^\s*-{3,}\s*$`)
	quoteForm   = later(`^\s*>\s?(.*)$`)
)

func fileLines(data []byte) []string {
	s := strings.TrimPrefix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\ufeff")
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

type listReader struct {
	checks   []*Check
	report   []string
	ids      map[string]bool
	quizdown bool
}

func (r *listReader) say(line int, format string, args ...any) {
	r.report = append(r.report, fmt.Sprintf("line %d: ", line)+fmt.Sprintf(format, args...))
}

// question makes a check of the lines of one question; the first of them has the number first.
func (r *listReader) question(first int, lines []string, title string) {
	c := imported("question")
	var prompt, behind []string
	if title != "" {
		prompt = append(prompt, title)
	}
	var hint []string
	var texts, feedbacks [][]string
	numbered, boxes, gap := false, false, false
	last := -1 // the line of the last option, behind which a line of dashes ends the question
	for i, line := range lines {
		if boxForm().MatchString(line) {
			last = i
		}
	}
	for i, line := range lines {
		if !r.quizdown && partForm().MatchString(line) && len(behind) == 0 && i > last {
			behind = []string{""}
			continue
		}
		if m := boxForm().FindStringSubmatch(line); m != nil && len(behind) == 0 {
			boxes = true
			numbered = numbered || m[2][0] >= '0' && m[2][0] <= '9'
			c.Options = append(c.Options, Option{Right: m[3] != " "})
			texts, feedbacks = append(texts, []string{m[4]}), append(feedbacks, nil)
			gap = false
			continue
		}
		m := stepForm().FindStringSubmatch(line)
		if m != nil && r.quizdown && !boxes && len(behind) == 0 {
			c.Options = append(c.Options, Option{})
			texts, feedbacks = append(texts, []string{m[1]}), append(feedbacks, nil)
			continue
		}
		n := len(c.Options) - 1
		q := quoteForm().FindStringSubmatch(line)
		switch {
		case n < 0 && q != nil && r.quizdown:
			hint = append(hint, q[1])
		case n < 0 && len(behind) == 0:
			prompt = append(prompt, line)
		case strings.TrimSpace(line) == "":
			gap = true
			if len(behind) > 0 {
				behind = append(behind, line)
			}
		case q != nil && len(behind) == 0:
			feedbacks[n] = append(feedbacks[n], q[1])
			gap = false
		case !gap && len(behind) == 0 && feedbacks[n] == nil && strings.HasPrefix(line, " "):
			texts[n] = append(texts[n], strings.TrimSpace(line))
		case len(behind) > 0 || line == strings.TrimLeft(line, " \t"):
			behind = append(behind, line)
		default:
			r.say(first+i, "%s is left out", diag.Quote(strings.TrimSpace(line)))
		}
	}
	for i := range c.Options {
		c.Options[i].Text = ownMarkdown(texts[i])
		c.Options[i].Feedback = ownMarkdown(feedbacks[i])
	}
	c.Prompt = ownMarkdown(prompt)
	c.Explanation = ownMarkdown(behind)
	if h := ownMarkdown(hint); !h.Empty() {
		c.Hints = []Rich{h}
	}
	if r.classify(c, first, numbered, boxes) {
		r.add(c)
	}
}

// classify finds the type, or reports that there is none.
func (r *listReader) classify(c *Check, first int, numbered, boxes bool) bool {
	right := 0
	for _, o := range c.Options {
		if o.Right {
			right++
		}
	}
	name := diag.Quote(short(c.Prompt.Plain))
	switch {
	case len(c.Options) == 0 && strings.Contains(c.Prompt.Markdown, "[[") && !r.quizdown:
		return r.gaps(c, first)
	case len(c.Options) == 0:
		r.say(first, "%s has no options, it is left out", name)
		return false
	case !boxes:
		c.Type = Order
	case right == 0:
		r.say(first, "no option of %s is right", name)
		c.Type = Single
	case right > 1 || r.quizdown && !numbered:
		c.Type = Multiple
	default:
		c.Type = Single
	}
	return true
}

// gaps reads the gaps of a prompt by parsing the container that it makes.
func (r *listReader) gaps(c *Check, first int) bool {
	in := Input{File: diag.NewFile("", []byte(c.Prompt.Markdown)), Source: []byte(c.Prompt.Markdown), Word: "question"}
	in.Node = importParser.Parse(newReader(in.Source))
	parsed, ds := Parse(in)
	if ds.HasErrors() || parsed.Type != Cloze {
		r.say(first, "the gaps of %s cannot be read, it is left out", diag.Quote(short(c.Prompt.Plain)))
		return false
	}
	c.Type, c.Gaps, c.Prompt.Plain = Cloze, parsed.Gaps, parsed.Prompt.Plain
	return true
}

func (r *listReader) add(c *Check) {
	id := shortSlug(c.Prompt.Plain)
	if id == "" {
		id = c.Word
	}
	c.ID = uniqueID(id, r.ids)
	r.checks = append(r.checks, c)
}

// ownMarkdown makes a Rich of lines of Markdown.
func ownMarkdown(lines []string) Rich {
	md := strings.TrimSpace(strings.Join(lines, "\n"))
	if md == "" {
		return Rich{}
	}
	return Rich{Markdown: md, Plain: plainMarkdown(md)}
}
