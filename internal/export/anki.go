package export

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"waymark/internal/quiz"
)

// Anki writes the checks that have one answer to say, as tab-separated text that Anki imports: front, back, tags. A card is known by the ids of site and check, so that
// it is replaced by a later one and by none of another site. Anki returns how many cards there are, which checks cannot be cards, with the reason, and what is lost of those that are.
func Anki(w io.Writer, site string, tests []Test) (n int, left, lost []string, err error) {
	var b strings.Builder
	b.WriteString("#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n")
	var texts quiz.Texts
	for _, t := range tests {
		tagged := cell(strings.Join(tags(append([]string{t.ID}, t.Tags...)), " "))
		for _, c := range t.Checks {
			name := c.Check.Word + " " + c.Check.ID + ": "
			if err := texts.Open(c.File); err != nil {
				return 0, nil, nil, err
			}
			front, back := face(c.Check, &texts)
			switch {
			case back == "":
				left = append(left, name+unsaid(c.Check))
				continue
			case front == "":
				left = append(left, name+"left out; without its picture it asks nothing")
				continue
			}
			for _, l := range texts.Lost() {
				lost = append(lost, name+l)
			}
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", cell(site+":"+c.Check.ID), cell(front), cell(back), tagged)
			n++
		}
	}
	_, err = io.WriteString(w, b.String())
	return n, left, lost, err
}

// unsaid says why a check is no card.
func unsaid(c *quiz.Check) string {
	if c.Type == quiz.Quiz {
		return "left out; the questions that it draws are cards"
	}
	return "left out; it has no one answer to put on the back of a card"
}

// tags makes words of tags: Anki parts them at blanks.
func tags(names []string) []string {
	var out []string
	for _, t := range names {
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

// face returns both sides of a card. Each is empty where there is nothing to put on it.
func face(c *quiz.Check, texts *quiz.Texts) (front, back string) {
	esc := html.EscapeString
	prompt := texts.PromptHTML(c, quiz.Blank)
	front = prompt
	switch c.Type {
	case quiz.Single, quiz.Multiple:
		var all, right []string
		for _, o := range c.Options {
			text := texts.HTML(o.Text)
			all = append(all, text)
			if o.Right {
				right = append(right, text)
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
			items = append(items, texts.HTML(o.Text))
		}
		front += list("ul", mixed(items))
		back = list("ol", items)
	case quiz.Match:
		var lefts, rights, rows []string
		for _, p := range c.Pairs {
			right := texts.HTML(p.Right)
			if !slices.Contains(rights, right) {
				rights = append(rights, right)
			}
			if !p.Left.Empty() {
				left := texts.HTML(p.Left)
				lefts, rows = append(lefts, left), append(rows, left+" → "+right)
			}
		}
		front += list("ul", lefts) + list("ul", mixed(rights))
		back = list("ul", rows)
	case quiz.Cloze:
		var gaps, choices []string
		for _, g := range c.Gaps {
			switch {
			case len(g.Choices) > 0:
				gaps = append(gaps, esc(g.Choices[g.Right]))
				choices = append(choices, esc(strings.Join(g.Choices, " / ")))
			case len(g.Accepts) > 0:
				gaps = append(gaps, esc(g.Accepts[0]))
			}
		}
		front += list("ul", choices)
		back = strings.Join(gaps, "<br>")
	}
	if back != "" && !c.Explanation.Empty() {
		back += "<hr>" + texts.HTML(c.Explanation)
	}
	if prompt == "" {
		front = ""
	}
	return front, back
}

func list(kind string, items []string) string {
	if len(items) == 0 {
		return ""
	}
	return "<" + kind + "><li>" + strings.Join(items, "</li><li>") + "</li></" + kind + ">"
}

// mixed returns items in an order that tells nothing: that of the alphabet, or its reverse where it is theirs.
func mixed(items []string) []string {
	sorted := slices.Sorted(slices.Values(items))
	if slices.Equal(sorted, items) {
		slices.Reverse(sorted)
	}
	return sorted
}
