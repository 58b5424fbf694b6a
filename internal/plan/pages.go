package plan

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/source"
)

// pages plans every HTML page.
func (m *maker) pages() {
	m.homePage()
	covers := map[*curriculum.Module]*curriculum.Section{}
	for _, mod := range m.Modules {
		for s := mod.Section; s != nil && s.Cover != nil && covers[s.Cover] == nil; s = s.Parent {
			covers[s.Cover] = s
		}
	}
	for _, mod := range m.Modules {
		if _, ok := m.out[mod]; !ok || mod == m.home {
			continue
		}
		switch {
		case mod.Path != nil:
			m.pathPage(mod.Path)
		case covers[mod] != nil && mod.Kind == "page":
			m.sectionPage(covers[mod])
		case mod.Index && len(mod.Section.Children)+m.pathsIn(mod.Section) > 0:
			m.sectionPage(mod.Section)
		case mod == m.gloss:
			m.glossaryPage(m.terms, mod)
		default:
			m.modulePage(mod)
		}
	}
	m.listPages(m.Root)
	if len(m.Paths) > 0 && m.free(pathsPath) && m.SectionAt("paths") == nil {
		m.pathList()
	}
	if m.gloss == nil && len(m.Terms) > 0 && m.free(glossaryPath) {
		m.glossaryPage(glossaryPath, nil)
	}
	m.indexPage()
	if !m.cfg.Progress.Off {
		m.progressPage()
		for _, p := range m.Paths {
			m.certificatePage(p)
		}
	}
	m.printPages()
	m.notFound()
	// Old addresses come last: none of them may be that of a page that exists.
	for _, mod := range m.Modules {
		if _, ok := m.out[mod]; ok {
			m.aliases(mod)
		}
	}
	m.plan.Stats.Modules = len(m.Modules)
	m.plan.Stats.Paths = len(m.Paths)
	m.plan.Stats.Drafts = m.Drafts
	for _, mod := range m.Modules {
		m.plan.Stats.Checks += len(mod.Doc.Checks)
	}
}

func (m *maker) pathsIn(s *curriculum.Section) int {
	if s.Dir == "paths" {
		return len(m.Paths)
	}
	return 0
}

// simple adds a page that Waymark makes by itself.
func (m *maker) simple(out, template, kind, title, description string, fill func(*View)) {
	if !m.free(out) {
		return
	}
	m.take(out, claim{what: "Waymark's own " + diag.Quote(out), path: out})
	m.add(Page{Path: out, Template: template, view: func() *View {
		v := m.newView(out, kind, m.pageView(out, kind, title, description, nil))
		if out != homePath {
			v.Page.Crumbs = m.crumbs(out, nil, title)
		}
		fill(v)
		return v
	}})
}

func (m *maker) homePage() {
	var contents []Content
	src := ""
	if m.home != nil {
		contents = m.withPools(m.home, homePath)
		src = m.home.Doc.File.Path
	}
	title, lead := m.cfg.Title, m.cfg.Description
	if m.home != nil {
		title, lead = m.home.Title, cmp.Or(m.home.Doc.Meta.Summary.Value, lead)
	}
	if m.home == nil {
		if !m.free(homePath) {
			return
		}
		m.take(homePath, claim{what: "the home page", path: homePath})
	}
	m.add(Page{Path: homePath, Template: "home.html", Source: src, Contents: contents, view: func() *View {
		h := &Home{Lead: lead}
		for _, r := range m.cfg.Roles {
			card := RoleCard{ID: r.ID.Value, Title: cmp.Or(r.Choose, r.Title), Summary: r.Summary, Color: m.role(homePath, r).Color}
			p := m.pathOf(r)
			if p == nil {
				continue // a role without a path is an audience, not a door
			}
			if m.look.Icon(r.Icon.Value) != "" {
				card.Icon = r.Icon.Value
			}
			card.URL, card.Path = relative(homePath, m.out[p.Module], ""), p.ID
			card.Modules, card.Minutes = len(p.Modules), Minutes(p.Minutes)
			card.Award = m.award(p) != nil
			h.Roles = append(h.Roles, card)
		}
		h.Paths = m.pathCards(homePath, 24)
		for _, c := range m.Root.Children {
			if s := c.Section; s != nil && s.Dir != "paths" {
				h.Sections = append(h.Sections, m.sectionCard(homePath, s))
			}
		}
		v := m.newView(homePath, "home", m.pageView(homePath, "home", title, lead, m.home))
		v.Home = h
		v.Page.HeadTitle = m.cfg.Title
		v.Page.Kind = "home"
		v.Page.Data = m.pageData(v, m.home, m.Paths[:min(len(m.Paths), 24)])
		return v
	}})
}

// pathOf returns the path that a role's card leads to: the first that is for it.
func (m *maker) pathOf(r source.Role) *curriculum.Path {
	for _, p := range m.Paths {
		for _, for_ := range p.Roles {
			if for_.ID.Value == r.ID.Value {
				return p
			}
		}
	}
	return nil
}

func (m *maker) pathCards(out string, most int) []PathCard {
	var cards []PathCard
	for _, p := range m.Paths[:min(len(m.Paths), most)] {
		cards = append(cards, m.pathCard(out, p))
	}
	return cards
}

func (m *maker) pathCard(out string, p *curriculum.Path) PathCard {
	return PathCard{
		ID: p.ID, Title: p.Title, Summary: p.Module.Doc.Meta.Summary.Value, URL: relative(out, m.out[p.Module], ""),
		Roles: m.roles(out, p.Roles), Modules: len(p.Modules), Minutes: Minutes(p.Minutes), Lang: m.foreign(out, p.Module),
	}
}

func (m *maker) roles(out string, roles []source.Role) []Role {
	var list []Role
	for _, r := range roles {
		list = append(list, m.role(out, r))
	}
	return list
}

func (m *maker) role(out string, r source.Role) Role {
	v := Role{ID: r.ID.Value, Title: cmp.Or(r.Plural, r.Title), Lang: m.foreign(out, nil)}
	for i, x := range m.cfg.Roles {
		if x.ID.Value == r.ID.Value {
			v.Color = m.roleColor(i)
		}
	}
	if p := m.pathOf(r); p != nil {
		v.URL = relative(out, m.out[p.Module], "")
	}
	return v
}

func (m *maker) card(out string, mod *curriculum.Module) Card {
	c := Card{
		ID: mod.ID, Kind: mod.Kind, Title: mod.Title, Summary: mod.Doc.Meta.Summary.Value, URL: relative(out, m.out[mod], ""),
		Minutes: minutes(mod), Roles: m.roles(out, mod.Audience), Questions: questions(mod), Draft: mod.Draft, Lang: m.foreign(out, mod),
	}
	if p := mod.Path; p != nil {
		c.Minutes, c.Roles = Minutes(p.Minutes), m.roles(out, p.Roles)
	}
	return c
}

func minutes(mod *curriculum.Module) Minutes {
	return Minutes{mod.Minutes.Read, mod.Minutes.Read + mod.Minutes.Do}
}

// questions counts those of a page, with those that its quizzes draw from.
func questions(mod *curriculum.Module) int {
	n := 0
	for _, c := range mod.Doc.Checks {
		if c.IsQuestion() {
			n++
		}
	}
	return n
}

func (m *maker) sectionCard(out string, s *curriculum.Section) Card {
	c := Card{ID: s.Dir, Kind: "section", Title: m.sectionName(s), URL: relative(out, m.sectionOut(s), ""), Lang: m.foreign(out, page(s))}
	if own := page(s); own != nil {
		c.Summary = own.Doc.Meta.Summary.Value
	}
	c.Questions = len(s.Modules)
	return c
}

// sectionPage plans the page of a folder, with or without a page of its own.
func (m *maker) sectionPage(s *curriculum.Section) {
	out, own := m.sectionOut(s), page(s)
	p := Page{Path: out, Template: "section.html"}
	title, lead := m.sectionName(s), ""
	if own != nil {
		title, lead = own.Title, own.Doc.Meta.Summary.Value
		p.Source = own.Doc.File.Path
		p.Contents = m.withPools(own, out)
	}
	p.view = func() *View {
		v := m.newView(out, "section", m.pageView(out, "section", title, lead, own))
		v.Section = &Section{Lead: lead}
		v.Page.Crumbs = m.crumbs(out, s.Parent, title)
		for _, p := range m.Paths {
			if s.Dir == "paths" || p.Module.Section == s && !p.Module.Index {
				v.Section.Cards = append(v.Section.Cards, m.card(out, p.Module))
			}
		}
		for _, mod := range s.Modules {
			v.Section.Cards = append(v.Section.Cards, m.card(out, mod))
		}
		for _, sub := range s.Sections {
			v.Section.Sections = append(v.Section.Sections, m.sectionCard(out, sub))
		}
		if own != nil {
			v.Section.Toc = toc(own)
			v.Section.Progress = m.keepsProgress(own)
		}
		v.Page.Data = m.pageData(v, own, nil)
		return v
	}
	m.add(p)
}

// listPages plans the lists of folders that have no page of their own.
func (m *maker) listPages(s *curriculum.Section) {
	for _, sub := range s.Sections {
		if page(sub) == nil {
			if out := m.at.section(sub); m.free(out) {
				m.take(out, claim{what: "the list of " + diag.Quote(sub.Dir+"/"), path: out})
				m.sectionPage(sub)
			}
		}
		m.listPages(sub)
	}
}

// pathList is the list of all paths, where content/paths has no page of its own.
func (m *maker) pathList() {
	title := m.word("nav.paths")
	m.simple(pathsPath, "section.html", "section", title, "", func(v *View) {
		v.Section = &Section{}
		for _, p := range m.Paths {
			v.Section.Cards = append(v.Section.Cards, m.card(pathsPath, p.Module))
		}
	})
}

func toc(mod *curriculum.Module) []TocItem {
	if t := mod.Doc.Meta.Toc; t != nil && !*t {
		return nil
	}
	var items []TocItem
	for _, h := range mod.Doc.Headings {
		if h.Level == 2 || h.Level == 3 {
			items = append(items, TocItem{h.Level, h.ID, h.Text})
		}
	}
	return items
}

// aliases sends a module's old addresses on.
func (m *maker) aliases(mod *curriculum.Module) {
	for _, a := range mod.Doc.Meta.Aliases {
		span := mod.Doc.File.Span(a.At)
		out, why := m.at.alias(a.Value)
		if why != "" {
			hint := "write the old address as a path from the site's root"
			if out != "" {
				hint = "take the alias away; no file of that name can be published"
			}
			m.ds.Add("page/alias", span, hint, "%s cannot be an alias: %s", diag.Quote(a.Value), why)
			continue
		}
		if first, taken := m.holder(out); taken {
			d := m.ds.Add("page/alias", span, "take the alias away", "the alias %s is the address of %s", diag.Quote(a.Value), first.what)
			if first.span.File != nil {
				d.Related = append(d.Related, diag.Related{Span: first.span, Message: "it is here"})
			}
			continue
		}
		if dir, first, ok := m.respelt(out); ok {
			d := m.ds.Add("page/alias", span, "take the alias away", "the alias %s needs the folder %s/, which some systems take for %s/, where %s is", diag.Quote(a.Value), dir, first.dir, first.what)
			if first.span.File != nil {
				d.Related = append(d.Related, diag.Related{Span: first.span, Message: "it is here"})
			}
			continue
		}
		m.take(out, claim{"the alias " + diag.Quote(a.Value), span, out})
		m.langs[out] = lang(mod, m.cfg)
		to := m.link(out, mod)
		m.add(Page{Path: out, Template: "alias.html", view: func() *View {
			v := m.newView(out, "alias", m.pageView(out, "alias", mod.Title, "", nil))
			v.Alias = &Alias{To: to}
			v.Page.NoIndex = true
			if m.cfg.BaseURL.Value != "" {
				v.Page.Canonical = m.cfg.BaseURL.Value + escape(strings.TrimSuffix(m.out[mod], "index.html"))
			}
			return v
		}})
	}
}

// notFound is what hosts show under an address where nothing is, so its links and what it loads are addressed from the root of the host.
func (m *maker) notFound() {
	m.simple(notFoundPath, "404.html", "404", m.word("404.title"), "", func(v *View) {
		from := m.newView(m.anywhere(notFoundPath), "404", v.Page)
		v.Site, v.Assets = from.Site, from.Assets
		v.Page.NoIndex = true
		v.Page.Crumbs = nil
		v.Page.Data = m.pageData(v, nil, nil)
	})
}

// indexPage lists all pages by letter: A to Z, and the search without JavaScript.
func (m *maker) indexPage() {
	letters := sync.OnceValue(func() []Letter { return m.letters(indexPath) })
	m.simple(indexPath, "index.html", "index", m.word("nav.index"), "", func(v *View) {
		v.Index = &Index{Letters: letters()}
		v.Page.Data = m.pageData(v, nil, nil)
	})
}

func (m *maker) letters(out string) []Letter {
	type titled struct {
		key  []byte
		card *Card
	}
	var cards []titled
	col, buf := m.collator(), new(collate.Buffer)
	for _, mod := range m.Modules {
		if _, ok := m.out[mod]; ok && mod != m.home {
			c := m.card(out, mod)
			c.Roles, c.Summary = nil, ""
			cards = append(cards, titled{col.KeyFromString(buf, c.Title), &c})
		}
	}
	slices.SortStableFunc(cards, func(a, b titled) int {
		return cmp.Or(bytes.Compare(a.key, b.key), strings.Compare(a.card.URL, b.card.URL))
	})
	var letters []Letter
	for _, c := range cards {
		l := initial(c.card.Title)
		if len(letters) == 0 || letters[len(letters)-1].Letter != l {
			letters = append(letters, Letter{Letter: l, ID: letterID(l)})
		}
		last := &letters[len(letters)-1]
		last.Pages = append(last.Pages, *c.card)
	}
	return merge(letters)
}

// merge joins letters that collation put apart, as with titles that begin with marks.
func merge(letters []Letter) []Letter {
	at := map[string]int{}
	var out []Letter
	for _, l := range letters {
		if i, ok := at[l.Letter]; ok {
			out[i].Pages = append(out[i].Pages, l.Pages...)
			out[i].Terms = append(out[i].Terms, l.Terms...)
			continue
		}
		at[l.Letter] = len(out)
		out = append(out, l)
	}
	return out
}

func (m *maker) glossaryPage(out string, mod *curriculum.Module) {
	p := Page{Path: out, Template: "glossary.html"}
	title, lead := m.word("nav.glossary"), ""
	if mod != nil {
		title, lead = mod.Title, mod.Doc.Meta.Summary.Value
		p.Source = mod.Doc.File.Path
		p.Contents = m.withPools(mod, out)
	}
	p.view = func() *View {
		v := m.newView(out, "glossary", m.pageView(out, "glossary", title, lead, mod))
		v.Glossary = &Glossary{Lead: lead}
		v.Page.Crumbs = m.crumbs(out, m.Root, title)
		col := m.collator()
		terms := slices.Clone(m.Terms)
		slices.SortStableFunc(terms, func(a, b source.Term) int {
			return cmp.Or(col.CompareString(a.Term, b.Term), strings.Compare(a.ID.Value, b.ID.Value))
		})
		var letters []Letter
		for _, t := range terms {
			l := initial(t.Term)
			if len(letters) == 0 || letters[len(letters)-1].Letter != l {
				letters = append(letters, Letter{Letter: l, ID: letterID(l)})
			}
			term := Term{ID: t.ID.Value, Term: t.Term, Text: t.Text}
			for _, id := range t.See {
				if see := m.ModuleByID(id.Value); see != nil {
					term.See = append(term.See, m.link(out, see))
				}
			}
			last := &letters[len(letters)-1]
			last.Terms = append(last.Terms, term)
		}
		v.Glossary.Letters = merge(letters)
		v.Glossary.Progress = mod != nil && m.keepsProgress(mod)
		v.Page.Data = m.pageData(v, mod, nil)
		return v
	}
	m.add(p)
}

func (m *maker) progressPage() {
	m.simple(progressPath, "progress.html", "progress", m.word("nav.progress"), "", func(v *View) {
		v.Progress = &Progress{Paths: m.pathCards(progressPath, len(m.Paths)), Data: SiteData, Cohorts: slices.ContainsFunc(m.Modules, func(mod *curriculum.Module) bool { return mod.Cohort != nil })}
		v.Page.NoIndex = true
		v.Page.Data = m.pageData(v, nil, nil)
	})
}

func (m *maker) certificateOut(p *curriculum.Path) string { return certificateOf(m.out[p.Module]) }

// certificateOf returns the output of the certificate of a path whose page is at out.
func certificateOf(out string) string {
	dir, base := path.Split(out)
	if base == "index.html" {
		return dir + "certificate.html"
	}
	return strings.TrimSuffix(out, ".html") + "-certificate.html"
}

func (m *maker) certificatePage(p *curriculum.Path) {
	a := m.award(p)
	if a == nil {
		return
	}
	out := m.certificateOut(p)
	m.simple(out, "certificate.html", "certificate", m.look.Message(m.look.Language(m.cfg.Language), "certificate.of", p.Title), "", func(v *View) {
		c := &Certificate{Path: m.pathCard(out, p), Title: a.Title, Edition: p.Module.Doc.Meta.Edition, Signed: a.Sign != "none"}
		if p.Badge != "" {
			c.Badge = relative(out, m.at.asset(p.Badge), "")
		}
		for _, o := range p.Outcomes {
			c.Outcomes = append(c.Outcomes, Objective{ID: o.ID.Value, Text: o.Text, Verb: o.Verb})
		}
		for _, mod := range p.Modules {
			c.Modules = append(c.Modules, mod.Title)
		}
		v.Award = c
		v.Page.ID = p.ID
		v.Page.NoIndex = true
		v.Page.Crumbs = append(m.crumbs(out, p.Module.Section, ""), Link{})
		v.Page.Crumbs = v.Page.Crumbs[:len(v.Page.Crumbs)-2]
		v.Page.Crumbs = append(v.Page.Crumbs, m.link(out, p.Module), Link{Text: v.Page.Title, Current: "page"})
		v.Page.Data = m.pageData(v, nil, []*curriculum.Path{p})
	})
}
