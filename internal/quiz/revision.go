package quiz

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Revision returns four hexadecimal digits of what matters for a stored answer (section 3.6): the type, the number of options and the row of
// marks, the values, the pairing, the gaps, the graph of scenes. Wording is not in it, so a reworded option keeps its answers and a moved
// one flags them. The exception is what an answer is stored by: values that are typed, and the ids of scenes.
func Revision(c *Check) string {
	var b strings.Builder
	add := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	add("%s", c.Type)
	rules := KeyText{Case: c.Case == "on", Accents: c.Accents == "off"}
	for _, o := range c.Options {
		add("option %t", o.Right)
	}
	for _, a := range c.Accepts {
		switch {
		case a.Any:
			add("any %t", a.Right)
		case c.Type == Number:
			add("number %t %v %v", a.Right, a.Min, a.Max)
		default:
			add("text %t %q", a.Right, Normalise(a.Value, rules))
		}
	}
	if c.Type == Match {
		add("match %v %d", c.partnerOf(), len(c.Partners()))
	}
	for _, g := range c.Gaps {
		if len(g.Choices) > 0 {
			add("choose %d %d", g.Right, len(g.Choices))
			continue
		}
		for _, v := range g.Accepts {
			add("type %q", Normalise(v, rules))
		}
		add("gap")
	}
	for _, s := range c.Scenes {
		add("scene %q %s", s.ID, s.Ending)
		for _, ch := range s.Choices {
			add("to %q", ch.To)
		}
	}
	if c.Type == Quiz {
		add("draw %q %s %d", c.Draw.Pool, c.Draw.From, c.Draw.Pick)
	}
	if c.Type == Rating && len(c.Options) == 0 {
		add("same %q", c.Same)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:2])
}
