package plan

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"waymark/internal/curriculum"
	"waymark/internal/quiz"
	"waymark/internal/schema"
	"waymark/internal/source"
)

// Bounds of what a page shows of its neighbours. Without them a rename in a large section would render thousands of pages again.
const (
	mostSiblings = 40
	mostRail     = 60
	mostOthers   = 12
)

func (m *maker) modulePage(mod *curriculum.Module) {
	out := m.out[mod]
	template := "module.html"
	switch mod.Kind {
	case "reading", "form", "session", "cohort":
		template = mod.Kind + ".html"
	}
	m.drawable(mod)
	m.add(Page{
		Path: out, Template: template, Source: mod.Doc.File.Path,
		Contents: m.withPools(mod, out),
		view: func() *View {
			v := m.newView(out, mod.Kind, m.pageView(out, mod.Kind, mod.Title, mod.Doc.Meta.Summary.Value, mod))
			v.Module = m.moduleView(mod, out)
			m.place(v.Module, mod, out)
			v.Page.Crumbs = m.crumbs(out, mod.Section, mod.Title)
			if m.o.Serve && mod.Draft {
				v.Page.Badge = "draft"
			}
			v.Page.Data = m.pageData(v, mod, nil)
			return v
		},
	})
}

// moduleView is what a module shows by itself, wherever it stands.
func (m *maker) moduleView(mod *curriculum.Module, out string) *Module {
	meta := &mod.Doc.Meta
	v := &Module{
		Lead: meta.Summary.Value, Minutes: minutes(mod), Group: mod.Minutes.Group, Questions: questions(mod), Roles: m.roles(out, mod.Audience),
		Level: meta.Level, NeedsText: meta.Needs.Text, Toc: toc(mod), Owner: meta.Owner, Reviewed: string(meta.Reviewed), ReviewBy: string(meta.ReviewBy),
		License: meta.License, Progress: !m.cfg.Progress.Off && worked(mod),
		Confidence: on(meta.Checks.Confidence) || meta.Checks.Confidence == "" && on(m.cfg.Checks.Confidence),
	}
	for _, o := range meta.Objectives {
		v.Objectives = append(v.Objectives, Objective{o.ID.Value, o.Text, o.Verb})
	}
	seen := map[*curriculum.Module]bool{}
	for _, n := range mod.Needs {
		if n.Path != nil {
			to := m.link(out, n.Path.Module)
			v.Needs = append(v.Needs, Need{Text: to.Text, URL: to.URL, Lang: to.Lang})
		}
		if n.Module != nil && !seen[n.Module] && n.Module != mod {
			seen[n.Module] = true
			to := m.link(out, n.Module)
			v.Needs = append(v.Needs, Need{ID: n.Module.ID, Text: to.Text, URL: to.URL, Lang: to.Lang})
		}
	}
	for i, s := range meta.Sources {
		v.Sources = append(v.Sources, Source{s.ID.Value, strconv.Itoa(i + 1), s.By, s.Year, s.Title, s.In, curriculum.SafeURL(s.Address())})
	}
	m.kindBlocks(v, mod, out)
	return v
}

// worked reports whether a page is worked through: it is more than a way to others or something to look up, or it has something to do, or stands on a path.
func worked(mod *curriculum.Module) bool {
	switch mod.Kind {
	case "path", "section", "cohort":
		return len(mod.Doc.Checks)+len(mod.Places) > 0
	}
	return true
}

// keepsProgress reports whether a page that is no module of its own kind is worked through like one: it has checks, or stands on a path.
func (m *maker) keepsProgress(mod *curriculum.Module) bool {
	return !m.cfg.Progress.Off && mod.Path == nil && len(mod.Doc.Checks)+len(mod.Places) > 0
}

func on(s string) bool { return s == "on" || s == "true" }

// place shows where a module stands: in its paths, else among its section's pages.
func (m *maker) place(v *Module, mod *curriculum.Module, out string) {
	link := func(x *curriculum.Module) *Link {
		l := m.link(out, x)
		return &l
	}
	for i, pl := range mod.Places {
		if i > mostOthers {
			break
		}
		p := pl.Path
		view := Place{
			ID: mod.ID, Path: m.link(out, p.Module),
			PathID: p.ID, Stage: pl.Stage.Title, Number: pl.Number, Of: len(p.Modules), Optional: pl.Optional,
		}
		if n := pl.Number - 2; n >= 0 {
			view.Prev = link(p.Modules[n])
		}
		if pl.Number < len(p.Modules) {
			view.Next = link(p.Modules[pl.Number])
		} else if a := m.award(p); a != nil {
			view.Award = &Link{Text: a.Title, URL: relative(out, m.certificateOut(p), ""), Lang: view.Path.Lang}
		}
		if i > 0 {
			v.Others = append(v.Others, view)
			continue
		}
		view.Rail = m.rail(p, pl.Number, out)
		for _, it := range view.Rail.Items {
			if it.ID == mod.ID {
				view.Here = it
			}
		}
		v.Place = &view
		v.Prev, v.Next = view.Prev, view.Next
	}
	if v.Place != nil {
		return
	}
	siblings := mod.Section.Modules
	at := -1
	for i, s := range siblings {
		if s == mod {
			at = i
		}
	}
	if at < 0 {
		return
	}
	if at > 0 {
		v.Prev = link(siblings[at-1])
	}
	if at+1 < len(siblings) {
		v.Next = link(siblings[at+1])
	}
	from, to := window(at, len(siblings), mostSiblings)
	for _, s := range siblings[from:to] {
		l := m.link(out, s)
		l.Text = s.Name()
		if s == mod {
			l.Current = "page"
		}
		v.Siblings = append(v.Siblings, l)
	}
}

// window returns the part of a list of n around at that is no longer than most. It moves in steps, so that neighbours see the same part.
func window(at, n, most int) (from, to int) {
	if n <= most {
		return 0, n
	}
	step := most / 2
	from = max(0, at/step*step-step/2)
	return from, min(n, from+most)
}

// A railKey says which pages show the same rail: those of one folder and language that are in the same part of a path.
type railKey struct {
	path      *curriculum.Path
	from      int
	dir, lang string
}

// rail returns a path, or the part of it around a place, as a compact list. It is safe for concurrent use.
func (m *maker) rail(p *curriculum.Path, number int, out string) *Rail {
	from, to := window(number-1, len(p.Modules), mostRail)
	return shared(&m.rails, railKey{p, from, path.Dir(out), m.langAt(out)}, func() *Rail {
		var items []RailItem
		stage := ""
		for _, x := range p.Modules[from:to] {
			it := RailItem{ID: x.ID, Title: x.Name(), URL: relative(out, m.out[x], ""), Minutes: minutes(x), Lang: m.foreign(out, x)}
			for _, xp := range x.Places {
				if xp.Path == p {
					it.Optional = xp.Optional
					if xp.Stage.Title != stage {
						stage = xp.Stage.Title
						it.Stage, it.StageLang = stage, m.foreign(out, p.Module)
					}
				}
			}
			items = append(items, it)
		}
		return &Rail{items}
	})
}

// kindBlocks are the extra keys of each kind (section 4.2).
func (m *maker) kindBlocks(v *Module, mod *curriculum.Module, out string) {
	meta := &mod.Doc.Meta
	if b := meta.Role; b != nil {
		v.Role = &RoleBlock{Does: b.Does, DoesNot: b.DoesNot}
		for _, id := range b.NextTo {
			if x := m.ModuleByID(id.Value); x != nil {
				v.Role.NextTo = append(v.Role.NextTo, m.link(out, x))
			}
		}
	}
	if b := meta.Practice; b != nil {
		v.Practice = &PracticeBlock{b.When, b.Evidence, b.Pitfalls}
	}
	if b := meta.Challenge; b != nil {
		v.Challenge = &ChallengeBlock{Signs: b.Signs, Weight: b.Weight, HandOverWhen: b.HandOverWhen, Who: m.roles(out, m.rolesOf(b.Who))}
		if r, ok := m.cfg.RoleByID(b.HandOverTo.Value); ok {
			role := m.role(out, r)
			role.Title = r.Title
			v.Challenge.HandOverTo = &role
		}
	}
	if b := meta.Facilitation; b != nil {
		v.Facilitation = &Facilitation{b.Format, b.Group, int(b.Minutes), b.Materials}
	}
	if b := meta.Reading; b != nil && len(b.Items) > 0 {
		for _, it := range b.Items {
			if n := len(v.Reading); n == 0 || v.Reading[n-1].Title != it.Group {
				v.Reading = append(v.Reading, ReadingGroup{Title: it.Group, Progress: v.Progress})
			}
			in := it.In
			if it.Publisher != "" && it.Publisher != in {
				in = strings.TrimPrefix(in+", "+it.Publisher, ", ")
			}
			g := &v.Reading[len(v.Reading)-1]
			g.Items = append(g.Items, ReadingItem{
				ID: it.ID.Value, Type: cmp.Or(it.Type, "book"), Title: it.Title, By: it.By, Year: it.Year, In: in, Why: it.Why,
				Access: it.Access, Level: it.Level, URL: curriculum.SafeURL(it.Address()), Lang: it.Lang, Minutes: int(it.Minutes), Must: it.Must, Prompts: it.Prompts, Roles: m.roles(out, m.rolesOf(it.Roles)),
			})
		}
		stem := strings.TrimSuffix(out, ".html")
		v.ReadingData = []Link{{Text: "BibTeX", URL: relative(out, stem+".bib", "")}, {Text: "CSL-JSON", URL: relative(out, stem+".csl.json", "")}}
	}
	if b := meta.Form; b != nil {
		v.Form = m.formView(mod)
	}
	if b := meta.Session; b != nil {
		s := &Session{Lasts: b.Length(), Who: m.roles(out, m.rolesOf(b.Who)), Bring: b.Bring, LeaveWith: b.LeaveWith}
		at := 0
		for _, a := range b.Agenda {
			s.Agenda = append(s.Agenda, AgendaItem{at, at + int(a.Minutes), int(a.Minutes), a.Do, a.Note})
			at += int(a.Minutes)
		}
		v.Session = s
	}
	if mod.Cohort != nil {
		v.Cohort = m.cohortView(mod, out)
	}
}

func (m *maker) rolesOf(ids []schema.Text) []source.Role {
	var out []source.Role
	for _, id := range ids {
		if r, ok := m.cfg.RoleByID(id.Value); ok {
			out = append(out, r)
		}
	}
	return out
}

func (m *maker) formView(mod *curriculum.Module) *Form {
	b := mod.Doc.Meta.Form
	f := &Form{Store: b.Store != "none" && !m.cfg.Progress.Off, Pages: b.Pages, Signatures: b.Signatures, Edition: m.cfg.Edition}
	for _, x := range b.Fields {
		if n := len(f.Groups); n == 0 || f.Groups[n-1].Title != x.Group {
			f.Groups = append(f.Groups, FormGroup{Number: n + 1, Title: x.Group})
		}
		field := FormField{
			ID: x.ID.Value, Label: x.Label, Type: cmp.Or(x.Type, "text"), Hint: x.Hint, Unit: x.Unit, Required: x.Required,
			Lines: int(x.Lines), Options: x.Options, Columns: x.Columns,
		}
		if field.Type == "lines" && field.Lines == 0 {
			field.Lines = 3
		}
		if field.Type == "table" {
			for i, l := range x.Rows.Labels {
				field.Rows = append(field.Rows, FormRow{i + 1, l})
			}
			for i := range x.Rows.Blank {
				field.Rows = append(field.Rows, FormRow{i + 1, ""})
			}
			if len(field.Rows) == 0 {
				for i := range 3 {
					field.Rows = append(field.Rows, FormRow{i + 1, ""})
				}
			}
		}
		g := &f.Groups[len(f.Groups)-1]
		g.Fields = append(g.Fields, field)
	}
	return f
}

// withPools is a module's content with the documents whose questions its quizzes may draw.
func (m *maker) withPools(mod *curriculum.Module, out string) []Content {
	contents := []Content{m.content(mod, out, "", nil)}
	at := map[*curriculum.Module]int{mod: 0}
	contents[0].Draws = m.draws(mod, func(from *curriculum.Module) (int, bool) {
		i, ok := at[from]
		if !ok {
			i = len(contents)
			at[from] = i
			lent := m.content(from, out, "", nil)
			lent.Lent = true
			contents = append(contents, lent)
		}
		return i, true
	})
	return contents
}

// draws lists what each quiz of a module may draw. at returns the place of a module among the page's contents, and false for one that is not there.
func (m *maker) draws(mod *curriculum.Module, at func(*curriculum.Module) (int, bool)) map[string][]Drawn {
	var all map[string][]Drawn
	for _, q := range mod.Doc.Checks {
		if q.Type != quiz.Quiz {
			continue
		}
		var drawn []Drawn
		for _, c := range m.Pool(mod, q) {
			if i, ok := at(c.Module); ok {
				drawn = append(drawn, Drawn{i, slices.Index(c.Module.Doc.Checks, c.Check)})
			}
		}
		if all == nil {
			all = map[string][]Drawn{}
		}
		all[q.ID] = drawn
	}
	return all
}
