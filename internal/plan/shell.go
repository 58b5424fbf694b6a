package plan

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/schema"
	"waymark/internal/source"
)

// csp is the policy that every page carries in a meta element, so that it holds on any host and from file://.
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self'; form-action 'none'; base-uri 'none'"

type navEntry struct {
	text, to string // output
	url      string // or an address
	dir      string // pages below it belong to this part
	icon     string
	lang     string // of the text, where it is not the site's
}

// A siteKey says which pages show the same of the site: those of one folder that are in the same part of it.
type siteKey struct{ dir, at string }

// An assetsKey says which pages load the same: those of one folder and kind.
type assetsKey struct{ dir, kind, lang string }

// newView returns the view of a page at out with what it shares with others. It is safe for concurrent use.
func (m *maker) newView(out, kind string, page Head) *View {
	lang := m.look.Language(m.langAt(out))
	if m.look.Meta.Scripts[kind] == nil && m.look.Meta.Styles[kind] == nil {
		kind = ""
	}
	at := make([]byte, len(m.nav))
	for i, n := range m.nav {
		at[i] = n.at(out)
	}
	dir := path.Dir(out)
	return &View{
		Site:   shared(&m.sites, siteKey{dir, string(at)}, func() *Site { return m.site(out) }),
		Assets: shared(&m.assets, assetsKey{dir, kind, lang}, func() *Assets { return m.assetsOf(out, kind, lang) }),
		Page:   page,
	}
}

// shared returns what several views show, made once.
func shared[T any](all *sync.Map, key any, make func() *T) *T {
	v, ok := all.Load(key)
	if !ok {
		v, _ = all.LoadOrStore(key, make())
	}
	return v.(*T)
}

// current is what the navigation says of its entry when a page at out is shown.
var current = [...]string{"", "page", "true"}

// at returns where a page is to an entry of the navigation: an index of current.
func (n *navEntry) at(out string) byte {
	switch {
	case n.to == "":
		return 0
	case n.to == out:
		return 1
	case n.dir != "" && strings.HasPrefix(out, n.dir):
		return 2
	}
	return 0
}

func (m *maker) site(out string) *Site {
	cfg := m.cfg
	s := &Site{
		Title: cfg.Title, Description: cfg.Description, ID: cfg.ID.Value, Language: cfg.Language, Words: m.look.Language(cfg.Language),
		Root: root(out), Home: relative(out, homePath, ""), Search: relative(out, indexPath, ""), Progress: relative(out, progressPath, ""),
		Copyright: cfg.Copyright, License: cfg.License, Edition: cfg.Edition,
		Brand: Brand{Name: cfg.Brand.Name}, Params: cfg.Params,
	}
	if cfg.Progress.Off {
		s.Progress = ""
	}
	if logo := cfg.Brand.Logo.Value; logo != "" {
		s.Brand.Logo = relative(out, m.at.asset(strings.TrimPrefix(logo, "/")), "")
	}
	if cfg.Offline && !m.o.Serve {
		s.Worker = relative(out, workerPath, "") // a preview that keeps pages would show yesterday's
	}
	for i := range m.nav {
		n := &m.nav[i]
		l := Link{Text: n.text, URL: n.url, Icon: n.icon, Current: current[n.at(out)], Lang: n.lang}
		if n.to != "" {
			l.URL = relative(out, n.to, "")
		}
		s.Nav = append(s.Nav, l)
	}
	if len(m.Terms) > 0 || m.gloss != nil {
		s.Footer = append(s.Footer, Link{Text: m.word("nav.glossary"), URL: relative(out, m.terms, "")})
	}
	s.Footer = append(s.Footer, Link{Text: m.word("nav.index"), URL: relative(out, indexPath, "")})
	for _, mod := range m.Root.Modules {
		if mod.Doc.Meta.Layout == "about" || mod.ID == "about" {
			s.Footer = append(s.Footer, Link{Text: mod.Name(), URL: relative(out, m.out[mod], ""), Lang: m.foreign("", mod)})
			break
		}
	}
	return s
}

func (m *maker) assetsOf(out, kind, lang string) *Assets {
	a := &Assets{Icon: relative(out, m.iconPath(), ""), Base: strings.TrimSuffix(relative(out, assetsDir+"x", ""), "x")}
	for _, f := range slices.Concat(m.look.Meta.CSS, m.look.Meta.Styles[kind]) {
		a.CSS = append(a.CSS, a.Base+f)
	}
	scripts, own := m.look.Meta.Scripts[kind]
	if !own {
		scripts = m.look.Meta.JS
	}
	if len(scripts) > 0 {
		a.JS = append(a.JS, root(out)+firstWords(lang))
	}
	if own {
		a.JS = append(a.JS, root(out)+laterWords(lang)) // what such pages say at once is among them
	}
	for _, f := range scripts {
		a.JS = append(a.JS, a.Base+f)
	}
	if h := m.look.Meta.Head; h != "" {
		a.Theme = a.Base + h
	}
	if m.cfg.Brand.Fonts != "system" {
		for _, f := range m.look.Meta.Fonts {
			a.Fonts = append(a.Fonts, a.Base+f)
		}
	}
	if m.cfg.Offline {
		a.Manifest = relative(out, manifestPath, "")
	}
	return a
}

// iconPath is the output of the site's icon.
func (m *maker) iconPath() string { return assetsDir + cmp.Or(m.look.Meta.Icon, "icon.svg") }

// navigation makes the main menu: what site.yaml says, else the paths and the sections at the top, as far as a menu bar holds them. The learner's own page is
// always in it.
func (m *maker) navigation() {
	for _, n := range m.cfg.Nav {
		m.navItem(n)
	}
	if len(m.cfg.Nav) == 0 {
		m.usualNavigation()
	}
	if !m.cfg.Progress.Off && !slices.ContainsFunc(m.nav, func(n navEntry) bool { return n.to == progressPath }) {
		m.nav = append(m.nav, navEntry{text: m.word("progress.title"), to: progressPath})
	}
}

func (m *maker) usualNavigation() {
	if len(m.Paths) > 0 {
		m.nav = append(m.nav, navEntry{text: m.word("nav.paths"), to: pathsPath, dir: "paths/"})
	}
	for _, c := range m.Root.Children {
		if len(m.nav) == 6 {
			break
		}
		if s := c.Section; s != nil && s.Dir != "paths" {
			to := m.sectionOut(s)
			m.nav = append(m.nav, navEntry{text: m.sectionName(s), to: to, dir: path.Dir(to) + "/", lang: m.foreign("", page(s))})
		}
	}
}

// navItem adds an entry of site.yaml's nav: the home page, a file or folder of content/, one of Waymark's own pages, or an address.
func (m *maker) navItem(n source.NavItem) {
	if n.To.Value == "" {
		return // which was reported
	}
	e := navEntry{text: n.Title}
	to := strings.TrimSuffix(strings.TrimPrefix(n.To.Value, "/"), "/")
	own := map[string]string{"a-z": indexPath}
	if len(m.Paths) > 0 {
		own["paths"] = pathsPath
	}
	if !m.cfg.Progress.Off {
		own["progress"] = progressPath
	}
	if m.gloss != nil || len(m.Terms) > 0 {
		own["glossary"] = m.terms
	}
	if n.To.Value == "/" {
		e.to = homePath
		e.text = cmp.Or(e.text, m.word("nav.home"))
	} else if mod := m.ModuleAt(to); mod != nil {
		e.to = m.out[mod]
		if e.text == "" {
			e.text, e.lang = mod.Name(), m.foreign("", mod)
		}
	} else if s := m.SectionAt(to); s != nil && to != "" {
		e.to, e.dir = m.sectionOut(s), m.at.dir(to+"/")
		if e.text == "" {
			e.text, e.lang = m.sectionName(s), m.foreign("", page(s))
		}
	} else if out := own[to]; out != "" {
		e.to = out
		e.text = cmp.Or(e.text, m.word("nav."+to))
		if to == "paths" {
			e.dir = "paths/"
		}
	} else if m.hasAsset(to) {
		e.to = m.at.asset(to)
		e.text = cmp.Or(e.text, path.Base(to))
	} else if e.url = curriculum.SafeURL(n.To.Value); e.url != "" {
		e.text = cmp.Or(e.text, e.url)
	} else if why := m.WhyHidden(to); why != "" {
		m.ds.Add("site/nav", m.configSpan(n.To), "publish it, build with --drafts, or take the entry away", "the navigation leads to %s, which %s", diag.Quote(n.To.Value), why)
		return
	} else {
		words := slices.Sorted(maps.Keys(own))
		known := slices.Clone(words)
		for _, mod := range m.Modules {
			known = append(known, mod.Source)
			if dir := path.Dir(mod.Source); dir != "." {
				known = append(known, dir)
			}
		}
		for _, a := range m.Assets {
			known = append(known, a.Path)
		}
		m.ds.Add("site/nav", m.configSpan(n.To), diag.DidYouMeanOr(to, known, "name a file or folder of content/, one of: "+strings.Join(words, ", ")+", or an address, which begins with https://, http:// or mailto:"),
			"the navigation leads to %s, which is not there", diag.Quote(n.To.Value))
		return
	}
	m.nav = append(m.nav, e)
}

// navLang is the language of a page's name where it is not the site's; of no page, "".
func (m *maker) navLang(mod *curriculum.Module) string {
	if l := lang(mod, m.cfg); l != m.cfg.Language {
		return l
	}
	return ""
}

// hasAsset reports whether a file that is no page is published, by its path from content/.
func (m *maker) hasAsset(name string) bool {
	return slices.ContainsFunc(m.Assets, func(a source.Asset) bool { return a.Path == name })
}

func (m *maker) configSpan(t schema.Text) diag.Span {
	if m.o.ConfigAt == nil {
		return diag.Span{}
	}
	return m.o.ConfigAt(t)
}

// word is a message in the site's language.
func (m *maker) word(key string) string {
	return m.look.Message(m.look.Language(m.cfg.Language), key)
}

func (m *maker) sectionOut(s *curriculum.Section) string {
	if own := page(s); own != nil {
		return m.out[own]
	}
	return m.at.section(s)
}

func (m *maker) sectionName(s *curriculum.Section) string {
	if own := page(s); own != nil {
		return own.Name()
	}
	return s.Title
}

// page is the page of a folder: its own, or the one of the same name beside it.
func page(s *curriculum.Section) *curriculum.Module {
	if s.Index != nil {
		return s.Index
	}
	return s.Cover
}

// crumbs lead from the home page to the page.
func (m *maker) crumbs(out string, s *curriculum.Section, last string) []Link {
	var up []Link
	for ; s != nil && s != m.Root; s = s.Parent {
		if to := m.sectionOut(s); to != out {
			up = append(up, Link{Text: m.sectionName(s), URL: relative(out, to, ""), Lang: m.foreign(out, page(s))})
		}
	}
	list := []Link{{Text: m.wordAt(out, "nav.home"), URL: relative(out, homePath, "")}}
	for i := len(up) - 1; i >= 0; i-- {
		list = append(list, up[i])
	}
	return append(list, Link{Text: last, Current: "page"})
}

// pageView is the head of a page.
func (m *maker) pageView(out, kind, title, description string, mod *curriculum.Module) Head {
	p := Head{Kind: kind, Title: title, Description: description, Path: out, CSP: csp, Lang: m.langAt(out)}
	p.Dir = direction(p.Lang)
	p.HeadTitle = title
	if title != m.cfg.Title {
		p.HeadTitle = title + " | " + m.cfg.Title
	}
	if mod != nil {
		p.ID = mod.ID
		p.Draft = mod.Draft
		p.Retired = mod.Retired
		p.Params = mod.Doc.Meta.Params
		if mod.Section != nil && mod.Section != m.Root && kind != "path" {
			// Pages of equal titles in several sections have different titles in a list of tabs.
			if s := m.sectionName(mod.Section); s != title {
				p.HeadTitle = title + " | " + s + " | " + m.cfg.Title
			}
		}
		for _, t := range mod.Translations {
			l := lang(t, m.cfg)
			p.Translations = append(p.Translations, Translation{Lang: l, Name: m.nameOf(l), URL: relative(out, m.out[t], ""), Current: t == mod})
		}
		if to := m.cfg.EditURL.Value; to != "" {
			p.Edit = strings.ReplaceAll(to, "{path}", inQuery.Replace(escape(mod.Doc.File.Path)))
		}
	}
	if base := m.cfg.BaseURL.Value; base != "" && kind != "404" {
		p.Canonical = base + escape(strings.TrimSuffix(out, "index.html"))
		p.OpenGraph = []Meta{{"og:title", title}, {"og:type", "article"}, {"og:url", p.Canonical}, {"og:site_name", m.cfg.Title}}
		if kind == "home" {
			p.OpenGraph[1].Value = "website"
		}
		if description != "" {
			p.OpenGraph = append(p.OpenGraph, Meta{"og:description", description})
		}
		p.JSONLD = m.jsonLD(kind, title, description, p, mod)
	}
	return p
}

// inQuery escapes in a path what would end it behind a question mark, where an address for editing may have it.
var inQuery = strings.NewReplacer("&", "%26", "+", "%2B", ";", "%3B", "=", "%3D")

// nameOf is what a language calls itself, as far as the theme speaks it.
func (m *maker) nameOf(lang string) string {
	if m.look.Speaks(lang) {
		return m.look.Message(m.look.Language(lang), "language")
	}
	return lang
}

func (m *maker) jsonLD(kind, title, description string, p Head, mod *curriculum.Module) template.JS {
	ld := map[string]any{"@context": "https://schema.org", "name": title, "url": p.Canonical, "inLanguage": p.Lang}
	if description != "" {
		ld["description"] = description
	}
	switch {
	case kind == "path":
		ld["@type"] = "Course"
		ld["provider"] = map[string]any{"@type": "Organization", "name": m.cfg.Brand.Name}
		if mod.Path != nil {
			var teaches []string
			for _, o := range mod.Path.Outcomes {
				teaches = append(teaches, o.Text)
			}
			if teaches != nil {
				ld["teaches"] = teaches
			}
			ld["timeRequired"] = fmt.Sprintf("PT%dM", mod.Path.Minutes.To)
		}
	case mod != nil && kind != "home" && kind != "section" && kind != "cohort":
		ld["@type"] = "LearningResource"
		ld["learningResourceType"] = kind
		if t := mod.Minutes.Read + mod.Minutes.Do; t > 0 {
			ld["timeRequired"] = fmt.Sprintf("PT%dM", t)
		}
		var teaches []string
		for _, o := range mod.Doc.Meta.Objectives {
			teaches = append(teaches, o.Text)
		}
		if teaches != nil {
			ld["teaches"] = teaches
		}
	default:
		ld["@type"] = "WebPage"
	}
	return jsonBlock(ld)
}

// jsonBlock returns JSON for a data block. encoding/json escapes <, > and &, so that nothing in it can end the script element.
func jsonBlock(v any) template.JS {
	var b strings.Builder
	writeJSON(&b, v)
	return template.JS(strings.TrimSuffix(b.String(), "\n"))
}

// writeJSON writes the JSON of v and the end of a line.
func writeJSON(w io.Writer, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic("plan: " + err.Error()) // plain values always marshal
	}
}

// direction returns the writing direction of a language.
func direction(lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		return "ltr"
	}
	script, _ := tag.Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg":
		return "rtl"
	}
	return "ltr"
}
