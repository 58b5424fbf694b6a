package quiz

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// attributes writes the attributes of the opening line, with a blank before them; "" when there are none.
func (c *Check) attributes() string {
	var list []string
	if !c.Auto && c.ID != "" {
		list = append(list, "#"+c.ID)
	}
	text := func(name, value string) {
		if value != "" {
			list = append(list, name+"="+quoteValue(value))
		}
	}
	number := func(name string, n int, said bool) {
		if said {
			list = append(list, name+"="+strconv.Itoa(n))
		}
	}
	s := c.Settings
	if t, _ := typedType(c.Accepts, Units(c.Unit)); c.Type == Short && t == Number {
		text("type", string(Short))
	}
	text("objective", strings.Join(s.Objectives, " "))
	if s.Points != 0 {
		text("points", strconv.FormatFloat(s.Points, 'f', -1, 64))
	}
	text("score", s.Score)
	text("tags", strings.Join(s.Tags, " "))
	text("pool", s.Pool)
	if s.Inline {
		text("inline", "on")
	}
	text("pool", c.Draw.Pool)
	number("pick", c.Draw.Pick, c.Draw.Pick > 0)
	number("pass", c.Draw.Pass, c.Draw.Pass > 0)
	text("from", c.Draw.From)
	text("seed", c.Draw.Seed)
	text("shuffle", s.Shuffle)
	text("pin", s.Pin)
	text("confidence", s.Confidence)
	text("tone", s.Tone)
	number("tries", s.Tries, s.Tries >= 0)
	text("feedback", s.Feedback)
	text("reveal", s.Reveal)
	number("lines", s.Lines, s.Lines > 0)
	text("keep", s.Keep)
	text("unit", s.Unit)
	text("case", s.Case)
	text("accents", s.Accents)
	text("typos", s.Typos)
	text("when", s.When)
	text("same", s.Same)
	if len(list) == 0 {
		return ""
	}
	return " {" + strings.Join(list, " ") + "}"
}

var bareForm = regexp.MustCompile(`^(?:[A-Za-z_][A-Za-z0-9_.:-]*|0|[1-9][0-9]*(?:\.[0-9]*[1-9])?)$`)

// quoteValue puts quotes around a value that needs them: that is not one word or one plain number, or that a reader of attributes would take
// for true, false or null.
func quoteValue(v string) string {
	if bareForm.MatchString(v) && !slices.Contains([]string{"true", "false", "null"}, v) {
		return v
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
}
