package plan

import (
	"path"
	"strings"

	"waymark/internal/curriculum"
)

func (m *maker) workbookOut(p *curriculum.Path) string {
	stem := strings.TrimSuffix(strings.TrimSuffix(m.out[p.Module], ".html"), "/index")
	return printDir + path.Base(stem) + ".html"
}

// printPages plans the editions for paper: a workbook for each path, and the whole handbook.
func (m *maker) printPages() {
	if !m.workbooks() {
		return
	}
	for _, p := range m.Paths {
		out := m.workbookOut(p)
		stage := map[*curriculum.Module]string{}
		for _, mod := range p.Modules {
			for _, pl := range mod.Places {
				if pl.Path == p {
					stage[mod] = pl.Stage.Title
				}
			}
		}
		m.edition(out, m.look.Message(m.look.Language(m.cfg.Language), "print.workbook", p.Title), p.Module.Doc.Meta.Summary.Value, relative(out, m.out[p.Module], ""), p.ID, p.Modules, stage)
	}
	var all []*curriculum.Module
	stage := map[*curriculum.Module]string{}
	for _, mod := range m.Modules {
		if learned(mod.Kind) {
			all = append(all, mod)
			stage[mod] = m.sectionName(mod.Section)
		}
	}
	if len(all) > 1 {
		m.edition(printDir+"handbook.html", m.cfg.Title, m.cfg.Description, relative(printDir+"handbook.html", homePath, ""), "", all, stage)
	}
}

func learned(kind string) bool {
	switch kind {
	case "role", "practice", "challenge", "reading", "form", "session":
		return true
	}
	return false
}

func (m *maker) edition(out, title, lead, screen, pathID string, mods []*curriculum.Module, stage map[*curriculum.Module]string) {
	if !m.free(out) {
		return
	}
	prefixes := map[*curriculum.Module]string{}
	for _, mod := range mods {
		prefixes[mod] = prefixOf(mod)
	}
	p := Page{Path: out, Template: "print.html", Lang: m.cfg.Language}
	first := 1
	for _, mod := range mods {
		c := m.content(mod, out, prefixes[mod], prefixes)
		c.First = first
		first += questions(mod)
		p.Contents = append(p.Contents, c)
	}
	p.view = func() *View {
		v := &View{Site: m.siteView(out), Page: m.pageView(out, "print", title, lead, nil), Print: &Print{Lead: lead, Answers: m.cfg.Print.Answers != "off", Path: pathID, Screen: screen}}
		v.Page.NoIndex = true
		v.Page.Crumbs = m.crumbs(out, nil, title)
		total := Minutes{}
		last := ""
		for i, mod := range mods {
			part := PrintPart{Number: i + 1, Prefix: prefixes[mod], ID: strings.TrimSuffix(prefixes[mod], "--"), Title: mod.Title, Kind: mod.Kind, Module: *m.moduleView(mod, out)}
			if stage[mod] != last {
				part.Stage, last = stage[mod], stage[mod]
			}
			total.From += mod.Minutes.Read
			total.To += mod.Minutes.Read + mod.Minutes.Do
			v.Print.Parts = append(v.Print.Parts, part)
		}
		v.Print.Minutes = total
		v.Page.Data = m.pageData(v, nil, nil)
		return v
	}
	m.add(p)
}

// prefixOf is what stands before a module's ids in an edition.
func prefixOf(mod *curriculum.Module) string {
	return strings.NewReplacer("/", "-", " ", "-").Replace(mod.ID) + "--"
}
