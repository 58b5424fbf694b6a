package quiz

import (
	"regexp"
	"strconv"
)

// Defaults are what a page's front matter or site.yaml says for all checks below it. Empty and nil are "not said". The words true and false
// may stand for on and off.
type Defaults struct {
	Shuffle    string // on | off
	Confidence string // on | off
	Feedback   string // each | end
	Reveal     string // a number of tries | end | never
	Typos      string // small | off
	Case       string // on | off
	Accents    string // on | off
	Tries      *int   // 0 is unlimited
	Language   string // of the page, for the rules of its capitals
}

// Resolve returns the check's settings with nothing left unsaid: first what the check says, then each of the defaults (the page's before the
// site's), then the rules of section 3.4. It does not change the check.
func (c *Check) Resolve(defaults ...Defaults) Settings {
	s := c.Settings
	first := func(own string, from func(Defaults) string, last string) string {
		if own != "" {
			return own
		}
		for _, d := range defaults {
			if v := onOffWord(from(d)); v != "" {
				return v
			}
		}
		return last
	}
	if s.Points == 0 && c.marked() {
		s.Points = 1
	}
	if s.Score == "" {
		switch c.Type {
		case Multiple:
			s.Score = "all"
		case Order, Match, Cloze:
			s.Score = "each"
		default:
			s.Score = "all"
		}
	}
	switch {
	case c.Type == Order || c.Type == Match:
		s.Shuffle = "on" // as written they would stand solved
	case !c.mixable() && s.Shuffle == "":
		s.Shuffle = "off" // whatever the page says: only the check itself can mix a scale
	default:
		s.Shuffle = first(s.Shuffle, func(d Defaults) string { return d.Shuffle }, "on")
	}
	s.Confidence = first(s.Confidence, func(d Defaults) string { return d.Confidence }, "off")
	s.Feedback = first(s.Feedback, func(d Defaults) string { return d.Feedback }, "each")
	s.Reveal = first(s.Reveal, func(d Defaults) string { return d.Reveal }, "2")
	s.Typos = first(s.Typos, func(d Defaults) string { return d.Typos }, "off")
	s.Case = first(s.Case, func(d Defaults) string { return d.Case }, "off")
	s.Accents = first(s.Accents, func(d Defaults) string { return d.Accents }, "on")
	if s.Tries < 0 {
		s.Tries = 0
		for _, d := range defaults {
			if d.Tries != nil {
				s.Tries = *d.Tries
				break
			}
		}
	}
	if c.Type == Reflection && s.Lines == 0 {
		s.Lines = 5
	}
	if c.Type == Reflection && s.Keep == "" {
		s.Keep = "yes"
	}
	return s
}

// ResolveDraw returns the quiz's draw with the default of from filled in.
func (c *Check) ResolveDraw() Draw {
	d := c.Draw
	if d.From == "" {
		d.From = "module"
	}
	return d
}

func onOffWord(v string) string {
	switch v {
	case "true":
		return "on"
	case "false":
		return "off"
	}
	return v
}

// Scored reports whether the check counts in the completion rule `checks`: whether something in it can be wholly right. A scenario that cannot end
// well has nothing of the kind.
func (c *Check) Scored() bool {
	switch c.Type {
	case Reflection, Rating:
		return false
	case Scenario:
		return len(c.Scenes) > 0 && endsWell(c.Scenes)
	}
	return true
}

// IsQuestion reports whether the check is one of its page's questions, which are counted and numbered: whatever asks for an answer. A rating
// asks for none that would be better than another, and a quiz has only the questions that it draws.
func (c *Check) IsQuestion() bool {
	return c.Type != Rating && c.Type != Quiz
}

// marked reports whether the check has points to win by itself.
func (c *Check) marked() bool { return c.Scored() && c.Type != Quiz }

// mixable reports whether the options or questions may come in any order: not true and false, not a scale, and not options whose numbers
// go up or down.
func (c *Check) mixable() bool {
	switch c.Type {
	case Quiz:
		return true
	case Single, Multiple:
		return !c.TrueFalse && !c.numbered()
	}
	return false
}

var firstNumber = regexp.MustCompile(`\d+(?:[.,]\d+)?`)

// numbered reports whether each option holds a number and the first numbers go only up or only down: "3 months", "6 to 9 months".
func (c *Check) numbered() bool {
	up, down := true, true
	last := 0.0
	for i, o := range c.Options {
		digits := firstNumber.FindString(o.Text.Plain)
		if digits == "" {
			return false
		}
		v := ReadNumber(digits, nil)
		if len(v) == 0 {
			f, err := strconv.ParseFloat(digits, 64)
			if err != nil {
				return false
			}
			v = []float64{f}
		}
		if i > 0 {
			up, down = up && v[0] > last, down && v[0] < last
		}
		last = v[0]
	}
	return up || down
}
