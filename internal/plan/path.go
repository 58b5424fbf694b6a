package plan

import (
	"cmp"
	"slices"

	"waymark/internal/curriculum"
	"waymark/internal/markdown"
	"waymark/internal/quiz"
)

func (m *maker) pathPage(p *curriculum.Path) {
	mod := p.Module
	out := m.out[mod]
	m.add(Page{
		Path: out, Template: "path.html", Source: mod.Doc.File.Path,
		Contents: m.withPools(mod, out),
		view: func() *View {
			v := m.newView(out, "path", m.pageView(out, "path", mod.Title, mod.Doc.Meta.Summary.Value, mod))
			v.Path = m.pathView(p, out)
			v.Page.Crumbs = m.crumbs(out, mod.Section, mod.Title)
			if s := m.SectionAt("paths"); s == nil || s.Index == nil {
				v.Page.Crumbs = slices.Insert(v.Page.Crumbs, len(v.Page.Crumbs)-1, Link{Text: m.wordAt(out, "nav.paths"), URL: relative(out, pathsPath, "")})
				v.Page.Crumbs = slices.CompactFunc(v.Page.Crumbs, func(a, b Link) bool { return a.URL == b.URL })
			}
			if m.o.Serve && mod.Draft {
				v.Page.Badge = "draft"
			}
			v.Page.Data = m.pageData(v, mod, []*curriculum.Path{p})
			return v
		},
	})
}

func (m *maker) pathView(p *curriculum.Path, out string) *Path {
	meta := &p.Module.Doc.Meta
	v := &Path{
		ID: p.ID, Lead: meta.Summary.Value, Roles: m.roles(out, p.Roles), Modules: len(p.Modules), Minutes: Minutes(p.Minutes),
		NeedsText: meta.Needs.Text, Mode: cmp.Or(meta.Mode, "advise"), Edition: meta.Edition,
	}
	for _, n := range p.Needs {
		v.NeedsPaths = append(v.NeedsPaths, m.link(out, n.Module))
	}
	for _, o := range p.Outcomes {
		v.Outcomes = append(v.Outcomes, Objective{o.ID.Value, o.Text, o.Verb})
	}
	if a := m.award(p); a != nil {
		v.Award = a.Title
		v.Certificate = relative(out, m.certificateOut(p), "")
	}
	if m.workbooks() {
		v.Workbook = relative(out, m.workbookOut(p), "")
	}
	number := 1
	for i, st := range p.Stages {
		s := Stage{ID: st.ID.Value, Title: st.Title, Text: st.Text, Number: i + 1, Start: number, Minutes: Minutes(st.Minutes)}
		for _, a := range st.After {
			s.After = append(s.After, a.Title)
		}
		for _, stop := range st.Stops {
			if stop.What == "review" && m.cfg.Progress.Off {
				continue // nothing comes back where nothing is kept
			}
			x := m.stopView(stop, out)
			if v.First == "" && x.URL != "" {
				v.First = x.URL
			}
			s.Stops = append(s.Stops, x)
			number++
		}
		if ms := st.Milestone; ms != nil {
			s.Milestone = &Milestone{ms.ID.Value, ms.Title, ms.Text, ms.Confirm != "rule" && !m.cfg.Progress.Off}
		}
		v.Stages = append(v.Stages, s)
	}
	for _, mod := range p.Cohorts {
		v.Cohorts = append(v.Cohorts, PathCohort{m.link(out, mod), string(mod.Cohort.Start)})
	}
	v.Schedule, v.Evaluation = m.schedule(p, nil, out), m.evaluation(p, out)
	return v
}

// award is what the certificate of a path says; nil where there is none: for want of an award, or in a site that keeps no progress.
func (m *maker) award(p *curriculum.Path) *markdown.Award {
	if m.cfg.Progress.Off {
		return nil
	}
	return p.Module.Doc.Meta.Award
}

func (m *maker) stopView(s *curriculum.Stop, out string) Stop {
	v := Stop{Item: s.What, Done: s.Done, Repeat: s.Repeat, Pass: int(s.Pass), Text: s.Text, Optional: s.What == "optional", Choose: s.Choose}
	if s.TestOut != nil {
		v.TestOut = &Link{Text: s.TestOut.ID, URL: relative(out, m.out[s.TestOut.Module], s.TestOut.ID)}
	}
	switch {
	case s.What == "choose":
		for _, x := range s.From {
			f := m.moduleStop(x, "module", out)
			f.Optional = true
			v.From = append(v.From, f)
		}
	case s.What == "review":
		v.Cards = s.Review.Cards
		v.URL = relative(out, progressPath, "")
	case s.Check != nil:
		v.ID, v.Kind = s.Check.ID, string(s.Check.Type)
		v.Title, v.Lang = checkTitle(s.Check), m.foreign(out, s.Module)
		v.URL = relative(out, m.out[s.Module], s.Check.ID)
	default:
		x := m.moduleStop(s.Module, s.What, out)
		v.ID, v.Title, v.URL, v.Kind, v.Minutes, v.Questions, v.Lang = x.ID, x.Title, x.URL, x.Kind, x.Minutes, x.Questions, x.Lang
		if times := s.Repeat; times > 1 {
			v.Minutes.From *= times
			v.Minutes.To *= times
		}
	}
	return v
}

func (m *maker) moduleStop(mod *curriculum.Module, what, out string) Stop {
	to := m.link(out, mod)
	return Stop{Item: what, ID: mod.ID, Title: to.Text, URL: to.URL, Lang: to.Lang, Kind: mod.Kind, Minutes: minutes(mod), Questions: questions(mod)}
}

func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := n - 1
	for i := cut; i > n/2; i-- {
		if r[i] == ' ' {
			cut = i
			break
		}
	}
	return string(r[:cut]) + "…"
}

// ruleOf is the completion rule of a module; of one that says nothing: read, and its checks at the site's pass mark.
func (m *maker) ruleOf(mod *curriculum.Module) markdown.Rule {
	if mod.Rule != nil && mod.Path == nil { // a path's rule is about the path, not its page
		return *mod.Rule
	}
	if slices.ContainsFunc(mod.Doc.Checks, (*quiz.Check).Scored) {
		return markdown.Rule{All: []markdown.Rule{{Word: "read"}, {Checks: &markdown.ChecksRule{Min: m.cfg.Checks.Pass}}}}
	}
	return markdown.Rule{Word: "read"}
}

// workbooks says whether editions to print are made: they repeat every module's text, so a very large site goes without.
func (m *maker) workbooks() bool {
	switch m.cfg.Print.Workbooks {
	case "on":
		return true
	case "off":
		return false
	}
	return len(m.Modules) <= 300
}
