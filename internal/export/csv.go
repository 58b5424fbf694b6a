package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"waymark/internal/quiz"
)

// Table writes rows as a table (RFC 4180), for a spreadsheet: it begins with the mark without which Excel takes UTF-8 for something else, and no text of the site becomes a formula.
// It changes the rows.
func Table(w io.Writer, rows [][]string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	for _, row := range rows {
		for i, s := range row {
			row[i] = harmless(s)
		}
	}
	return c.WriteAll(rows)
}

// harmless keeps a spreadsheet from taking a text of the site for a formula.
func harmless(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '@' || s[0] == '-') {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return "'" + s
		}
	}
	return s
}

// CSV writes the checks of tests as a table, for people who review them: a row for what is asked, and one for each option, accepted value, pair, gap, scene, hint and so on below it.
// Texts are without markup; pictures are not in them.
func CSV(w io.Writer, tests []Test) error {
	rows := [][]string{{"page", "file", "id", "type", "objectives", "part", "text", "right", "feedback"}}
	for i := range tests {
		rows = append(rows, tests[i].rows()...)
	}
	return Table(w, rows)
}

// rows are those of a page.
func (t *Test) rows() (rows [][]string) {
	for _, it := range t.Checks {
		c := it.Check
		line := ""
		if it.File != nil {
			line = it.File.Path + ":" + strconv.Itoa(it.File.Span(c.Range).Position().Line)
		}
		add := func(part, text, right, said string) {
			rows = append(rows, []string{t.Title, line, c.ID, string(c.Type), strings.Join(c.Objectives, " "), part, text, right, said})
		}
		mark := func(right bool) string {
			if right {
				return "yes"
			}
			return "no"
		}
		add(c.Word, c.Prompt.Plain, "", c.Explanation.Plain)
		for i, o := range c.Options {
			switch c.Type {
			case quiz.Single, quiz.Multiple:
				add("option", o.Text.Plain, mark(o.Right), o.Feedback.Plain)
				if !o.Missed.Empty() {
					add("option when missed", o.Text.Plain, "", o.Missed.Plain)
				}
			case quiz.Order:
				add("place "+strconv.Itoa(i+1), o.Text.Plain, "", o.Feedback.Plain)
			case quiz.Rating:
				add("point "+strconv.Itoa(i+1), o.Text.Plain, "", o.Feedback.Plain)
			default:
				add("criterion", o.Text.Plain, "", o.Feedback.Plain)
			}
		}
		for _, a := range c.Accepts {
			add("value", a.Value, mark(a.Right), a.Feedback.Plain)
		}
		for _, p := range c.Pairs {
			if p.Left.Empty() {
				add("pair of none", p.Right.Plain, "no", "")
			} else {
				add("pair", p.Left.Plain+" → "+p.Right.Plain, "yes", "")
			}
		}
		for i, g := range c.Gaps {
			for k, choice := range g.Choices {
				add("gap "+strconv.Itoa(i+1), choice, mark(k == g.Right), "")
			}
			for _, accepted := range g.Accepts {
				add("gap "+strconv.Itoa(i+1), accepted, "yes", "")
			}
		}
		for _, s := range c.Scenes {
			part := "scene"
			if s.Ending != "" {
				part = "ending, " + string(s.Ending)
			}
			add(part, strings.TrimSpace(s.Title.Plain+" – "+s.Text.Plain), "", "")
			for _, choice := range s.Choices {
				add("choice", choice.Text.Plain+" → "+choice.To, "", choice.Comment.Plain)
			}
		}
		for _, h := range c.Hints {
			add("hint", h.Plain, "", "")
		}
	}
	return rows
}
