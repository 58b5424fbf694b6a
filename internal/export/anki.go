package export

import (
	"fmt"
	"html"
	"io"
	"strings"

	"waymark/internal/quiz"
)

// A Card is a check that may become a card of the deck.
type Card struct {
	Check *quiz.Check
	Tags  []string
}

// Anki writes the checks that have one answer to say, as tab-separated text that Anki imports: front, back, tags. It returns how many cards there are and
// which checks cannot be cards, with the reason.
func Anki(w io.Writer, cards []Card) (n int, left []string, err error) {
	var b strings.Builder
	b.WriteString("#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n")
	for _, c := range cards {
		front, back := face(c.Check)
		if back == "" {
			left = append(left, c.Check.Word+" "+c.Check.ID+": "+unsaid(c.Check))
			continue
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", cell(c.Check.ID), cell(front), cell(back), cell(strings.Join(tags(c.Tags), " ")))
		n++
	}
	_, err = io.WriteString(w, b.String())
	return n, left, err
}

// unsaid says why a check is no card.
func unsaid(c *quiz.Check) string {
	if c.Type == quiz.Quiz {
		return "left out; the questions that it draws are cards"
	}
	return "left out; it has no one answer to put on the back of a card"
}

// tags makes words of tags: Anki parts them at blanks.
func tags(list []string) []string {
	var out []string
	for _, t := range list {
		if t = strings.Join(strings.Fields(t), "-"); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// cell keeps a field in its line and column.
func cell(s string) string {
	return strings.NewReplacer("\t", " ", "\r", "", "\n", "<br>").Replace(s)
}

func face(c *quiz.Check) (front, back string) {
	esc := html.EscapeString
	front = esc(c.Prompt.Plain)
	list := func(kind string, items []string) string {
		if len(items) == 0 {
			return ""
		}
		return "<" + kind + "><li>" + strings.Join(items, "</li><li>") + "</li></" + kind + ">"
	}
	switch c.Type {
	case quiz.Single, quiz.Multiple:
		var all, right []string
		for _, o := range c.Options {
			all = append(all, esc(o.Text.Plain))
			if o.Right {
				right = append(right, esc(o.Text.Plain))
			}
		}
		front += list("ul", all)
		back = strings.Join(right, "<br>")
	case quiz.Number, quiz.Short:
		for _, a := range c.Accepts {
			if a.Right {
				back = esc(a.Value)
				if unit := quiz.FirstUnit(c.Unit); unit != "" {
					back += " " + esc(unit)
				}
				break
			}
		}
	case quiz.Order:
		var items []string
		for _, o := range c.Options {
			items = append(items, esc(o.Text.Plain))
		}
		back = list("ol", items)
	case quiz.Match:
		var rows []string
		for _, p := range c.Pairs {
			if !p.Left.Empty() {
				rows = append(rows, esc(p.Left.Plain)+" → "+esc(p.Right.Plain))
			}
		}
		back = list("ul", rows)
	case quiz.Cloze:
		var gaps []string
		for _, g := range c.Gaps {
			switch {
			case len(g.Choices) > 0:
				gaps = append(gaps, esc(g.Choices[g.Right]))
			case len(g.Accepts) > 0:
				gaps = append(gaps, esc(g.Accepts[0]))
			}
		}
		back = strings.Join(gaps, "<br>")
	}
	if back != "" && !c.Explanation.Empty() {
		back += "<hr>" + esc(c.Explanation.Plain)
	}
	return front, back
}
