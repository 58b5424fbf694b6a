package quiz

import (
	"fmt"
	"slices"

	"waymark/internal/diag"
)

// typed reads the lines of a number or short text question.
func (p *parser) typed(w construct) {
	before := len(p.ds)
	for _, it := range p.takeItems(w.nodes, equals, true) {
		a := Accept{Value: p.written(it.text.Nodes), Right: it.mark.right, Feedback: it.feedback, Range: it.at, Markup: it.text.hasMarkup()}
		a.Any = a.Value == "*"
		if len(it.extra) > 0 {
			p.report("question/stray-text", p.lineOf(it.extra[0]), "make it feedback: start its lines with >", "%s has no meaning below a value", diag.Quote(p.plain(it.extra[0])))
		}
		if !it.missed.Empty() {
			p.report("question/marker-place", it.at, "write it as plain feedback", "[!MISSED] is for the options of a choice, a typed value is never missed")
			if a.Feedback.Empty() {
				a.Feedback = it.missed
			}
		}
		switch {
		case a.Value == "":
			p.report("question/value", it.at, "write the value behind the sign", "a value is missing")
			continue
		case a.Any && a.Right:
			p.report("question/value", it.at, "write != * for what is said to anything else", "every answer would be right")
			continue
		}
		p.c.Accepts = append(p.c.Accepts, a)
	}
	p.c.Type = p.typedType()
	if p.c.Type == Number {
		p.numbers()
	} else if p.want == "" {
		p.dashedRanges()
	}
	p.repeatedValues()
	if !slices.ContainsFunc(p.c.Accepts, func(a Accept) bool { return a.Right }) && len(p.ds) == before {
		p.report("question/no-answer", p.lineOf(w.nodes[0]), "write at least one line with = and what is accepted", "no value is accepted")
	}
}

func (p *parser) typedType() Type {
	if p.want != "" {
		return p.want
	}
	t, why := typedType(p.c.Accepts, Units(p.c.Unit))
	p.c.Why += why
	return t
}

// typedType decides between number and short text: a number if every value is numeric. One value with a tolerance or range, or a unit, shows
// that numbers are meant; then the others are faults.
func typedType(accepts []Accept, units []string) (Type, string) {
	all, some := true, false
	shown := len(units) > 0
	for _, a := range accepts {
		if a.Any {
			continue
		}
		some = true
		if !numeric(a.Value, units) {
			all = false
		} else if _, _, ok := readRange(a.Value, units); ok && operatorForm.MatchString(a.Value) {
			shown = true
		}
	}
	switch {
	case some && all:
		return Number, ", all values are numbers"
	case shown:
		return Number, ", with a unit, range or tolerance"
	}
	return Short, ", not all values are numbers"
}

// numbers reads the values as ranges and takes out those that are none.
func (p *parser) numbers() {
	us := Units(p.c.Unit)
	var good []Accept
	for _, a := range p.c.Accepts {
		if a.Any {
			good = append(good, a)
			continue
		}
		r, fault, ok := readRange(a.Value, us)
		switch {
		case !ok && fault != "":
			p.report("question/number", a.Range, "leave out the sign between thousands; write decimals with a point", "%s can be read as two numbers", diag.Quote(a.Value))
			continue
		case !ok:
			hint := "write a number, as in 9, 9 +- 1, 9 +- 10% or 9..12"
			if span, ok := dashedRange(a.Value, us); ok {
				hint = "write the range with two points: " + span
			}
			p.report("question/number", a.Range, hint, "%s is not a number", diag.Quote(a.Value))
			continue
		case fault != "":
			p.report("question/range", a.Range, "write the smaller number first", "the range %s runs backwards", diag.Quote(a.Value))
		}
		a.Min, a.Max = r.min, r.max
		good = append(good, a)
	}
	p.c.Accepts = good
}

// dashedRanges reports values of a text question that were probably meant as ranges of numbers.
func (p *parser) dashedRanges() {
	for _, a := range p.c.Accepts {
		if span, ok := dashedRange(a.Value, nil); ok {
			p.report("question/dashed-range", a.Range, "write the range with two points: "+span+"; if these words are wanted, write type=text on the opening line",
				"learners would have to type %s as it stands, since it is no number", diag.Quote(a.Value))
		}
	}
}

// repeatedValues reports values that can never be reached, because an earlier line has the same.
func (p *parser) repeatedValues() {
	rules := KeyText{Case: p.c.Case == "on", Accents: p.c.Accents == "off"}
	seen := map[string]diag.Range{}
	for _, a := range p.c.Accepts {
		value := "*"
		switch {
		case a.Any:
		case p.c.Type == Number:
			value = fmt.Sprint(a.Min, " ", a.Max)
		default:
			value = "= " + Normalise(a.Value, rules)
		}
		if first, ok := seen[value]; ok {
			d := p.report("question/duplicate-option", a.Range, "take one of the two away", "%s stands twice", diag.Quote(a.Value))
			d.Related = append(d.Related, diag.Related{Span: p.in.File.Span(first), Message: "the first one"})
			continue
		}
		seen[value] = a.Range
	}
}
