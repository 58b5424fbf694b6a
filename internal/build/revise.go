package build

import (
	"slices"
	"strings"

	"waymark/internal/curriculum"
	"waymark/internal/diag"
	"waymark/internal/markdown"
	"waymark/internal/plan"
	"waymark/internal/search"
	"waymark/internal/theme"
)

// Resolving and planning are pure functions of the frame (the configuration, the theme, the list of files …) and of the facts of all pages, and they too are remembered. Most
// of what an author writes is text, which is not among the facts: then the plan of the build before holds, with another document in the pages that show it. That
// takes a large site from seconds to milliseconds between a save and the page.

// A settled is a good build, with what it was made of.
type settled struct {
	frame [32]byte
	docs  []*markdown.Doc // of each page
	found diag.List       // what was said when it was resolved and planned
	site  *Site
}

// A revision is what a build has in place of another's.
type revision struct {
	from  *Site
	moved []int                    // pages of the plan that show another document
	docs  map[string]*markdown.Doc // documents that the curriculum does not have, by their pages' paths
}

// settle remembers a good build for the next one. An edition is made twice, and the worker of a site that can be read offline names every other file: these are planned
// each time.
func (b *Builder) settle(site *Site, in input, whole said) {
	b.last = nil
	if b.o.Check || b.leavesOut() || site.Config.Offline || site.Plan == nil {
		return
	}
	b.last = &settled{frame: in.frame, docs: whole.docs, found: whole.found, site: site}
}

// revise returns what the pages come to if they differ from the settled ones in nothing but text: the site's plan, and what is to be said.
func (s *settled) revise(frame [32]byte, pages []curriculum.Page) (*plan.Plan, *revision, diag.List, bool) {
	if s == nil || s.frame != frame || len(s.docs) != len(pages) {
		return nil, nil, nil, false
	}
	r := &revision{from: s.site, docs: map[string]*markdown.Doc{}}
	if s.site.revision != nil {
		for path, doc := range s.site.revision.docs {
			r.docs[path] = doc
		}
	}
	instead := map[*markdown.Doc]*markdown.Doc{}
	move := map[*diag.File]func(diag.Span) (diag.Span, bool){}
	for i, p := range pages {
		old := s.docs[i]
		if p.Doc == old {
			continue
		}
		if old.Facts() != p.Doc.Facts() {
			return nil, nil, nil, false
		}
		instead[old], r.docs[p.Path] = p.Doc, p.Doc
		move[old.File] = mover(old, p.Doc)
	}
	found := slices.Clone(s.found)
	for i := range found {
		if !moved(&found[i], move) {
			return nil, nil, nil, false
		}
	}
	var p *plan.Plan
	p, r.moved = s.site.Plan.Revise(instead)
	return p, r, found, true
}

// moved puts the places of a diagnostic where they are now, and reports whether that could be told.
func moved(d *diag.Diagnostic, move map[*diag.File]func(diag.Span) (diag.Span, bool)) (ok bool) {
	if mv := move[d.Span.File]; mv != nil {
		if d.Span, ok = mv(d.Span); !ok {
			return false
		}
	}
	for j := range d.Related {
		if mv := move[d.Related[j].Span.File]; mv != nil {
			d.Related = slices.Clone(d.Related)
			if d.Related[j].Span, ok = mv(d.Related[j].Span); !ok {
				return false
			}
		}
	}
	return true
}

// mover returns a function that finds the place in a new version of a page that a place in the old one, of equal facts, has become. It knows the places of facts, and where
// they begin and end.
func mover(old, now *markdown.Doc) func(diag.Span) (diag.Span, bool) {
	file, to := now.File, now.Places()
	became := map[diag.Range]diag.Range{{}: {}}
	for i, r := range old.Places() {
		became[r] = to[i]
		became[diag.At(r.Start)] = diag.At(to[i].Start)
		became[diag.At(r.End)] = diag.At(to[i].End)
	}
	return func(s diag.Span) (diag.Span, bool) {
		r, ok := became[s.Range]
		return file.Span(r), ok
	}
}

// doc returns the document of a module.
func (s *Site) doc(m *curriculum.Module) *markdown.Doc {
	if s.revision != nil {
		if d := s.revision.docs[m.Source]; d != nil {
			return d
		}
	}
	return m.Doc
}

// revised lists the files of a site that is another's revision.
func (s *Site) revised() {
	from := s.revision.from
	s.page = from.page
	s.Files = slices.DeleteFunc(slices.Clone(from.Files), func(f File) bool { return strings.HasPrefix(f.Path, search.Dir) })
	for _, i := range s.revision.moved {
		p := &s.Plan.Pages[i]
		if f, ok := s.Lookup(p.Path); ok {
			*f = s.page(p)
		}
	}
	// One build back is far enough: what a revision comes from must not keep all before it in memory.
	s.revision.from = nil
}

// look returns what is said of a theme's templates, which are parsed unless they are those of the build before.
func (b *Builder) look(t *theme.Theme) diag.List {
	if b.theme.parsed != t {
		b.theme.parsed, b.theme.said = t, t.Parse()
	}
	return b.theme.said
}
