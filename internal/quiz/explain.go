package quiz

import (
	"fmt"
	"strconv"
	"strings"

	"waymark/internal/diag"
)

// Explain says in a few lines which type a check has and why, what is right, and how it behaves with the defaults filled in: the text of
// `waymark check --explain`. Each line ends with a line break.
func Explain(c *Check, defaults ...Defaults) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	s := c.Resolve(defaults...)
	line("%s %s: %s, from %s", c.Word, c.ID, typeWords[c.Type], c.Why)
	if c.Auto {
		line("  id         made of the text; give it one of its own with {#…}")
	}
	c.explainParts(line)
	if c.marked() {
		line("  points     %s%s", plural(s.Points, "point"), c.explainScore(s))
	} else if c.Type == Scenario {
		line("  points     none, since it cannot end well")
	}
	if c.Type == Single || c.Type == Multiple || c.Type == Quiz {
		line("  shuffle    %s", c.explainShuffle(s))
	}
	asked := c.Word == "question" || c.Word == "quiz"
	if asked {
		tries := "as many as one likes"
		if s.Tries > 0 {
			tries = strconv.Itoa(s.Tries)
		}
		line("  tries      %s; feedback %s; the answer is shown %s", tries, map[string]string{"each": "after each", "end": "at the end"}[s.Feedback], revealWords(s.Reveal))
	}
	if asked && s.Confidence == "on" {
		line("  confidence asked before the result")
	}
	if s.Tone == "neutral" {
		line("  tone       neutral: a prediction, never called wrong")
	}
	if len(c.Objectives) > 0 {
		line("  objective  %s", strings.Join(c.Objectives, ", "))
	}
	if c.Pool != "" {
		where := "shown where a quiz draws it"
		if c.Inline {
			where = "shown here too"
		}
		line("  pool       %s, %s", c.Pool, where)
	}
	line("  revision   %s", c.Rev)
	return b.String()
}

// explainParts says what can be answered and what is right.
func (c *Check) explainParts(line func(string, ...any)) {
	switch c.Type {
	case Single, Multiple:
		var right []string
		for _, o := range c.Options {
			if o.Right {
				right = append(right, diag.Quote(o.Text.Plain))
			}
		}
		line("  options    %d, right: %s", len(c.Options), strings.Join(right, ", "))
	case Rating:
		if len(c.Options) == 0 {
			line("  scale      that of %s", c.Same)
		} else {
			line("  scale      %d points", len(c.Options))
		}
	case Order:
		line("  steps      %d, right as written", len(c.Options))
	case Reflection:
		line("  criteria   %d", len(c.Options))
	case Match:
		line("  pairs      %d, with %d partners to choose from", len(c.Rows()), len(c.Partners()))
	}
	for _, a := range c.Accepts {
		verdict := "wrong  "
		if a.Right {
			verdict = "right  "
		}
		switch {
		case a.Any:
			line("  %s    anything else", verdict)
		case c.Type == Number && a.Min != a.Max:
			line("  %s    %v to %v", verdict, a.Min, a.Max)
		case c.Type == Number:
			line("  %s    %v", verdict, a.Min)
		default:
			line("  %s    %s", verdict, diag.Quote(a.Value))
		}
	}
	for i, g := range c.Gaps {
		if len(g.Choices) > 0 {
			line("  gap %-6d %s of %d to choose from", i+1, diag.Quote(g.Choices[g.Right]), len(g.Choices))
		} else {
			line("  gap %-6d typed: %s", i+1, quoteAll(g.Accepts))
		}
	}
	for _, sc := range c.Scenes {
		if sc.Ending != "" {
			line("  scene      #%s ends it: %s", sc.ID, sc.Ending)
			continue
		}
		var to []string
		for _, ch := range sc.Choices {
			to = append(to, "#"+ch.To)
		}
		line("  scene      #%s leads to %s", sc.ID, strings.Join(to, ", "))
	}
	if c.Type == Quiz {
		d := c.ResolveDraw()
		pick := "all"
		if d.Pick > 0 {
			pick = strconv.Itoa(d.Pick)
		}
		line("  draws      %s of pool %s, from the %s", pick, d.Pool, d.From)
		if d.Pass > 0 {
			line("  pass       %d %%", d.Pass)
		}
	}
}

func (c *Check) explainScore(s Settings) string {
	if c.Type == Multiple || c.Type == Order || c.Type == Match || c.Type == Cloze {
		if s.Score == "each" {
			return ", each decision counts"
		}
		return ", all or nothing"
	}
	if c.Type == Scenario {
		return ", half for a mixed ending"
	}
	return ""
}

func (c *Check) explainShuffle(s Settings) string {
	switch {
	case s.Shuffle == "on" && s.Pin == "last":
		return "on, the last one stays last"
	case s.Shuffle == "off" && c.TrueFalse:
		return "off: true and false keep their order"
	case s.Shuffle == "off" && c.Settings.Shuffle == "" && c.numbered():
		return "off: the numbers stand in order"
	}
	return s.Shuffle
}

func revealWords(r string) string {
	switch r {
	case "end":
		return "at the end"
	case "never":
		return "never"
	case "1":
		return "after 1 wrong try"
	}
	return "after " + r + " wrong tries"
}

func plural(n float64, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.FormatFloat(n, 'g', -1, 64) + " " + word + "s"
}

func quoteAll(list []string) string {
	var q []string
	for _, s := range list {
		q = append(q, diag.Quote(s))
	}
	return strings.Join(q, ", ")
}
