package plan

import (
	"bytes"
	"fmt"
	"slices"

	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/quiz"
)

// This file writes what scripts read; what a page holds for them is in pagedata.go, what other tools read in catalogue.go. The types of the first part are those of themes/default/src/contract.ts.

type moduleJSON struct {
	ID         string            `json:"id"`
	Title      string            `json:"title"`
	URL        string            `json:"url"`
	Kind       string            `json:"kind"`
	Minutes    *[2]int           `json:"minutes,omitempty"`
	Rule       any               `json:"rule"`
	Checks     []checkJSON       `json:"checks,omitempty"`
	Items      []itemJSON        `json:"items,omitempty"`
	Fields     map[string]string `json:"fields,omitempty"`
	Needs      []string          `json:"needs,omitempty"`
	Objectives []string          `json:"objectives,omitempty"`
}

type checkJSON struct {
	ID          string    `json:"id"`
	Type        quiz.Type `json:"type"`
	Rev         string    `json:"rev"`
	Points      float64   `json:"points"`
	Title       string    `json:"title,omitempty"`
	Pass        int       `json:"pass,omitempty"`
	Deck        bool      `json:"deck,omitempty"`
	FirstReview int       `json:"firstReview,omitempty"`
	Objectives  []string  `json:"objectives,omitempty"`
	When        string    `json:"when,omitempty"`
	Same        string    `json:"same,omitempty"`
	Scale       []string  `json:"scale,omitempty"`
}

type itemJSON struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Must  bool   `json:"must,omitempty"`
}

type pathJSON struct {
	ID       string      `json:"id"`
	Title    string      `json:"title"`
	URL      string      `json:"url"`
	Edition  string      `json:"edition"`
	Mode     string      `json:"mode"`
	Rule     any         `json:"rule"`
	Stages   []stageJSON `json:"stages"`
	Award    *linkJSON   `json:"award,omitempty"`
	Outcomes []string    `json:"outcomes,omitempty"`
}

type stageJSON struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	After     []string       `json:"after,omitempty"`
	Items     []stopJSON     `json:"items"`
	Milestone *milestoneJSON `json:"milestone,omitempty"`
}

type milestoneJSON struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Confirm string `json:"confirm"`
}

type stopJSON struct {
	Item    string     `json:"item"`
	ID      string     `json:"id"`
	Title   string     `json:"title"`
	URL     string     `json:"url"`
	Minutes *[2]int    `json:"minutes,omitempty"`
	TestOut string     `json:"testOut,omitempty"`
	Choose  int        `json:"choose,omitempty"`
	From    []stopJSON `json:"from,omitempty"`
	Done    string     `json:"done,omitempty"`
	Repeat  int        `json:"repeat,omitempty"`
	Pass    int        `json:"pass,omitempty"`
	Cards   int        `json:"cards,omitempty"`
}

func span(mins Minutes) *[2]int {
	if mins.To == 0 {
		return nil
	}
	return &[2]int{mins.From, mins.To}
}

// moduleHead is a module with what each one has.
func (m *maker) moduleHead(mod *curriculum.Module) moduleJSON {
	return moduleJSON{ID: mod.ID, Title: mod.Title, URL: escape(m.out[mod]), Kind: mod.Kind, Rule: ruleJSON(m.ruleOf(mod))}
}

func (m *maker) moduleJSON(mod *curriculum.Module, full bool) moduleJSON {
	j := m.moduleHead(mod)
	j.Minutes = span(minutes(mod))
	meta := &mod.Doc.Meta
	for _, c := range mod.Doc.Checks {
		j.Checks = append(j.Checks, m.checkJSON(mod, c, full))
	}
	if meta.Reading != nil {
		for _, it := range meta.Reading.Items {
			j.Items = append(j.Items, itemJSON{it.ID.Value, it.Title, it.Must})
		}
	}
	if meta.Form != nil && full {
		j.Fields = map[string]string{}
		for _, f := range meta.Form.Fields {
			j.Fields[f.ID.Value] = f.Label
		}
	}
	j.Needs = needed(mod)
	for _, o := range meta.Objectives {
		j.Objectives = append(j.Objectives, o.ID.Value)
	}
	return j
}

// needed are the ids of the modules that a module needs, for themselves or for what they teach, each once.
func needed(mod *curriculum.Module) (ids []string) {
	for _, n := range mod.Needs {
		if n.Module != nil && n.Module != mod && !slices.Contains(ids, n.Module.ID) {
			ids = append(ids, n.Module.ID)
		}
	}
	return ids
}

func (m *maker) checkJSON(mod *curriculum.Module, c *quiz.Check, full bool) checkJSON {
	s := c.Resolve(mod.Doc.Meta.Checks.Defaults(), m.cfg.Checks.Defaults())
	j := checkJSON{ID: c.ID, Type: c.Type, Rev: c.Rev, Objectives: c.Objectives, When: c.When, Same: c.Same}
	deck := mod.Doc.Meta.Review.Deck
	switch {
	case c.Type == quiz.Quiz:
		j.Pass = c.Draw.Pass
		pool := m.Pool(mod, c)
		n := len(pool)
		if c.Draw.Pick > 0 {
			n = min(n, c.Draw.Pick)
		}
		j.Points = float64(n)
	case c.Type == quiz.Scenario && c.Scored():
		j.Points = s.Points
	case c.Word == "question":
		j.Points = s.Points
		if c.Pool != "" && !c.Inline {
			j.Points = 0
		}
		if s.Tone == "neutral" { // a prediction is neither right nor wrong
			j.Points = 0
			break
		}
		j.Deck = deck != "off" && deck != "false"
		j.FirstReview = int(mod.Doc.Meta.Review.First)
	}
	if full {
		asked := c.Prompt.Plain
		if other := m.Check(c.Same); asked == "" && other != nil {
			asked = other.Prompt.Plain
		}
		j.Title = shorten(asked, 80)
		if c.Type == quiz.Rating {
			for _, o := range c.Options {
				j.Scale = append(j.Scale, o.Text.Plain)
			}
		}
	}
	return j
}

func (m *maker) pathJSON(p *curriculum.Path) pathJSON {
	meta := &p.Module.Doc.Meta
	j := pathJSON{ID: p.ID, Title: p.Title, URL: escape(m.out[p.Module]), Edition: meta.Edition, Mode: meta.Mode, Stages: []stageJSON{}}
	if j.Mode == "" {
		j.Mode = "advise"
	}
	var rule markdown.Rule
	if p.Module.Rule != nil {
		rule = *p.Module.Rule
	} else {
		for _, s := range p.Module.Doc.Meta.Stages {
			rule.Stages = append(rule.Stages, s.ID)
		}
	}
	j.Rule = ruleJSON(rule)
	if meta.Award != nil {
		j.Award = &linkJSON{meta.Award.Title, escape(m.certificateOut(p))}
	}
	for _, o := range p.Outcomes {
		j.Outcomes = append(j.Outcomes, o.ID.Value)
	}
	for _, st := range p.Stages {
		s := stageJSON{ID: st.ID.Value, Title: st.Title, Items: []stopJSON{}}
		for _, a := range st.After {
			s.After = append(s.After, a.ID.Value)
		}
		for _, stop := range st.Stops {
			s.Items = append(s.Items, m.stopJSON(stop))
		}
		if ms := st.Milestone; ms != nil {
			confirm := "learner"
			if ms.Confirm == "rule" {
				confirm = "rule"
			}
			s.Milestone = &milestoneJSON{ms.ID.Value, ms.Title, confirm}
		}
		j.Stages = append(j.Stages, s)
	}
	return j
}

func (m *maker) stopJSON(s *curriculum.Stop) stopJSON {
	v := m.stopView(s, homePath)
	j := stopJSON{Item: s.What, ID: v.ID, Title: v.Title, URL: v.URL, Minutes: span(v.Minutes), Choose: s.Choose, Done: s.Done, Repeat: s.Repeat, Pass: int(s.Pass), Cards: v.Cards}
	if s.TestOut != nil {
		j.TestOut = s.TestOut.ID
	}
	for _, f := range v.From {
		j.From = append(j.From, stopJSON{Item: "module", ID: f.ID, Title: f.Title, URL: f.URL, Minutes: span(f.Minutes)})
	}
	return j
}

// ruleJSON writes a rule as section 4.4 has it, percentages as numbers.
func ruleJSON(r markdown.Rule) any {
	list := func(rs []markdown.Rule) []any {
		out := []any{}
		for _, x := range rs {
			out = append(out, ruleJSON(x))
		}
		return out
	}
	one := func(k string, v any) any { return map[string]any{k: v} }
	ids := func(ts []textValue) []string {
		out := []string{}
		for _, t := range ts {
			out = append(out, t.Value)
		}
		return out
	}
	switch {
	case r.Word != "":
		return r.Word
	case r.All != nil:
		return one("all", list(r.All))
	case r.Any != nil:
		return one("any", list(r.Any))
	case r.Count != nil:
		return one("count", map[string]any{"min": r.Count.Min, "of": list(r.Count.Of)})
	case r.Checks != nil:
		c := map[string]any{}
		if r.Checks.Min > 0 {
			c["min"] = int(r.Checks.Min)
		}
		if len(r.Checks.Of) > 0 {
			c["of"] = ids(r.Checks.Of)
		}
		return one("checks", c)
	case r.Quiz.Value != "":
		return one("quiz", r.Quiz.Value)
	case r.Reflection.Value != "":
		return one("reflection", r.Reflection.Value)
	case r.Reflections != nil:
		return one("reflections", map[string]any{"min": r.Reflections.Min})
	case r.Scenario.Value != "":
		if r.Good {
			return map[string]any{"scenario": r.Scenario.Value, "good": true}
		}
		return one("scenario", r.Scenario.Value)
	case r.Rating.Value != "":
		return one("rating", r.Rating.Value)
	case r.ReadItems != "":
		return one("read_items", r.ReadItems)
	case r.Form != nil:
		f := map[string]any{"id": r.Form.ID.Value}
		if r.Form.Done != "" {
			f["done"] = r.Form.Done
		}
		return one("form", f)
	case r.Session.Value != "":
		return one("session", r.Session.Value)
	case r.Milestones != nil:
		return one("milestones", ids(r.Milestones))
	case r.Stages != nil:
		return one("stages", ids(r.Stages))
	case r.Review != nil:
		return one("review", map[string]any{"cards": r.Review.Cards})
	}
	return "read"
}

// checkIDs lists the checks that a rule names.
func checkIDs(r markdown.Rule) []string {
	var ids []string
	for _, x := range append(append([]markdown.Rule{}, r.All...), r.Any...) {
		ids = append(ids, checkIDs(x)...)
	}
	if r.Count != nil {
		for _, x := range r.Count.Of {
			ids = append(ids, checkIDs(x)...)
		}
	}
	if r.Checks != nil {
		for _, id := range r.Checks.Of {
			ids = append(ids, id.Value)
		}
	}
	for _, id := range []string{r.Quiz.Value, r.Reflection.Value, r.Scenario.Value, r.Rating.Value} {
		if id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// buildID is the digest of the table of ids against which resume links are packed.
func (m *maker) buildID() string {
	if m.build == "" {
		var b bytes.Buffer
		for _, mod := range m.Modules {
			fmt.Fprintf(&b, "%s\x00", mod.ID)
			for _, c := range mod.Doc.Checks {
				fmt.Fprintf(&b, "%s\x01", c.ID)
			}
		}
		for _, p := range m.Paths {
			fmt.Fprintf(&b, "%s\x02", p.ID)
		}
		d := diag.Digest(b.Bytes())
		m.build = fmt.Sprintf("%x", d[:4])
	}
	return m.build
}

// walked lists the modules that say how far a path is: its own, and those of the checks that its stops and its rule name.
func (m *maker) walked(p *curriculum.Path) []*curriculum.Module {
	list := slices.Clip(p.Modules)
	add := func(c *curriculum.Check) {
		if c != nil && !slices.Contains(list, c.Module) {
			list = append(list, c.Module)
		}
	}
	for _, st := range p.Stages {
		for _, s := range st.Stops {
			add(s.Check)
			add(s.TestOut)
		}
	}
	if rule := p.Module.Rule; rule != nil {
		for _, id := range checkIDs(*rule) {
			add(m.Check(id))
		}
	}
	return list
}

// pathJS is a path as module pages need it beside their text: a file of its own, which all of them share.
func (m *maker) pathJS(p *curriculum.Path) []byte {
	walked := m.walked(p)
	b := bufferFor(len(walked) * 512)
	b.WriteString("waymark.path(")
	openJSON(b, struct {
		ID string `json:"id"`
	}{p.ID})
	jsonLines(b, "modules", walked, func(mod *curriculum.Module) any { return m.moduleJSON(mod, false) })
	jsonLines(b, "paths", []*curriculum.Path{p}, func(p *curriculum.Path) any { return m.pathJSON(p) })
	b.WriteString("});\n")
	return b.Bytes()
}

func (m *maker) siteJS() []byte {
	type site struct {
		Site       string            `json:"site"`
		Build      string            `json:"build"`
		Edition    string            `json:"edition"`
		Objectives map[string]string `json:"objectives,omitempty"`
	}
	s := site{Site: m.cfg.ID.Value, Build: m.buildID(), Edition: m.cfg.Edition, Objectives: map[string]string{}}
	var modules []*curriculum.Module
	for _, mod := range m.Modules {
		if worked(mod) {
			modules = append(modules, mod)
		}
		for _, o := range mod.Doc.Meta.Objectives {
			s.Objectives[o.ID.Value] = o.Text
		}
	}
	b := bufferFor(len(modules) * 512)
	b.WriteString("waymark.site(")
	openJSON(b, s)
	jsonLines(b, "modules", modules, func(mod *curriculum.Module) any { return m.moduleJSON(mod, true) })
	jsonLines(b, "paths", m.Paths, func(p *curriculum.Path) any { return m.pathJSON(p) })
	b.WriteString("});\n")
	return b.Bytes()
}
