package curriculum

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strings"

	"waymark/internal/diag"
)

// tree puts the modules into sections and all into teaching order: by weight, then the number before the file's name, then title (natural order).
func (r *resolver) tree() {
	r.Root = r.section("")
	for _, m := range r.Modules {
		dir := path.Dir(m.Source)
		if dir == "." {
			dir = ""
		}
		s := r.section(dir)
		m.Section = s
		if !r.isIndex(m) {
			continue
		}
		if s.Index != nil {
			d := r.ds.Add("page/two-indexes", m.span(diag.Range{}), "keep one of the two: _index.md for a section, index.md for a page with its files", "the folder has two pages of its own: %s and %s", diag.Quote(s.Index.Source), diag.Quote(m.Source))
			d.Related = append(d.Related, diag.Related{Span: s.Index.span(diag.Range{}), Message: "the first is here"})
			continue
		}
		s.Index, m.Index = m, true
		if m.Kind == "page" {
			m.Kind = "section"
		}
		s.Title = m.Title
	}
	for _, m := range r.Modules {
		if !m.Index && m.Kind != "path" {
			m.Section.Modules = append(m.Section.Modules, m)
		}
	}
	for _, s := range r.sections { // any order: each looks at its own folder only
		if s.Index == nil && s.Dir != "" {
			if s.Cover = r.byPath[s.Dir+".md"]; s.Cover != nil {
				s.Title = s.Cover.Title
			}
		}
	}
	r.Root.order()
	var all []*Module
	r.Root.each(func(m *Module) { all = append(all, m) })
	var paths []*Module
	for _, m := range r.Modules {
		if m.Kind == "path" && !m.Index {
			paths = append(paths, m)
		}
	}
	slices.SortStableFunc(paths, func(a, b *Module) int { return rankOf(a).compare(rankOf(b)) })
	r.Modules = append(all, paths...)
}

// isIndex says which page is its folder's: _index.md, else index.md, else README.md.
func (r *resolver) isIndex(m *Module) bool {
	dir, base := path.Split(m.Source)
	if IsIndex(base) {
		return true
	}
	if !strings.EqualFold(strings.TrimSuffix(base, path.Ext(base)), "readme") {
		return false
	}
	for _, name := range []string{"_index.md", "index.md", "_index.markdown", "index.markdown"} {
		if r.byPath[dir+name] != nil {
			return false
		}
	}
	return true
}

func (r *resolver) section(dir string) *Section {
	if s, ok := r.sections[dir]; ok {
		return s
	}
	s := &Section{Dir: dir, Title: titleOf(dir)}
	r.sections[dir] = s
	if dir == "" {
		s.Title = r.Config.Title
		return s
	}
	up := path.Dir(dir)
	if up == "." {
		up = ""
	}
	s.Parent = r.section(up)
	s.Parent.Sections = append(s.Parent.Sections, s)
	return s
}

// SectionAt returns the section of a folder.
func (c *Curriculum) SectionAt(dir string) *Section { return c.sections[dir] }

type rank struct {
	weight, number int
	title, source  string
}

func (a rank) compare(b rank) int {
	return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.number, b.number), natural(a.title, b.title), strings.Compare(a.source, b.source))
}

func rankOf(m *Module) rank {
	return rank{orLast(m.Doc.Meta.Weight == 0, m.Doc.Meta.Weight), orLast(m.number < 0, m.number), m.Title, m.Source}
}

func (s *Section) rank() rank {
	n, _ := Prefix(path.Base(s.Dir))
	k := rank{math.MaxInt, orLast(n < 0, n), s.Title, s.Dir}
	if s.Index != nil && s.Index.Doc.Meta.Weight != 0 {
		k.weight = s.Index.Doc.Meta.Weight
	}
	return k
}

func orLast(last bool, n int) int {
	if last {
		return math.MaxInt
	}
	return n
}

func (s *Section) order() {
	for _, m := range s.Modules {
		s.Children = append(s.Children, Child{Module: m})
	}
	for _, sub := range s.Sections {
		sub.order()
		s.Children = append(s.Children, Child{Section: sub})
	}
	rk := func(c Child) rank {
		if c.Module != nil {
			return rankOf(c.Module)
		}
		return c.Section.rank()
	}
	slices.SortStableFunc(s.Children, func(a, b Child) int { return rk(a).compare(rk(b)) })
	s.Modules, s.Sections = nil, nil
	for _, c := range s.Children {
		if c.Module != nil {
			s.Modules = append(s.Modules, c.Module)
		} else {
			s.Sections = append(s.Sections, c.Section)
		}
	}
}

// each calls f for the section's page and all below, in teaching order.
func (s *Section) each(f func(*Module)) {
	if s.Index != nil {
		f(s.Index)
	}
	for _, c := range s.Children {
		if c.Module != nil {
			f(c.Module)
		} else {
			c.Section.each(f)
		}
	}
}

// natural compares titles so that 10 follows 9, without regard to case.
func natural(a, b string) int {
	x, y := strings.ToLower(a), strings.ToLower(b)
	for x != "" && y != "" {
		dx, dy := digits(x), digits(y)
		if dx > 0 && dy > 0 {
			nx, ny := strings.TrimLeft(x[:dx], "0"), strings.TrimLeft(y[:dy], "0")
			if c := cmp.Or(cmp.Compare(len(nx), len(ny)), strings.Compare(nx, ny)); c != 0 {
				return c
			}
			x, y = x[dx:], y[dy:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(a, b))
}

func digits(s string) int {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}
