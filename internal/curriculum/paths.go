package curriculum

import (
	"slices"

	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/schema"
)

// learningPaths joins each path with its modules (section 4.3).
func (r *resolver) learningPaths() {
	for _, m := range r.Modules {
		if m.Kind == "path" {
			p := &Path{Module: m, ID: m.ID, Title: m.Title, Roles: r.roleList(m, m.Doc.Meta.For)}
			m.Path = p
			r.Paths = append(r.Paths, p)
			if r.paths[p.ID] == nil {
				r.paths[p.ID] = p
			}
		}
	}
	slices.SortStableFunc(r.Paths, func(a, b *Path) int { return rankOf(a.Module).compare(rankOf(b.Module)) })
	for _, m := range r.Modules {
		r.needsPaths(m)
		if m.Path != nil {
			r.ofRoles(m)
		}
	}
	for _, p := range r.Paths {
		r.stages(p)
	}
	for _, p := range r.Paths {
		r.outline(p)
		r.order(p)
	}
}

// needsPaths joins a module, or a path, with the paths to have finished before.
func (r *resolver) needsPaths(m *Module) {
	for _, id := range m.Doc.Meta.Needs.Paths {
		on := r.Path(id.Value)
		if on == nil {
			r.noPath(m, id)
			continue
		}
		m.Needs = append(m.Needs, Need{Path: on, At: id.At})
		if m.Path != nil {
			m.Path.Needs = append(m.Path.Needs, on)
		}
	}
}

// ofRoles reports a path that names roles under `audience` which it is not `for`.
func (r *resolver) ofRoles(m *Module) {
	meta := &m.Doc.Meta
	for _, id := range meta.Audience {
		named := false
		for i := range meta.For {
			named = named || meta.For[i].Value == id.Value
		}
		if named {
			continue
		}
		hint, but := "take `audience` away, or add the role to `for`", "is not for it"
		if len(meta.For) == 0 {
			hint, but = "write `for:` in place of `audience:`", "has no `for`, so it is offered to everybody"
		}
		r.ds.Add("path/for", m.at(id), hint, "`audience` names the role %s, but the path %s", diag.Quote(id.Value), but)
		return
	}
}

// noPath reports an id of a path that is not there.
func (r *resolver) noPath(m *Module, id schema.Text) {
	if why := r.hiddenID(id.Value); why != "" {
		r.ds.Add("path/unknown-path", m.at(id), "publish it, build with --drafts, or take it out here", "the path %s %s", diag.Quote(id.Value), why)
	} else {
		r.ds.Add("path/unknown-path", m.at(id), diag.DidYouMean(id.Value, r.PathIDs()), "there is no path %s", diag.Quote(id.Value))
	}
}

func (r *resolver) stages(p *Path) {
	m, meta := p.Module, &p.Module.Doc.Meta
	if len(meta.Stages) == 0 {
		r.ds.Add("path/empty", m.span(diag.Range{}), "add `stages` with the modules to work through", "the path has no stages")
	}
	byID := map[string]*Stage{}
	milestones := map[string]bool{}
	for _, s := range meta.Stages {
		st := &Stage{Stage: s}
		if byID[s.ID.Value] != nil {
			r.ds.Add("path/stage-twice", m.at(s.ID), "give one of the two another id", "the path has two stages %s", diag.Quote(s.ID.Value))
		} else if s.ID.Value != "" {
			byID[s.ID.Value] = st
		}
		if ms := s.Milestone; ms != nil && ms.ID.Value != "" {
			if milestones[ms.ID.Value] {
				r.ds.Add("path/milestone-twice", m.at(ms.ID), "give one of the two another id", "the path has two milestones %s", diag.Quote(ms.ID.Value))
			}
			milestones[ms.ID.Value] = true
		}
		for i := range s.Items {
			if stop := r.stop(p, &s.Items[i]); stop != nil {
				r.again(m, st, stop)
				st.Stops = append(st.Stops, stop)
			}
		}
		if len(s.Items) == 0 {
			r.ds.Add("path/empty", m.at(s.ID), "add `items`, or take the stage away", "the stage %s has no items", diag.Quote(s.ID.Value))
		}
		p.Stages = append(p.Stages, st)
	}
	for i, st := range p.Stages {
		for _, id := range st.Stage.After {
			before := byID[id.Value]
			if before == nil {
				r.ds.Add("path/unknown-stage", m.at(id), diag.DidYouMean(id.Value, p.stageIDs()), "the path has no stage %s", diag.Quote(id.Value))
				continue
			}
			for j := i; j < len(p.Stages); j++ {
				if p.Stages[j] == before {
					r.ds.Add("path/stage-order", m.at(id), "move the stage, or take `after` away", "the stage %s comes after %s, which stands behind it", diag.Quote(st.ID.Value), diag.Quote(id.Value))
				}
			}
			st.After = append(st.After, before)
		}
	}
	r.programme(p)
	r.badge(p)
	for _, id := range meta.Outcomes {
		if o := r.objectives[id.Value]; o != nil {
			p.Outcomes = append(p.Outcomes, o)
		} else {
			r.ds.Add("path/unknown-outcome", m.at(id), diag.OneOrSeveral(id.Value, r.objectiveIDs()), "no module has the objective %s", diag.Quote(id.Value))
		}
	}
}

// stop resolves one item. It returns nil when the item leads nowhere, which was reported.
func (r *resolver) stop(p *Path, it *markdown.Item) *Stop {
	m := p.Module
	s := &Stop{Item: it}
	var said []string
	refer := func(what string, id schema.Text) {
		if id.Value != "" {
			said = append(said, what)
			s.What = what
		}
	}
	refer("module", it.Module)
	refer("optional", it.Optional)
	refer("session", it.Session)
	refer("form", it.Form)
	refer("quiz", it.Quiz)
	refer("reflection", it.Reflection)
	if it.Choose > 0 || len(it.From) > 0 {
		said = append(said, "choose")
		s.What = "choose"
	}
	if it.Review != nil {
		said = append(said, "review")
		s.What = "review"
	}
	if len(said) == 0 && m.wrongKeys(it.At) {
		return nil
	}
	if len(said) != 1 {
		hint := "write one of module, optional, session, form, quiz, reflection, choose, review"
		r.ds.Add("path/item", m.span(it.At), hint, "an item of a stage names one thing, this one names %d", len(said))
		return nil
	}
	defer r.idle(m, it, s)
	switch s.What {
	case "module", "optional":
		id := it.Module
		if s.What == "optional" {
			id = it.Optional
		}
		s.Module = r.pathModule(p, id)
	case "session", "form":
		id := it.Session
		if s.What == "form" {
			id = it.Form
		}
		if s.Module = r.pathModule(p, id); s.Module != nil && s.Module.Kind != s.What {
			r.ds.Add("path/item-kind", m.at(id), "write `module:` instead", "%s is of kind %s, not a %s", diag.Quote(id.Value), s.Module.Kind, s.What)
		}
	case "quiz", "reflection":
		id := it.Quiz
		if s.What == "reflection" {
			id = it.Reflection
		}
		if s.Check = r.check(m, "path/unknown-check", id, s.What); s.Check != nil {
			s.Module = s.Check.Module
		}
	case "choose":
		offered := len(it.From)
		for _, id := range it.From {
			on := r.pathModule(p, id)
			switch {
			case on != nil && slices.Contains(s.From, on):
				offered--
				r.ds.Add("path/choose", m.at(id), "take it out here", "%s stands twice in this choice", diag.Quote(on.ID))
			case on != nil:
				s.From = append(s.From, on)
			}
		}
		if it.Choose < 1 || it.Choose > offered {
			r.ds.Add("path/choose", m.span(it.At), "write `{choose: 2, from: [a, b, c]}`", "%d of %d modules cannot be chosen", it.Choose, offered)
		} else {
			s.Choose = min(s.Choose, len(s.From))
		}
		if len(s.From) == 0 {
			return nil
		}
		return s
	case "review":
		return s
	}
	if it.TestOut.Value != "" {
		s.TestOut = r.check(m, "path/unknown-check", it.TestOut, "test")
	}
	if s.Module == nil {
		return nil
	}
	return s
}

// again reports an item that asks for what an item before it in the stage asks for, in the same way: both are done at once. A session is held again, and
// cards are gone through again.
func (r *resolver) again(m *Module, st *Stage, s *Stop) {
	if s.What == "session" || s.What == "review" || s.What == "choose" {
		return
	}
	for _, b := range st.Stops {
		if b.What != "session" && b.What != "choose" && b.Module == s.Module && b.Check == s.Check && b.Done == s.Done && b.Pass == s.Pass {
			d := r.ds.Add("path/item-twice", m.span(s.At), "take one of the two out; only a session is held again", "this item asks for what the stage has asked for already, so it is done with it")
			d.Related = append(d.Related, diag.Related{Span: m.span(b.At), Message: "the first is here"})
			return
		}
	}
}

// idle reports the keys of an item that mean nothing for what it names. What is not a session is held once.
func (r *resolver) idle(m *Module, it *markdown.Item, s *Stop) {
	for _, k := range []struct {
		key, of string
		set     bool
	}{
		{"done", "form", it.Done != ""}, {"repeat", "session", it.Repeat != 0}, {"pass", "quiz", it.Pass != 0},
	} {
		switch {
		case !k.set || s.What == k.of:
		case s.Module != nil && s.What == "module" && s.Module.Kind == k.of:
			r.ds.Add("path/item-idle", m.span(it.At), "write `"+k.of+": "+s.Module.ID+"` instead of `module:`", "%s does nothing for a module; it belongs to a %s", diag.Quote(k.key), k.of)
		default:
			r.ds.Add("path/item-idle", m.span(it.At), "take it away", "%s does nothing here; it belongs to an item with `%s:`", diag.Quote(k.key), k.of)
		}
	}
	if it.Repeat != 0 && s.What != "session" {
		once := *it
		once.Repeat = 0
		s.Item = &once
	}
	if it.TestOut.Value != "" && (s.What == "choose" || s.What == "review") {
		r.ds.Add("path/item-idle", m.span(it.At), "take it away", "%s does nothing for a %s", diag.Quote("test_out"), map[string]string{"choose": "choice", "review": "review"}[s.What])
	}
}

func (r *resolver) checkIDs() []string {
	if r.listed.checks == nil {
		for _, m := range r.Modules {
			for _, c := range m.Doc.Checks {
				r.listed.checks = append(r.listed.checks, c.ID)
			}
		}
	}
	return r.listed.checks
}

// pathModule finds a module for a path; one that the path's learners cannot see is reported (M02).
func (r *resolver) pathModule(p *Path, id schema.Text) *Module {
	m := r.ModuleByID(id.Value)
	if m == nil {
		r.known(p.Module, "path/unknown-module", id)
		return nil
	}
	if m == p.Module {
		r.ds.Add("path/item-kind", p.Module.at(id), "take it out, or name the module that is meant", "the path %s cannot be a part of itself", diag.Quote(id.Value))
		return nil
	}
	if m.Kind == "cohort" {
		r.ds.Add("path/item-kind", p.Module.at(id), "take it out: the page of the path links to its cohorts", "the cohort %s follows a path and cannot be a part of one", diag.Quote(id.Value))
		return nil
	}
	if m.Retired {
		r.ds.Add("path/retired", p.Module.at(id), "take it out of the path, or publish it again", "the module %s is retired", diag.Quote(id.Value))
	}
	if !m.Visible(p.Roles) {
		d := r.ds.Add("path/audience", p.Module.at(id), "add the role to the module's `audience`, or take it out of the path", "the learners of this path are not in the audience of %s", diag.Quote(id.Value))
		if len(m.Doc.Meta.Audience) > 0 {
			d.Related = append(d.Related, diag.Related{Span: m.at(m.Doc.Meta.Audience[0]), Message: "its audience is here"})
		}
	}
	return m
}

// outline numbers the modules of a path and sums up its minutes: a choice counts its shortest and its longest options.
func (r *resolver) outline(p *Path) {
	have := map[*Module]bool{}
	place := func(m *Module, st *Stage, optional bool) {
		if have[m] {
			return
		}
		have[m] = true
		p.Modules = append(p.Modules, m)
		m.Places = append(m.Places, Place{Path: p, Stage: st, Number: len(p.Modules), Optional: optional})
	}
	for _, st := range p.Stages {
		for _, s := range st.Stops {
			switch s.What {
			case "choose":
				var reads, totals []int
				for _, m := range s.From {
					place(m, st, true)
					reads = append(reads, m.Minutes.Read)
					totals = append(totals, m.Minutes.Read+m.Minutes.Do)
				}
				st.Minutes.From += least(reads, s.Choose)
				st.Minutes.To += most(totals, s.Choose)
			case "optional":
				place(s.Module, st, true)
			case "module", "session", "form":
				// A module is done once, a session is held again.
				if !have[s.Module] || s.What == "session" {
					times := max(1, s.Repeat)
					st.Minutes.From += times * s.Module.Minutes.Read
					st.Minutes.To += times * (s.Module.Minutes.Read + s.Module.Minutes.Do)
				}
				place(s.Module, st, false)
			}
		}
		p.Minutes.From += st.Minutes.From
		p.Minutes.To += st.Minutes.To
	}
}

// least returns the sum of the n smallest of a, most that of the n largest. Both sort a.
func least(a []int, n int) int {
	slices.Sort(a)
	return sum(a[:max(0, min(n, len(a)))])
}

func most(a []int, n int) int {
	slices.Sort(a)
	return sum(a[min(len(a), max(0, len(a)-n)):])
}

func sum(a []int) (total int) {
	for _, n := range a {
		total += n
	}
	return total
}

// order reports what a path needs before it is taught: later in the same path, or nowhere on it nor on the paths it builds on.
func (r *resolver) order(p *Path) {
	before := map[*Module]bool{}
	seen := map[*Path]bool{p: true}
	var known func(q *Path)
	known = func(q *Path) {
		for _, n := range q.Needs {
			if !seen[n] {
				seen[n] = true
				for _, m := range n.Modules {
					before[m] = true
				}
				known(n)
			}
		}
	}
	known(p)
	number := map[*Module]int{}
	for i, m := range p.Modules {
		number[m] = i
	}
	for i, m := range p.Modules {
		for _, n := range m.Needs {
			if n.Path == p && !m.optional(p) {
				d := r.ds.Add("needs/circle", m.span(n.At), "take the need away, or the module out of the path", "%s needs the path %s, of which it is a part", diag.Quote(m.ID), diag.Quote(p.ID))
				d.Related = append(d.Related, diag.Related{Span: r.itemSpan(p, m), Message: "its place on the path is here"})
			}
			if n.Module == nil || n.Module == m || before[n.Module] {
				continue
			}
			j, on := number[n.Module]
			switch {
			case on && j > i:
				d := r.ds.Add("path/order", r.itemSpan(p, m), "move it behind "+diag.Quote(n.Module.ID)+", or take the need away", "%s needs %s, which comes later in the path", diag.Quote(m.ID), diag.Quote(n.Module.ID))
				d.Related = append(d.Related, diag.Related{Span: m.span(n.At), Message: "the need is here"})
			case !on && !n.Module.Retired:
				d := r.ds.Add("path/need-missing", r.itemSpan(p, m), "add it to the path, or name under `needs: {paths: […]}` the path that teaches it", "%s needs %s, which is not on the path", diag.Quote(m.ID), diag.Quote(n.Module.ID))
				d.Related = append(d.Related, diag.Related{Span: m.span(n.At), Message: "the need is here"})
			}
		}
	}
	taught := map[*Module]bool{}
	for _, m := range p.Modules {
		taught[m] = true
	}
	for i, o := range p.Outcomes {
		if !taught[o.Module] && i < len(p.Module.Doc.Meta.Outcomes) {
			r.ds.Add("path/outcome-untaught", p.Module.span(r.outcomeAt(p, o)), "add "+diag.Quote(o.Module.ID)+" to a stage, or take the outcome away", "no stage of the path teaches the outcome %s", diag.Quote(o.ID.Value))
		}
	}
}

// optional reports whether the path p offers m and does not ask for it.
func (m *Module) optional(p *Path) bool {
	for i := range m.Places {
		if m.Places[i].Path == p {
			return m.Places[i].Optional
		}
	}
	return false
}

func (r *resolver) outcomeAt(p *Path, o *Objective) diag.Range {
	for _, id := range p.Module.Doc.Meta.Outcomes {
		if id.Value == o.ID.Value {
			return id.At
		}
	}
	return diag.Range{}
}

// itemSpan is the place where a path names a module.
func (r *resolver) itemSpan(p *Path, m *Module) diag.Span {
	for _, st := range p.Stages {
		for _, s := range st.Stops {
			if s.Module == m {
				return p.Module.span(s.At)
			}
			for _, f := range s.From {
				if f == m {
					return p.Module.span(s.At)
				}
			}
		}
	}
	return p.Module.span(diag.Range{})
}
