package quiz

import (
	"slices"
	"strings"

	"waymark/internal/diag"
)

// The kinds of GIFT questions, each made into its kind of check.

func (g *giftReader) trueFalse(c *Check, q giftQuestion, isTrue bool, feedback string) *Check {
	c.Type = Single
	wrong, right, _ := giftCut(feedback, "#")
	for _, o := range []bool{true, false} {
		word, say := map[bool]string{true: "True", false: "False"}[o], wrong
		if o == isTrue {
			say = right
		}
		c.Options = append(c.Options, Option{Text: Rich{Plain: word, Markdown: word}, Right: o == isTrue, Feedback: g.rich(strings.TrimSpace(say), q.format)})
	}
	c.TrueFalse = true
	return c
}

// choice makes a single choice where one option has =, and a multiple choice where all have ~ and their weights say which are right.
func (g *giftReader) choice(c *Check, q giftQuestion, answers []giftAnswer) *Check {
	full, right := 0, 0
	for _, a := range answers {
		if a.right {
			full++
		}
		if a.weight > 0 {
			right++
		}
	}
	c.Type = Single
	if full != 1 {
		c.Type, c.Score = Multiple, "each"
	}
	if full > 1 {
		g.say("in %s any of %d options is enough in GIFT; here all of them must be chosen", diag.Quote(short(q.before)), full)
	}
	if right == 0 {
		g.say("no answer of %s is right", diag.Quote(short(q.before)))
	}
	for _, a := range answers {
		o := Option{Text: g.rich(a.text, q.format), Right: a.weight > 0, Feedback: g.rich(a.feedback, q.format)}
		if c.Type == Single && !a.right && a.weight > 0 {
			g.say("%s is worth %v %% in GIFT and wrong here", diag.Quote(o.Text.Plain), a.weight)
			o.Right = false
		} else if c.Type == Single && a.weight < 0 {
			g.say("%s takes %v %% away in GIFT and nothing here", diag.Quote(o.Text.Plain), -a.weight)
		}
		c.Options = append(c.Options, o)
	}
	return c
}

func (g *giftReader) short(c *Check, q giftQuestion, answers []giftAnswer) *Check {
	c.Type = Short
	for _, a := range answers {
		v := giftPlain(a.text)
		stars := strings.Count(v, "*") - strings.Count(v, `\*`)
		v = strings.ReplaceAll(v, `\*`, "*")
		acc := Accept{Value: v, Right: a.weight > 0, Feedback: g.rich(a.feedback, q.format)}
		switch {
		case v == "*" && acc.Right:
			g.say("%s as a right answer cannot be said here, it is left out of %s", diag.Quote(v), diag.Quote(short(q.before)))
			continue
		case v == "*":
			acc.Any = true
		case stars > 0:
			g.say("%s stands for any text in GIFT; in %s it is only itself", diag.Quote("*"), diag.Quote(v))
		}
		if a.weight > 0 && a.weight < 100 {
			g.say("%s is worth %v %% in GIFT and right here", diag.Quote(v), a.weight)
		}
		c.Accepts = append(c.Accepts, acc)
	}
	return g.accepting(c, q)
}

// accepting returns c, or reports that nothing that can be typed is right and returns nil.
func (g *giftReader) accepting(c *Check, q giftQuestion) *Check {
	if !slices.ContainsFunc(c.Accepts, func(a Accept) bool { return a.Right }) {
		g.say("%s has no right answer that can be read, it is left out", diag.Quote(short(q.before)))
		return nil
	}
	return c
}

func (g *giftReader) number(c *Check, q giftQuestion, body string) *Check {
	c.Type = Number
	_, answers := giftAnswers(body)
	if len(answers) == 0 {
		text, feedback, _ := giftCut(body, "#")
		answers = []giftAnswer{{right: true, weight: 100, text: strings.TrimSpace(text), feedback: strings.TrimSpace(feedback)}}
	}
	for _, a := range answers {
		acc := Accept{Right: a.weight > 0, Feedback: g.rich(a.feedback, q.format)}
		text := giftPlain(a.text)
		switch mid, tol, ok := strings.Cut(text, ":"); {
		case text == "" || text == "*" || !a.right && a.text == "":
			acc.Any, acc.Right, acc.Value = true, false, "*"
		case ok && strings.TrimLeft(strings.TrimSpace(tol), "0.") != "":
			acc.Value = strings.TrimSpace(mid) + " +- " + strings.TrimSpace(tol)
		default:
			acc.Value = strings.TrimSpace(mid)
		}
		if !acc.Any {
			r, _, ok := readRange(acc.Value, nil)
			if !ok {
				g.say("%s is not a number, it is left out", diag.Quote(text))
				continue
			}
			acc.Min, acc.Max = r.min, r.max
		}
		if a.weight > 0 && a.weight < 100 {
			g.say("%s is worth %v %% in GIFT and right here", diag.Quote(text), a.weight)
		}
		c.Accepts = append(c.Accepts, acc)
	}
	return g.accepting(c, q)
}

func (g *giftReader) match(c *Check, q giftQuestion, answers []giftAnswer) *Check {
	c.Type = Match
	c.Heads = []Rich{{}, {}}
	for _, a := range answers {
		left, right, ok := giftCut(a.text, "->")
		if !ok || strings.TrimSpace(right) == "" {
			g.say("%s has no partner, it is left out", diag.Quote(short(a.text)))
			continue
		}
		if a.feedback != "" {
			g.say("the feedback of a pair is left out: %s", diag.Quote(short(a.feedback)))
		}
		partner := Rich{Plain: strings.Join(strings.Fields(giftPlain(right)), " ")} // never has a format
		c.Pairs = append(c.Pairs, Pair{Left: g.rich(strings.TrimSpace(left), q.format), Right: partner})
	}
	return c
}

// gap makes a cloze of a question with text behind its answers, if they have no feedback that would be lost.
func (g *giftReader) gap(c *Check, q giftQuestion, answers []giftAnswer, typed bool) bool {
	gap := Gap{Right: -1}
	for i, a := range answers {
		v := giftPlain(a.text)
		if !typed {
			v = g.rich(a.text, q.format).Plain
		}
		if a.feedback != "" || strings.ContainsAny(v, "|[]*") || v == "" || a.weighted {
			return false
		}
		if typed {
			if _, wrapped := inParentheses(v); wrapped {
				return false
			}
			gap.Accepts = append(gap.Accepts, v)
			continue
		}
		if a.right && gap.Right >= 0 {
			return false
		}
		if a.right {
			gap.Right = i
		}
		gap.Choices = append(gap.Choices, v)
	}
	if !typed && gap.Right < 0 {
		return false
	}
	gap.Right = max(gap.Right, 0)
	before, after := g.rich(q.before, q.format), g.rich(q.after, q.format)
	space := " "
	if after.Plain == "" || strings.ContainsRune(".,;:!?)", rune(after.Plain[0])) {
		space = ""
	}
	c.Type, c.Gaps = Cloze, []Gap{gap}
	c.Prompt = Rich{Markdown: before.Markdown + " " + gap.source() + space + after.Markdown, Plain: before.Plain + " ___" + space + after.Plain}
	return true
}

// giftPlain takes the escapes out of a text.
func giftPlain(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] == 'n' {
				b.WriteByte('\n')
				continue
			}
			if strings.IndexByte(`~=#{}:\`, s[i]) < 0 {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(s[i])
	}
	return strings.TrimSpace(b.String())
}

// rich makes Markdown of a text in one of GIFT's formats.
func (g *giftReader) rich(s, format string) Rich {
	if m := giftFormat().FindStringSubmatch(s); m != nil {
		format, s = m[1], s[len(m[0]):]
	}
	s = giftPlain(s)
	if s == "" {
		return Rich{}
	}
	switch format {
	case "markdown":
		return Rich{Markdown: s, Plain: plainMarkdown(s)}
	case "plain":
		p := strings.Join(strings.Fields(s), " ")
		return Rich{Plain: p}
	}
	md, lost := fromHTML(s)
	if len(lost) > 0 {
		g.say("markup that is left out: %s", strings.Join(lost, ", "))
	}
	return Rich{Markdown: md, Plain: plainMarkdown(md)}
}

// short is the beginning of a text, for a report.
func short(s string) string {
	s = strings.Join(strings.Fields(giftPlain(s)), " ")
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}
