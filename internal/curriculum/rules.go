package curriculum

import (
	"slices"

	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/quiz"
	"waymark/internal/schema"
)

// rules checks that every id in a completion rule exists and is of the right sort (section 4.4).
func (r *resolver) rules() {
	for _, m := range r.Modules {
		if m.Doc.Meta.Complete == nil {
			continue
		}
		r.rule(m, m.Path, m.Doc.Meta.Complete)
		if rule, ok := r.standing(*m.Doc.Meta.Complete); ok {
			m.Rule = &rule
		}
	}
}

// standing returns a rule without the parts that name what is not there, and false when nothing is left of it: so a rule can be met by readers of an
// edition that leaves out what the rule names. In the whole curriculum such a part was reported.
func (r *resolver) standing(u markdown.Rule) (markdown.Rule, bool) {
	list := func(rules []markdown.Rule) (left []markdown.Rule) {
		for _, x := range rules {
			if x, ok := r.standing(x); ok {
				left = append(left, x)
			}
		}
		return left
	}
	check := func(id schema.Text) bool { return id.Value == "" || r.checks[id.Value] != nil }
	module := func(id *schema.Text) bool {
		on := r.ModuleByID(id.Value)
		if on != nil {
			id.Value = on.ID // in the form that progress is kept under
		}
		return on != nil || id.Value == ""
	}
	switch {
	case u.All != nil:
		u.All = list(u.All)
		return u, len(u.All) > 0
	case u.Any != nil:
		u.Any = list(u.Any)
		return u, len(u.Any) > 0
	case u.Count != nil:
		c := markdown.CountRule{Of: list(u.Count.Of)}
		c.Min = min(u.Count.Min, len(c.Of))
		u.Count = &c
		return u, len(c.Of) > 0
	case u.Checks != nil && len(u.Checks.Of) > 0:
		c := *u.Checks
		c.Of = slices.DeleteFunc(slices.Clone(c.Of), func(id schema.Text) bool { return !check(id) })
		u.Checks = &c
		return u, len(c.Of) > 0
	case u.Form != nil:
		f := *u.Form
		u.Form = &f
		return u, module(&f.ID)
	}
	there := module(&u.Session)
	return u, there && check(u.Quiz) && check(u.Reflection) && check(u.Scenario) && check(u.Rating)
}

func (r *resolver) rule(m *Module, p *Path, u *markdown.Rule) {
	for i := range u.All {
		r.rule(m, p, &u.All[i])
	}
	for i := range u.Any {
		r.rule(m, p, &u.Any[i])
	}
	if u.Count != nil {
		for i := range u.Count.Of {
			r.rule(m, p, &u.Count.Of[i])
		}
		if u.Count.Min > len(u.Count.Of) {
			r.ds.Add("rule/impossible", m.span(u.At), "lower `min`, or add rules", "%d of %d rules can never hold", u.Count.Min, len(u.Count.Of))
		}
	}
	if u.Checks != nil {
		marked := len(u.Checks.Of) == 0
		for _, id := range u.Checks.Of {
			r.ruleCheck(m, id, "check")
			c := r.checks[id.Value]
			marked = marked || c == nil || c.Scored()
		}
		if !marked {
			r.ds.Add("rule/impossible", m.span(u.At), "name a question, or write `reflection:`, `scenario:` or `rating:` instead", "none of the checks that the rule asks for is marked")
		}
		if len(u.Checks.Of) == 0 && p == nil && !slices.ContainsFunc(m.Doc.Checks, (*quiz.Check).Scored) {
			r.ds.Add("rule/impossible", m.span(u.At), "write a question, or complete by `read` or `manual`", "the rule asks for checks, but the page has none that are marked")
		}
	}
	if u.Reflections != nil {
		of, where := []*Module{m}, "the page has"
		if p != nil {
			of, where = p.Modules, "the modules of the path have"
		}
		if n := reflections(of); u.Reflections.Min > n {
			r.ds.Add("rule/impossible", m.span(u.At), "lower `min`, or write a reflection", "the rule asks for %d reflections, but %s %d", u.Reflections.Min, where, n)
		}
	}
	r.ruleCheck(m, u.Quiz, "quiz")
	r.ruleCheck(m, u.Reflection, "reflection")
	r.ruleCheck(m, u.Scenario, "scenario")
	r.ruleCheck(m, u.Rating, "rating")
	if u.Form != nil {
		r.ruleModule(m, u.Form.ID, "form")
		if on := r.ModuleByID(u.Form.ID.Value); on != nil && on.Doc.Meta.Form != nil && on.Doc.Meta.Form.Store == "none" {
			r.ds.Add("rule/impossible", m.at(u.Form.ID), "write `manual`, or take `store: none` out of the form", "the form %s keeps nothing, so nobody can tell that it was filled in", diag.Quote(u.Form.ID.Value))
		}
	}
	r.ruleModule(m, u.Session, "session")
	for _, id := range u.Stages {
		if p == nil || p.Stage(id.Value) == nil {
			r.ds.Add("rule/unknown-stage", m.at(id), ofPath(p, "stage"), "there is no stage %s", diag.Quote(id.Value))
		}
	}
	for _, id := range u.Milestones {
		if p == nil || p.Milestone(id.Value) == nil {
			r.ds.Add("rule/unknown-milestone", m.at(id), ofPath(p, "milestone"), "there is no milestone %s", diag.Quote(id.Value))
		}
	}
	if u.ReadItems != "" && m.Doc.Meta.Reading == nil {
		r.ds.Add("rule/impossible", m.span(u.At), "use it on a page of kind reading", "the rule asks for reading items, but the page has none")
	} else if u.ReadItems == "must" && !m.Doc.Meta.Reading.Must() {
		r.ds.Add("rule/idle", m.span(u.At), "write `must: true` on what is to be read, or `read_items: all`", "the rule asks for the items that must be read, but none has `must: true`")
	}
}

// ofPath is what to do about a stage or milestone that a rule names in vain; p is nil for a page that is no path.
func ofPath(p *Path, what string) string {
	if p == nil {
		return "take it away: only the rule of a path can ask for a " + what
	}
	return "name a " + what + " of the path"
}

func reflections(of []*Module) (n int) {
	for _, m := range of {
		for _, c := range m.Doc.Checks {
			if c.Type == quiz.Reflection {
				n++
			}
		}
	}
	return n
}

// scales checks that a rating which repeats another's scale names one, and has no other.
func (r *resolver) scales() {
	for _, m := range r.Modules {
		for _, c := range m.Doc.Checks {
			if c.Same == "" {
				continue
			}
			switch other := r.checks[c.Same]; {
			case c.Same == c.ID:
				r.ds.Add("rating/same", m.span(c.IDRange), "name another rating, or take `same` away", "the rating repeats its own scale")
			case other == nil:
				r.ds.Add("rating/same", m.span(c.IDRange), diag.DidYouMean(c.Same, r.ratingIDs()), "there is no rating %s whose scale could be repeated", diag.Quote(c.Same))
			case other.Type != quiz.Rating || len(other.Options) == 0:
				r.ds.Add("rating/same", m.span(c.IDRange), "name a rating with a scale of its own", "%s has no scale that could be repeated", diag.Quote(c.Same))
			case len(c.Options) > 0 && !slices.EqualFunc(c.Options, other.Options, func(a, b quiz.Option) bool { return a.Text.Plain == b.Text.Plain }):
				r.ds.Add("rating/same", m.span(c.Options[0].Range), "take the list away, or same= if this is another scale", "the rating repeats the scale of %s and has another one of its own", diag.Quote(c.Same))
			}
		}
	}
}

// ratingIDs are the ratings with a scale of their own.
func (r *resolver) ratingIDs() []string {
	var ids []string
	for _, m := range r.Modules {
		for _, c := range m.Doc.Checks {
			if c.Type == quiz.Rating && len(c.Options) > 0 {
				ids = append(ids, c.ID)
			}
		}
	}
	return ids
}

// pools checks that each quiz has questions to draw, and each question of a pool a quiz that draws it.
func (r *resolver) pools() {
	drawn := map[*quiz.Check]bool{}
	var names []string
	for _, m := range r.Modules {
		for _, q := range m.Doc.Checks {
			if q.Type != quiz.Quiz || q.Draw.Pool == "" {
				continue
			}
			where, further := "on its page", ", or draw from further away by `from=path` or `from=site`"
			switch q.Draw.From {
			case "path":
				where, further = "on its paths", ", or draw from further away by `from=site`"
			case "site":
				where, further = "in the site", ""
			}
			pool := r.Pool(m, q)
			for _, c := range pool {
				drawn[c.Check] = true
			}
			names = append(names, q.Draw.Pool)
			switch n := len(pool); {
			case n == 0 && drawable(m, q):
				r.ds.Add("quiz/pool-empty", m.span(q.IDRange), "let one quiz draw them all, give this one a pool of its own, or take `inline=on` away", "the questions of the pool %s stand on this page already, in its text or in a quiz above", diag.Quote(q.Draw.Pool))
			case n == 0:
				r.ds.Add("quiz/pool-empty", m.span(q.IDRange), "give questions `pool="+q.Draw.Pool+"`"+further, "no question %s has the pool %s", where, diag.Quote(q.Draw.Pool))
			case q.Draw.Pick > n:
				r.ds.Add("quiz/pick", m.span(q.IDRange), "lower `pick`, or add questions to the pool", "the quiz draws %d questions, but the pool %s has %d %s", q.Draw.Pick, diag.Quote(q.Draw.Pool), n, where)
			}
		}
	}
	r.unused(drawn, names)
}

// drawable reports whether a quiz of m has questions of its pool on its page at all.
func drawable(m *Module, q *quiz.Check) bool {
	return slices.ContainsFunc(m.Doc.Checks, func(c *quiz.Check) bool { return c.Word == "question" && c.Pool == q.Draw.Pool })
}

// unused reports questions of pools that no quiz draws from. names are the pools of all quizzes.
func (r *resolver) unused(drawn map[*quiz.Check]bool, names []string) {
	slices.Sort(names)
	names = slices.Compact(names)
	for _, m := range r.Modules {
		for _, c := range m.Doc.Checks {
			if c.Word != "question" || c.Pool == "" || c.Inline || drawn[c] {
				continue
			}
			hint := "write a quiz with `pool=" + c.Pool + "` on this page, let one elsewhere draw from further away, or take `pool` away"
			if near := diag.Nearest(c.Pool, names); near != "" && near != c.Pool {
				hint = diag.DidYouMean(c.Pool, []string{near})
			}
			r.ds.Add("quiz/pool-unused", m.span(c.IDRange), hint, "no quiz draws from the pool %s here, so the question is shown nowhere", diag.Quote(c.Pool))
		}
	}
}

func (r *resolver) ruleCheck(m *Module, id schema.Text, as string) {
	if id.Value != "" {
		r.check(m, "rule/unknown-check", id, as)
	}
}

// check returns the check that a path or a rule names, and reports under code one that is not there, or that is not what it is named as: a quiz
// (anything that can be passed), a reflection, a scenario, a rating, a test (what has right answers), or any check.
func (r *resolver) check(m *Module, code string, id schema.Text, as string) *Check {
	c := r.checks[id.Value]
	if c == nil {
		r.ds.Add(code, m.at(id), diag.DidYouMean(id.Value, r.checkIDs()), "there is no check %s", diag.Quote(id.Value))
		return nil
	}
	is := "question"
	switch c.Type {
	case quiz.Quiz, quiz.Reflection, quiz.Scenario, quiz.Rating:
		is = string(c.Type)
	}
	wrong := func(hint, why string) {
		r.ds.Add(code, m.at(id), hint, "the check %s is a %s, %s", diag.Quote(id.Value), is, why)
	}
	switch as {
	case "quiz", "test":
		hint := "name a quiz or a question"
		if as == "quiz" && c.Type == quiz.Reflection {
			hint = "write `reflection: " + id.Value + "`"
		}
		if c.Type == quiz.Reflection || c.Type == quiz.Rating {
			wrong(hint, "which nobody can pass")
		}
	case "reflection", "scenario", "rating":
		if is != as {
			wrong("name a "+as, "not a "+as)
		}
	}
	return c
}

func (r *resolver) ruleModule(m *Module, id schema.Text, kind string) {
	if id.Value == "" {
		return
	}
	on := r.ModuleByID(id.Value)
	switch {
	case on == nil:
		r.ds.Add("rule/unknown-module", m.at(id), r.nearModule(id.Value, nil, kind), "there is no module %s", diag.Quote(id.Value))
	case on.Kind != kind:
		r.ds.Add("rule/unknown-module", m.at(id), "name a page of kind "+kind, "%s is of kind %s, not a %s", diag.Quote(id.Value), on.Kind, kind)
	}
}
