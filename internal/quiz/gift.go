package quiz

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"waymark/internal/diag"
)

// ParseGIFT reads questions in Moodle's GIFT format as checks to be written with Format. Each gets an id: from a comment `[id:…]` before it, else
// from its title, else from its text; ids are unique in the result. The report says, with lines, what could not be taken over. Nothing is
// read from the checks' ranges: they have none.
func ParseGIFT(data []byte) ([]*Check, []string) {
	g := &giftReader{ids: map[string]bool{}}
	for _, b := range giftBlocks(string(data)) {
		g.block(b)
	}
	return g.checks, g.report
}

type giftReader struct {
	checks []*Check
	report []string
	ids    map[string]bool
	line   int
	// category becomes a tag, not a pool: questions of a pool are shown only where a quiz draws them.
	category string
}

func (g *giftReader) say(format string, args ...any) {
	g.report = append(g.report, fmt.Sprintf("line %d: ", g.line)+fmt.Sprintf(format, args...))
}

// A giftBlock is one question: the lines between two empty lines, comments apart.
type giftBlock struct {
	line     int
	text     string
	comments string
}

// giftBlocks parts a file at empty lines, as Moodle does.
func giftBlocks(s string) []giftBlock {
	s = strings.TrimPrefix(strings.ReplaceAll(s, "\r\n", "\n"), "\ufeff")
	var list []giftBlock
	var cur giftBlock
	flush := func() {
		if cur.text != "" {
			list = append(list, cur)
			cur = giftBlock{}
		}
	}
	n := 0
	for line := range strings.Lines(s) {
		n++
		switch trimmed := strings.TrimSpace(line); {
		case strings.HasPrefix(trimmed, "//"):
			cur.comments += trimmed[2:] + "\n"
		case trimmed == "":
			flush()
		default:
			if cur.text == "" {
				cur.line = n
			}
			cur.text += line
			if strings.HasPrefix(trimmed, "$CATEGORY:") {
				flush()
			}
		}
	}
	flush()
	return list
}

// giftIndex returns the index of the first of chars in s from i on that is not escaped, or -1.
func giftIndex(s, chars string, i int) int {
	for ; i < len(s); i++ {
		if s[i] == '\\' {
			i++
		} else if strings.IndexByte(chars, s[i]) >= 0 {
			return i
		}
	}
	return -1
}

var (
	giftID     = later(`\[id:\s*([^\]]*)\]`)
	giftTag    = later(`\[tag:\s*([^\]]*)\]`)
	giftFormat = later(`^\s*\[(html|moodle|plain|markdown)\]`)
	giftWeight = later(`^\s*%(-?\d+(?:\.\d+)?)%`)
)

// block reads one question.
func (g *giftReader) block(b giftBlock) {
	g.line = b.line
	text := strings.TrimSpace(b.text)
	if category, ok := strings.CutPrefix(text, "$CATEGORY:"); ok {
		parts := strings.Split(strings.TrimSpace(category), "/")
		g.category = shortSlug(parts[len(parts)-1])
		return
	}
	title := ""
	if rest, ok := strings.CutPrefix(text, "::"); ok {
		end := strings.Index(rest, "::")
		for end > 0 && rest[end-1] == '\\' {
			next := strings.Index(rest[end+2:], "::")
			if next < 0 {
				end = -1
				break
			}
			end += 2 + next
		}
		if end < 0 {
			g.say("the title is not closed with ::, the question is left out")
			return
		}
		title, text = giftPlain(rest[:end]), strings.TrimSpace(rest[end+2:])
	}
	format := "moodle"
	if m := giftFormat().FindStringSubmatch(text); m != nil {
		format, text = m[1], strings.TrimSpace(text[len(m[0]):])
	}
	open := giftIndex(text, "{", 0)
	if open < 0 {
		g.say("%s has no answers, it is left out", diag.Quote(short(text)))
		return
	}
	end := giftIndex(text, "}", open+1)
	if end < 0 {
		g.say("the answers of %s are not closed with }, it is left out", diag.Quote(short(text)))
		return
	}
	q := giftQuestion{before: strings.TrimRight(text[:open], " \t"), after: strings.TrimSpace(text[end+1:]), format: format, title: title}
	q.answers, q.general = giftGeneral(text[open+1 : end])
	c := g.question(q)
	if c == nil {
		return
	}
	c.Explanation = g.rich(strings.TrimSpace(q.general), format)
	for _, m := range giftTag().FindAllStringSubmatch(b.comments, -1) {
		if tag := strings.Join(strings.Fields(m[1]), "-"); tag != "" {
			c.Tags = append(c.Tags, tag)
		}
	}
	if c.Word != "question" {
		if len(c.Tags) > 0 || g.category != "" {
			g.say("a %s has no tags, those of %s are left out", c.Word, diag.Quote(short(q.before)))
		}
		c.Tags = nil
	} else if g.category != "" && !contains(c.Tags, g.category) {
		c.Tags = append(c.Tags, g.category)
	}
	id := ""
	if m := giftID().FindStringSubmatch(b.comments); m != nil {
		id = strings.TrimSpace(m[1])
	}
	g.name(c, id, title)
	g.checks = append(g.checks, c)
}

// giftCut cuts s at the first sep that is not escaped.
func giftCut(s, sep string) (before, after string, ok bool) {
	for i := giftIndex(s, sep[:1], 0); i >= 0; i = giftIndex(s, sep[:1], i+1) {
		if strings.HasPrefix(s[i:], sep) {
			return s[:i], s[i+len(sep):], true
		}
	}
	return s, "", false
}

// giftGeneral cuts answers at the last ####: of five # the first ends an answer.
func giftGeneral(s string) (answers, general string) {
	at := len(s)
	for i := giftIndex(s, "#", 0); i >= 0; i = giftIndex(s, "#", i+1) {
		if strings.HasPrefix(s[i:], "####") {
			at = i
		}
	}
	return s[:at], strings.TrimPrefix(s[at:], "####")
}

// name gives the check an id that no other has.
func (g *giftReader) name(c *Check, id, title string) {
	if !IsID(id) {
		id = shortSlug(title)
	}
	if id == "" {
		id = shortSlug(c.Prompt.Plain)
	}
	if id == "" {
		id = c.Word
	}
	c.ID = uniqueID(id, g.ids)
}

// uniqueID adds a number to id when it is taken, and takes it.
func uniqueID(id string, taken map[string]bool) string {
	free := id
	for n := 2; taken[free]; n++ {
		free = id + "-" + strconv.Itoa(n)
	}
	taken[free] = true
	return free
}

// A giftQuestion is a question taken apart, still with its escapes.
type giftQuestion struct {
	title, before, answers, general, after, format string
}

// A giftAnswer is one `=…` or `~…`.
type giftAnswer struct {
	right    bool
	weight   float64 // percent; 100 for = without one, 0 for ~ without one
	weighted bool
	text     string // escaped
	feedback string // escaped
}

// giftAnswers parts the answers at = and ~. What stands before the first is returned apart.
func giftAnswers(s string) (head string, list []giftAnswer) {
	i := giftIndex(s, "=~", 0)
	if i < 0 {
		return s, nil
	}
	head = s[:i]
	for i >= 0 {
		end := giftIndex(s, "=~", i+1)
		part := s[i+1:]
		if end >= 0 {
			part = s[i+1 : end]
		}
		a := giftAnswer{right: s[i] == '='}
		if a.right {
			a.weight = 100
		}
		if m := giftWeight().FindStringSubmatch(part); m != nil {
			a.weight, _ = strconv.ParseFloat(m[1], 64)
			a.weighted, part = true, part[len(m[0]):]
		}
		a.text, a.feedback, _ = giftCut(part, "#")
		a.text, a.feedback = strings.TrimSpace(a.text), strings.TrimSpace(a.feedback)
		list = append(list, a)
		i = end
	}
	return head, list
}

var trueFalseForm = later(`(?i)^(T|TRUE|F|FALSE)$`)

// question makes a check of the right kind, or nil.
func (g *giftReader) question(q giftQuestion) *Check {
	c := imported("question")
	c.Prompt = g.rich(q.before, q.format)
	body := strings.TrimSpace(q.answers)
	if verdict, feedback, _ := giftCut(body, "#"); trueFalseForm().MatchString(strings.TrimSpace(verdict)) {
		g.blank(c, q)
		return g.trueFalse(c, q, strings.ToUpper(strings.TrimSpace(verdict))[0] == 'T', feedback)
	}
	if body == "" {
		c = imported("reflection")
		c.Type = Reflection
		c.Prompt = g.rich(q.before, q.format)
		g.blank(c, q)
		return c
	}
	if rest, ok := strings.CutPrefix(body, "#"); ok {
		g.blank(c, q)
		return g.number(c, q, rest)
	}
	_, answers := giftAnswers(body)
	if len(answers) == 0 {
		g.say("the answers %s cannot be read, %s is left out", diag.Quote(short(body)), diag.Quote(short(q.before)))
		return nil
	}
	typed := !slices.ContainsFunc(answers, func(a giftAnswer) bool { return !a.right })
	if typed && slices.ContainsFunc(answers, func(a giftAnswer) bool { _, _, ok := giftCut(a.text, "->"); return ok }) {
		g.blank(c, q)
		return g.match(c, q, answers)
	}
	if q.after != "" && g.gap(c, q, answers, typed) {
		return c
	}
	g.blank(c, q)
	if typed {
		return g.short(c, q, answers)
	}
	return g.choice(c, q, answers)
}

// imported returns an empty check of a word, with nothing said.
func imported(word string) *Check {
	c := &Check{Word: word}
	c.Tries = -1
	return c
}

// blank puts a line to fill before the text behind the answers, where a question has any.
func (g *giftReader) blank(c *Check, q giftQuestion) {
	if q.after == "" {
		return
	}
	before, after := g.rich(q.before, q.format), g.rich(q.after, q.format)
	c.Prompt = Rich{Markdown: strings.TrimSpace(before.Markdown + ` \_\_\_\_\_ ` + after.Markdown), Plain: strings.TrimSpace(before.Plain + " _____ " + after.Plain)}
}
