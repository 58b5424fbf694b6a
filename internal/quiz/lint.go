package quiz

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"waymark/internal/diag"
)

// PageFacts are what lints need to know of the page that the checks stand in.
type PageFacts struct {
	File     *diag.File
	Kind     string     // role, practice, challenge, reading, form, session, page, path
	Language string     // of the page
	Minutes  int        // that the page takes; 0 is unknown
	Body     diag.Range // the text below the front matter
	Defaults []Defaults // the page's before the site's
}

// Lint warns of checks that work but teach badly: the lints of section 3.8 that can be seen in one page. cs are the page's checks in order. A
// check that has no options, values or scenes because of an error is passed over: the error was reported by Parse.
func Lint(cs []*Check, page PageFacts) diag.List {
	l := linter{page: page}
	for _, c := range cs {
		l.noFeedback(c)
		l.ofTheAbove(c)
		l.noObjective(c)
		l.hintTells(c)
		l.values(c)
		l.noID(c)
	}
	l.longest(cs)
	l.trueFalse(cs)
	l.late(cs)
	l.atEnd(cs)
	return l.ds
}

type linter struct {
	page PageFacts
	ds   diag.List
}

func (l *linter) warn(code string, r diag.Range, hint, format string, args ...any) {
	l.ds.Add(code, l.page.File.Span(r), hint, format, args...)
}

// noFeedback is Q01: an option, or a wrong value, that says nothing to who chose it.
func (l *linter) noFeedback(c *Check) {
	var silent []string
	var at diag.Range
	note := func(text string, r diag.Range) {
		if len(silent) == 0 {
			at = r
		}
		silent = append(silent, diag.Quote(text))
	}
	if c.Type == Single || c.Type == Multiple {
		for _, o := range c.Options {
			if o.Feedback.Empty() {
				note(o.Text.Plain, o.Range)
			}
		}
	}
	for _, a := range c.Accepts {
		if !a.Right && a.Feedback.Empty() {
			note("!= "+a.Value, a.Range)
		}
	}
	if len(silent) == 0 {
		return
	}
	verb := "has"
	if len(silent) > 1 {
		verb = "have"
	}
	l.warn("question/no-feedback", at, "say below it, behind a >, why it tempts, fails or holds", "%s %s no feedback", strings.Join(silent, ", "), verb)
}

// ofTheAbove is Q03.
func (l *linter) ofTheAbove(c *Check) {
	for _, o := range c.Options {
		if (c.Type == Single || c.Type == Multiple) && saysAll(o.Text.Plain, l.page.Language) {
			l.warn("question/all-of-the-above", o.Range, "use [ ] marks and let the learner choose several, or take the option away", "%s tests the other options, not the subject", diag.Quote(o.Text.Plain))
		}
	}
}

// noObjective is Q06.
func (l *linter) noObjective(c *Check) {
	if (c.Word == "question" || c.Word == "scenario") && len(c.Objectives) == 0 && !c.Unread {
		l.warn("question/no-objective", c.IDRange, "name what it checks: objective=…, an id from the front matter of a module", "the %s belongs to no objective, so its results cannot be reported", c.Word)
	}
}

// hintTells is Q07: a hint holds the text of a right answer. A hint that also holds a wrong one weighs them and gives nothing away.
func (l *linter) hintTells(c *Check) {
	right, wrong := c.tellable()
	for _, h := range c.Hints[:min(len(c.Hints), 20)] {
		hint := words(h.Plain)
		if holdsAny(hint, wrong) != "" {
			continue
		}
		if a := holdsAny(hint, right); a != "" {
			l.warn("question/hint-tells", h.Range, "lead to the answer without naming it", "the hint gives %s away", diag.Quote(a))
		}
	}
}

// tellable returns the texts of right and wrong answers that a hint could give away.
func (c *Check) tellable() (right, wrong []string) {
	add := func(isRight bool, s string) {
		if isRight {
			right = append(right, s)
		} else {
			wrong = append(wrong, s)
		}
	}
	if (c.Type == Single || c.Type == Multiple) && !c.TrueFalse {
		for _, o := range c.Options {
			add(o.Right, o.Text.Plain)
		}
	}
	for _, a := range c.Accepts {
		switch {
		case a.Any:
		case c.Type == Number:
			if v, _, _ := strings.Cut(a.Value, " "); a.Min == a.Max || strings.ContainsAny(a.Value, "+±") {
				add(a.Right, v)
			}
		default:
			add(a.Right, a.Value)
		}
	}
	for _, g := range c.Gaps {
		for _, v := range g.Accepts {
			add(true, v)
		}
		for i, v := range g.Choices {
			add(i == g.Right, v)
		}
	}
	return right, wrong
}

// words returns the normalised words of s with a blank before and behind each, punctuation left out.
func words(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`.,;:!?"()[]{}…`, r) {
			return ' '
		}
		return r
	}, Normalise(s, KeyText{}))
	return " " + strings.Join(strings.Fields(s), " ") + " "
}

func holdsAny(text string, answers []string) string {
	for _, a := range answers[:min(len(answers), 50)] { // more are no question for people
		if w := words(a); len(w) > 3 && strings.Contains(text, w) {
			return a
		}
	}
	return ""
}

// values is Q08: values that a learner can hardly type as they are wanted.
func (l *linter) values(c *Check) {
	for _, a := range c.Accepts {
		if !a.Right {
			continue
		}
		switch {
		case c.Type == Number && a.Min == a.Max && a.Min != float64(int64(a.Min)):
			l.warn("question/exact-decimal", a.Range, "say how far off an answer may be, as in "+a.Value+" +- 1%", "%s is wanted to the last digit", diag.Quote(a.Value))
		case c.Type == Short && a.Markup:
			l.warn("question/value-markup", a.Range, "write the value without markup: it is compared as plain text", "%s has markup", diag.Quote(a.Value))
		case c.Type == Short && len(strings.Fields(a.Value)) > 4:
			l.warn("question/long-value", a.Range, "ask for a word or two, or make it a choice", "hardly anybody will type %s word for word", diag.Quote(a.Value))
		}
	}
	for _, g := range c.Gaps {
		for _, v := range g.Accepts {
			if len(strings.Fields(v)) > 4 {
				l.warn("question/long-value", g.Range, "leave out fewer words, or offer them to choose from: [[(right)|wrong]]", "hardly anybody will type %s word for word", diag.Quote(v))
			}
		}
		if g.Markup && len(g.Choices) == 0 {
			l.warn("question/value-markup", g.Range, "put the markup around the gap instead", "the gap has markup, but is compared as plain text")
		}
	}
}

// noID is the part of Q11 that one check shows.
func (l *linter) noID(c *Check) {
	if c.Auto && !c.Unread {
		l.warn("question/no-id", c.IDRange, "give it an id, as in {#"+shortSlug(c.ID)+"}, or let `waymark fmt --ids` write one", "the %s has no id; when its text changes, the answers to it are lost", c.Word)
	}
}

// longest is Q02: over the single choices of a page, the right option is mostly the longest.
func (l *linter) longest(cs []*Check) {
	choices, n := 0, 0
	var at diag.Range
	for _, c := range cs {
		if c.Type != Single || c.TrueFalse || len(c.Options) < 2 {
			continue
		}
		choices++
		if c.rightIsLongest() {
			if n == 0 {
				at = c.IDRange
			}
			n++
		}
	}
	if choices >= 3 && n*2 > choices {
		l.warn("question/longest-right", at, "shorten the right option, or lengthen a wrong one, in some of them", "in %d of the page's %d single choices the right option is the longest, which gives it away", n, choices)
	}
}

func (c *Check) rightIsLongest() bool {
	right, wrong := 0, 0
	for _, o := range c.Options {
		n := utf8.RuneCountInString(o.Text.Plain)
		if o.Right {
			right = max(right, n)
		} else {
			wrong = max(wrong, n)
		}
	}
	return right > wrong
}

// trueFalse is Q04: more than a third of the page's questions, of three or more, are true or false.
func (l *linter) trueFalse(cs []*Check) {
	all, n := 0, 0
	var at diag.Range
	for _, c := range cs {
		if c.Word != "question" {
			continue
		}
		all++
		if c.TrueFalse {
			if n == 0 {
				at = c.IDRange
			}
			n++
		}
	}
	if all >= 3 && n*3 > all {
		l.warn("question/true-false", at, "make a choice of three of some: half the answers to true or false are guesses", "%d of the page's %d questions are true or false", n, all)
	}
}

// late is the first part of Q10: a quiz asks more than six questions before the first feedback. Questions in the text of a page say theirs at once, whatever they ask for.
func (l *linter) late(cs []*Check) {
	for _, c := range cs {
		if c.Type != Quiz || c.Resolve(l.page.Defaults...).Feedback != "end" {
			continue
		}
		if n := draws(c, cs); n > 6 {
			l.warn("question/late-feedback", c.IDRange, "draw fewer, or write feedback=each", "the quiz asks %d questions before it says anything", n)
		}
	}
}

// draws is how many questions a quiz asks, as far as its page tells: those that it picks, or else all of its pool on the page.
func draws(q *Check, cs []*Check) int {
	if q.Draw.Pick > 0 {
		return q.Draw.Pick
	}
	n := 0
	for _, c := range cs {
		if c.Word == "question" && c.Pool == q.Draw.Pool && !c.Inline {
			n++
		}
	}
	return n
}

// atEnd is the second part of Q10: a page of more than ten minutes has no question in its last third.
func (l *linter) atEnd(cs []*Check) {
	switch l.page.Kind {
	case "role", "practice", "challenge":
	default:
		return
	}
	if l.page.Minutes <= 10 {
		return
	}
	if NearEnd(cs, l.page.Body) {
		return
	}
	what := "no question stands near its end"
	if !slices.ContainsFunc(cs, (*Check).asks) {
		what = "it asks no question"
	}
	l.warn("question/none-at-end", diag.At(l.page.Body.Start), "put a few questions at the end: feedback works best right after reading", "%s", fmt.Sprintf("the page takes %d minutes, and %s", l.page.Minutes, what))
}

// asks reports whether a page asks a check where it stands.
func (c *Check) asks() bool {
	return c.Word == "question" && (c.Pool == "" || c.Inline) || c.Word == "quiz" || c.Word == "scenario"
}

// NearEnd reports whether one of a page's checks ends in the last third of its text. Of all that is said of a page by others this alone depends on where things stand.
func NearEnd(cs []*Check, body diag.Range) bool {
	return slices.ContainsFunc(cs, func(c *Check) bool { return c.asks() && c.Range.End >= body.End-(body.End-body.Start)/3 })
}
