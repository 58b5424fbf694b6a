package plan

import (
	"html/template"

	"waymark/internal/curriculum"
	"waymark/internal/quiz"
)

// This file writes what each page holds for scripts. The types are those of themes/default/src/contract.ts.

type pageJSON struct {
	Site    string       `json:"site"`
	Root    string       `json:"root"`
	ID      string       `json:"id"`
	Kind    string       `json:"kind"`
	Title   string       `json:"title"`
	Edition string       `json:"edition"`
	Build   string       `json:"build"`
	Data    string       `json:"data,omitempty"`
	Places  []placeJSON  `json:"places,omitempty"`
	Modules []moduleJSON `json:"modules,omitempty"`
	Paths   []pathJSON   `json:"paths,omitempty"`
	Words   string       `json:"words"`
}

type placeJSON struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	URL      string    `json:"url"`
	Stage    string    `json:"stage"`
	Number   int       `json:"number"`
	Of       int       `json:"of"`
	Optional bool      `json:"optional,omitempty"`
	Prev     *linkJSON `json:"prev,omitempty"`
	Next     *linkJSON `json:"next,omitempty"`
	Award    *linkJSON `json:"award,omitempty"`
}

type linkJSON struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// pageData is the JSON block of a page. It names only what the page shows, so that another module's change does not touch it.
func (m *maker) pageData(v *View, mod *curriculum.Module, paths []*curriculum.Path) template.JS {
	p := pageJSON{
		Site: m.cfg.ID.Value, Root: v.Site.Root, ID: v.Page.ID, Kind: v.Page.Kind, Title: v.Page.Title, Edition: m.cfg.Edition,
		Words: laterWords(m.look.Language(v.Page.Lang)),
	}
	if !m.cfg.Progress.Off {
		p.Data = SiteData
	}
	if v.Page.Kind == "progress" {
		p.Build = m.buildID()
	}
	if mod != nil && (v.Module != nil && mod.Kind != "cohort" || m.keepsProgress(mod) || len(mod.Doc.Checks) > 0) {
		for i, pl := range mod.Places {
			j := m.placeJSON(pl)
			if i == 0 {
				j.Prev, j.Next, j.Award = nil, nil, nil // the page itself shows them
			}
			p.Places = append(p.Places, j)
		}
		p.Modules = []moduleJSON{m.moduleJSON(mod, false)}
		for _, id := range checkIDs(m.ruleOf(mod)) {
			if c := m.Check(id); c != nil && c.Module != mod && !hasModule(p.Modules, c.Module.ID) {
				p.Modules = append(p.Modules, m.moduleJSON(c.Module, false))
			}
		}
		p.Modules = append(p.Modules, m.pooled(mod, p.Modules)...)
	}
	for _, path := range paths {
		p.Paths = append(p.Paths, m.pathJSON(path))
		if v.Page.Kind == "home" {
			continue
		}
		for _, x := range m.walked(path) {
			if !hasModule(p.Modules, x.ID) {
				p.Modules = append(p.Modules, m.moduleJSON(x, false))
			}
		}
	}
	return jsonBlock(&p)
}

// pooled returns the modules that the quizzes of a page draw questions from, besides those that known has, with these questions alone: an answer to one moves its card.
func (m *maker) pooled(mod *curriculum.Module, known []moduleJSON) []moduleJSON {
	var list []moduleJSON
	at := map[string]int{}
	seen := map[string]bool{}
	for _, q := range mod.Doc.Checks {
		if q.Type != quiz.Quiz {
			continue
		}
		for _, c := range m.Pool(mod, q) {
			if c.Module == mod || hasModule(known, c.Module.ID) || seen[c.ID] {
				continue
			}
			seen[c.ID] = true
			i, ok := at[c.Module.ID]
			if !ok {
				i = len(list)
				at[c.Module.ID] = i
				list = append(list, m.moduleHead(c.Module))
			}
			list[i].Checks = append(list[i].Checks, m.checkJSON(c.Module, c.Check, false))
		}
	}
	return list
}

func hasModule(list []moduleJSON, id string) bool {
	for _, x := range list {
		if x.ID == id {
			return true
		}
	}
	return false
}

func (m *maker) placeJSON(pl curriculum.Place) placeJSON {
	p := pl.Path
	j := placeJSON{ID: p.ID, Title: p.Title, URL: escape(m.out[p.Module]), Stage: pl.Stage.Title, Number: pl.Number, Of: len(p.Modules), Optional: pl.Optional}
	if n := pl.Number - 2; n >= 0 {
		j.Prev = &linkJSON{p.Modules[n].Title, escape(m.out[p.Modules[n]])}
	}
	if pl.Number < len(p.Modules) {
		j.Next = &linkJSON{p.Modules[pl.Number].Title, escape(m.out[p.Modules[pl.Number]])}
	} else if a := m.award(p); a != nil {
		j.Award = &linkJSON{a.Title, escape(m.certificateOut(p))}
	}
	return j
}
