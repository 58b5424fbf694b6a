package plan

import (
	"fmt"
	"path"
	"strings"

	"waymark/internal/curriculum"
	"waymark/internal/diag"
)

const handbookPath = printDir + "handbook.html"

// bookNames gives each path's workbook an output: the path's own name under print/, with a number behind it where that is taken.
func (m *maker) bookNames() {
	m.books = map[*curriculum.Path]string{}
	if !m.workbooks() {
		return
	}
	for _, p := range m.Paths {
		name := path.Base(strings.TrimSuffix(strings.TrimSuffix(m.out[p.Module], ".html"), "/index"))
		out := printDir + name + ".html"
		for n := 2; out == handbookPath || !m.free(out); n++ {
			out = fmt.Sprintf("%s%s-%d.html", printDir, name, n)
		}
		m.take(out, claim{what: "the workbook of " + diag.Quote(p.ID), path: out})
		m.books[p] = out
	}
}

func (m *maker) workbookOut(p *curriculum.Path) string { return m.books[p] }

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
		if inBook(mod) {
			all = append(all, mod)
			stage[mod] = m.sectionName(mod.Section)
		}
	}
	if len(all) > 1 && m.free(handbookPath) {
		m.take(handbookPath, claim{what: "the handbook on one page", path: handbookPath})
		m.edition(handbookPath, m.cfg.Title, m.cfg.Description, relative(handbookPath, homePath, ""), "", all, stage)
	}
}

// inBook reports whether the whole handbook on one page has a module: all that is learned from, and of plain pages those with something to do or a place on a path.
func inBook(mod *curriculum.Module) bool {
	switch mod.Kind {
	case "role", "practice", "challenge", "reading", "form", "session":
		return true
	case "page", "section":
		return len(mod.Doc.Meta.Objectives)+len(mod.Doc.Checks)+len(mod.Places) > 0
	}
	return false
}

func (m *maker) edition(out, title, lead, screen, pathID string, mods []*curriculum.Module, stage map[*curriculum.Module]string) {
	prefixes := map[*curriculum.Module]string{}
	used := map[string]bool{}
	for _, mod := range mods {
		prefix := prefixOf(mod.ID)
		for n := 2; used[prefix]; n++ {
			prefix = prefixOf(fmt.Sprintf("%s-%d", mod.ID, n))
		}
		used[prefix], prefixes[mod] = true, prefix
	}
	p := Page{Path: out, Template: "print.html"}
	at := map[*curriculum.Module]int{}
	for i, mod := range mods {
		at[mod] = i
	}
	for _, mod := range mods {
		c := m.content(mod, out, prefixes[mod], prefixes)
		c.Draws = m.draws(mod, func(from *curriculum.Module) (int, bool) {
			i, ok := at[from] // what other editions hold is not lent to this one
			return i, ok
		})
		p.Contents = append(p.Contents, c)
	}
	p.view = func() *View {
		v := m.newView(out, "print", m.pageView(out, "print", title, lead, nil))
		v.Print = &Print{Lead: lead, Answers: m.cfg.Print.Answers != "off", Path: pathID, Screen: screen}
		v.Page.NoIndex = true
		v.Page.Crumbs = m.crumbs(out, nil, title)
		total := Minutes{}
		last := ""
		for i, mod := range mods {
			part := PrintPart{Number: i + 1, Prefix: prefixes[mod], ID: partID(prefixes[mod]), Title: mod.Title, Kind: mod.Kind, Lang: m.foreign(out, mod), Module: *m.moduleView(mod, out)}
			if stage[mod] != last {
				part.Stage, last = stage[mod], stage[mod]
			}
			total.From += mod.Minutes.Read
			total.To += mod.Minutes.Read + mod.Minutes.Do
			v.Print.Parts = append(v.Print.Parts, part)
		}
		v.Print.Minutes = total
		if p := m.Path(pathID); p != nil {
			v.Print.Schedule, v.Print.Evaluation = m.schedule(p, nil, out), m.evaluation(p, out)
		}
		v.Page.Data = m.pageData(v, nil, nil)
		return v
	}
	m.add(p)
	m.plan.Books[pathID] = out
}

// partID is the id of a part of an edition, by the prefix of its ids. The theme's own ids in the part are made of it and a dot, which no heading's id has.
func partID(prefix string) string { return strings.TrimSuffix(prefix, "--") }

// prefixOf is what stands before a module's ids in an edition.
func prefixOf(id string) string {
	return strings.NewReplacer("/", "-", " ", "-").Replace(id) + "--"
}
