package serve

import (
	"waymark/internal/plan"
)

// about is what the author's bar says of a page. It is made of the plan's view, so the bar says what the page shows. Its JSON is read by client/bar.js.
type about struct {
	Source     string      `json:"source,omitempty"` // from the project's folder; empty for pages that no file is
	Editor     string      `json:"editor,omitempty"`
	ID         string      `json:"id,omitempty"`
	Kind       string      `json:"kind,omitempty"`
	Title      string      `json:"title,omitempty"`
	Draft      bool        `json:"draft,omitempty"`
	Retired    bool        `json:"retired,omitempty"`
	Drafts     bool        `json:"drafts,omitempty"` // the preview shows drafts
	Minutes    [2]int      `json:"minutes"`          // reading alone, with everything
	Questions  int         `json:"questions,omitempty"`
	Objectives []objective `json:"objectives,omitempty"`
	Places     []placement `json:"places,omitempty"`
	Lints      []fault     `json:"lints,omitempty"`
	Others     int         `json:"others,omitempty"` // warnings on other pages
}

type objective struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Verb string `json:"verb,omitempty"`
}

// placement is where a page sits in a path.
type placement struct {
	Path     string `json:"path"`
	URL      string `json:"url"` // relative to the page
	Stage    string `json:"stage,omitempty"`
	Number   int    `json:"number,omitempty"`
	Of       int    `json:"of,omitempty"`
	Optional bool   `json:"optional,omitempty"`
}

// about describes the page at an address.
func (s *Server) about(addr string) *about {
	a := &about{Drafts: s.o.Drafts}
	st := s.state.Load()
	if st == nil || st.site == nil {
		return a
	}
	f := s.shown(st, addr)
	if f == nil || f.Page == nil {
		return a
	}
	if a.Source = f.Page.Source; a.Source != "" {
		a.Editor = s.editor(a.Source, 1, 1)
	}
	for _, d := range st.notes {
		if d.Span.File == nil || d.Span.File.Path != a.Source {
			a.Others++
		} else if len(a.Lints) < maxFaults {
			a.Lints = append(a.Lints, s.fault(d))
		}
	}
	a.fill(s.view(f.Page))
	return a
}

func (a *about) fill(v *plan.View) {
	a.ID, a.Kind, a.Title, a.Draft, a.Retired = v.Page.ID, v.Page.Kind, v.Page.Title, v.Page.Draft, v.Page.Retired
	switch {
	case v.Module != nil:
		m := v.Module
		a.Minutes, a.Questions = [2]int{m.Minutes.From, m.Minutes.To}, m.Questions
		a.goals(m.Objectives)
		if m.Place != nil {
			a.place(*m.Place)
		}
		for _, p := range m.Others {
			a.place(p)
		}
	case v.Path != nil:
		a.Minutes = [2]int{v.Path.Minutes.From, v.Path.Minutes.To}
		a.goals(v.Path.Outcomes)
	}
}

func (a *about) goals(list []plan.Objective) {
	for _, o := range list {
		a.Objectives = append(a.Objectives, objective{o.ID, o.Text, o.Verb})
	}
}

func (a *about) place(p plan.Place) {
	a.Places = append(a.Places, placement{p.Path.Text, p.Path.URL, p.Stage, p.Number, p.Of, p.Optional})
}
