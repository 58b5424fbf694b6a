package quiz

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"waymark/internal/diag"
)

// An attribute is one row of the table of section 3.4.
type attribute struct {
	name  string
	words string // containers that take it, "" for all
	types []Type // types it does something for, nil for all of the container's
	set   func(p *parser, value string) string
}

// set returns "" when the value is good, else what to write instead.
var attributeTable = []attribute{
	{"id", "", nil, setID},
	{"class", "", nil, func(*parser, string) string { return "" }},
	{"objective", "", nil, func(p *parser, v string) string {
		p.c.Objectives = strings.Fields(v)
		return unless(len(p.c.Objectives) > 0, "name the id of an objective")
	}},
	{"type", "question", nil, func(p *parser, v string) string {
		for _, t := range questionTypes {
			if v == string(t) {
				p.want = t
				return ""
			}
		}
		return oneOf(v, typeNames())
	}},
	{"points", "question scenario", nil, func(p *parser, v string) string {
		f, err := strconv.ParseFloat(v, 64)
		if err != nil || !(f > 0 && f <= 1000) {
			return "write a number above 0, as in points=2"
		}
		p.c.Points = f
		return ""
	}},
	{"score", "question", []Type{Multiple, Match, Order, Cloze}, enum(func(c *Check) *string { return &c.Score }, "all", "each")},
	{"tags", "question", nil, func(p *parser, v string) string {
		p.c.Tags = strings.Fields(strings.ReplaceAll(v, ",", " "))
		return unless(len(p.c.Tags) > 0, "write one or more words")
	}},
	{"pool", "question quiz", nil, func(p *parser, v string) string {
		if strings.ContainsFunc(v, func(r rune) bool { return r <= ' ' }) || v == "" {
			return "write one word, the name of a pool"
		}
		if p.c.Word == "quiz" {
			p.c.Draw.Pool = v
		} else {
			p.c.Pool = v
		}
		return ""
	}},
	{"inline", "question", nil, func(p *parser, v string) string {
		p.c.Inline = v == "on"
		return onOff(v)
	}},
	{"shuffle", "question quiz", []Type{Single, Multiple, Quiz}, enum(func(c *Check) *string { return &c.Shuffle }, "on", "off")},
	{"pin", "question", []Type{Single, Multiple}, enum(func(c *Check) *string { return &c.Pin }, "last")},
	{"confidence", "question quiz", nil, enum(func(c *Check) *string { return &c.Confidence }, "on", "off")},
	{"tone", "question", nil, enum(func(c *Check) *string { return &c.Tone }, "neutral")},
	{"tries", "question quiz", nil, func(p *parser, v string) string {
		n, ok := ReadTries(v)
		if ok {
			p.c.Tries = n
		}
		return unless(ok, "write a number of tries, 0 for as many as one likes")
	}},
	{"feedback", "question quiz", nil, enum(func(c *Check) *string { return &c.Feedback }, "each", "end")},
	{"reveal", "question quiz", nil, func(p *parser, v string) string {
		if IsReveal(v) {
			p.c.Reveal = v
		}
		return unless(IsReveal(v), "write a number of tries, end or never")
	}},
	{"lines", "reflection", nil, func(p *parser, v string) string {
		n, ok := whole(v, 1, 40)
		p.c.Lines = n
		return unless(ok, "write a number from 1 to 40")
	}},
	{"keep", "reflection", nil, enum(func(c *Check) *string { return &c.Keep }, "no", "yes")},
	{"unit", "question", []Type{Number}, func(p *parser, v string) string {
		p.c.Unit = v
		return unless(len(Units(v)) > 0, `name the unit, as in unit=months or unit="hours|h"`)
	}},
	{"case", "question", []Type{Short, Cloze}, enum(func(c *Check) *string { return &c.Case }, "on", "off")},
	{"accents", "question", []Type{Short, Cloze}, enum(func(c *Check) *string { return &c.Accents }, "on", "off")},
	{"typos", "question", []Type{Short, Cloze}, enum(func(c *Check) *string { return &c.Typos }, "small", "off")},
	{"when", "rating", nil, enum(func(c *Check) *string { return &c.When }, "before", "after")},
	{"same", "rating", nil, func(p *parser, v string) string {
		p.c.Same = v
		return unless(idForm().MatchString(v), "name the id of an earlier rating")
	}},
	{"pick", "quiz", nil, func(p *parser, v string) string {
		n, ok := whole(v, 1, 999)
		p.c.Draw.Pick = n
		return unless(ok, "write how many questions to draw")
	}},
	{"pass", "quiz", nil, func(p *parser, v string) string {
		n, ok := whole(strings.TrimSuffix(v, "%"), 1, 100)
		p.c.Draw.Pass = n
		return unless(ok, "write a share from 1 to 100, as in pass=80")
	}},
	{"from", "quiz", nil, enum(func(c *Check) *string { return &c.Draw.From }, "module", "path", "site")},
	{"seed", "quiz", nil, enum(func(c *Check) *string { return &c.Draw.Seed }, "fixed")},
}

// later returns a pattern that is compiled when it is first asked for: most runs ask for few. Written out at each, the program would be larger by 20 KB.
//
//go:noinline
func later(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

var idForm = later(`^[\pL\pN](?:[\pL\pM\pN_-]{0,98}[\pL\pM\pN])?$`)

// IsID reports whether s can be the id of a check.
func IsID(s string) bool { return idForm().MatchString(s) && !strings.Contains(s, "--") }

func setID(p *parser, v string) string {
	if !IsID(v) {
		return "write letters, digits and single hyphens, as in #first-meeting"
	}
	p.c.ID = v
	return ""
}

// enum makes the setter of an attribute with a few possible values.
func enum(field func(*Check) *string, values ...string) func(*parser, string) string {
	return func(p *parser, v string) string {
		if contains(values, v) {
			*field(p.c) = v
			return ""
		}
		return oneOf(v, values)
	}
}

func oneOf(v string, values []string) string {
	if contains(values, "on") && contains([]string{"true", "yes", "1"}, v) {
		return `write "on"`
	}
	if contains(values, "off") && contains([]string{"false", "no", "0"}, v) {
		return `write "off"`
	}
	if len(values) == 1 {
		return "write " + diag.Quote(values[0])
	}
	return diag.DidYouMean(v, values)
}

func onOff(v string) string {
	if v == "on" || v == "off" {
		return ""
	}
	return oneOf(v, []string{"on", "off"})
}

func unless(ok bool, hint string) string {
	if ok {
		return ""
	}
	return hint
}

func whole(v string, lo, hi int) (int, bool) {
	n, err := strconv.Atoi(v)
	if err != nil || n < lo || n > hi {
		return 0, false
	}
	return n, true
}

// attributes reads the opening line into the check's settings.
func (p *parser) attributes() {
	p.c.Tries = -1
	p.given = map[string]Attr{}
	for _, a := range p.in.Attrs {
		i := slices.IndexFunc(attributeTable, func(t attribute) bool { return t.name == a.Name })
		if i < 0 || !takes(attributeTable[i], p.c.Word) {
			p.unknownAttribute(a, i)
			continue
		}
		if first, twice := p.given[a.Name]; twice && a.Name != "class" {
			d := p.report("question/attribute-twice", a.Range, "keep one of the two", "%s is given twice", diag.Quote(a.Name))
			d.Related = append(d.Related, diag.Related{Span: p.in.File.Span(first.Range), Message: "the first one"})
			continue
		}
		p.given[a.Name] = a
		if a.Name == "id" {
			p.c.IDRange = a.Range
		}
		if hint := attributeTable[i].set(p, a.Value); hint != "" {
			p.given[a.Name] = Attr{Range: a.Range} // given, but with nothing that counts
			p.report("question/attribute-value", a.Range, hint, "%s cannot be %s", diag.Quote(a.Name), diag.Quote(a.Value))
		}
	}
}

func takes(t attribute, word string) bool {
	return t.words == "" || contains(strings.Fields(t.words), word)
}

func (p *parser) unknownAttribute(a Attr, known int) {
	if known >= 0 {
		p.report("question/attribute", a.Range, "take it away; it belongs to: "+strings.ReplaceAll(attributeTable[known].words, " ", ", "),
			"a %s has no %s", p.c.Word, diag.Quote(a.Name))
		return
	}
	var names []string
	for _, t := range attributeTable {
		if takes(t, p.c.Word) {
			names = append(names, t.name)
		}
	}
	hint := diag.DidYouMeanOr(a.Name, names, "a "+p.c.Word+" takes: "+strings.Join(names, ", "))
	p.report("question/attribute", a.Range, hint, "%s is not an attribute of a %s", diag.Quote(a.Name), p.c.Word)
}

// checkIdle reports attributes that do nothing for the type the check turned out to have.
func (p *parser) checkIdle() {
	for _, a := range p.in.Attrs {
		i := slices.IndexFunc(attributeTable, func(t attribute) bool { return t.name == a.Name })
		if i < 0 || p.given[a.Name] != a {
			continue
		}
		t := attributeTable[i]
		if p.c.Type == "" || t.types == nil || slices.Contains(t.types, p.c.Type) {
			continue
		}
		var names []string
		for _, k := range t.types {
			names = append(names, typeWords[k])
		}
		p.report("question/attribute-idle", a.Range, "take it away; it is for: "+strings.Join(names, ", "),
			"%s does nothing here: this is %s", diag.Quote(a.Name), typeWords[p.c.Type])
	}
	if a := p.given["feedback"]; a.Value == "end" && p.c.Word == "question" {
		p.report("question/attribute-idle", a.Range, "take it away, or write it at the quiz that draws the question", "%s does nothing in a question: only a quiz has an end", diag.Quote("feedback=end"))
	}
	if a := p.given["reveal"]; a.Value == "end" && p.c.Word == "question" && p.c.Pool == "" {
		p.report("question/attribute-idle", a.Range, "take it away, or let a quiz draw the question from a pool", "%s does nothing in a question without a pool: only a quiz has an end", diag.Quote("reveal=end"))
	}
	if p.c.Inline && p.c.Pool == "" {
		p.report("question/attribute-idle", p.given["inline"].Range, "take it away, or name a pool", "%s does nothing in a question without a pool", diag.Quote("inline"))
	}
}

// questionTypes are the types that type= may name.
var questionTypes = []Type{Single, Multiple, Number, Short, Order, Match, Cloze}

func typeNames() []string {
	var s []string
	for _, t := range questionTypes {
		s = append(s, string(t))
	}
	return s
}

// typeWords name the types in sentences.
var typeWords = map[Type]string{
	Single: "a single choice", Multiple: "a multiple choice", Number: "a number question", Short: "a short text question",
	Order: "an ordering question", Match: "a matching question", Cloze: "a cloze", Reflection: "a reflection", Rating: "a rating",
	Scenario: "a scenario", Quiz: "a quiz",
}

// ReadTries reads a number of tries; 0 is as many as one likes.
func ReadTries(v string) (n int, ok bool) { return whole(v, 0, 99) }

// IsReveal reports whether v says when the right answer is shown: after a number of tries, at the end of a quiz, or never.
func IsReveal(v string) bool {
	_, ok := whole(v, 1, 99)
	return ok || v == "end" || v == "never"
}

// FirstUnit returns the form of a unit that is shown: the first of "hours|h".
func FirstUnit(v string) string {
	if us := Units(v); len(us) > 0 {
		return us[0]
	}
	return ""
}

// Units are the ways in which a unit may be written, of the value of the attribute: unit="hours|h"; nil where there is none.
func Units(v string) []string {
	var list []string
	for _, u := range strings.Split(v, "|") {
		if u = strings.TrimSpace(u); u != "" {
			list = append(list, u)
		}
	}
	return list
}
